//! What is stored of webhooks. A message names records by id; an answer may hold anything and is sealed.

kernel::data_map! {
    table webhook_endpoint, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, event_types, enabled, disabled_reason, created_at, updated_at: Technical Product Keep;
        failing_since, failures, held_until, sending_until, old_secret_until: Technical Product Keep;
        url, description: Content Tenant Keep;
        secret, old_secret: Credential Product Row;
    }
    table webhook_delivery, subject: None, retention: Days(30), exported: false {
        tenant_id, id, endpoint_id, event_id, event_type, payload, state, tries, next_try_at, outcome, status: Technical Product Row;
        created_at, settled_at: Technical Product Row;
    }
    table webhook_try, subject: None, retention: Days(30), exported: false {
        tenant_id, id, delivery_id, at, took_ms, outcome, status: Technical Product Row;
        answer: Content Connection Row;
    }
    table webhook_replay, subject: None, retention: Days(30), exported: false {
        tenant_id, id, endpoint_id, since, until, state, total, done, created_at: Technical Product Row;
    }
}
