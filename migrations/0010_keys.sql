-- Tenant keys, each wrapped by a master key that is not in the database.

-- Master keys that have wrapped something here. Only their names: what refers to one keeps it from being retired.
CREATE TABLE master_key (
    id TEXT NOT NULL CONSTRAINT master_key_pkey PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE tenant_key (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    master_key_id TEXT NOT NULL,
    wrapped BYTEA NOT NULL,
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT tenant_key_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tenant_key_state_check CHECK (state IN ('current', 'retiring')),
    CONSTRAINT tenant_key_master_fkey FOREIGN KEY (master_key_id) REFERENCES master_key (id)
);
CREATE UNIQUE INDEX tenant_key_current_key ON tenant_key (tenant_id) WHERE state = 'current';
CREATE INDEX tenant_key_master_idx ON tenant_key (master_key_id, tenant_id, id);
