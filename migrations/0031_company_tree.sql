-- Companies that belong to companies: what people say (`parent_id`), and what follows from it: who stands above whom.

ALTER TABLE company ADD COLUMN parent_id UUID;
CREATE INDEX company_parent_idx ON company (tenant_id, parent_id, id) WHERE parent_id IS NOT NULL;

-- Each company with each one above it, as long as all between them are there. A company without a parent has no row.
CREATE TABLE company_lineage (
    tenant_id UUID NOT NULL,
    ancestor_id UUID NOT NULL,
    company_id UUID NOT NULL,
    -- 1: the parent, 2: the parent's parent.
    depth BIGINT NOT NULL,
    CONSTRAINT company_lineage_pkey PRIMARY KEY (tenant_id, company_id, ancestor_id),
    CONSTRAINT company_lineage_depth_check CHECK (depth > 0),
    CONSTRAINT company_lineage_ancestor_fkey FOREIGN KEY (tenant_id, ancestor_id) REFERENCES company (tenant_id, id),
    CONSTRAINT company_lineage_company_fkey FOREIGN KEY (tenant_id, company_id) REFERENCES company (tenant_id, id)
);
CREATE INDEX company_lineage_ancestor_idx ON company_lineage (tenant_id, ancestor_id, company_id);

-- Raised by whoever changes the tree: that row is the lock, so that two changes that are right each by itself are made
-- one after the other.
CREATE TABLE company_tree (
    tenant_id UUID NOT NULL,
    changes BIGINT NOT NULL,
    CONSTRAINT company_tree_pkey PRIMARY KEY (tenant_id)
);
