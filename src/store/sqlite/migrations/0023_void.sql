-- The column undone says why a ticket counts nowhere: 1 if the import that opened
-- it was undone, 2 if it was a mistake. What is written on a mistake is kept no
-- longer than what is written on other closed tickets.
DROP INDEX ticket_retention;

CREATE INDEX ticket_retention ON ticket (erased, closed, id, kind, category, undone)
    WHERE closed IS NOT NULL AND undone <> 1;

-- The events that took others back.
CREATE INDEX event_undone ON event (seq) WHERE kind = 'undone';
