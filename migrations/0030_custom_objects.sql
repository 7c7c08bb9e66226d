-- Nouns of a tenant's own: what it keeps records of beyond companies, contacts and deals. Their fields are custom fields,
-- whose `object` is then the id of the custom object.

CREATE TABLE custom_object (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    -- Never used again, also when the object is gone: the row stays.
    key TEXT NOT NULL,
    singular TEXT NOT NULL,
    plural TEXT NOT NULL,
    description TEXT,
    position BIGINT NOT NULL,
    archived_at TIMESTAMPTZ,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT custom_object_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT custom_object_key_key UNIQUE (tenant_id, key)
);

CREATE TABLE custom_record (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    object_id UUID NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    owner_id UUID,
    custom JSONB NOT NULL,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT custom_record_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT custom_record_object_fkey FOREIGN KEY (tenant_id, object_id) REFERENCES custom_object (tenant_id, id),
    CONSTRAINT custom_record_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX custom_record_created_idx ON custom_record (tenant_id, object_id, created_at, id);
CREATE INDEX custom_record_updated_idx ON custom_record (tenant_id, object_id, updated_at, id);
CREATE INDEX custom_record_name_idx ON custom_record (tenant_id, object_id, name_folded, id);
