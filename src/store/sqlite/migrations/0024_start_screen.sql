-- The start screen counts all open tickets, and lists those with somebody who is
-- waiting for an answer. The program computes the new column.
ALTER TABLE ticket ADD COLUMN unanswered_since INTEGER;
CREATE INDEX ticket_unanswered ON ticket (unanswered_since, id)
    WHERE open = 1 AND unanswered_since IS NOT NULL;
CREATE INDEX ticket_counts
    ON ticket (priority, next_due, next_warn, state, wake_at, assignee) WHERE open = 1;
