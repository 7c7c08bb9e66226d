//! What is stored of leads.

kernel::data_map! {
    table lead, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, language, source, status, score, score_reasons, converted_at, deleted_at, created_at, updated_at: Technical Product Row;
        contact_id, company_id, deal_id: Technical Product Row;
        given_name, family_name, name, name_folded, company_name: Identity Tenant Row;
        email, phone, country: Contact Tenant Row;
        message, answers, disqualified_reason, utm, landing_page, custom: Content Tenant Row;
        // What was agreed to and from where: the evidence goes with the person.
        consent: Content Tenant Row;
        owner_id, converted_by: Technical Tenant Row;
    }
    table lead_setting, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, dealt, created_at, updated_at: Technical Product Keep;
        scoring, assignment: Content Tenant Keep;
    }
}
