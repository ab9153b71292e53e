-- The versions of the policy: links of the same chain as the events, so that
-- neither can be altered without the other noticing. Version 1 is built in.
CREATE TABLE policy (
    seq         INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL UNIQUE,
    at_ms       INTEGER NOT NULL,
    recorded_ms INTEGER NOT NULL,
    actor       TEXT NOT NULL,
    body        TEXT NOT NULL,
    prev        BLOB NOT NULL,
    hash        BLOB NOT NULL
) STRICT;

-- From when the desk has something to do about a ticket by itself.
ALTER TABLE ticket ADD COLUMN act INTEGER;

CREATE INDEX ticket_act ON ticket (act, id) WHERE open = 1 AND act IS NOT NULL;
