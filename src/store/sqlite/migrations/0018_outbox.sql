-- Mail on its way out: rendered when it was queued, in the transaction of the
-- event that it is about. A row whose texts were erased stays.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY,
    ticket      INTEGER NOT NULL REFERENCES ticket (id),
    -- The number of the event within the ticket.
    event       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    language    TEXT NOT NULL,
    message_id  TEXT NOT NULL UNIQUE,
    subject     TEXT NOT NULL,
    body        TEXT NOT NULL,
    -- One a line, with name and value decoded.
    headers     TEXT NOT NULL,
    calendar    TEXT,
    -- Absent for the null sender.
    bounce_to   TEXT,
    -- queued, claimed, handing, sent, failed, unknown, held or cancelled.
    state       TEXT NOT NULL,
    queued_ms   INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- When it is tried next.
    not_before  INTEGER NOT NULL,
    -- Until when the process that claimed it is taken to be alive.
    lease_until INTEGER,
    claimed_by  TEXT,
    sent_ms     INTEGER,
    last_error  TEXT,
    -- What a delivery report said.
    bounced     TEXT,
    erased      INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX outbox_due ON outbox (not_before, id) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (lease_until, id) WHERE state IN ('claimed', 'handing');
CREATE INDEX outbox_open ON outbox (id) WHERE state NOT IN ('sent', 'cancelled');
CREATE INDEX outbox_ticket ON outbox (ticket, recipient, queued_ms);
