-- Mail as it was received: kept beside the events, which have what it says, so
-- that it can be understood again and deleted. A row whose bytes were erased has
-- no chunks and no digest.
CREATE TABLE incoming_mail (
    id          INTEGER PRIMARY KEY,
    received_ms INTEGER NOT NULL,
    -- received, done, quarantined, dropped or seen.
    state       TEXT NOT NULL,
    -- The number of bytes.
    size        INTEGER NOT NULL,
    -- The digest of the bytes, by which the same mail is recognized.
    digest      BLOB,
    -- How often it was begun to be understood, and when last.
    attempts    INTEGER NOT NULL DEFAULT 0,
    tried_ms    INTEGER,
    -- Where it went.
    ticket      INTEGER REFERENCES ticket (id),
    sender      TEXT,
    subject     TEXT,
    language    TEXT,
    -- Why it is in this state.
    reason      TEXT
) STRICT;

CREATE UNIQUE INDEX incoming_mail_digest ON incoming_mail (digest) WHERE digest IS NOT NULL;
CREATE INDEX incoming_mail_open ON incoming_mail (state, id)
    WHERE state IN ('received', 'quarantined');
CREATE INDEX incoming_mail_ticket ON incoming_mail (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX incoming_mail_received ON incoming_mail (received_ms);

CREATE TABLE mail_chunk (
    mail  INTEGER NOT NULL REFERENCES incoming_mail (id),
    n     INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (mail, n)
) STRICT;

-- The ids of messages that were read, by which replies find their ticket.
CREATE TABLE mail_message_id (
    message_id TEXT NOT NULL,
    mail       INTEGER NOT NULL REFERENCES incoming_mail (id),
    -- The digest of what the message says.
    body       BLOB NOT NULL,
    PRIMARY KEY (message_id, mail)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_message_id_mail ON mail_message_id (mail);

-- Addresses to which mail could not be delivered, until somebody writes from
-- them.
CREATE TABLE undeliverable (
    address  TEXT PRIMARY KEY,
    since_ms INTEGER NOT NULL,
    -- What the mail system said.
    reason   TEXT
) STRICT;
