//! What is stored by the platform itself. Audit entries and events name people by id only; what a change was from and
//! to may hold personal data, and is a row of its own that goes with the person it is about.

kernel::data_map! {
    table audit_entry, subject: Some("subject"), retention: Tenant, exported: true {
        tenant_id, id, at, seq: Technical Product Keep;
        actor_kind, actor_id, on_behalf_of, action, subject, fields, request_id: Log Product Keep;
        detail_digest, mac: Log Product Keep;
    }
    table audit_detail, subject: Some("entry_id"), retention: Record, exported: true {
        tenant_id, entry_id, salt: Technical Product Row;
        changes: Log Tenant Row;
        ip, user_agent: Telemetry Connection Row;
    }
    table audit_head, subject: None, retention: Tenant, exported: false {
        tenant_id, seq, mac, at: Technical Product Keep;
    }
    table event, subject: Some("subject"), retention: Record, exported: true {
        tenant_id, id, kind, subject, at, moment: Technical Product Row;
        actor_kind, actor_id: Log Product Row;
        data: Content Product Row;
    }
    table event_link, subject: Some("record"), retention: Record, exported: false {
        tenant_id, record, event_id: Technical Product Row;
    }
    table event_subscriber, subject: None, retention: Tenant, exported: false {
        tenant_id, job: Technical Product Keep;
    }
    table job, subject: None, retention: Tenant, exported: false {
        tenant_id, id, kind, payload, unique_key, state, run_at, leased_until, attempts, max_attempts, created_at: Technical Product Keep;
        last_error, actor_kind, actor_id, request_id, reach: Log Product Keep;
    }
    table job_schedule, subject: None, retention: Installation, exported: false {
        name, next_at: Technical Product Keep;
    }
    table idempotency_key, subject: None, retention: Days(2), exported: false {
        tenant_id, key, request_hash, status, created_at: Technical Product Row;
        actor: Log Product Row;
        headers, body: Content Product Row;
    }
    table search_document, subject: Some("record"), retention: Record, exported: false {
        tenant_id, noun, record, updated_at: Technical Product Row;
        title, subtitle, words: Content Tenant Row;
    }
    // Tenant keys, wrapped; the master key stands in a file.
    table tenant_key, subject: None, retention: Tenant, exported: false {
        tenant_id, id, master_key_id, state, created_at: Technical Product Row;
        wrapped: Credential Product Row;
    }
    table master_key, subject: None, retention: Installation, exported: false {
        id, created_at: Technical Product Keep;
    }
    // The embedded database's index over search_document; the tables it keeps its own pages in are not listed.
    table search_word, subject: None, retention: Record, exported: false {
        words: Content Tenant Row;
    }
    table start_step, subject: None, retention: Installation, exported: false {
        name, done_at: Technical Product Keep;
    }
    table schema_migration, subject: None, retention: Installation, exported: false {
        version, name, digest, applied_at: Technical Product Keep;
    }
}
