-- The rows of tickets are caches of their events, and this version computes
-- some of them by other rules. The program updates them. A closed ticket can
-- have an action too: the sweep tells that it was late.
DROP INDEX ticket_next_action;
CREATE INDEX ticket_next_action ON ticket (next_action_at, id)
    WHERE next_action_at IS NOT NULL;
