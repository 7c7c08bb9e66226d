//! What is stored of payments.

kernel::data_map! {
    table payment, subject: Some("invoice_id"), retention: Statutory, exported: true {
        tenant_id, id, version, invoice_id, is_refund, voided_at, created_at, updated_at: Technical Product Keep;
        amount_minor, currency, paid_on, method, reference, void_reason: Fiscal Tenant Keep;
        recorded_by: Identity Product Keep;
    }
}
