-- What is written on tickets, as terms to search: a row a ticket, computed by
-- the program. The text of each row is kept, so that the index can be checked
-- against it; `heading` and `remedy` are the title and the resolution. A
-- PostgreSQL driver answers searches with vectors of the same terms.
CREATE VIRTUAL TABLE prose USING fts5 (
    heading, body, log, messages, remedy, forms,
    tokenize = "unicode61 remove_diacritics 0"
);

CREATE VIRTUAL TABLE vocabulary USING fts5vocab ('prose', 'row');
