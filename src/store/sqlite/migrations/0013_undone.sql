-- Whether the import that opened a ticket was undone.
ALTER TABLE ticket ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
