-- Fields of a tenant's own on leads too: as on companies, contacts and deals.

ALTER TABLE lead ADD COLUMN custom JSONB NOT NULL DEFAULT '{}';
