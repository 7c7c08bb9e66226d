-- What every domain stands on: the audit trail, the outbox, the job queue, idempotency keys and search documents.

CREATE TABLE audit_entry (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    changes JSONB NOT NULL,
    ip TEXT,
    user_agent TEXT,
    request_id TEXT,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_entry_subject_idx ON audit_entry (tenant_id, subject, id);

CREATE TABLE event (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    data JSONB NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    CONSTRAINT event_pkey PRIMARY KEY (tenant_id, id)
);

-- Which records' timelines show an event.
CREATE TABLE event_link (
    tenant_id UUID NOT NULL,
    record TEXT NOT NULL,
    event_id UUID NOT NULL,
    CONSTRAINT event_link_pkey PRIMARY KEY (tenant_id, record, event_id),
    CONSTRAINT event_link_event_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id)
);

-- run_at is when a job becomes visible: claiming one moves it to the end of the lease and takes its unique_key away,
-- so that work wanted while it runs is a new row.
CREATE TABLE job (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL CONSTRAINT job_pkey PRIMARY KEY,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    unique_key TEXT,
    state TEXT NOT NULL CONSTRAINT job_state_check CHECK (state IN ('waiting', 'dead')),
    run_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    last_error TEXT,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    request_id TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX job_due_idx ON job (state, tenant_id, run_at, id);
CREATE UNIQUE INDEX job_unique_key ON job (tenant_id, kind, unique_key) WHERE unique_key IS NOT NULL AND state = 'waiting';

-- When each sweep is next due. The node that moves next_at on is the one that runs it.
CREATE TABLE job_schedule (
    name TEXT NOT NULL CONSTRAINT job_schedule_pkey PRIMARY KEY,
    next_at TIMESTAMPTZ NOT NULL
);

-- A client's "do this once", with the answer it got.
CREATE TABLE idempotency_key (
    tenant_id UUID NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status BIGINT,
    headers JSONB,
    body BYTEA,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT idempotency_key_actor_key_key PRIMARY KEY (tenant_id, actor, key)
);

-- only postgres
CREATE TABLE search_document (
    tenant_id UUID NOT NULL,
    noun TEXT NOT NULL,
    record TEXT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    words TSVECTOR NOT NULL,
    CONSTRAINT search_document_pkey PRIMARY KEY (tenant_id, record)
);
CREATE INDEX search_document_words_idx ON search_document USING GIN (words);
-- end
-- only sqlite
CREATE TABLE search_document (
    tenant_id UUID NOT NULL,
    noun TEXT NOT NULL,
    record TEXT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    words TEXT NOT NULL,
    CONSTRAINT search_document_pkey PRIMARY KEY (tenant_id, record)
);
CREATE VIRTUAL TABLE search_word USING fts5 (words, content = 'search_document', tokenize = 'ascii');
-- end
