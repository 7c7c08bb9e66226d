//! What is stored of customers.

kernel::data_map! {
    table company, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, language, currency, source, deleted_at, merged_into, created_at, updated_at: Technical Product Keep;
        name, name_folded, legal_name: Identity Tenant Blank;
        country, street, city, region, postal_code, email, phone, website, domain: Contact Tenant Blank;
        tax_id, tax_id_open, tax_id_index: Fiscal Tenant Blank;
        tags, about, custom: Content Tenant Blank;
        owner_id, parent_id: Technical Tenant Keep;
        primary_contact_id, billing_contact_id: Technical Tenant Blank;
        external_id: Technical Tenant Blank;
    }
    // Who stands above whom: follows from `parent_id` of companies.
    table company_lineage, subject: Some("company_id"), retention: Record, exported: false {
        tenant_id, ancestor_id, company_id, depth: Technical Product Row;
    }
    table company_tree, subject: None, retention: Tenant, exported: false {
        tenant_id, changes: Technical Product Keep;
    }
    table contact, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, company_id, language, source, deleted_at, merged_into, created_at, updated_at: Technical Product Row;
        given_name, family_name, display_name, name_folded, job_title, birth_date: Identity Tenant Row;
        email, phone, emails, phones, linkedin_url, street, city, region, postal_code, country: Contact Tenant Row;
        tags, about, custom: Content Tenant Row;
        owner_id, external_id: Technical Tenant Row;
    }
    table affiliation, subject: Some("contact_id"), retention: Record, exported: true {
        tenant_id, id, version, contact_id, company_id, created_at, updated_at: Technical Product Row;
        job_title, since, until: Identity Tenant Row;
    }
    table contact_consent, subject: Some("contact_id"), retention: Record, exported: true {
        tenant_id, id, contact_id, created_at: Technical Product Row;
        channel, state, source, wording, evidence, said_at: Content Subject Row;
        recorded_by: Identity Product Row;
    }
    table pipeline, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, position, created_at, updated_at: Technical Product Keep;
        name: Content Tenant Keep;
    }
    table stage, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, pipeline_id, position, created_at, updated_at: Technical Product Keep;
        name, probability, rots_after_days: Content Tenant Keep;
    }
    table deal, subject: Some("contact_id"), retention: Tenant, exported: true {
        tenant_id, id, version, company_id, pipeline_id, stage_id, stage_since, lost_reason_id, state, position, closed_at, deleted_at, created_at, updated_at: Technical Product Keep;
        contact_id: Technical Product Blank;
        name, name_folded, lost_reason, custom: Content Tenant Blank;
        amount_minor, currency, expected_close: Content Tenant Keep;
        amount_computed: Technical Product Keep;
        owner_id: Technical Tenant Keep;
    }
    table lost_reason, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, archived_at, created_at, updated_at: Technical Product Keep;
        label: Content Tenant Keep;
    }
    table deal_stage, subject: None, retention: Tenant, exported: true {
        tenant_id, id, deal_id, pipeline_id, stage_id, entered_at, left_at: Technical Product Keep;
    }
    table custom_field, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, object, key, kind, target, required, position, created_at, updated_at: Technical Product Keep;
        work, work_total, work_done, work_after, work_failed, archived_at, deleted_at: Technical Product Keep;
        label, help, choices: Content Tenant Keep;
    }
    table saved_view, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, noun, shared, sort, columns, deleted_at, created_at, updated_at: Technical Product Keep;
        layout, layout_field, group_by, aggregates: Technical Product Keep;
        // A filter may name what it looks for, as a search does, also that of a report.
        name, filter, q, report: Content Tenant Keep;
        owner_id: Identity Product Keep;
    }
    table view_choice, subject: Some("member_id"), retention: Record, exported: true {
        tenant_id, id, version, view_id, member_id, noun, pinned, opens, created_at, updated_at: Technical Product Row;
    }
    table custom_object, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, key, position, archived_at, deleted_at, created_at, updated_at: Technical Product Keep;
        singular, plural, description: Content Tenant Keep;
    }
    // What a record is about, its tenant decides: a vehicle, a policy, or a person.
    table custom_record, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, object_id, deleted_at, created_at, updated_at: Technical Product Row;
        name, name_folded, custom: Content Tenant Row;
        owner_id: Technical Tenant Row;
    }
    // What stands in `custom` of the records once more, for finding and ordering.
    table custom_value, subject: Some("record_id"), retention: Record, exported: false {
        tenant_id, field_id, record_id: Technical Product Row;
        key: Content Tenant Row;
    }
    table note, subject: Some("subject"), retention: Record, exported: true {
        tenant_id, id, version, subject, edited_at, deleted_at, created_at, updated_at: Technical Product Row;
        body: Content Tenant Row;
        author_id, edited_by: Identity Product Row;
    }
    table activity, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, kind, direction, outcome, stands_at, completed_at, deleted_at, created_at, updated_at: Technical Product Row;
        title, body, place: Content Tenant Row;
        duration_minutes, starts_at, ends_at, due_on, due_at, priority, remind_at: Content Tenant Row;
        assignee_id, author_id, completed_by: Identity Product Row;
    }
    table activity_link, subject: Some("record"), retention: Record, exported: true {
        tenant_id, id, activity_id, role, noun, record: Technical Product Row;
    }
    table notification, subject: Some("member_id"), retention: Record, exported: true {
        tenant_id, id, kind, subject, occasion, read_at, created_at: Technical Product Row;
        member_id, actor_id: Identity Product Row;
    }
    table notification_setting, subject: Some("id"), retention: Record, exported: true {
        tenant_id, id, mail_reminders, mail_mentions, mail_assignments, updated_at: Technical Product Row;
        time_zone: Technical Tenant Row;
    }
    table import, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, noun, state, blob_id, size, dialect, confidence, duplicates, match_by: Technical Product Keep;
        default_country, date_order: Technical Product Keep;
        rows_estimated, rows_total, rows_done, bytes_done, created, linked, updated, skipped, refused, companies_created, undone, kept: Technical Product Keep;
        error_code, error, started_at, finished_at, undone_at, created_at, updated_at: Technical Product Keep;
        format, table_id, table_size: Technical Product Keep;
        file_name, sheets, sheet, defaults: Content Tenant Keep;
        // Headers and a few cells of each column; the cells go with the file.
        columns: Content Tenant Blank;
        member_id: Identity Product Keep;
    }
    table import_mapping, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, noun, format, dialect, duplicates, match_by, default_country, date_order: Technical Product Keep;
        deleted_at, created_at, updated_at: Technical Product Keep;
        name, name_folded, columns, defaults: Content Tenant Keep;
        member_id: Identity Product Keep;
    }
    // Counts, and the table of rows, which goes with the file.
    table import_trial, subject: None, retention: Days(90), exported: false {
        tenant_id, id, version, import_id, state, blob_id, rows_done, bytes_done, created, linked: Technical Product Row;
        updated, skipped, refused, companies_created, error_code, error: Technical Product Row;
        finished_at, created_at, updated_at: Technical Product Row;
    }
    // Rows of people's data that were not taken, kept to be mended: they go with the file, `import::forget`.
    table import_row, subject: None, retention: Days(90), exported: true {
        tenant_id, id, import_id, number, line: Technical Product Row;
        field, code, reason: Technical Product Row;
        cells: Content Tenant Row;
    }
    table import_made, subject: Some("record_id"), retention: Record, exported: false {
        tenant_id, import_id, noun, record_id, kept: Technical Product Row;
    }
    // What an import overwrote, until it is put back; with the file at the latest, `import::forget`.
    table import_changed, subject: Some("record_id"), retention: Days(90), exported: false {
        tenant_id, id, import_id, record_id: Technical Product Row;
        image: Contact Tenant Row;
    }
    // What is done is sealed, and goes with the images: `bulk::lapse`.
    table bulk_change, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, noun, kind, fields, state, total, done, changed, unchanged, refused, undone, kept: Technical Product Keep;
        error_code, undo_until, finished_at, undone_at, created_at, updated_at: Technical Product Keep;
        action: Content Tenant Blank;
        member_id: Identity Product Keep;
    }
    table bulk_part, subject: None, retention: Days(30), exported: false {
        tenant_id, id, bulk_change_id, number, records: Technical Product Row;
    }
    // What a record held before, until it is put back, `bulk::undo`, or the time for that is over, `bulk::lapse`.
    table bulk_image, subject: Some("record_id"), retention: Days(30), exported: false {
        tenant_id, id, bulk_change_id, record_id: Technical Product Row;
        image: Contact Tenant Row;
    }
    table bulk_refusal, subject: Some("record_id"), retention: Days(30), exported: true {
        tenant_id, id, bulk_change_id, undoing, record_id, field, code, reason, created_at: Technical Product Row;
    }
    table duplicate_rule, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, noun, created_at, updated_at: Technical Product Keep;
        rule: Content Tenant Keep;
    }
    table duplicate_sweep, subject: None, retention: Tenant, exported: false {
        tenant_id, id, version, noun, state, progress, records, pairs, started_at, finished_at, created_at, updated_at: Technical Product Keep;
    }
    // Why two are held to be the same is kept by field and likeness, never by value.
    table duplicate_pair, subject: Some("first_id"), retention: Record, exported: false {
        tenant_id, id, version, noun, first_id, second_id, state, score, reasons, settled_at, created_at, updated_at: Technical Product Row;
        settled_by: Identity Product Row;
    }
    // The image goes after 30 days, or when the merge is undone: `merge::lapse`.
    table record_merge, subject: Some("survivor_id"), retention: Record, exported: true {
        tenant_id, id, version, noun, survivor_id, loser_id, state, moved, undo_until, undone_at, created_at, updated_at: Technical Product Row;
        image: Contact Tenant Row;
        merged_by: Identity Product Row;
    }
}
