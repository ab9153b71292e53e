-- Repeated alarms: how often tickets were opened under the key of a ticket, and
-- in which words. They are counted beside the events, so that a history does not
-- grow with them. Deleting the row of a text erases it.
CREATE TABLE alarm (
    ticket   INTEGER PRIMARY KEY REFERENCES ticket (id),
    count    INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL
) STRICT;

CREATE TABLE alarm_text (
    ticket   INTEGER NOT NULL REFERENCES alarm (ticket),
    -- The SHA-256 of the text, by which it is found.
    digest   BLOB NOT NULL,
    count    INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL,
    text     TEXT NOT NULL,
    UNIQUE (ticket, digest)
) STRICT;

-- A key passes to a new ticket when the old one has been closed for long: the
-- newest ticket has it.
DROP INDEX ticket_key;
CREATE INDEX ticket_key ON ticket (key, id) WHERE key IS NOT NULL;
