-- Values that are kept only sealed with the tenant's key. What stood in the open is renamed, sealed row by row when the
-- program starts, and blanked; the emptied columns go with a later step.

ALTER TABLE quote RENAME COLUMN public_token TO public_token_open;
ALTER TABLE quote ADD COLUMN public_token BYTEA;

ALTER TABLE tenant RENAME COLUMN tax_id TO tax_id_open;
ALTER TABLE tenant ADD COLUMN tax_id BYTEA;

ALTER TABLE fiscal_entity RENAME COLUMN tax_id TO tax_id_open;
ALTER TABLE fiscal_entity ADD COLUMN tax_id BYTEA;

DROP INDEX company_tax_id_key;
ALTER TABLE company RENAME COLUMN tax_id TO tax_id_open;
ALTER TABLE company ADD COLUMN tax_id BYTEA;
ALTER TABLE company ADD COLUMN tax_id_index BYTEA;
CREATE UNIQUE INDEX company_tax_id_index_key ON company (tenant_id, tax_id_index) WHERE tax_id_index IS NOT NULL AND deleted_at IS NULL;

-- A mail's text may hold a secret link.
-- only postgres
ALTER TABLE outgoing_mail RENAME COLUMN body TO body_open;
ALTER TABLE outgoing_mail ALTER COLUMN body_open DROP NOT NULL;
-- end
-- only sqlite
ALTER TABLE outgoing_mail ADD COLUMN body_open JSONB;
UPDATE outgoing_mail SET body_open = body;
ALTER TABLE outgoing_mail DROP COLUMN body;
-- end
ALTER TABLE outgoing_mail ADD COLUMN body BYTEA;

-- Answers kept for repeated requests may hold anything. They live for two days: those in the open are forgotten, and
-- who repeats such a request is told that it was carried out.
ALTER TABLE idempotency_key DROP COLUMN status;
ALTER TABLE idempotency_key DROP COLUMN body;
ALTER TABLE idempotency_key ADD COLUMN status BIGINT;
ALTER TABLE idempotency_key ADD COLUMN body BYTEA;

-- Work on rows that a start has finished, so that the next one need not look.
CREATE TABLE start_step (
    name TEXT NOT NULL CONSTRAINT start_step_pkey PRIMARY KEY,
    done_at TIMESTAMPTZ NOT NULL
);
