-- One name for one thing, from the command to the table.
ALTER TABLE ticket RENAME COLUMN awaited TO pause_reason;
ALTER TABLE ticket RENAME COLUMN wake TO wake_at;
ALTER TABLE ticket RENAME COLUMN act TO next_action_at;
ALTER TABLE ticket RENAME COLUMN known TO known_error;

DROP INDEX ticket_act;
CREATE INDEX ticket_next_action ON ticket (next_action_at, id)
    WHERE open = 1 AND next_action_at IS NOT NULL;

DROP INDEX ticket_known;
CREATE INDEX ticket_known_error ON ticket (id) WHERE known_error = 1;

DROP TABLE vocabulary;
DROP TABLE prose;
