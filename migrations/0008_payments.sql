-- Money received for an invoice. A payment is never changed: a wrong one is voided, with its reason, and stays.

CREATE TABLE payment (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    invoice_id UUID NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    paid_on DATE NOT NULL,
    method TEXT NOT NULL,
    reference TEXT,
    recorded_by UUID,
    voided_at TIMESTAMPTZ,
    void_reason TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT payment_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT payment_amount_check CHECK (amount_minor > 0),
    CONSTRAINT payment_invoice_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id),
    CONSTRAINT payment_member_fkey FOREIGN KEY (tenant_id, recorded_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX payment_invoice_idx ON payment (tenant_id, invoice_id, id);
CREATE INDEX payment_paid_on_idx ON payment (tenant_id, paid_on, id);
