-- The agents who see a ticket, separated by blanks; null for every ticket that is
-- not restricted, so that the index has only those that are.
ALTER TABLE ticket ADD COLUMN restricted_to TEXT;
CREATE INDEX ticket_restricted ON ticket (restricted_to) WHERE restricted_to IS NOT NULL;
