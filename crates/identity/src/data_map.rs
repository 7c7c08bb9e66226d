//! What is stored of people, workspaces and rights (P021).

kernel::data_map! {
    table account, subject: Some("id"), retention: Tenant, exported: true {
        id, version, created_at, updated_at: Technical Product Keep;
        email, email_folded, phone: Contact Subject Blank;
        name, name_folded: Identity Subject Blank;
        language: Telemetry Subject Blank;
        password_hash: Credential Subject Blank;
        email_confirmed_at, password_changed_at: Technical Product Blank;
        business_use_confirmed_at, age_confirmed_at: Log Subject Keep;
    }
    table account_token, subject: Some("account_id"), retention: Days(30), exported: false {
        id, account_id, purpose, expires_at, used_at, created_at: Technical Product Row;
        digest: Credential Product Row;
    }
    table sign_in_attempt, subject: None, retention: Days(30), exported: false {
        id, succeeded, at: Log Product Row;
        email_digest: Log Subject Row;
        ip, device: Telemetry Connection Row;
    }
    table tenant, subject: Some("id"), retention: Tenant, exported: true {
        tenant_id, id, version, created_at, updated_at: Technical Product Keep;
        name: Identity Tenant Blank;
        country, currency, language, time_zone: Technical Tenant Keep;
        tax_id, tax_id_open, tax_id_kind, tax_id_country: Fiscal Tenant Blank;
    }
    table tenant_closure, subject: Some("tenant_id"), retention: Tenant, exported: false {
        tenant_id, closed_at, erase_on: Technical Product Row;
    }
    table job_notice, subject: None, retention: Tenant, exported: false {
        tenant_id, kind, told_at: Technical Product Row;
    }
    table tenant_controller, subject: Some("tenant_id"), retention: Tenant, exported: true {
        tenant_id, id, entity, effective_from, created_at: Technical Product Keep;
    }
    table member, subject: Some("account_id"), retention: Tenant, exported: true {
        tenant_id, id, version, account_id, state, joined_at, removed_at, created_at, updated_at: Technical Product Keep;
        role: Identity Tenant Keep;
        picture_id: Identity Subject Blank;
    }
    table account_tenant, subject: Some("account_id"), retention: Tenant, exported: false {
        tenant_id, account_id, member_id: Technical Product Row;
        last_used_at: Telemetry Connection Row;
    }
    table session, subject: Some("account_id"), retention: Days(60), exported: true {
        id, tenant_id, account_id, created_at: Technical Product Row;
        digest: Credential Product Row;
        ip, user_agent, device, last_seen_at: Telemetry Connection Row;
    }
    table role_grant, subject: None, retention: Tenant, exported: true {
        tenant_id, role, permission, held, updated_at: Technical Tenant Keep;
    }
    table role_reach, subject: None, retention: Tenant, exported: true {
        tenant_id, role, noun, span, updated_at: Technical Tenant Keep;
    }
    table role_field, subject: None, retention: Tenant, exported: true {
        tenant_id, role, object, field, access, updated_at: Technical Tenant Keep;
    }
    table team, subject: None, retention: Tenant, exported: true {
        tenant_id, id, version, created_at, updated_at: Technical Product Keep;
        name, name_folded: Content Tenant Keep;
    }
    table team_member, subject: Some("member_id"), retention: Tenant, exported: true {
        tenant_id, team_id, member_id, created_at: Technical Tenant Row;
    }
    table invitation, subject: Some("email_folded"), retention: Tenant, exported: true {
        tenant_id, id, version, state, link_id, invited_by, member_id, sent_at, expires_at, created_at, updated_at: Technical Product Keep;
        email, email_folded: Contact Tenant Blank;
        role: Identity Tenant Keep;
    }
    table api_key, subject: None, retention: Tenant, exported: true {
        tenant_id, id, member_id, scopes, expires_at, revoked_at, last_used_at, created_at: Technical Product Keep;
        name: Content Tenant Keep;
        prefix, digest: Credential Product Row;
    }
    table link, subject: Some("subject"), retention: Record, exported: false {
        tenant_id, id, purpose, subject, grants, expires_at, revoked_at, created_at: Technical Product Row;
        digest: Credential Product Row;
    }
}
