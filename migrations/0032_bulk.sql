-- Changes to many records at once: which records, as parts of a list that was fixed when it began, how far it is, what
-- each record held before, and which were refused. Images, parts and refusals go when the time to undo is over.

CREATE TABLE bulk_change (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    -- The noun of the records, or the id of a custom object.
    noun TEXT NOT NULL,
    kind TEXT NOT NULL,
    fields JSONB NOT NULL,
    -- What is done, sealed: it may say what is personal.
    action BYTEA,
    state TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    error_code TEXT,
    member_id UUID,
    undo_until TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    undone_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT bulk_change_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT bulk_change_kind_check CHECK (kind IN ('set', 'assign', 'tag', 'move', 'delete', 'restore')),
    CONSTRAINT bulk_change_state_check CHECK (state IN ('running', 'done', 'stopped', 'undoing', 'undone', 'final')),
    CONSTRAINT bulk_change_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX bulk_change_created_idx ON bulk_change (tenant_id, created_at, id);
CREATE INDEX bulk_change_member_idx ON bulk_change (tenant_id, member_id, created_at, id);

CREATE TABLE bulk_part (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    bulk_change_id UUID NOT NULL,
    number BIGINT NOT NULL,
    records JSONB NOT NULL,
    CONSTRAINT bulk_part_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT bulk_part_bulk_change_id_number_key UNIQUE (tenant_id, bulk_change_id, number),
    CONSTRAINT bulk_part_change_fkey FOREIGN KEY (tenant_id, bulk_change_id) REFERENCES bulk_change (tenant_id, id)
);

CREATE TABLE bulk_image (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    bulk_change_id UUID NOT NULL,
    record_id UUID NOT NULL,
    image BYTEA NOT NULL,
    CONSTRAINT bulk_image_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT bulk_image_bulk_change_id_record_id_key UNIQUE (tenant_id, bulk_change_id, record_id),
    CONSTRAINT bulk_image_change_fkey FOREIGN KEY (tenant_id, bulk_change_id) REFERENCES bulk_change (tenant_id, id)
);
-- What was kept of a record goes with it.
CREATE INDEX bulk_image_record_idx ON bulk_image (tenant_id, record_id);

CREATE TABLE bulk_refusal (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    bulk_change_id UUID NOT NULL,
    -- Were they refused while it was undone?
    undoing BOOLEAN NOT NULL,
    record_id UUID NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT bulk_refusal_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT bulk_refusal_change_fkey FOREIGN KEY (tenant_id, bulk_change_id) REFERENCES bulk_change (tenant_id, id)
);
CREATE INDEX bulk_refusal_change_idx ON bulk_refusal (tenant_id, bulk_change_id, created_at, id);
