-- Which workspaces are closed, which worker holds a job, and when an owner was last told of dead ones.

-- A row here closes the tenant. Nothing of it is deleted before erase_on (privacy policy 8: within 90 days of closing).
CREATE TABLE tenant_closure (
    tenant_id UUID NOT NULL CONSTRAINT tenant_closure_pkey PRIMARY KEY,
    closed_at TIMESTAMPTZ NOT NULL,
    erase_on DATE NOT NULL
);

-- The end of the lease of the worker that runs the job; null while it waits.
ALTER TABLE job ADD COLUMN leased_until TIMESTAMPTZ;

-- When the owners were last written to about dead jobs of a kind.
CREATE TABLE job_notice (
    tenant_id UUID NOT NULL,
    kind TEXT NOT NULL,
    told_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT job_notice_pkey PRIMARY KEY (tenant_id, kind)
);
