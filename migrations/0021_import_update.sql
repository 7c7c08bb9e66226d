-- Imports that change who is there already: how many, by what rows are recognised, and what stood there before.

ALTER TABLE import ADD COLUMN updated BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN match_by JSONB NOT NULL DEFAULT '["external_id","email","phone"]';

-- One contact the import changed, with the values it overwrote; gone once they are put back, and with the file.
CREATE TABLE import_changed (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    import_id UUID NOT NULL,
    record_id UUID NOT NULL,
    image BYTEA NOT NULL,
    CONSTRAINT import_changed_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_changed_import_id_record_id_key UNIQUE (tenant_id, import_id, record_id),
    CONSTRAINT import_changed_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);
