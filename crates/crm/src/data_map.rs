//! What is stored of customers.

kernel::data_map! {
    table company, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, language, currency, source, deleted_at, created_at, updated_at: Technical Product Keep;
        name, name_folded, legal_name: Identity Tenant Blank;
        country, street, city, region, postal_code, email, phone, website, domain: Contact Tenant Blank;
        tax_id: Fiscal Tenant Blank;
        tags, about: Content Tenant Blank;
        owner_id: Technical Tenant Keep;
        external_id: Technical Tenant Blank;
    }
    table contact, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, company_id, language, source, deleted_at, created_at, updated_at: Technical Product Row;
        given_name, family_name, display_name, name_folded, job_title, birth_date: Identity Tenant Row;
        email, phone, emails, phones, street, city, region, postal_code, country: Contact Tenant Row;
        tags, about: Content Tenant Row;
        owner_id, external_id: Technical Tenant Row;
    }
    table pipeline, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, position, created_at, updated_at: Technical Product Keep;
        name: Content Tenant Keep;
    }
    table stage, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, pipeline_id, position, created_at, updated_at: Technical Product Keep;
        name, probability: Content Tenant Keep;
    }
    table deal, subject: Some("contact_id"), retention: Tenant, exported: true {
        tenant_id, id, version, company_id, pipeline_id, stage_id, state, position, closed_at, deleted_at, created_at, updated_at: Technical Product Keep;
        contact_id: Technical Product Blank;
        name, name_folded, lost_reason: Content Tenant Blank;
        amount_minor, currency, expected_close: Content Tenant Keep;
        owner_id: Technical Tenant Keep;
    }
    table note, subject: Some("subject"), retention: Record, exported: true {
        tenant_id, id, version, subject, deleted_at, created_at, updated_at: Technical Product Row;
        body: Content Tenant Row;
        author_id: Identity Product Row;
    }
}
