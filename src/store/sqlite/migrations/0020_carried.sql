-- Tags between blanks, and fields that the policy defines with the keys by which they
-- are compared: a cache of what events say. Both are null for most tickets, so that
-- the indexes have only those that have any.
ALTER TABLE ticket ADD COLUMN tags TEXT;
ALTER TABLE ticket ADD COLUMN fields TEXT;
ALTER TABLE ticket ADD COLUMN checklist_done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN checklist_total INTEGER NOT NULL DEFAULT 0;

CREATE INDEX ticket_tags ON ticket (tags, id) WHERE tags IS NOT NULL;
CREATE INDEX ticket_fields ON ticket (fields, id) WHERE fields IS NOT NULL;
