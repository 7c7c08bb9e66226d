-- Outgoing mail, and how a tenant signs its own.

CREATE TABLE outgoing_mail (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    purpose TEXT NOT NULL,
    by_tenant BOOLEAN NOT NULL,
    language TEXT NOT NULL,
    recipients JSONB NOT NULL,
    cc JSONB NOT NULL,
    subject TEXT NOT NULL,
    body JSONB NOT NULL,
    attachments JSONB NOT NULL,
    subject_record TEXT,
    draft_key TEXT,
    outcome TEXT,
    message_id TEXT,
    handed_over_at TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT outgoing_mail_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT outgoing_mail_draft_key_key UNIQUE (tenant_id, draft_key),
    CONSTRAINT outgoing_mail_state_check CHECK (state IN ('queued', 'sent', 'failed', 'unknown'))
);
CREATE INDEX outgoing_mail_created_idx ON outgoing_mail (tenant_id, created_at, id);
CREATE INDEX outgoing_mail_record_idx ON outgoing_mail (tenant_id, subject_record, id);

CREATE TABLE sending_identity (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    from_name TEXT NOT NULL,
    reply_to TEXT NOT NULL,
    signature TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT sending_identity_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sending_identity_tenant_key UNIQUE (tenant_id)
);
