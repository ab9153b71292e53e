-- Which tickets are about a breach of personal data, and the clocks of their
-- notifications: a cache of what events say, so that what is to be sent next is
-- found without reading a ticket.
CREATE TABLE breach (
    ticket INTEGER PRIMARY KEY REFERENCES ticket (id)
) STRICT;

CREATE TABLE notification (
    ticket     INTEGER NOT NULL REFERENCES breach (ticket),
    -- The number of the obligation within the breach.
    number     INTEGER NOT NULL,
    -- The regime and the stage: gdpr/authority.
    name       TEXT NOT NULL,
    -- Whether it is still to be sent.
    open       INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    due_ms     INTEGER NOT NULL,
    -- When the desk first warns.
    warn_ms    INTEGER,
    PRIMARY KEY (ticket, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX notification_due ON notification (due_ms, ticket, number) WHERE open = 1;
