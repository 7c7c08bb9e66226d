-- Imports of contacts: the file and how it is read, the rows that were refused, and the records that were made.

CREATE TABLE import (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- Gone once the file is forgotten.
    blob_id UUID,
    file_name TEXT NOT NULL,
    size BIGINT NOT NULL,
    dialect JSONB NOT NULL,
    confidence BIGINT NOT NULL,
    -- What each column was taken for, and the field it feeds.
    columns JSONB NOT NULL,
    duplicates TEXT NOT NULL,
    default_country TEXT NOT NULL,
    date_order TEXT,
    rows_estimated BIGINT NOT NULL,
    rows_total BIGINT,
    rows_done BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    created BIGINT NOT NULL,
    linked BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    companies_created BIGINT NOT NULL,
    undone BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    error_code TEXT,
    error TEXT,
    member_id UUID,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    undone_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT import_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_state_check CHECK (state IN ('uploaded', 'ready', 'running', 'done', 'failed', 'undoing', 'undone')),
    CONSTRAINT import_blob_fkey FOREIGN KEY (tenant_id, blob_id) REFERENCES blob (tenant_id, id),
    CONSTRAINT import_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX import_created_idx ON import (tenant_id, created_at, id);

-- One row of the file that was not taken, as it stood there.
CREATE TABLE import_row (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    import_id UUID NOT NULL,
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    cells JSONB NOT NULL,
    CONSTRAINT import_row_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_row_import_id_number_key UNIQUE (tenant_id, import_id, number),
    CONSTRAINT import_row_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);

-- One record the import made. Kept ones were changed or used since and stay when the import is taken back.
CREATE TABLE import_made (
    tenant_id UUID NOT NULL,
    import_id UUID NOT NULL,
    noun TEXT NOT NULL,
    record_id UUID NOT NULL,
    kept BOOLEAN NOT NULL,
    CONSTRAINT import_made_pkey PRIMARY KEY (tenant_id, import_id, noun, record_id),
    CONSTRAINT import_made_noun_check CHECK (noun IN ('contact', 'company')),
    CONSTRAINT import_made_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);
