//! What is stored of quotes and invoices. A document's content is kept as long as the law wants the document kept; what
//! it says about a person stays with it.

kernel::data_map! {
    table fiscal_entity, subject: None, retention: Statutory, exported: true {
        tenant_id, id, version, currency, language, norm, payment_days, quote_days, is_default, created_at, updated_at: Technical Product Keep;
        legal_name, country: Identity Tenant Keep;
        tax_id, tax_id_open, payment_instructions: Fiscal Tenant Keep;
        street, city, region, postal_code, email, phone: Contact Tenant Keep;
    }
    table number_series, subject: None, retention: Statutory, exported: true {
        tenant_id, id, version, fiscal_entity_id, kind, code, pattern, reset, created_at, updated_at: Technical Product Keep;
    }
    table number_counter, subject: None, retention: Statutory, exported: true {
        tenant_id, series_id, period, last: Technical Product Keep;
    }
    table deal_lines, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, created_at, updated_at: Technical Product Keep;
        lines: Content Tenant Keep;
    }
    table quote, subject: Some("contact_id"), retention: Statutory, exported: true {
        tenant_id, id, version, state, revision, fiscal_entity_id, company_id, contact_id, deal_id, owner_id, language, prices_include_tax,
            pdf_blob_id, link_id, sent_at, answered_at, created_at, updated_at: Technical Product Keep;
        title, lines, terms, notes, reference, snapshot: Content Tenant Keep;
        number, currency, allowance, totals, payable_minor, issue_date, valid_until, snapshot_sha256, pdf_sha256: Fiscal Product Keep;
        public_token, public_token_open: Credential Product Blank;
        viewed_at: Telemetry Connection Blank;
    }
    table quote_answer, subject: Some("quote_id"), retention: Statutory, exported: true {
        tenant_id, id, quote_id, revision, decision, language, at: Technical Product Keep;
        consent_text, consent_sha256, snapshot_sha256, pdf_sha256: Log Product Keep;
        name: Identity Subject Keep;
        reason: Content Subject Blank;
        ip, user_agent: Telemetry Connection Keep;
    }
    table invoice, subject: Some("contact_id"), retention: Statutory, exported: true {
        tenant_id, id, version, kind, state, corrects_id, fiscal_entity_id, company_id, contact_id, deal_id, quote_id, owner_id, language, prices_include_tax,
            payment_days, pdf_blob_id, issued_at, sent_at, created_at, updated_at: Technical Product Keep;
        lines, notes, reference, snapshot, correction_reason: Content Tenant Keep;
        number, currency, allowance, totals, payable_minor, settled_minor, credited_minor, issue_date, due_date, snapshot_sha256, pdf_sha256: Fiscal Product Keep;
    }
    table credit_allocation, subject: Some("invoice_id"), retention: Statutory, exported: true {
        tenant_id, id, version, credit_note_id, invoice_id, released_at, created_at, updated_at: Technical Product Keep;
        amount_minor, currency: Fiscal Tenant Keep;
        allocated_by: Identity Product Keep;
    }
}
