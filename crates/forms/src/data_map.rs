//! What is stored of forms.

kernel::data_map! {
    table web_form, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, slug, path, link_id, language, state, published_at, created_at, updated_at: Technical Product Keep;
        consent_number, consent_required: Technical Product Keep;
        name, title, intro, fields, submit_label, thank_you, redirect_url, source, utm: Content Tenant Keep;
        allowed_origins, consent_text, consent_channels: Content Tenant Keep;
        owner_id: Technical Tenant Keep;
    }
    table web_form_consent, subject: None, retention: Tenant, exported: true {
        tenant_id, id, form_id, number, digest, created_at: Technical Product Keep;
        text, channels: Content Tenant Keep;
    }
    // What was typed stands in the lead; the address of the connection only in the audit trail.
    table web_form_submission, subject: Some("lead_id"), retention: Tenant, exported: true {
        tenant_id, id, form_id, lead_id, once_key, digest, created_at: Technical Product Row;
        consent_number, consent_channels: Content Subject Row;
    }
}
