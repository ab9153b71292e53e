-- The search index: one document of normalized terms per ticket, computed by
-- the program. The columns are stored, so that the index can be verified.
CREATE VIRTUAL TABLE ticket_text USING fts5 (
    title, body, log, messages, resolution, variants,
    tokenize = "unicode61 remove_diacritics 0"
);

-- The terms of the index, for typo correction.
CREATE VIRTUAL TABLE ticket_term USING fts5vocab ('ticket_text', 'row');
