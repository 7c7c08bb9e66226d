-- Credit and debit notes are invoices of another kind: numbered in series of their own and tied to the invoice they
-- correct. What a credit note owes is negative, so that sums over documents are what is left. What settles an invoice
-- is payments and credit.

ALTER TABLE invoice ADD COLUMN kind TEXT NOT NULL DEFAULT 'invoice' CONSTRAINT invoice_kind_check CHECK (kind IN ('invoice', 'credit_note', 'debit_note'));
ALTER TABLE invoice ADD COLUMN corrects_id UUID;
ALTER TABLE invoice ADD COLUMN correction_reason TEXT;
ALTER TABLE invoice RENAME COLUMN paid_minor TO settled_minor;
-- The part of `settled_minor` that credit settled and not money.
ALTER TABLE invoice ADD COLUMN credited_minor BIGINT NOT NULL DEFAULT 0;
CREATE INDEX invoice_corrects_idx ON invoice (tenant_id, corrects_id, id) WHERE corrects_id IS NOT NULL;

-- Credit that settles a part of an invoice. One made by mistake is released and stays.
CREATE TABLE credit_allocation (
    tenant_id UUID NOT NULL,
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    credit_note_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    amount_minor BIGINT NOT NULL,
    currency TEXT NOT NULL,
    allocated_by UUID,
    released_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT credit_allocation_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT credit_allocation_amount_check CHECK (amount_minor > 0),
    CONSTRAINT credit_allocation_credit_note_fkey FOREIGN KEY (tenant_id, credit_note_id) REFERENCES invoice (tenant_id, id),
    CONSTRAINT credit_allocation_invoice_fkey FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id),
    CONSTRAINT credit_allocation_member_fkey FOREIGN KEY (tenant_id, allocated_by) REFERENCES member (tenant_id, id)
);
CREATE INDEX credit_allocation_credit_note_idx ON credit_allocation (tenant_id, credit_note_id, id);
CREATE INDEX credit_allocation_invoice_idx ON credit_allocation (tenant_id, invoice_id, id);

-- Money given back of a credit note: it went out and did not come in.
ALTER TABLE payment ADD COLUMN is_refund BOOLEAN NOT NULL DEFAULT FALSE;
