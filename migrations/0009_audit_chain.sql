-- The audit trail becomes a chain that can be proven, and its personal values move where an erasure can reach them.
-- What was written before has no digest and no seal of its own: it is taken into the chain as it was found.

-- The values of an entry: what was before and after, and where the request came from. Deleting a row takes nothing away
-- from the chain, which holds only its salted digest.
CREATE TABLE audit_detail (
    tenant_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    salt BYTEA NOT NULL,
    changes JSONB NOT NULL,
    ip TEXT,
    user_agent TEXT,
    CONSTRAINT audit_detail_pkey PRIMARY KEY (tenant_id, entry_id),
    CONSTRAINT audit_detail_entry_fkey FOREIGN KEY (tenant_id, entry_id) REFERENCES audit_entry (tenant_id, id)
);

-- The last link of each tenant's chain. Its row is the lock under which entries are sealed.
CREATE TABLE audit_head (
    tenant_id UUID NOT NULL CONSTRAINT audit_head_pkey PRIMARY KEY,
    seq BIGINT NOT NULL,
    mac BYTEA NOT NULL,
    at TIMESTAMPTZ NOT NULL
);

ALTER TABLE audit_entry ADD COLUMN on_behalf_of TEXT;
ALTER TABLE audit_entry ADD COLUMN fields JSONB NOT NULL DEFAULT '[]';
ALTER TABLE audit_entry ADD COLUMN detail_digest BYTEA;
ALTER TABLE audit_entry ADD COLUMN seq BIGINT;
ALTER TABLE audit_entry ADD COLUMN mac BYTEA;

-- only postgres
-- The owner works under row-level security too, and no tenant is set here.
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_detail (tenant_id, entry_id, salt, changes, ip, user_agent)
    SELECT tenant_id, id, ''::bytea, changes, ip, user_agent FROM audit_entry;
UPDATE audit_entry SET fields = names.fields FROM (
    SELECT entry.tenant_id, entry.id, jsonb_agg(field ORDER BY field COLLATE "C") AS fields
    FROM audit_entry AS entry, jsonb_object_keys(entry.changes) AS field GROUP BY entry.tenant_id, entry.id
) AS names WHERE audit_entry.tenant_id = names.tenant_id AND audit_entry.id = names.id;
-- end
-- only sqlite
INSERT INTO audit_detail (tenant_id, entry_id, salt, changes, ip, user_agent)
    SELECT tenant_id, id, x'', changes, ip, user_agent FROM audit_entry;
UPDATE audit_entry SET fields =
    (SELECT json_group_array(key) FROM (SELECT key FROM json_each(audit_entry.changes) ORDER BY key));
-- end

ALTER TABLE audit_entry DROP COLUMN changes;
ALTER TABLE audit_entry DROP COLUMN ip;
ALTER TABLE audit_entry DROP COLUMN user_agent;

CREATE INDEX audit_entry_at_idx ON audit_entry (tenant_id, at, id);
CREATE UNIQUE INDEX audit_entry_seq_key ON audit_entry (tenant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_entry_unsealed_idx ON audit_entry (tenant_id, id) WHERE seq IS NULL;

-- only postgres
-- The program may put an entry into the chain once, and never touch it again. What it may update is in migrate.rs.
CREATE POLICY audit_entry_sealed_once ON audit_entry AS RESTRICTIVE FOR UPDATE
    USING (seq IS NULL) WITH CHECK (seq IS NOT NULL AND mac IS NOT NULL);
-- end
