-- Who sees which records: teams, how far each role reaches, and the reach in which a job was asked for.

CREATE TABLE team (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- What lists sort by and what is unique: words without accents and capitals.
    name_folded TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT team_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT team_name_folded_key UNIQUE (tenant_id, name_folded)
);

CREATE TABLE team_member (
    tenant_id UUID NOT NULL,
    team_id UUID NOT NULL,
    member_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT team_member_pkey PRIMARY KEY (tenant_id, team_id, member_id),
    CONSTRAINT team_member_team_fkey FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id),
    CONSTRAINT team_member_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX team_member_member_idx ON team_member (tenant_id, member_id, team_id);

-- Where a tenant's roles see less than every record of a noun.
CREATE TABLE role_reach (
    tenant_id UUID NOT NULL,
    role TEXT NOT NULL,
    noun TEXT NOT NULL,
    span TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT role_reach_pkey PRIMARY KEY (tenant_id, role, noun),
    CONSTRAINT role_reach_span_check CHECK (span IN ('all', 'team', 'own'))
);

-- How far the one who asked for the work saw then; empty: everything.
ALTER TABLE job ADD COLUMN reach JSONB;

CREATE INDEX company_owner_idx ON company (tenant_id, owner_id, id);
CREATE INDEX contact_owner_idx ON contact (tenant_id, owner_id, id);
CREATE INDEX deal_owner_idx ON deal (tenant_id, owner_id, id);
CREATE INDEX lead_owner_idx ON lead (tenant_id, owner_id, id);
CREATE INDEX custom_record_owner_idx ON custom_record (tenant_id, owner_id, id);
CREATE INDEX activity_assignee_idx ON activity (tenant_id, assignee_id, id);
CREATE INDEX activity_author_idx ON activity (tenant_id, author_id, id);

-- Keys that were made before amounts had a permission of their own go on seeing them, as far as their makers do.
-- only postgres
UPDATE api_key SET scopes = scopes || '["amount.read"]'::jsonb;
-- end
-- only sqlite
UPDATE api_key SET scopes = json_insert(scopes, '$[#]', 'amount.read');
-- end
