-- Events with their chain, what people wrote beside them, and the row that
-- lists read. Types are SQLite's STRICT ones; a PostgreSQL driver reads
-- INTEGER as BIGINT and BLOB as BYTEA, and collates by bytes ("C").
-- Moments are UTC milliseconds, truths are 0 or 1.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
    name  TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('ticket', 0);

-- The current state of each ticket: a cache of what its events say.
CREATE TABLE ticket (
    id                 INTEGER PRIMARY KEY,
    n                  INTEGER NOT NULL,
    open               INTEGER NOT NULL,
    state              TEXT NOT NULL,
    next_due           INTEGER,
    next_warn          INTEGER,
    priority           INTEGER,
    assignee           TEXT,
    tier               TEXT NOT NULL,
    kind               TEXT,
    onset              TEXT NOT NULL,
    channel            TEXT NOT NULL,
    category           TEXT,
    opened             INTEGER NOT NULL,
    updated            INTEGER NOT NULL,
    since              INTEGER NOT NULL,
    awaited            TEXT,
    wake               INTEGER,
    resolved           INTEGER,
    closed             INTEGER,
    code               TEXT,
    satisfaction       INTEGER,
    reopenings         INTEGER NOT NULL,
    escalations        INTEGER NOT NULL,
    merged_into        INTEGER,
    users              TEXT,
    business           TEXT,
    urgency            TEXT,
    key                TEXT,
    title              TEXT NOT NULL,
    title_lc           TEXT NOT NULL,
    requester_name     TEXT,
    requester_contact  TEXT,
    requester_language TEXT,
    requester_lc       TEXT NOT NULL,
    clocks             TEXT NOT NULL
) STRICT;

CREATE INDEX ticket_due ON ticket (next_due, id) WHERE open = 1;
CREATE INDEX ticket_assignee ON ticket (assignee, next_due, id) WHERE open = 1;
CREATE UNIQUE INDEX ticket_key ON ticket (key) WHERE key IS NOT NULL;

CREATE TABLE event (
    seq         INTEGER PRIMARY KEY,
    ticket      INTEGER NOT NULL REFERENCES ticket (id),
    n           INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    recorded_ms INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,
    prev        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    UNIQUE (ticket, n)
) STRICT;

-- What people wrote, apart from the event so that it can be erased; the
-- event's body holds a commitment to each.
CREATE TABLE field (
    seq   INTEGER NOT NULL REFERENCES event (seq),
    path  TEXT NOT NULL,
    salt  BLOB NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (seq, path)
) STRICT, WITHOUT ROWID;
