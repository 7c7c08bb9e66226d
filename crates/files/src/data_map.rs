//! What is stored of files.

kernel::data_map! {
    table blob, subject: None, retention: Record, exported: true {
        tenant_id, id, media_type, size, sha256, purpose, created_at: Technical Product Keep;
        file_name: Content Tenant Row;
    }
}
