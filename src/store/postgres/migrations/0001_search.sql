-- The search index.
CREATE TABLE ticket_text (
    id         BIGINT PRIMARY KEY,
    title      TEXT COLLATE "C" NOT NULL,
    body       TEXT COLLATE "C" NOT NULL,
    log        TEXT COLLATE "C" NOT NULL,
    messages   TEXT COLLATE "C" NOT NULL,
    resolution TEXT COLLATE "C" NOT NULL,
    variants   TEXT COLLATE "C" NOT NULL
);
