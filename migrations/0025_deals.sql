-- How long a deal has stood in its stage, which stages it passed, and why deals are lost.

ALTER TABLE stage ADD COLUMN rots_after_days BIGINT;

-- Of deals from before, the last change is the least that is known.
ALTER TABLE deal ADD COLUMN stage_since TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01T00:00:00Z';
UPDATE deal SET stage_since = updated_at WHERE stage_since < created_at;
ALTER TABLE deal ADD COLUMN lost_reason_id UUID;

CREATE TABLE lost_reason (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    label TEXT NOT NULL,
    archived_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT lost_reason_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT lost_reason_label_key UNIQUE (tenant_id, label)
);

-- A stay of a deal in a stage. The stage may have been removed since.
CREATE TABLE deal_stage (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    deal_id UUID NOT NULL,
    pipeline_id UUID NOT NULL,
    stage_id UUID NOT NULL,
    entered_at TIMESTAMPTZ NOT NULL,
    left_at TIMESTAMPTZ,
    CONSTRAINT deal_stage_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT deal_stage_deal_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deal (tenant_id, id)
);
CREATE INDEX deal_stage_deal_idx ON deal_stage (tenant_id, deal_id, entered_at);
CREATE INDEX deal_stage_left_idx ON deal_stage (tenant_id, pipeline_id, left_at);
