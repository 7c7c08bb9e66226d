-- Webhooks: what happens in a workspace, told to addresses of its own.

-- Jobs that hear of every event of a tenant. Asked by the outbox with each event, so that an event and the wish to pass
-- it on are one; a tenant without a row pays for one look into an index.
CREATE TABLE event_subscriber (
    tenant_id UUID NOT NULL,
    job TEXT NOT NULL,
    CONSTRAINT event_subscriber_pkey PRIMARY KEY (tenant_id, job)
);

CREATE TABLE webhook_endpoint (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    url TEXT NOT NULL,
    description TEXT,
    -- A list of types; NULL is every one, also those still to come.
    event_types JSONB,
    enabled BOOLEAN NOT NULL,
    disabled_reason TEXT,
    secret BYTEA NOT NULL,
    old_secret BYTEA,
    old_secret_until TIMESTAMPTZ,
    -- How it fares, written by the worker alone and no change of the record.
    failing_since TIMESTAMPTZ,
    failures BIGINT,
    held_until TIMESTAMPTZ,
    sending_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT webhook_endpoint_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX webhook_endpoint_created_idx ON webhook_endpoint (tenant_id, created_at, id);

CREATE TABLE webhook_delivery (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    endpoint_id UUID NOT NULL,
    event_id UUID NOT NULL,
    event_type TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Since it was last asked for; the schedule goes by it.
    tries BIGINT NOT NULL,
    next_try_at TIMESTAMPTZ,
    outcome TEXT,
    status BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ,
    CONSTRAINT webhook_delivery_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_delivery_endpoint_id_event_id_key UNIQUE (tenant_id, endpoint_id, event_id),
    CONSTRAINT webhook_delivery_endpoint_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint (tenant_id, id)
);
CREATE INDEX webhook_delivery_created_idx ON webhook_delivery (tenant_id, created_at, id);
CREATE INDEX webhook_delivery_endpoint_idx ON webhook_delivery (tenant_id, endpoint_id, created_at, id);
CREATE INDEX webhook_delivery_due_idx ON webhook_delivery (tenant_id, endpoint_id, next_try_at) WHERE state = 'waiting';

CREATE TABLE webhook_try (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    delivery_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    took_ms BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT,
    -- The first 4 KiB, which may hold anything.
    answer BYTEA,
    CONSTRAINT webhook_try_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_try_delivery_fkey FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_delivery (tenant_id, id)
);
CREATE INDEX webhook_try_delivery_idx ON webhook_try (tenant_id, delivery_id, id);

CREATE TABLE webhook_replay (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    endpoint_id UUID NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT webhook_replay_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_replay_endpoint_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint (tenant_id, id)
);
CREATE INDEX webhook_replay_endpoint_idx ON webhook_replay (tenant_id, endpoint_id);
