-- Whether a ticket is marked as a known error, be it closed.
ALTER TABLE ticket ADD COLUMN known INTEGER NOT NULL DEFAULT 0;

CREATE INDEX ticket_known ON ticket (id) WHERE known = 1;
