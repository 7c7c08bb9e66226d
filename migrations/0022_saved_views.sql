-- Views of lists that people keep: what is shown, in which order, of which records; private to their maker or shared.

CREATE TABLE saved_view (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    -- company, contact, deal, lead, or the id of a custom object.
    noun TEXT NOT NULL,
    name TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    -- Who made it; a shared one outlives them.
    owner_id UUID,
    filter JSONB,
    sort TEXT,
    columns JSONB NOT NULL,
    deleted_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT saved_view_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT saved_view_owner_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES member (tenant_id, id)
);
CREATE INDEX saved_view_noun_idx ON saved_view (tenant_id, noun, id);

-- What a member made of a view: pinned above the list, or what the list opens with.
CREATE TABLE view_choice (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    view_id UUID NOT NULL,
    member_id UUID NOT NULL,
    noun TEXT NOT NULL,
    pinned BOOLEAN NOT NULL,
    opens BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT view_choice_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT view_choice_member_id_view_id_key UNIQUE (tenant_id, member_id, view_id),
    CONSTRAINT view_choice_view_fkey FOREIGN KEY (tenant_id, view_id) REFERENCES saved_view (tenant_id, id),
    CONSTRAINT view_choice_member_fkey FOREIGN KEY (tenant_id, member_id) REFERENCES member (tenant_id, id)
);
