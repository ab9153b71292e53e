-- Events on their way to hooks, queued in the transaction of the events. A row says
-- which event and which hook, and nothing of what happened.
CREATE TABLE hook_delivery (
    id          INTEGER PRIMARY KEY,
    -- 'system', or the number of the user whose hook it is.
    owner       TEXT NOT NULL,
    hook        TEXT NOT NULL,
    ticket      INTEGER NOT NULL REFERENCES ticket (id),
    -- The number of the event within the ticket.
    event       INTEGER NOT NULL,
    -- The same at every attempt.
    delivery_id TEXT NOT NULL UNIQUE,
    -- waiting, running, delivered, failed or dropped.
    state       TEXT NOT NULL,
    queued_ms   INTEGER NOT NULL,
    -- How often the program was begun, and how often it failed.
    attempts    INTEGER NOT NULL DEFAULT 0,
    failures    INTEGER NOT NULL DEFAULT 0,
    -- When it is tried next.
    not_before  INTEGER NOT NULL,
    -- Until when the process that claimed it is taken to be alive.
    lease_until INTEGER,
    claimed_by  TEXT,
    done_ms     INTEGER,
    -- Why the last attempt failed; nothing that a program wrote.
    last_error  TEXT
) STRICT;

CREATE INDEX hook_delivery_open ON hook_delivery (owner, hook, id)
    WHERE state IN ('waiting', 'running');
CREATE INDEX hook_delivery_state ON hook_delivery (state, done_ms);
