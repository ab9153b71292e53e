-- The tables of version 19 of the schema: what the migrations of an SQLite store
-- lead to. Texts are compared byte by byte, whatever the database's own collation
-- is; moments are UTC milliseconds, truths are 0 or 1, as in a file.

-- One row: the version of the schema. A step to a newer one locks it.
CREATE TABLE schema_version (
    version BIGINT NOT NULL
);

-- No rows. Its lock orders writers: those who change everything exclude everybody,
-- those who change tickets run side by side.
CREATE TABLE writer ();

-- One row: the end of the chain, which whoever appends to it locks last.
CREATE TABLE chain_head (
    seq  BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE TABLE meta (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE counter (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Who acts under which login, for the row security of the database. The policy
-- says it too, where desk reads it.
CREATE TABLE member (
    login TEXT COLLATE "C" PRIMARY KEY,
    agent TEXT COLLATE "C" NOT NULL
);

-- The current state of each ticket: a cache of what its events say.
CREATE TABLE ticket (
    id                 BIGINT PRIMARY KEY,
    n                  BIGINT NOT NULL,
    open               BIGINT NOT NULL,
    state              TEXT COLLATE "C" NOT NULL,
    next_due           BIGINT,
    next_warn          BIGINT,
    priority           BIGINT,
    assignee           TEXT COLLATE "C",
    tier               TEXT COLLATE "C" NOT NULL,
    kind               TEXT COLLATE "C",
    onset              TEXT COLLATE "C" NOT NULL,
    channel            TEXT COLLATE "C" NOT NULL,
    category           TEXT COLLATE "C",
    opened             BIGINT NOT NULL,
    updated            BIGINT NOT NULL,
    since              BIGINT NOT NULL,
    pause_reason       TEXT COLLATE "C",
    wake_at            BIGINT,
    resolved           BIGINT,
    closed             BIGINT,
    code               TEXT COLLATE "C",
    satisfaction       BIGINT,
    reopenings         BIGINT NOT NULL,
    escalations        BIGINT NOT NULL,
    merged_into        BIGINT,
    users              TEXT COLLATE "C",
    business           TEXT COLLATE "C",
    urgency            TEXT COLLATE "C",
    key                TEXT COLLATE "C",
    title              TEXT COLLATE "C" NOT NULL,
    title_lc           TEXT COLLATE "C" NOT NULL,
    requester_name     TEXT COLLATE "C",
    requester_contact  TEXT COLLATE "C",
    requester_language TEXT COLLATE "C",
    requester_lc       TEXT COLLATE "C" NOT NULL,
    clocks             TEXT COLLATE "C" NOT NULL,
    next_action_at     BIGINT,
    source             TEXT COLLATE "C",
    number             TEXT COLLATE "C",
    known_error        BIGINT NOT NULL DEFAULT 0,
    undone             BIGINT NOT NULL DEFAULT 0,
    erased             BIGINT NOT NULL DEFAULT 0,
    unanswered_since   BIGINT,
    tags               TEXT COLLATE "C",
    fields             TEXT COLLATE "C",
    checklist_done     BIGINT NOT NULL DEFAULT 0,
    checklist_total    BIGINT NOT NULL DEFAULT 0,
    spent_s            BIGINT NOT NULL DEFAULT 0,
    restricted_to      TEXT COLLATE "C"
) WITH (fillfactor = 80);

CREATE INDEX ticket_due ON ticket (next_due, id) WHERE open = 1;
CREATE INDEX ticket_assignee ON ticket (assignee, next_due, id) WHERE open = 1;
CREATE INDEX ticket_unanswered ON ticket (unanswered_since, id)
    WHERE open = 1 AND unanswered_since IS NOT NULL;
CREATE INDEX ticket_counts
    ON ticket (priority, next_due, next_warn, state, wake_at, assignee, restricted_to)
    WHERE open = 1;
CREATE INDEX ticket_tags ON ticket (id) WHERE tags IS NOT NULL;
CREATE INDEX ticket_fields ON ticket (id) WHERE fields IS NOT NULL;
CREATE INDEX ticket_key ON ticket (key, id) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX ticket_origin ON ticket (number, source) WHERE number IS NOT NULL;
CREATE INDEX ticket_known_error ON ticket (id) WHERE known_error = 1;
CREATE INDEX ticket_next_action ON ticket (next_action_at, id)
    WHERE next_action_at IS NOT NULL;
CREATE INDEX ticket_retention ON ticket (erased, closed, id, kind, category, undone)
    WHERE closed IS NOT NULL AND undone <> 1;
-- The column undone says why a ticket counts nowhere: 1 if the import that opened
-- it was undone, 2 if it was a mistake.
CREATE INDEX ticket_restricted ON ticket (restricted_to) WHERE restricted_to IS NOT NULL;

-- The chain. An event of the desk itself, such as a policy version or the
-- introduction of a person, has no ticket; for each kind they are numbered by n.
CREATE TABLE event (
    seq         BIGINT PRIMARY KEY,
    ticket      BIGINT REFERENCES ticket (id),
    n           BIGINT NOT NULL,
    at_ms       BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL,
    -- The number of a person, or 0 for desk itself.
    actor       BIGINT,
    -- The name instead, in events of earlier versions: their hash covers it.
    actor_name  TEXT COLLATE "C",
    kind        TEXT COLLATE "C" NOT NULL,
    body        TEXT COLLATE "C" NOT NULL,
    prev        BYTEA NOT NULL,
    hash        BYTEA NOT NULL,
    CONSTRAINT event_of_ticket UNIQUE (ticket, n),
    CHECK ((actor IS NULL) <> (actor_name IS NULL))
);

CREATE UNIQUE INDEX event_of_desk ON event (kind, n) WHERE ticket IS NULL;
CREATE INDEX event_actor_name ON event (actor_name) WHERE actor_name IS NOT NULL;
CREATE INDEX event_undone ON event (seq) WHERE kind = 'undone';
CREATE INDEX event_erased ON event (seq) WHERE kind = 'erased';

-- What people wrote, apart from the event so that it can be erased; the event's
-- body holds a commitment to each.
CREATE TABLE field (
    seq   BIGINT NOT NULL REFERENCES event (seq),
    path  TEXT COLLATE "C" NOT NULL,
    salt  BYTEA NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (seq, path)
);

-- The people whom events refer to: a cache of their introductions.
CREATE TABLE person (
    number  BIGINT PRIMARY KEY,
    seq     BIGINT NOT NULL UNIQUE REFERENCES event (seq) DEFERRABLE INITIALLY DEFERRED,
    name    TEXT COLLATE "C",
    login   TEXT COLLATE "C",
    uid     BIGINT,
    host    TEXT COLLATE "C",
    display TEXT COLLATE "C"
);

CREATE INDEX person_name ON person (name);
CREATE INDEX person_display ON person (display) WHERE display IS NOT NULL;

-- Repeated alarms: how often tickets were opened under the key of a ticket, and in
-- which words.
CREATE TABLE alarm (
    ticket   BIGINT PRIMARY KEY REFERENCES ticket (id),
    count    BIGINT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms  BIGINT NOT NULL
);

CREATE TABLE alarm_text (
    ticket   BIGINT NOT NULL REFERENCES alarm (ticket),
    -- The SHA-256 of the text, by which it is found.
    digest   BYTEA NOT NULL,
    count    BIGINT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms  BIGINT NOT NULL,
    text     TEXT COLLATE "C" NOT NULL,
    UNIQUE (ticket, digest)
);

-- Breaches of personal data, and the clocks of their notifications.
CREATE TABLE breach (
    ticket BIGINT PRIMARY KEY REFERENCES ticket (id)
);

CREATE TABLE notification (
    ticket     BIGINT NOT NULL REFERENCES breach (ticket),
    -- The number of the obligation within the breach.
    number     BIGINT NOT NULL,
    -- The regime and the stage: gdpr/authority.
    name       TEXT COLLATE "C" NOT NULL,
    -- Whether it is still to be sent.
    open       BIGINT NOT NULL,
    started_ms BIGINT NOT NULL,
    due_ms     BIGINT NOT NULL,
    -- When the desk first warns.
    warn_ms    BIGINT,
    PRIMARY KEY (ticket, number)
);

CREATE INDEX notification_due ON notification (due_ms, ticket, number) WHERE open = 1;

-- Mail as it was received. A row whose bytes were erased has no chunks and no
-- digest. Its numbers may have gaps.
CREATE TABLE incoming_mail (
    id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    received_ms BIGINT NOT NULL,
    -- received, done, quarantined, dropped or seen.
    state       TEXT COLLATE "C" NOT NULL,
    -- The number of bytes.
    size        BIGINT NOT NULL,
    -- The digest of the bytes, by which the same mail is recognized.
    digest      BYTEA,
    -- How often it was begun to be understood, and when last.
    attempts    BIGINT NOT NULL DEFAULT 0,
    tried_ms    BIGINT,
    -- Where it went.
    ticket      BIGINT REFERENCES ticket (id),
    sender      TEXT COLLATE "C",
    subject     TEXT COLLATE "C",
    language    TEXT COLLATE "C",
    -- Why it is in this state.
    reason      TEXT COLLATE "C"
);

CREATE UNIQUE INDEX incoming_mail_digest ON incoming_mail (digest) WHERE digest IS NOT NULL;
CREATE INDEX incoming_mail_open ON incoming_mail (state, id)
    WHERE state IN ('received', 'quarantined');
CREATE INDEX incoming_mail_ticket ON incoming_mail (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX incoming_mail_received ON incoming_mail (received_ms);

CREATE TABLE mail_chunk (
    mail  BIGINT NOT NULL REFERENCES incoming_mail (id),
    n     BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (mail, n)
);

-- The ids of messages that were read, by which replies find their ticket.
CREATE TABLE mail_message_id (
    message_id TEXT COLLATE "C" NOT NULL,
    mail       BIGINT NOT NULL REFERENCES incoming_mail (id),
    -- The digest of what the message says.
    body       BYTEA NOT NULL,
    PRIMARY KEY (message_id, mail)
);

CREATE INDEX mail_message_id_mail ON mail_message_id (mail);

-- The ids of other messages that a message refers to.
CREATE TABLE mail_reference (
    message_id TEXT COLLATE "C" NOT NULL,
    mail       BIGINT NOT NULL REFERENCES incoming_mail (id),
    PRIMARY KEY (message_id, mail)
);

CREATE INDEX mail_reference_mail ON mail_reference (mail);

-- Addresses to which mail could not be delivered, until somebody writes from them.
CREATE TABLE undeliverable (
    address  TEXT COLLATE "C" PRIMARY KEY,
    since_ms BIGINT NOT NULL,
    -- What the mail system said.
    reason   TEXT COLLATE "C"
);

-- Mail on its way out, queued in the transaction of the event that it is about. A
-- row whose texts were erased stays. Its numbers may have gaps.
CREATE TABLE outbox (
    id          BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    ticket      BIGINT NOT NULL REFERENCES ticket (id),
    -- The number of the event within the ticket.
    event       BIGINT NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    recipient   TEXT COLLATE "C" NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    message_id  TEXT COLLATE "C" NOT NULL UNIQUE,
    subject     TEXT COLLATE "C" NOT NULL,
    body        TEXT COLLATE "C" NOT NULL,
    -- One a line, with name and value decoded.
    headers     TEXT COLLATE "C" NOT NULL,
    calendar    TEXT COLLATE "C",
    -- Absent for the null sender.
    bounce_to   TEXT COLLATE "C",
    -- queued, claimed, handing, sent, failed, unknown, held or cancelled.
    state       TEXT COLLATE "C" NOT NULL,
    queued_ms   BIGINT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    -- When it is tried next.
    not_before  BIGINT NOT NULL,
    -- Until when the process that claimed it is taken to be alive.
    lease_until BIGINT,
    claimed_by  TEXT COLLATE "C",
    sent_ms     BIGINT,
    last_error  TEXT COLLATE "C",
    -- What a delivery report said.
    bounced     TEXT COLLATE "C",
    erased      BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX outbox_due ON outbox (not_before, id) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (lease_until, id) WHERE state IN ('claimed', 'handing');
CREATE INDEX outbox_open ON outbox (id) WHERE state NOT IN ('sent', 'cancelled');
CREATE INDEX outbox_ticket ON outbox (ticket, recipient, queued_ms);

-- Files that are kept with tickets: where each content is used, and its pieces.
CREATE TABLE attachment (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    -- The number of the event within the ticket.
    event  BIGINT NOT NULL,
    -- SHA-256 of the content.
    digest BYTEA NOT NULL,
    size   BIGINT NOT NULL,
    PRIMARY KEY (ticket, event)
);

CREATE INDEX attachment_digest ON attachment (digest);

-- Pieces of 256 KiB, so that a large file is never in memory as a whole.
CREATE TABLE attachment_chunk (
    id     BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    digest BYTEA NOT NULL,
    n      BIGINT NOT NULL,
    bytes  BYTEA NOT NULL,
    UNIQUE (digest, n)
);

-- Not compressed again: most files are already.
ALTER TABLE attachment_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

INSERT INTO counter (name, value) VALUES ('ticket', 0);
