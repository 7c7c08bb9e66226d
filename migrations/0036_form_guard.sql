-- Guarding web forms against spam: what is held back, what is counted; and forms that were deleted.

ALTER TABLE web_form ADD COLUMN guard JSONB NOT NULL DEFAULT '{}';
ALTER TABLE web_form ADD COLUMN deleted_at TIMESTAMPTZ;

-- What was sent and looks like spam: kept for thirty days, told to nobody, and no lead.
CREATE TABLE web_form_quarantine (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    form_id UUID NOT NULL,
    -- What counted against it, with points: they add up.
    points BIGINT NOT NULL,
    reasons JSONB NOT NULL,
    -- The fields that were answered, as the form asked them then, and what was typed.
    asked JSONB NOT NULL,
    sent JSONB NOT NULL,
    utm JSONB NOT NULL,
    landing_page TEXT,
    page TEXT NOT NULL,
    -- Which text was agreed to; NULL where nothing was.
    consent_number BIGINT,
    -- By which a second sending of the same is recognised, and what was sent.
    once_key TEXT,
    digest TEXT NOT NULL,
    -- Somebody has said that it is spam: it goes with the next sweep.
    rejected_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_quarantine_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT web_form_quarantine_once_key UNIQUE (tenant_id, form_id, once_key),
    CONSTRAINT web_form_quarantine_form_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES web_form (tenant_id, id)
);
CREATE INDEX web_form_quarantine_created_idx ON web_form_quarantine (tenant_id, created_at, id);
CREATE INDEX web_form_quarantine_form_idx ON web_form_quarantine (tenant_id, form_id, created_at, id);

-- Files that came with a submission, or with what is held back. Their bytes are blobs.
CREATE TABLE web_form_attachment (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    form_id UUID NOT NULL,
    submission_id UUID,
    quarantine_id UUID,
    field TEXT NOT NULL,
    blob_id UUID NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_attachment_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT web_form_attachment_of_check CHECK ((submission_id IS NULL) <> (quarantine_id IS NULL)),
    CONSTRAINT web_form_attachment_form_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES web_form (tenant_id, id),
    CONSTRAINT web_form_attachment_submission_fkey FOREIGN KEY (tenant_id, submission_id) REFERENCES web_form_submission (tenant_id, id),
    CONSTRAINT web_form_attachment_quarantine_fkey FOREIGN KEY (tenant_id, quarantine_id) REFERENCES web_form_quarantine (tenant_id, id),
    CONSTRAINT web_form_attachment_blob_fkey FOREIGN KEY (tenant_id, blob_id) REFERENCES blob (tenant_id, id)
);
CREATE INDEX web_form_attachment_submission_idx ON web_form_attachment (tenant_id, submission_id, id);
CREATE INDEX web_form_attachment_quarantine_idx ON web_form_attachment (tenant_id, quarantine_id, id);
CREATE INDEX web_form_attachment_blob_idx ON web_form_attachment (tenant_id, blob_id);

-- How often something has been seen: an address of the network within an hour, a form, a text, a page that was shown.
-- Keys are keyed digests; that of an address changes its key every day.
CREATE TABLE web_form_trace (
    tenant_id UUID NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    seen BIGINT NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    CONSTRAINT web_form_trace_pkey PRIMARY KEY (tenant_id, kind, key)
);
CREATE INDEX web_form_trace_until_idx ON web_form_trace (tenant_id, until);

-- What came in by a form on a day (of UTC): so that nobody counts submissions to show a number.
CREATE TABLE web_form_tally (
    tenant_id UUID NOT NULL,
    form_id UUID NOT NULL,
    day TEXT NOT NULL,
    sent BIGINT NOT NULL,
    held BIGINT NOT NULL,
    -- Of files.
    bytes BIGINT NOT NULL,
    CONSTRAINT web_form_tally_pkey PRIMARY KEY (tenant_id, form_id, day),
    CONSTRAINT web_form_tally_form_fkey FOREIGN KEY (tenant_id, form_id) REFERENCES web_form (tenant_id, id)
);

-- What came in before there was a tally.
-- only postgres
-- The owner works under row-level security too, and no tenant is set here.
ALTER TABLE web_form_submission NO FORCE ROW LEVEL SECURITY;
-- end
INSERT INTO web_form_tally (tenant_id, form_id, day, sent, held, bytes)
    SELECT tenant_id, form_id, '2000-01-01', count(*), 0, 0 FROM web_form_submission GROUP BY tenant_id, form_id;
-- only postgres
ALTER TABLE web_form_submission FORCE ROW LEVEL SECURITY;
-- end
