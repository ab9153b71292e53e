-- Files that are kept with tickets. An event of the chain says which one came
-- when, and holds its digest as a text that can be erased; these rows say where
-- it is used, and the content is stored once, however often it came.
CREATE TABLE attachment (
    ticket INTEGER NOT NULL REFERENCES ticket (id),
    -- The number of the event within the ticket.
    event  INTEGER NOT NULL,
    -- SHA-256 of the content.
    digest BLOB NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY (ticket, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_digest ON attachment (digest);

-- Pieces of 256 KiB, so that a large file is never in memory as a whole.
CREATE TABLE attachment_chunk (
    id     INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,
    n      INTEGER NOT NULL,
    bytes  BLOB NOT NULL,
    UNIQUE (digest, n)
) STRICT;
