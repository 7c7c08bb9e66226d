-- Fields of a tenant's own on companies, contacts and deals. A record carries its values in one JSON object, by key; what
-- lists filter and sort by stands beside it, one row for each value, in an order that bytes have.

CREATE TABLE custom_field (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    object TEXT NOT NULL,
    -- Never used again, also when the field is gone: the row stays.
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    help TEXT,
    kind TEXT NOT NULL,
    choices JSONB NOT NULL,
    -- What a relation points at.
    target TEXT,
    required BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    -- A change of kind or an erasure under way: what it becomes, and how far that is.
    work TEXT,
    work_total BIGINT NOT NULL,
    work_done BIGINT NOT NULL,
    work_after UUID,
    work_failed BIGINT NOT NULL,
    archived_at TIMESTAMPTZ,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT custom_field_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT custom_field_object_key_key UNIQUE (tenant_id, object, key)
);

ALTER TABLE company ADD COLUMN custom JSONB NOT NULL DEFAULT '{}';
ALTER TABLE contact ADD COLUMN custom JSONB NOT NULL DEFAULT '{}';
ALTER TABLE deal ADD COLUMN custom JSONB NOT NULL DEFAULT '{}';

-- A value of several choices has a row for each. Ordered by bytes on both databases.
CREATE TABLE custom_value (
    tenant_id UUID NOT NULL,
    field_id UUID NOT NULL,
    record_id UUID NOT NULL,
-- only postgres
    key TEXT COLLATE "C" NOT NULL,
-- end
-- only sqlite
    key TEXT NOT NULL,
-- end
    CONSTRAINT custom_value_pkey PRIMARY KEY (tenant_id, field_id, record_id, key),
    CONSTRAINT custom_value_field_fkey FOREIGN KEY (tenant_id, field_id) REFERENCES custom_field (tenant_id, id)
);
CREATE INDEX custom_value_key_idx ON custom_value (tenant_id, field_id, key, record_id);
