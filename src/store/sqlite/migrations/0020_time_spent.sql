-- The time that agents spent on a ticket, summed up from its events.
ALTER TABLE ticket ADD COLUMN spent_s INTEGER NOT NULL DEFAULT 0;
