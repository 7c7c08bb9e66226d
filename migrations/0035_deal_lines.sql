-- What a deal offers, line by line; whether its amount follows from that; and indexes for the board and for what hangs on
-- a contact.

-- The amount is computed by whoever keeps the lines, and nobody writes it by hand.
ALTER TABLE deal ADD COLUMN amount_computed BOOLEAN NOT NULL DEFAULT FALSE;

-- One row a deal, under its id. The lines are read and written whole.
CREATE TABLE deal_lines (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    lines JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT deal_lines_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT deal_lines_deal_fkey FOREIGN KEY (tenant_id, id) REFERENCES deal (tenant_id, id)
);

-- The board: the cards of a stage in order, however many deals were closed in it, and what they add up to without a look
-- at the rows.
CREATE INDEX deal_open_idx ON deal (tenant_id, stage_id, position, id) WHERE state = 'open' AND deleted_at IS NULL;
-- State and deletion stand in it only so that the embedded database finds all it reads there.
CREATE INDEX deal_open_sum_idx ON deal (tenant_id, pipeline_id, stage_id, currency, owner_id, amount_minor, state, deleted_at)
    WHERE state = 'open' AND deleted_at IS NULL;

CREATE INDEX quote_contact_idx ON quote (tenant_id, contact_id, id);
CREATE INDEX invoice_contact_idx ON invoice (tenant_id, contact_id, id);
