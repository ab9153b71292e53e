-- The search index: one document of normalized terms per ticket, computed by
-- the program. `fields` has a line for each field, its terms between blanks, so
-- that phrases are found in it however long it is: a position in a tsvector
-- ends at 16,383, and a term has 255 of them. `terms` has each term once, and
-- those of the title once more behind a dot.
--
-- A search needs the numbers of the tickets only. So texts and terms are moved
-- out of the row, of which a page then has a hundred: counting 12,000 matches
-- takes a quarter of the time. The engine moves only what is in a row of more
-- than 2,000 bytes, so that the program adds as many blanks to `fields`, which
-- compress to nothing.
CREATE TABLE ticket_text (
    ticket BIGINT PRIMARY KEY,
    fields TEXT COLLATE "C" NOT NULL,
    terms TSVECTOR NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE ticket_text ALTER COLUMN terms SET STORAGE EXTERNAL;
-- Without a list of pending entries, which every search would have to read.
CREATE INDEX ticket_text_terms ON ticket_text USING gin (terms) WITH (fastupdate = off);

-- The terms of `ticket_text`, for typo correction. A term is added when a
-- document first has it and removed when the last one loses it. It has no
-- counter: every writer of a common term would wait for the one before.
CREATE TABLE word (
    term TEXT COLLATE "C" PRIMARY KEY
);

-- The same for restricted tickets, apart: under row security the index of
-- `ticket_text` could not be used. These tables are small.
CREATE TABLE restricted_text (
    ticket BIGINT PRIMARY KEY,
    fields TEXT COLLATE "C" NOT NULL,
    terms TSVECTOR NOT NULL
);
CREATE TABLE restricted_word (
    ticket BIGINT NOT NULL,
    term TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (ticket, term)
);
CREATE INDEX restricted_word_term ON restricted_word (term);

-- Searches leave out the tickets that were taken back, which are few.
CREATE INDEX ticket_undone ON ticket (id) WHERE undone > 0;
