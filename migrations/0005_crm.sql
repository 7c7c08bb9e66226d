-- Customers: companies, contacts, pipelines, deals, notes. What is deleted stays, marked, so that it can be brought back;
-- it never stands in the way of a new record.

CREATE TABLE company (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- What lists sort by: words without accents, capitals and punctuation.
    name_folded TEXT NOT NULL,
    legal_name TEXT,
    country TEXT,
    tax_id TEXT,
    email TEXT,
    phone TEXT,
    website TEXT,
    domain TEXT,
    street TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    language TEXT,
    currency TEXT,
    tags JSONB NOT NULL,
    about TEXT,
    owner_id UUID,
    source TEXT NOT NULL,
    external_id TEXT,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT company_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT company_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id)
);
CREATE UNIQUE INDEX company_tax_id_key ON company (tenant_id, tax_id) WHERE tax_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX company_name_idx ON company (tenant_id, name_folded, id);
CREATE INDEX company_created_idx ON company (tenant_id, created_at, id);
CREATE INDEX company_updated_idx ON company (tenant_id, updated_at, id);
CREATE INDEX company_domain_idx ON company (tenant_id, domain);

CREATE TABLE contact (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    company_id UUID,
    given_name TEXT,
    family_name TEXT,
    -- What lists show: the names, or the address when there are none.
    display_name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    job_title TEXT,
    email TEXT,
    phone TEXT,
    emails JSONB NOT NULL,
    phones JSONB NOT NULL,
    street TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    birth_date DATE,
    language TEXT,
    tags JSONB NOT NULL,
    about TEXT,
    owner_id UUID,
    source TEXT NOT NULL,
    external_id TEXT,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT contact_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT contact_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id),
    CONSTRAINT contact_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX contact_name_idx ON contact (tenant_id, name_folded, id);
CREATE INDEX contact_created_idx ON contact (tenant_id, created_at, id);
CREATE INDEX contact_updated_idx ON contact (tenant_id, updated_at, id);
CREATE INDEX contact_company_idx ON contact (tenant_id, company_id, id);
CREATE INDEX contact_email_idx ON contact (tenant_id, email);
CREATE INDEX contact_phone_idx ON contact (tenant_id, phone);
CREATE INDEX contact_external_idx ON contact (tenant_id, external_id);

CREATE TABLE pipeline (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pipeline_pkey PRIMARY KEY (tenant_id, id)
);

CREATE TABLE stage (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    pipeline_id UUID NOT NULL,
    name TEXT NOT NULL,
    -- Percent, 0 to 100.
    probability BIGINT NOT NULL,
    position BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT stage_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT stage_probability_check CHECK (probability BETWEEN 0 AND 100),
    CONSTRAINT stage_pipeline_fkey FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipeline (tenant_id, id)
);
CREATE INDEX stage_pipeline_idx ON stage (tenant_id, pipeline_id, position);

CREATE TABLE deal (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    company_id UUID,
    contact_id UUID,
    pipeline_id UUID NOT NULL,
    stage_id UUID NOT NULL,
    state TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    expected_close DATE,
    -- Rank within the stage; neighbours are far apart, so that a move writes one row.
    position BIGINT NOT NULL,
    owner_id UUID,
    lost_reason TEXT,
    closed_at TIMESTAMPTZ,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT deal_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT deal_state_check CHECK (state IN ('open', 'won', 'lost')),
    CONSTRAINT deal_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id),
    CONSTRAINT deal_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT deal_pipeline_fkey FOREIGN KEY (tenant_id, pipeline_id) REFERENCES pipeline (tenant_id, id),
    CONSTRAINT deal_stage_fkey FOREIGN KEY (tenant_id, stage_id) REFERENCES stage (tenant_id, id),
    CONSTRAINT deal_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX deal_board_idx ON deal (tenant_id, stage_id, position, id);
CREATE INDEX deal_name_idx ON deal (tenant_id, name_folded, id);
CREATE INDEX deal_created_idx ON deal (tenant_id, created_at, id);
CREATE INDEX deal_updated_idx ON deal (tenant_id, updated_at, id);
CREATE INDEX deal_company_idx ON deal (tenant_id, company_id, id);
CREATE INDEX deal_contact_idx ON deal (tenant_id, contact_id, id);

CREATE TABLE note (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    -- The record it is about, such as com_….
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    author_id UUID,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT note_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT note_author_fkey FOREIGN KEY (tenant_id, author_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX note_subject_idx ON note (tenant_id, subject, id);
