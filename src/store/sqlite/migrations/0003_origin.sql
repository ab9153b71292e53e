-- Where a ticket was taken in from: the other system, and its number there.
ALTER TABLE ticket ADD COLUMN source TEXT;
ALTER TABLE ticket ADD COLUMN number TEXT;

CREATE UNIQUE INDEX ticket_origin ON ticket (number, source) WHERE number IS NOT NULL;
