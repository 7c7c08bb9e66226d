//! What is stored of mails.

kernel::data_map! {
    table outgoing_mail, subject: Some("subject_record"), retention: Record, exported: true {
        tenant_id, id, version, state, purpose, by_tenant, language, subject_record, draft_key, message_id, handed_over_at, sent_at, created_at, updated_at: Technical Product Keep;
        recipients, cc: Contact Tenant Row;
        subject, body, body_open: Content Tenant Row;
        attachments: Technical Product Row;
        outcome: Log Connection Row;
    }
    table sending_identity, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, created_at, updated_at: Technical Product Keep;
        from_name, signature: Identity Tenant Keep;
        reply_to: Contact Tenant Keep;
    }
}
