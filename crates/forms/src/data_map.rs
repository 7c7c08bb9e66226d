//! What is stored of forms.

kernel::data_map! {
    table web_form, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, slug, path, link_id, language, state, published_at, deleted_at, created_at, updated_at: Technical Product Keep;
        consent_number, consent_required: Technical Product Keep;
        name, title, intro, fields, submit_label, thank_you, redirect_url, source, utm: Content Tenant Keep;
        guard: Technical Tenant Keep;
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
    // Held back and told to nobody: the person is nobody's contact yet, and all of it goes after thirty days.
    table web_form_quarantine, subject: None, retention: Days(30), exported: true {
        tenant_id, id, form_id, points, reasons, page, once_key, digest, consent_number, rejected_at, created_at: Technical Product Row;
        asked: Content Tenant Row;
        sent, utm, landing_page: Content Subject Row;
    }
    table web_form_attachment, subject: Some("submission_id"), retention: Record, exported: true {
        tenant_id, id, form_id, submission_id, quarantine_id, field, blob_id, media_type, size, created_at: Technical Product Row;
        file_name: Content Subject Row;
    }
    // Keyed digests and numbers. That of an address of the network has another key every day and goes within two hours.
    table web_form_trace, subject: None, retention: Days(30), exported: false {
        tenant_id, kind, seen, until: Technical Product Row;
        key: Telemetry Connection Row;
    }
    table web_form_tally, subject: None, retention: Tenant, exported: true {
        tenant_id, form_id, day, sent, held, bytes: Technical Product Keep;
    }
}
