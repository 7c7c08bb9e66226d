-- Leads: somebody who may become a customer, before there is a contact, a company or a deal.

CREATE TABLE lead (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    given_name TEXT,
    family_name TEXT,
    company_name TEXT,
    -- Name, company, address or number: never empty.
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    country TEXT,
    language TEXT,
    message TEXT,
    -- web_form, api, manual, or what the tenant calls it.
    source TEXT NOT NULL,
    utm JSONB NOT NULL,
    landing_page TEXT,
    -- Questions of one's own, each with its answer.
    answers JSONB NOT NULL,
    status TEXT NOT NULL,
    disqualified_reason TEXT,
    owner_id UUID,
    -- What was agreed to: text, version, digest, when, from where.
    consent JSONB,
    score BIGINT NOT NULL,
    -- Each rule that counted, with its points: they add up to the score.
    score_reasons JSONB NOT NULL,
    contact_id UUID,
    company_id UUID,
    deal_id UUID,
    converted_at TIMESTAMPTZ,
    converted_by UUID,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT lead_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT lead_status_check CHECK (status IN ('new', 'working', 'qualified', 'disqualified', 'converted')),
    CONSTRAINT lead_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id),
    CONSTRAINT lead_converted_by_fkey FOREIGN KEY (tenant_id, converted_by) REFERENCES member (tenant_id, id),
    CONSTRAINT lead_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT lead_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id),
    CONSTRAINT lead_deal_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deal (tenant_id, id)
);
CREATE INDEX lead_score_idx ON lead (tenant_id, score, id);
CREATE INDEX lead_name_idx ON lead (tenant_id, name_folded, id);
CREATE INDEX lead_created_idx ON lead (tenant_id, created_at, id);
CREATE INDEX lead_updated_idx ON lead (tenant_id, updated_at, id);
CREATE INDEX lead_contact_idx ON lead (tenant_id, contact_id);
CREATE INDEX lead_company_idx ON lead (tenant_id, company_id);
CREATE INDEX lead_deal_idx ON lead (tenant_id, deal_id);

-- How a tenant scores its leads and whose they become. No row: what we suggest.
CREATE TABLE lead_setting (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    scoring JSONB NOT NULL,
    assignment JSONB NOT NULL,
    -- How many leads the round has dealt; its lock keeps two from getting the same turn.
    dealt BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT lead_setting_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT lead_setting_key UNIQUE (tenant_id)
);
