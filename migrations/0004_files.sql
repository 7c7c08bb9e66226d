-- Files: particulars here, bytes in the object store under tenant and digest.

CREATE TABLE blob (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT blob_pkey PRIMARY KEY (tenant_id, id)
);
CREATE INDEX blob_sha256_idx ON blob (tenant_id, sha256);
