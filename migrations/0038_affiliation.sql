-- People who work with several companies, whom to write to at a company, and the profile a person is known by.

CREATE TABLE affiliation (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    contact_id UUID NOT NULL,
    company_id UUID NOT NULL,
    job_title TEXT,
    since DATE,
    until DATE,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT affiliation_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT affiliation_contact_id_company_id_key UNIQUE (tenant_id, contact_id, company_id),
    CONSTRAINT affiliation_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT affiliation_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id)
);
CREATE INDEX affiliation_company_idx ON affiliation (tenant_id, company_id, created_at, id);

ALTER TABLE company ADD COLUMN primary_contact_id UUID;
ALTER TABLE company ADD COLUMN billing_contact_id UUID;
CREATE INDEX company_primary_contact_idx ON company (tenant_id, primary_contact_id) WHERE primary_contact_id IS NOT NULL;
CREATE INDEX company_billing_contact_idx ON company (tenant_id, billing_contact_id) WHERE billing_contact_id IS NOT NULL;

ALTER TABLE contact ADD COLUMN linkedin_url TEXT;
CREATE INDEX contact_linkedin_idx ON contact (tenant_id, linkedin_url) WHERE linkedin_url IS NOT NULL;
