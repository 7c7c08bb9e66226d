-- Web forms: pages of a tenant on which strangers become leads.

CREATE TABLE web_form (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    -- The last part of its public address: the slug and twelve random digits. It never changes.
    path TEXT NOT NULL,
    -- By which a stranger who has the address acts.
    link_id UUID NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    intro TEXT,
    -- In the order in which they are asked.
    fields JSONB NOT NULL,
    submit_label TEXT,
    thank_you TEXT,
    redirect_url TEXT,
    source TEXT,
    utm JSONB NOT NULL,
    owner_id UUID,
    allowed_origins JSONB NOT NULL,
    -- As it is being written; what is shown is the published text.
    consent_text TEXT,
    consent_channels JSONB NOT NULL,
    consent_required BOOLEAN NOT NULL,
    -- The published text that is shown; NULL asks for none.
    consent_number BIGINT,
    state TEXT NOT NULL,
    published_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT web_form_slug_key UNIQUE (tenant_id, slug),
    CONSTRAINT web_form_state_check CHECK (state IN ('draft', 'published', 'closed')),
    CONSTRAINT web_form_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id),
    CONSTRAINT web_form_link_fkey FOREIGN KEY (tenant_id, link_id) REFERENCES link (tenant_id, id)
);
CREATE INDEX web_form_created_idx ON web_form (tenant_id, created_at, id);

-- Each text that was ever shown, word for word.
CREATE TABLE web_form_consent (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    form_id UUID NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    channels JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_consent_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT web_form_consent_number_key UNIQUE (tenant_id, form_id, number),
    CONSTRAINT web_form_consent_form_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES web_form (tenant_id, id)
);

CREATE TABLE web_form_submission (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    form_id UUID NOT NULL,
    lead_id UUID NOT NULL,
    -- Which text was agreed to, and for which channels; NULL where nothing was.
    consent_number BIGINT,
    consent_channels JSONB NOT NULL,
    -- By which a second sending of the same is recognised, and what was sent.
    once_key TEXT,
    digest TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_submission_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT web_form_submission_once_key UNIQUE (tenant_id, form_id, once_key),
    CONSTRAINT web_form_submission_form_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES web_form (tenant_id, id),
    CONSTRAINT web_form_submission_lead_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES lead (tenant_id, id)
);
CREATE INDEX web_form_submission_created_idx ON web_form_submission (tenant_id, created_at, id);
CREATE INDEX web_form_submission_form_idx ON web_form_submission (tenant_id, form_id, created_at, id);
CREATE INDEX web_form_submission_lead_idx ON web_form_submission (tenant_id, lead_id, created_at, id);
