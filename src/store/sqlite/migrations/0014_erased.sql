-- What rules of retention erased of a closed ticket, a bit for each scope, and
-- which tickets a rule may reach. Tickets that it has reached are in other ranges
-- of the index than those that it has not.
ALTER TABLE ticket ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

CREATE INDEX ticket_retention ON ticket (erased, closed, id, kind, category)
    WHERE closed IS NOT NULL AND undone = 0;

-- The events that list what was erased.
CREATE INDEX event_erased ON event (seq) WHERE kind = 'erased';
