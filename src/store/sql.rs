//! Every statement, once, in the dialect that the engines share. What only
//! one engine has (settings, locks, copies) lives in its driver.

pub(super) const META: &str = "SELECT name, value FROM meta ORDER BY name";

pub(super) const SET_META: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)";

pub(super) const COUNTERS: &str = "SELECT name, value FROM counter ORDER BY name";

pub(super) const LAST: &str = "SELECT value FROM counter WHERE name = $1";

pub(super) const NEXT: &str =
    "UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value";

/// The last version of the policy in the chain.
pub(super) const POLICY_HEAD: &str = "SELECT seq, hash FROM policy ORDER BY seq DESC LIMIT 1";

pub(super) const POLICY_VERSION: &str = "SELECT coalesce(max(version), 1) FROM policy";

/// The versions of the policy, in order.
pub(super) const POLICIES: &str = "SELECT seq, version, at_ms, recorded_ms, actor, body, prev, hash \
     FROM policy ORDER BY seq";

pub(super) const ADD_POLICY: &str = "INSERT INTO policy \
     (seq, version, at_ms, recorded_ms, actor, body, prev, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// The ticket about which the desk has had something to do for the longest
/// time; $1 is now.
pub(super) const RIPEST: &str = "SELECT id FROM ticket \
     WHERE open = 1 AND act IS NOT NULL AND act <= $1 ORDER BY act, id LIMIT 1";

/// As [`RIPEST`], all of them.
pub(super) const RIPE: &str = "SELECT id FROM ticket \
     WHERE open = 1 AND act IS NOT NULL AND act <= $1 ORDER BY act, id";

pub(super) const OPEN_IDS: &str = "SELECT id FROM ticket WHERE open = 1 ORDER BY id";

pub(super) const SET_ACT: &str = "UPDATE ticket SET act = $2 WHERE id = $1";

pub(super) const HEAD: &str = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";

pub(super) const APPEND: &str = "INSERT INTO event \
     (seq, ticket, n, at_ms, recorded_ms, actor, kind, body, prev, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

pub(super) const FIELD: &str = "INSERT INTO field (seq, path, salt, value) VALUES ($1, $2, $3, $4)";

/// The events of a ticket; an event with several fields comes as several rows
/// in a run.
pub(super) const HISTORY: &str = "SELECT e.seq, e.ticket, e.n, e.at_ms, e.recorded_ms, e.actor, \
     e.kind, e.body, f.path, f.value \
     FROM event e LEFT JOIN field f ON f.seq = e.seq WHERE e.ticket = $1 ORDER BY e.n";

/// As [`HISTORY`], of all tickets.
pub(super) const HISTORIES: &str = "SELECT e.seq, e.ticket, e.n, e.at_ms, e.recorded_ms, e.actor, e.kind, e.body, f.path, f.value \
     FROM event e LEFT JOIN field f ON f.seq = e.seq ORDER BY e.ticket, e.n";

/// Hand-overs from tier to tier with the bodies of the opening and of the event
/// itself, by ticket and in order.
pub(super) const HANDOVERS: &str = "SELECT e.ticket, e.at_ms, o.body, e.body \
     FROM event e JOIN event o ON o.ticket = e.ticket AND o.n = 1 \
     WHERE e.kind = 'escalated' ORDER BY e.ticket, e.n";

/// The whole chain with its fields, a row for each field.
pub(super) const CHAIN: &str = "SELECT e.seq, e.ticket, e.n, e.at_ms, e.recorded_ms, e.actor, \
     e.kind, e.body, e.prev, e.hash, f.path, f.salt, f.value \
     FROM event e LEFT JOIN field f ON f.seq = e.seq ORDER BY e.seq";

pub(super) const TICKET_EVENTS: &str = "SELECT n FROM ticket WHERE id = $1";

pub(super) const BY_KEY: &str = "SELECT id FROM ticket WHERE key = $1";

/// $1 is the number in the other system, $2 that system.
pub(super) const BY_ORIGIN: &str = "SELECT id FROM ticket WHERE number = $1 AND source = $2";

pub(super) const BY_NUMBER: &str = "SELECT id FROM ticket WHERE number = $1 ORDER BY id";

pub(super) const TICKET_COUNT: &str = "SELECT count(*), coalesce(max(id), 0) FROM ticket";

pub(super) const CATEGORIES: &str =
    "SELECT DISTINCT category FROM ticket WHERE category IS NOT NULL ORDER BY category";

pub(super) const AGENTS: &str =
    "SELECT DISTINCT assignee FROM ticket WHERE assignee IS NOT NULL ORDER BY assignee";

/// $1 is an agent, $2 and $3 are the kind and the body of assigning a ticket to
/// them.
pub(super) const KNOWS: &str =
    "SELECT 1 FROM event WHERE actor = $1 OR (kind = $2 AND body = $3) LIMIT 1";

