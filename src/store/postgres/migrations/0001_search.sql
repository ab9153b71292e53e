-- The search index: one document of normalized terms per ticket, computed by
-- the program. The fields are kept as texts, so that the index can be verified
-- and phrases can be found in fields of any length: a position in a tsvector
-- ends at 16,383, and a term has 255 of them. `terms` has each term once for
-- each field, at the number of the field.
CREATE TABLE ticket_text (
    ticket BIGINT PRIMARY KEY,
    title TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    log TEXT COLLATE "C" NOT NULL,
    messages TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" NOT NULL,
    variants TEXT COLLATE "C" NOT NULL,
    terms TSVECTOR NOT NULL
);
-- Compressed terms would be unpacked for each document that is ranked.
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
    title TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    log TEXT COLLATE "C" NOT NULL,
    messages TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" NOT NULL,
    variants TEXT COLLATE "C" NOT NULL,
    terms TSVECTOR NOT NULL
);
ALTER TABLE restricted_text ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE TABLE restricted_word (
    ticket BIGINT NOT NULL,
    term TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (ticket, term)
);
CREATE INDEX restricted_word_term ON restricted_word (term);
