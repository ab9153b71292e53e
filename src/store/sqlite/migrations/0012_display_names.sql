-- How another system wrote the name of a person, beside the short name.
ALTER TABLE person ADD COLUMN display TEXT;

CREATE INDEX person_display ON person (display) WHERE display IS NOT NULL;
