-- Where an event stands in the order of commits, so that a reader who follows misses none. On PostgreSQL it is the id of
-- the transaction that wrote it: whatever is below the oldest running one has been committed or never will be. The
-- embedded database commits one transaction after the other and counts.

-- only postgres
ALTER TABLE event ADD COLUMN moment BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
-- end
-- only sqlite
ALTER TABLE event ADD COLUMN moment BIGINT NOT NULL DEFAULT 0;
-- end
CREATE INDEX event_moment_idx ON event (tenant_id, moment, id);