/// The columns of a ticket's row, in the order of [`super::row`].
pub(super) const COLUMNS: [&str; 40] = [
    "id",
    "n",
    "open",
    "state",
    "next_due",
    "next_warn",
    "priority",
    "assignee",
    "tier",
    "kind",
    "onset",
    "channel",
    "category",
    "opened",
    "updated",
    "since",
    "awaited",
    "wake",
    "resolved",
    "closed",
    "code",
    "satisfaction",
    "reopenings",
    "escalations",
    "merged_into",
    "users",
    "business",
    "urgency",
    "key",
    "title",
    "title_lc",
    "requester_name",
    "requester_contact",
    "requester_language",
    "requester_lc",
    "clocks",
    "act",
    "source",
    "number",
    "known",
];

/// Reads rows of tickets; what follows `FROM ticket` is the caller's.
pub(super) fn select_tickets(rest: &str) -> String {
    format!("SELECT {} FROM ticket {rest}", COLUMNS.join(", "))
}

/// Counts tickets; what follows `FROM ticket` is the caller's.
pub(super) fn count_tickets(rest: &str) -> String {
    format!("SELECT count(*) FROM ticket {rest}")
}

/// Counts tickets by one of our own columns; `now` is the place of the moment,
/// and what follows `FROM ticket` is the caller's.
pub(super) fn tally(column: &str, now: &str, rest: &str) -> String {
    format!(
        "SELECT {column}, count(*), \
         count(CASE WHEN next_due < {now} THEN 1 END), \
         count(CASE WHEN next_warn <= {now} AND (next_due IS NULL OR next_due >= {now}) THEN 1 END), \
         count(CASE WHEN state = 'paused' THEN 1 END), \
         count(CASE WHEN state = 'resolved' THEN 1 END), \
         count(CASE WHEN assignee IS NULL THEN 1 END), min(next_due) \
         FROM ticket {rest} GROUP BY {column} ORDER BY {column} NULLS LAST"
    )
}

/// Puts a ticket's row in place, whether there was one or not.
pub(super) fn put_ticket() -> String {
    let places: Vec<String> = (1..=COLUMNS.len()).map(|n| format!("${n}")).collect();
    let updates: Vec<String> = COLUMNS[1..]
        .iter()
        .map(|name| format!("{name} = excluded.{name}"))
        .collect();
    format!(
        "INSERT INTO ticket ({}) VALUES ({}) ON CONFLICT (id) DO UPDATE SET {}",
        COLUMNS.join(", "),
        places.join(", "),
        updates.join(", ")
    )
}

/// What is written on a ticket.
pub(super) const PROSE: &str =
    "SELECT heading, body, log, messages, remedy, forms FROM prose WHERE rowid = $1";

pub(super) const ADD_PROSE: &str = "INSERT INTO prose \
     (rowid, heading, body, log, messages, remedy, forms) VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) const SET_PROSE: &str = "UPDATE prose SET heading = $2, body = $3, log = $4, \
     messages = $5, remedy = $6, forms = $7 WHERE rowid = $1";

/// Takes the index away with all that it is made of: deleted rows would leave
/// their words in it until it is merged, and a damaged one cannot be emptied.
pub(super) const NO_PROSE: &str = "DROP TABLE vocabulary; DROP TABLE prose;";

pub(super) const NEW_PROSE: &str = include_str!("migrations/0005_prose.sql");

pub(super) const PROSE_COUNT: &str = "SELECT count(*) FROM prose";

/// How many tickets hold one of these terms, counted up to $2.
pub(super) const HOLDERS: &str =
    "SELECT count(*) FROM (SELECT 1 FROM prose WHERE prose MATCH $1 LIMIT $2)";

/// The categories of the latest $2 tickets that hold one of these terms.
pub(super) const HOLDING: &str = "SELECT category, count(*) FROM ticket \
     WHERE category IS NOT NULL AND id IN \
     (SELECT rowid FROM prose WHERE prose MATCH $1 ORDER BY rowid DESC LIMIT $2) \
     GROUP BY category";

/// The categories of the latest $1 tickets that have one.
pub(super) const USUAL: &str = "SELECT category, count(*) FROM \
     (SELECT category FROM ticket WHERE category IS NOT NULL ORDER BY id DESC LIMIT $1) \
     GROUP BY category";

/// The terms from $1 up to $2.
pub(super) const TERMS: &str = "SELECT term FROM vocabulary WHERE term >= $1 AND term < $2";

/// The order of a search, the best match first. The shares of the fields are
/// those that the closeness of tickets is reckoned with.
pub(super) const CLOSEST: &str =
    " ORDER BY bm25(prose, 2.0, 1.0, 0.5, 0.5, 1.0, 0.4), prose.rowid DESC";

/// The order of a search, the latest first.
pub(super) const LATEST: &str = " ORDER BY prose.rowid DESC";

/// The tickets that match; what follows is the caller's, and whether it asks
/// for more than that.
pub(super) fn matching(narrowed: bool, rest: &str) -> String {
    format!("SELECT prose.rowid FROM {} {rest}", prose(narrowed))
}

/// Counts the tickets that match, as [`matching`].
pub(super) fn count_matching(narrowed: bool, rest: &str) -> String {
    format!("SELECT count(*) FROM {} {rest}", prose(narrowed))
}

/// The rows of tickets are only looked up where something is asked of them.
const fn prose(narrowed: bool) -> &'static str {
    if narrowed {
        "prose JOIN ticket ON ticket.id = prose.rowid"
    } else {
        "prose"
    }
}
