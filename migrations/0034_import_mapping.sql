-- Imports of workbooks and address cards, mappings that are kept for the next file of the kind, and trials.

ALTER TABLE import ADD COLUMN format TEXT NOT NULL DEFAULT 'csv';
-- What a workbook or cards were laid out as, which is what is read; the file itself is blob_id.
ALTER TABLE import ADD COLUMN table_id UUID;
ALTER TABLE import ADD COLUMN table_size BIGINT;
ALTER TABLE import ADD COLUMN sheets JSONB NOT NULL DEFAULT '[]';
ALTER TABLE import ADD COLUMN sheet TEXT;
-- What a field gets in rows that leave it blank.
ALTER TABLE import ADD COLUMN defaults JSONB NOT NULL DEFAULT '{}';

CREATE TABLE import_mapping (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    -- What the rows are: contact.
    noun TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    format TEXT NOT NULL,
    -- Names of columns and the field each feeds.
    columns JSONB NOT NULL,
    dialect JSONB NOT NULL,
    duplicates TEXT NOT NULL,
    match_by JSONB NOT NULL,
    default_country TEXT NOT NULL,
    date_order TEXT,
    defaults JSONB NOT NULL,
    member_id UUID,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT import_mapping_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_mapping_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE UNIQUE INDEX import_mapping_name_folded_key ON import_mapping (tenant_id, name_folded) WHERE deleted_at IS NULL;

-- What an import would do, found out by going through the whole file; one at most of each import.
CREATE TABLE import_trial (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    import_id UUID NOT NULL,
    state TEXT NOT NULL,
    -- The table of rows, once it is done.
    blob_id UUID,
    rows_done BIGINT NOT NULL,
    bytes_done BIGINT NOT NULL,
    created BIGINT NOT NULL,
    linked BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    companies_created BIGINT NOT NULL,
    error_code TEXT,
    error TEXT,
    finished_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT import_trial_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_trial_import_id_key UNIQUE (tenant_id, import_id),
    CONSTRAINT import_trial_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id),
    CONSTRAINT import_trial_blob_fkey FOREIGN KEY (tenant_id, blob_id) REFERENCES blob (tenant_id, id)
);
