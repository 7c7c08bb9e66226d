-- Fiscal entities, number series, quotes and invoices. Lines are kept with their document, which is read, sent and
-- frozen whole; what lists filter and sort by stands in columns.

CREATE TABLE fiscal_entity (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    legal_name TEXT NOT NULL,
    country TEXT NOT NULL,
    tax_id TEXT,
    street TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    email TEXT,
    phone TEXT,
    currency TEXT NOT NULL,
    language TEXT NOT NULL,
    norm TEXT NOT NULL,
    payment_instructions TEXT,
    payment_days BIGINT NOT NULL,
    quote_days BIGINT NOT NULL,
    is_default BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT fiscal_entity_pkey PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX fiscal_entity_default_key ON fiscal_entity (tenant_id) WHERE is_default = TRUE;

CREATE TABLE number_series (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    fiscal_entity_id UUID NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    pattern TEXT NOT NULL,
    reset TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT number_series_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT number_series_fiscal_entity_id_kind_key UNIQUE (tenant_id, fiscal_entity_id, kind),
    CONSTRAINT number_series_entity_fkey FOREIGN KEY (tenant_id, fiscal_entity_id) REFERENCES fiscal_entity (tenant_id, id)
);

-- The last number given in a period of a series: raised in the transaction that issues, so that no number is lost.
CREATE TABLE number_counter (
    tenant_id UUID NOT NULL,
    series_id UUID NOT NULL,
    period TEXT NOT NULL,
    last BIGINT NOT NULL,
    CONSTRAINT number_counter_series_id_period_key PRIMARY KEY (tenant_id, series_id, period),
    CONSTRAINT number_counter_series_fkey FOREIGN KEY (tenant_id, series_id) REFERENCES number_series (tenant_id, id)
);

CREATE TABLE quote (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    number TEXT,
    revision BIGINT NOT NULL,
    title TEXT NOT NULL,
    fiscal_entity_id UUID NOT NULL,
    company_id UUID,
    contact_id UUID,
    deal_id UUID,
    owner_id UUID,
    language TEXT NOT NULL,
    currency TEXT NOT NULL,
    prices_include_tax BOOLEAN NOT NULL,
    allowance JSONB,
    lines JSONB NOT NULL,
    totals JSONB NOT NULL,
    payable_minor BIGINT NOT NULL,
    issue_date DATE NOT NULL,
    valid_until DATE NOT NULL,
    terms TEXT,
    notes TEXT,
    reference TEXT,
    snapshot JSONB,
    snapshot_sha256 TEXT,
    pdf_blob_id UUID,
    pdf_sha256 TEXT,
    link_id UUID,
    public_token TEXT,
    sent_at TIMESTAMPTZ,
    viewed_at TIMESTAMPTZ,
    answered_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT quote_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT quote_state_check CHECK (state IN ('draft', 'sent', 'accepted', 'declined', 'revoked')),
    CONSTRAINT quote_fiscal_entity_id_number_key UNIQUE (tenant_id, fiscal_entity_id, number),
    CONSTRAINT quote_entity_fkey FOREIGN KEY (tenant_id, fiscal_entity_id) REFERENCES fiscal_entity (tenant_id, id),
    CONSTRAINT quote_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id),
    CONSTRAINT quote_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT quote_deal_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deal (tenant_id, id),
    CONSTRAINT quote_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id),
    CONSTRAINT quote_pdf_fkey FOREIGN KEY (tenant_id, pdf_blob_id) REFERENCES blob (tenant_id, id)
);
CREATE INDEX quote_created_idx ON quote (tenant_id, created_at, id);
CREATE INDEX quote_company_idx ON quote (tenant_id, company_id, id);
CREATE INDEX quote_deal_idx ON quote (tenant_id, deal_id, id);

-- The evidence of an answer: what was shown, to whom, from where, and what was said.
CREATE TABLE quote_answer (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    quote_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    decision TEXT NOT NULL,
    name TEXT,
    reason TEXT,
    consent_text TEXT,
    consent_sha256 TEXT,
    snapshot_sha256 TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    ip TEXT,
    user_agent TEXT,
    at TIMESTAMPTZ NOT NULL,
    CONSTRAINT quote_answer_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT quote_answer_decision_check CHECK (decision IN ('accepted', 'declined')),
    CONSTRAINT quote_answer_quote_id_revision_key UNIQUE (tenant_id, quote_id, revision),
    CONSTRAINT quote_answer_quote_fkey FOREIGN KEY (tenant_id, quote_id) REFERENCES quote (tenant_id, id)
);

CREATE TABLE invoice (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    number TEXT,
    fiscal_entity_id UUID NOT NULL,
    company_id UUID,
    contact_id UUID,
    deal_id UUID,
    quote_id UUID,
    owner_id UUID,
    language TEXT NOT NULL,
    currency TEXT NOT NULL,
    prices_include_tax BOOLEAN NOT NULL,
    allowance JSONB,
    lines JSONB NOT NULL,
    totals JSONB NOT NULL,
    payable_minor BIGINT NOT NULL,
    paid_minor BIGINT NOT NULL,
    issue_date DATE,
    due_date DATE,
    payment_days BIGINT NOT NULL,
    notes TEXT,
    reference TEXT,
    snapshot JSONB,
    snapshot_sha256 TEXT,
    pdf_blob_id UUID,
    pdf_sha256 TEXT,
    issued_at TIMESTAMPTZ,
    sent_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT invoice_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT invoice_state_check CHECK (state IN ('draft', 'issued')),
    CONSTRAINT invoice_frozen_check CHECK (state = 'draft' OR (number IS NOT NULL AND snapshot IS NOT NULL AND issue_date IS NOT NULL AND due_date IS NOT NULL)),
    CONSTRAINT invoice_fiscal_entity_id_number_key UNIQUE (tenant_id, fiscal_entity_id, number),
    CONSTRAINT invoice_quote_id_key UNIQUE (tenant_id, quote_id),
    CONSTRAINT invoice_entity_fkey FOREIGN KEY (tenant_id, fiscal_entity_id) REFERENCES fiscal_entity (tenant_id, id),
    CONSTRAINT invoice_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id),
    CONSTRAINT invoice_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT invoice_deal_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deal (tenant_id, id),
    CONSTRAINT invoice_quote_fkey FOREIGN KEY (tenant_id, quote_id) REFERENCES quote (tenant_id, id),
    CONSTRAINT invoice_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id),
    CONSTRAINT invoice_pdf_fkey FOREIGN KEY (tenant_id, pdf_blob_id) REFERENCES blob (tenant_id, id)
);
CREATE INDEX invoice_created_idx ON invoice (tenant_id, created_at, id);
CREATE INDEX invoice_due_idx ON invoice (tenant_id, state, due_date, id);
CREATE INDEX invoice_company_idx ON invoice (tenant_id, company_id, id);
CREATE INDEX invoice_deal_idx ON invoice (tenant_id, deal_id, id);
