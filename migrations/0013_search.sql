-- The kind of record joins the tenant in the word that every document has, so that a search of one kind reads no hits of
-- the others. PostgreSQL narrows by the column.

-- only sqlite
UPDATE search_document SET words = substr(words, 1, 33) || noun || substr(words, 34);
INSERT INTO search_word (search_word) VALUES ('rebuild');
-- end
