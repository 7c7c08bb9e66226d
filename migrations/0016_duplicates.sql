-- Duplicates of contacts and companies, and their merging. A record that was merged stays, marked as deleted, and names
-- the one it was merged into: what it was known by goes on finding that one.

ALTER TABLE company ADD COLUMN merged_into UUID;
ALTER TABLE contact ADD COLUMN merged_into UUID;
CREATE INDEX company_merged_idx ON company (tenant_id, merged_into);
CREATE INDEX contact_merged_idx ON contact (tenant_id, merged_into);

-- When two records of a noun are likely the same: a tree of comparisons. No row: the one we suggest.
CREATE TABLE duplicate_rule (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    noun TEXT NOT NULL,
    rule JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT duplicate_rule_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT duplicate_rule_noun_key UNIQUE (tenant_id, noun),
    CONSTRAINT duplicate_rule_noun_check CHECK (noun IN ('contact', 'company'))
);

-- One search through all records of a noun.
CREATE TABLE duplicate_sweep (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    noun TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Percent.
    progress BIGINT NOT NULL,
    records BIGINT NOT NULL,
    pairs BIGINT NOT NULL,
    started_at TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT duplicate_sweep_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT duplicate_sweep_noun_check CHECK (noun IN ('contact', 'company')),
    CONSTRAINT duplicate_sweep_state_check CHECK (state IN ('queued', 'running', 'done'))
);
CREATE INDEX duplicate_sweep_noun_idx ON duplicate_sweep (tenant_id, noun, id);

-- Two records that are likely the same, or were said not to be. Why is kept by field and likeness, never by value.
CREATE TABLE duplicate_pair (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    noun TEXT NOT NULL,
    -- The lower id first.
    first_id UUID NOT NULL,
    second_id UUID NOT NULL,
    state TEXT NOT NULL,
    -- Percent.
    score BIGINT NOT NULL,
    reasons JSONB NOT NULL,
    settled_by UUID,
    settled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT duplicate_pair_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT duplicate_pair_noun_first_id_second_id_key UNIQUE (tenant_id, noun, first_id, second_id),
    CONSTRAINT duplicate_pair_noun_check CHECK (noun IN ('contact', 'company')),
    CONSTRAINT duplicate_pair_state_check CHECK (state IN ('open', 'distinct')),
    CONSTRAINT duplicate_pair_order_check CHECK (first_id < second_id),
    CONSTRAINT duplicate_pair_member_fkey FOREIGN KEY (tenant_id, settled_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX duplicate_pair_score_idx ON duplicate_pair (tenant_id, noun, state, score, id);

-- One merge. How it was before is kept, sealed, for as long as it can be undone.
CREATE TABLE record_merge (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    noun TEXT NOT NULL,
    survivor_id UUID NOT NULL,
    loser_id UUID NOT NULL,
    state TEXT NOT NULL,
    image BYTEA,
    -- How many rows moved, by table.
    moved JSONB NOT NULL,
    merged_by UUID,
    undo_until TIMESTAMPTZ NOT NULL,
    undone_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT record_merge_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT record_merge_noun_check CHECK (noun IN ('contact', 'company')),
    CONSTRAINT record_merge_state_check CHECK (state IN ('done', 'undone', 'final')),
    CONSTRAINT record_merge_member_fkey FOREIGN KEY (tenant_id, merged_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX record_merge_survivor_idx ON record_merge (tenant_id, survivor_id, id);
CREATE INDEX record_merge_loser_idx ON record_merge (tenant_id, loser_id, id);
