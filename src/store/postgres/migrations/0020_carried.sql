-- Tags between blanks, and fields that the policy defines with the keys by which they
-- are compared: a cache of what events say. Both are null for most tickets.
ALTER TABLE ticket ADD COLUMN tags TEXT COLLATE "C";
ALTER TABLE ticket ADD COLUMN fields TEXT COLLATE "C";
ALTER TABLE ticket ADD COLUMN checklist_done BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN checklist_total BIGINT NOT NULL DEFAULT 0;

CREATE INDEX ticket_tags ON ticket (id) WHERE tags IS NOT NULL;
CREATE INDEX ticket_fields ON ticket (id) WHERE fields IS NOT NULL;
