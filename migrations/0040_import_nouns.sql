-- Imports of other nouns than contacts: what the rows of a file are, and what an import of them made.

-- contact, deal, lead, or the id of a custom object.
ALTER TABLE import ADD COLUMN noun TEXT NOT NULL DEFAULT 'contact';

-- Two mappings of one noun have different names; those of different nouns never meet.
DROP INDEX import_mapping_name_folded_key;
CREATE UNIQUE INDEX import_mapping_name_folded_key ON import_mapping (tenant_id, noun, name_folded) WHERE deleted_at IS NULL;

-- only postgres
ALTER TABLE import_made DROP CONSTRAINT import_made_noun_check;
ALTER TABLE import_made ADD CONSTRAINT import_made_noun_check CHECK (noun IN ('contact', 'company', 'deal', 'lead', 'record'));
-- end
-- only sqlite
CREATE TABLE import_made_anew (
    tenant_id UUID NOT NULL,
    import_id UUID NOT NULL,
    noun TEXT NOT NULL,
    record_id UUID NOT NULL,
    kept BOOLEAN NOT NULL,
    CONSTRAINT import_made_pkey PRIMARY KEY (tenant_id, import_id, noun, record_id),
    CONSTRAINT import_made_noun_check CHECK (noun IN ('contact', 'company', 'deal', 'lead', 'record')),
    CONSTRAINT import_made_import_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES import (tenant_id, id)
);
INSERT INTO import_made_anew (tenant_id, import_id, noun, record_id, kept)
    SELECT tenant_id, import_id, noun, record_id, kept FROM import_made;
DROP TABLE import_made;
ALTER TABLE import_made_anew RENAME TO import_made;
-- end
