-- People by number: bodies and actors no longer hold names. An event of the
-- desk itself, such as a policy version or the introduction of a person, has
-- no ticket; for each kind they are numbered by `n`.
CREATE TABLE event_7 (
    seq         INTEGER PRIMARY KEY,
    ticket      INTEGER REFERENCES ticket (id),
    n           INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    recorded_ms INTEGER NOT NULL,
    -- The number of a person, or 0 for desk itself.
    actor       INTEGER,
    -- The name instead, in events of earlier versions: their hash covers it.
    actor_name  TEXT,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,
    prev        BLOB NOT NULL,
    hash        BLOB NOT NULL,
    UNIQUE (ticket, n),
    CHECK ((actor IS NULL) <> (actor_name IS NULL))
) STRICT;

INSERT INTO event_7
    SELECT seq, ticket, n, at_ms, recorded_ms, NULL, actor, kind, body, prev, hash
    FROM event ORDER BY seq;
INSERT INTO event_7
    SELECT seq, NULL, version, at_ms, recorded_ms, NULL, actor, 'policy', body, prev, hash
    FROM policy ORDER BY seq;

CREATE TABLE field_7 (
    seq   INTEGER NOT NULL REFERENCES event_7 (seq),
    path  TEXT NOT NULL,
    salt  BLOB NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (seq, path)
) STRICT, WITHOUT ROWID;

INSERT INTO field_7 SELECT seq, path, salt, value FROM field ORDER BY seq, path;

DROP TABLE field;
DROP TABLE event;
DROP TABLE policy;
ALTER TABLE event_7 RENAME TO event;
ALTER TABLE field_7 RENAME TO field;

CREATE UNIQUE INDEX event_of_desk ON event (kind, n) WHERE ticket IS NULL;
CREATE INDEX event_actor_name ON event (actor_name) WHERE actor_name IS NOT NULL;

-- The people whom events refer to: a cache of their introductions. The same
-- agent under another account has a number of its own.
CREATE TABLE person (
    number INTEGER PRIMARY KEY,
    seq    INTEGER NOT NULL UNIQUE REFERENCES event (seq),
    name   TEXT,
    login  TEXT,
    uid    INTEGER,
    host   TEXT
) STRICT;

CREATE INDEX person_name ON person (name);
