-- What is taken of single fields, role by role: not shown, or not changed. What is not here is shown and may be changed.

CREATE TABLE role_field (
    tenant_id UUID NOT NULL,
    role TEXT NOT NULL,
    -- `contact`, `company`, `deal`, `lead`, or the id of a custom object.
    object TEXT NOT NULL,
    -- The name of the field, or `custom.` and the key of one of the tenant's own.
    field TEXT NOT NULL,
    access TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT role_field_pkey PRIMARY KEY (tenant_id, role, object, field),
    CONSTRAINT role_field_access_check CHECK (access IN ('hidden', 'read_only'))
);
