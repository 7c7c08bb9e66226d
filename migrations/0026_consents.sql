-- By which channels a contact may be written to for more than business under way: what they said, when, and the evidence.
-- Entries are added, never changed.

CREATE TABLE contact_consent (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    contact_id UUID NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    -- manual, api, import, a lead, or a merge.
    source TEXT NOT NULL,
    wording TEXT,
    evidence TEXT,
    recorded_by UUID,
    -- When it was said; when it was written down.
    said_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT contact_consent_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT contact_consent_channel_check CHECK (channel IN ('email', 'phone', 'sms', 'whatsapp', 'post')),
    CONSTRAINT contact_consent_state_check CHECK (state IN ('granted', 'denied', 'withdrawn')),
    CONSTRAINT contact_consent_contact_fkey FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
    CONSTRAINT contact_consent_recorded_by_fkey FOREIGN KEY (tenant_id, recorded_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX contact_consent_contact_idx ON contact_consent (tenant_id, contact_id, id);
