-- How a view stands: as a table, a board or a calendar, in groups, with figures. Reports are kept as views of their own noun.

ALTER TABLE saved_view ADD COLUMN layout TEXT NOT NULL DEFAULT 'table';
-- The field whose choices are columns of the board, or whose days are those of the calendar.
ALTER TABLE saved_view ADD COLUMN layout_field TEXT;
ALTER TABLE saved_view ADD COLUMN group_by TEXT;
ALTER TABLE saved_view ADD COLUMN aggregates JSONB NOT NULL DEFAULT '[]';
-- The text that is looked for, as the list takes it.
ALTER TABLE saved_view ADD COLUMN q TEXT;
-- What is asked of a report, where the noun is one.
ALTER TABLE saved_view ADD COLUMN report JSONB;

-- A calendar asks for the deals of a month.
CREATE INDEX deal_close_idx ON deal (tenant_id, expected_close, id);
