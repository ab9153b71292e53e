//! Every shared statement, once. What only one engine has (settings, locks,
//! copies, full-text search) is in the engine's own folder.

use std::sync::LazyLock;

use super::ticket_row::{COLUMNS, column_names};

/// The counter that numbers tickets.
pub(crate) const TICKET_COUNTER: &str = "ticket";

pub(crate) const META: &str = "SELECT name, value FROM meta ORDER BY name";

/// Sets an entry of `meta`.
pub(crate) const KEEP_META: &str = "INSERT INTO meta (name, value) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";

pub(crate) const META_ENTRY: &str = "SELECT value FROM meta WHERE name = $1";

pub(crate) const DELETE_META: &str = "DELETE FROM meta WHERE name = $1";

/// When the last event was recorded.
pub(crate) const LAST_RECORDED: &str = "SELECT recorded_ms FROM event ORDER BY seq DESC LIMIT 1";

pub(crate) const SET_META: &str = "INSERT INTO meta (name, value) VALUES ($1, $2)";

pub(crate) const COUNTERS: &str = "SELECT name, value FROM counter ORDER BY name";

pub(crate) const LAST_ID: &str = "SELECT value AS id FROM counter WHERE name = $1";

pub(crate) const COUNT_TICKET: &str = "UPDATE counter SET value = value + 1 WHERE name = $1";

pub(crate) const POLICY_VERSION: &str = "SELECT coalesce(max(n), 1) AS version FROM event \
     WHERE ticket IS NULL AND kind = 'policy'";

/// The policy versions, in order; one with several texts is a run of rows.
pub(crate) const POLICIES: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM event e LEFT JOIN field f ON f.seq = e.seq \
     WHERE e.ticket IS NULL AND e.kind = 'policy' ORDER BY e.n";

pub(crate) const PEOPLE: &str =
    "SELECT number, seq, name, display, login, uid, host FROM person ORDER BY number";

pub(crate) const PERSON: &str =
    "SELECT number, seq, name, display, login, uid, host FROM person WHERE number = $1";

/// The number of $1 with the display name $2 under the account $3 on the host
/// $4, under the login $5 of a database server, or without an account.
pub(crate) const PERSON_NUMBER: &str = "SELECT number FROM person WHERE name = $1 \
     AND display IS NOT DISTINCT FROM $2 AND uid IS NOT DISTINCT FROM $3 \
     AND host IS NOT DISTINCT FROM $4 \
     AND (uid IS NOT NULL OR login IS NOT DISTINCT FROM $5) ORDER BY number LIMIT 1";

/// The display names of people; of several the last one.
pub(crate) const DISPLAY_NAMES: &str = "SELECT name, display FROM person \
     WHERE display IS NOT NULL AND name IS NOT NULL ORDER BY number";

pub(crate) const LAST_PERSON: &str = "SELECT number FROM person ORDER BY number DESC LIMIT 1";

pub(crate) const ADD_PERSON: &str = "INSERT INTO person \
     (number, seq, name, display, login, uid, host) VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) const UPDATE_PERSON: &str = "UPDATE person SET name = $3, display = $4, \
     login = $5, uid = $6, host = $7 WHERE number = $1 AND seq = $2";

pub(crate) const IMPORT_KEYS: &str = "SELECT f.value FROM event e \
     JOIN field f ON f.seq = e.seq WHERE e.ticket IS NULL AND e.kind = 'import-key' ORDER BY e.n";

pub(crate) const IMPORT_KEY_COUNT: &str = "SELECT coalesce(max(n), 0) AS keys FROM event \
     WHERE ticket IS NULL AND kind = 'import-key'";

/// The open ticket whose automatic action is the most overdue; $1 is now.
pub(crate) const NEXT_DUE_ACTION: &str = "SELECT id FROM ticket \
     WHERE next_action_at IS NOT NULL AND next_action_at <= $1 \
     ORDER BY next_action_at, id LIMIT 1";

/// As [`NEXT_DUE_ACTION`], all of them.
pub(crate) const DUE_ACTIONS: &str = "SELECT id FROM ticket \
     WHERE next_action_at IS NOT NULL AND next_action_at <= $1 \
     ORDER BY next_action_at, id";

pub(crate) const OPEN_IDS: &str = "SELECT id FROM ticket WHERE open = 1 ORDER BY id";

pub(crate) const SET_TIMER: &str = "UPDATE ticket SET next_action_at = $2 WHERE id = $1";

pub(crate) const HEAD: &str = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";

pub(crate) const ADD_EVENT: &str = "INSERT INTO event \
     (seq, ticket, n, at_ms, recorded_ms, actor, kind, body, prev, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

pub(crate) const ADD_FIELD: &str =
    "INSERT INTO field (seq, path, salt, value) VALUES ($1, $2, $3, $4)";

/// Deletes the text $3 of the event $2 of the ticket $1, with its salt.
pub(crate) const DELETE_TEXT_OF_TICKET: &str = "DELETE FROM field WHERE path = $3 \
     AND seq = (SELECT seq FROM event WHERE ticket = $1 AND n = $2)";

/// Deletes the text $2 of the event $1, with its salt.
pub(crate) const DELETE_TEXT: &str = "DELETE FROM field WHERE seq = $1 AND path = $2";

pub(crate) const TEXTS_OF_EVENT: &str = "SELECT path, value FROM field WHERE seq = $1";

pub(crate) const TEXT_OF_EVENT: &str = "SELECT value FROM field WHERE seq = $1 AND path = $2";

/// The texts of the events of the desk itself that may name people.
pub(crate) const DESK_TEXTS: &str = "SELECT e.seq, e.kind, e.n, e.body, f.path, f.value \
     FROM event e JOIN field f ON f.seq = e.seq \
     WHERE e.ticket IS NULL AND e.kind <> 'import-key' ORDER BY e.kind, e.n";

/// The names and contacts in events of tickets, event by event.
pub(crate) const PERSON_PARTS: &str = "SELECT f.seq, f.path, f.value FROM field f \
     JOIN event e ON e.seq = f.seq WHERE f.path IN ('name', 'contact') \
     AND e.ticket IS NOT NULL ORDER BY f.seq, f.path";

/// The number of the last event of the desk itself of kind $1.
pub(crate) const LAST_OF_DESK: &str =
    "SELECT max(n) AS n FROM event WHERE ticket IS NULL AND kind = $1 HAVING max(n) IS NOT NULL";

/// The number of the person whom the event $1 introduces.
pub(crate) const INTRODUCED: &str =
    "SELECT n FROM event WHERE seq = $1 AND ticket IS NULL AND kind = 'person'";

/// The next $2 erasures after $1.
pub(crate) const ERASURES: &str = "SELECT seq, ticket, body FROM event \
     WHERE kind = 'erased' AND seq > $1 ORDER BY seq LIMIT $2";

pub(crate) const EVENT_OF_TICKET: &str = "SELECT seq, hash FROM event WHERE ticket = $1 AND n = $2";

pub(crate) const EVENT_BY_SEQ: &str = "SELECT seq, hash FROM event WHERE seq = $1";

/// The place and the hash of an event.
pub(crate) const EVENT_PLACE: &str = "SELECT ticket, n, hash FROM event WHERE seq = $1";

pub(crate) const HAS_TEXT: &str = "SELECT 1 AS found FROM field WHERE seq = $1 AND path = $2";

pub(crate) const DELETE_ALARM_TEXTS: &str = "DELETE FROM alarm_text WHERE ticket = $1";

pub(crate) const HAS_ALARM_TEXTS: &str =
    "SELECT 1 AS found FROM alarm_text WHERE ticket = $1 LIMIT 1";

/// The tickets with texts of alarms.
pub(crate) const ALARM_TICKETS: &str = "SELECT DISTINCT ticket FROM alarm_text ORDER BY ticket";

/// Holds and the ends of holds, in order; an event with several texts is a run
/// of rows.
pub(crate) const HOLDS: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM event e LEFT JOIN field f ON f.seq = e.seq \
     WHERE e.ticket IS NULL AND e.kind IN ('hold', 'hold-lifted') ORDER BY e.seq";

/// The agents who acted in events of earlier versions under the name $1, which
/// their hash covers.
pub(crate) const NAMED_ACTS: &str = "SELECT count(*) AS events FROM event WHERE actor_name = $1";

/// The events of a ticket; an event with several fields is a run of rows.
pub(crate) const HISTORY: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM event e LEFT JOIN field f ON f.seq = e.seq WHERE e.ticket = $1 ORDER BY e.n";

/// As [`HISTORY`], of the tickets from $1 to $2. Without an end PostgreSQL would sort
/// the whole table for each page.
pub(crate) const HISTORIES: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM event e LEFT JOIN field f ON f.seq = e.seq WHERE e.ticket BETWEEN $1 AND $2 \
     ORDER BY e.ticket, e.n";

/// The ticket of the event that comes $2 events after the first one of $1.
pub(crate) const TICKET_FURTHER_ON: &str =
    "SELECT ticket FROM event WHERE ticket >= $1 ORDER BY ticket, n LIMIT 1 OFFSET $2";

/// As [`HISTORY`], of this many tickets.
pub(crate) fn histories_of(tickets: usize) -> String {
    let parameters: Vec<String> = (1..=tickets).map(|n| format!("${n}")).collect();
    HISTORIES.replace(
        "BETWEEN $1 AND $2",
        &format!("IN ({})", parameters.join(", ")),
    )
}

/// Changes of tier with the bodies of the opening event and of the change, by
/// ticket and in order.
pub(crate) const HANDOVERS: &str = "SELECT e.ticket, e.n, e.at_ms, o.body AS opening, e.body \
     FROM event e JOIN event o ON o.ticket = e.ticket AND o.n = 1 \
     WHERE e.kind = 'escalated' ORDER BY e.ticket, e.n";

/// The openings, public contacts and resolutions of tickets, by ticket and in
/// order.
pub(crate) const CREDITS: &str = "SELECT ticket, n, at_ms, kind, actor, actor_name FROM event \
     WHERE kind IN ('opened', 'replied', 'call-held', 'resolved') ORDER BY ticket, n";

/// The time that agents spent, with the body of each event.
pub(crate) const SPENT_TIMES: &str = "SELECT ticket, n, at_ms, actor, actor_name, body FROM event \
     WHERE kind = 'time-spent' ORDER BY ticket, n";

/// The events that took others back.
pub(crate) const UNDONE: &str = "SELECT ticket, body FROM event WHERE kind = 'undone'";

/// The whole chain with its fields, one row per field.
pub(crate) const CHAIN: &str = "SELECT e.seq, e.ticket, e.n, e.at_ms, e.recorded_ms, \
     e.actor, e.actor_name, e.kind, e.body, e.prev, e.hash, f.path, f.salt, f.value \
     FROM event e LEFT JOIN field f ON f.seq = e.seq ORDER BY e.seq";

/// The events that imported rows, in the order of the chain.
pub(crate) const IMPORTS: &str =
    "SELECT ticket, recorded_ms, body FROM event WHERE kind = 'imported' ORDER BY seq";

pub(crate) const EVENT_COUNT: &str = "SELECT n FROM ticket WHERE id = $1";

/// The newest ticket with this key.
pub(crate) const BY_KEY: &str = "SELECT id FROM ticket WHERE key = $1 ORDER BY id DESC LIMIT 1";

/// As [`BY_KEY`], all of them, the newest first.
pub(crate) const ALL_BY_KEY: &str = "SELECT id FROM ticket WHERE key = $1 ORDER BY id DESC";

/// One row if a ticket is restricted or the data of anybody were ever limited.
pub(crate) const MAY_HIDE: &str = "SELECT 1 AS found FROM ticket \
     WHERE restricted_to IS NOT NULL UNION ALL SELECT 1 FROM event \
     WHERE ticket IS NULL AND kind = 'person-limited' LIMIT 1";

/// The tickets that are restricted: as many as the index has.
pub(crate) const RESTRICTIONS: &str =
    "SELECT id, restricted_to FROM ticket WHERE restricted_to IS NOT NULL";

/// What happened to people, of the kind $1, in order; an event with several texts
/// is a run of rows.
pub(crate) const PERSON_EVENTS: &str = "SELECT e.seq, f.path, f.value, e.ticket, e.n, \
     e.at_ms, e.recorded_ms, e.actor, e.actor_name, e.kind, e.body \
     FROM event e LEFT JOIN field f ON f.seq = e.seq \
     WHERE e.ticket IS NULL AND e.kind = $1 ORDER BY e.n";

/// The number of the last event of the kind $1 that is not about a ticket.
pub(crate) const LAST_OF_KIND: &str = "SELECT coalesce(max(n), 0) AS n FROM event \
     WHERE ticket IS NULL AND kind = $1";

pub(crate) const ALARM: &str = "SELECT count, first_ms, last_ms FROM alarm WHERE ticket = $1";

pub(crate) const ALARM_TEXTS: &str =
    "SELECT text, count, first_ms, last_ms FROM alarm_text WHERE ticket = $1";

/// As [`ALARM_TEXTS`], the one with the digest $2.
pub(crate) const ALARM_TEXT: &str =
    "SELECT text, count, first_ms, last_ms FROM alarm_text WHERE ticket = $1 AND digest = $2";

pub(crate) const ALL_ALARM_TEXTS: &str = "SELECT ticket, digest, text FROM alarm_text";

pub(crate) const PUT_ALARM: &str = "INSERT INTO alarm (ticket, count, first_ms, last_ms) \
     VALUES ($1, $2, $3, $4) ON CONFLICT (ticket) DO UPDATE SET \
     count = excluded.count, first_ms = excluded.first_ms, last_ms = excluded.last_ms";

pub(crate) const PUT_ALARM_TEXT: &str = "INSERT INTO alarm_text \
     (ticket, digest, count, first_ms, last_ms, text) VALUES ($1, $2, $3, $4, $5, $6) \
     ON CONFLICT (ticket, digest) DO UPDATE SET \
     count = excluded.count, first_ms = excluded.first_ms, last_ms = excluded.last_ms";

/// The tickets with alarms without a key, or with a count that its texts exceed.
pub(crate) const FAULTY_ALARMS: &str = "SELECT a.ticket FROM alarm a \
     LEFT JOIN ticket t ON t.id = a.ticket LEFT JOIN \
     (SELECT ticket, min(count) AS least, sum(count) AS count, min(first_ms) AS first_ms, \
     max(last_ms) AS last_ms FROM alarm_text GROUP BY ticket) AS x ON x.ticket = a.ticket \
     WHERE t.key IS NULL OR a.count < 1 OR a.first_ms > a.last_ms OR x.least < 1 \
     OR x.count > a.count OR x.first_ms < a.first_ms OR x.last_ms > a.last_ms \
     ORDER BY a.ticket";

pub(crate) const ADD_BREACH: &str =
    "INSERT INTO breach (ticket) VALUES ($1) ON CONFLICT (ticket) DO NOTHING";

pub(crate) const BREACHES: &str = "SELECT ticket FROM breach ORDER BY ticket";

pub(crate) const CLEAR_NOTIFICATIONS: &str = "DELETE FROM notification WHERE ticket = $1";

pub(crate) const ADD_NOTIFICATION: &str = "INSERT INTO notification \
     (ticket, number, name, open, started_ms, due_ms, warn_ms) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) const NOTIFICATIONS: &str = "SELECT ticket, number, name, open, started_ms, due_ms, \
     warn_ms FROM notification ORDER BY ticket, number";

/// The notifications that are to be sent, the next due first.
pub(crate) const OPEN_NOTIFICATIONS: &str = "SELECT ticket, number, name, due_ms, warn_ms \
     FROM notification WHERE open = 1 ORDER BY due_ms, ticket, number";

/// $1 is the number in the other system, $2 that system.
pub(crate) const BY_ORIGIN: &str = "SELECT id FROM ticket WHERE number = $1 AND source = $2";

pub(crate) const BY_NUMBER: &str = "SELECT id FROM ticket WHERE number = $1 ORDER BY id";

pub(crate) const TICKET_COUNT: &str =
    "SELECT count(*) AS tickets, coalesce(max(id), 0) AS highest FROM ticket";

/// The distinct values of a column of tickets, of those that meet a condition.
pub(crate) fn distinct_names(column: &str, condition: Option<&str>) -> String {
    let and = condition.map_or(String::new(), |condition| format!(" AND {condition}"));
    format!(
        "SELECT DISTINCT {column} AS name FROM ticket \
         WHERE {column} IS NOT NULL{and} ORDER BY {column}"
    )
}

/// The agents of the people table, those who acted in events of earlier versions,
/// and the assignees of open tickets. Of the indexes of the latter two, each name
/// is looked up once, however many entries it has.
pub(crate) const USED_AGENTS: &str = "WITH RECURSIVE acted (name) AS (\
     SELECT min(actor_name) FROM event WHERE actor_name IS NOT NULL UNION ALL \
     SELECT (SELECT min(actor_name) FROM event WHERE actor_name > acted.name) \
     FROM acted WHERE acted.name IS NOT NULL), \
     assigned (name) AS (\
     SELECT min(assignee) FROM ticket WHERE open = 1 AND assignee IS NOT NULL UNION ALL \
     SELECT (SELECT min(assignee) FROM ticket WHERE open = 1 AND assignee > assigned.name) \
     FROM assigned WHERE assigned.name IS NOT NULL) \
     SELECT name FROM acted WHERE name IS NOT NULL \
     UNION SELECT name FROM assigned WHERE name IS NOT NULL \
     UNION SELECT name FROM person WHERE name IS NOT NULL";

/// As [`distinct_names`], of the newest $1 tickets, in any order.
pub(crate) fn newest_names(column: &str, condition: Option<&str>) -> String {
    let and = condition.map_or(String::new(), |condition| format!(" AND {condition}"));
    format!(
        "SELECT DISTINCT {column} AS name FROM ticket WHERE id > \
         (SELECT coalesce(max(id), 0) FROM ticket) - $1 AND {column} IS NOT NULL{and}"
    )
}

pub(crate) const IS_CATEGORY: &str = "SELECT 1 AS found FROM ticket WHERE category = $1 LIMIT 1";

pub(crate) const IS_CONTACT: &str =
    "SELECT 1 AS found FROM ticket WHERE requester_contact = $1 LIMIT 1";

/// $1 is an agent, and $2 the body of an assignment to them in an event of an
/// earlier version.
pub(crate) const IS_KNOWN_AGENT: &str = "SELECT 1 AS found FROM person WHERE name = $1 \
     UNION ALL SELECT 1 FROM event WHERE actor_name = $1 \
     UNION ALL SELECT 1 FROM event \
     WHERE actor_name IS NOT NULL AND kind = 'assigned' AND body = $2 LIMIT 1";

/// The categories of the newest $1 tickets that have one.
pub(crate) const NEWEST_CATEGORIES: &str = "SELECT category, count(*) AS tickets FROM \
     (SELECT category FROM ticket WHERE category IS NOT NULL ORDER BY id DESC LIMIT $1) AS newest \
     GROUP BY category";

/// Selects rows of tickets. `rest` follows `FROM ticket`.
pub(crate) fn select_tickets(rest: &str) -> String {
    format!("SELECT {COLUMNS} FROM ticket {rest}")
}

/// Selects the ids of tickets, for which an index is often enough. `rest`
/// follows `FROM ticket`.
pub(crate) fn select_ids(rest: &str) -> String {
    format!("SELECT id FROM ticket {rest}")
}

/// The tickets of the events after $1; none for an event of the desk itself.
/// Without more conditions it is a short range of the chain.
pub(crate) const CHANGED_SINCE: &str = "SELECT ticket FROM event WHERE seq > $1";

/// Counts tickets. `rest` follows `FROM ticket`.
pub(crate) fn count_tickets(rest: &str) -> String {
    format!("SELECT count(*) AS tickets FROM ticket {rest}")
}

/// Counts tickets by one of their columns. `now` is the parameter that holds
/// the time, `rest` follows `FROM ticket`.
pub(crate) fn group_counts(column: &str, now: &str, rest: &str) -> String {
    format!(
        "SELECT {column} AS grouped_by, count(*) AS open, \
         count(CASE WHEN next_due < {now} THEN 1 END) AS overdue, \
         count(CASE WHEN next_warn <= {now} AND (next_due IS NULL OR next_due >= {now}) THEN 1 END) \
         AS at_risk, \
         count(CASE WHEN state = 'paused' AND (wake_at IS NULL OR wake_at > {now}) THEN 1 END) \
         AS paused, \
         count(CASE WHEN state = 'resolved' THEN 1 END) AS resolved, \
         count(CASE WHEN assignee IS NULL THEN 1 END) AS unassigned, min(next_due) AS first_due \
         FROM ticket {rest} GROUP BY {column} ORDER BY {column} NULLS LAST"
    )
}

/// Inserts the row of a new ticket. Insert and update are two statements: one
/// that does either needs a savepoint, which flushes the search index.
pub(crate) static INSERT_TICKET: LazyLock<String> = LazyLock::new(|| {
    let parameters: Vec<String> = (1..=column_names().count())
        .map(|n| format!("${n}"))
        .collect();
    format!(
        "INSERT INTO ticket ({COLUMNS}) VALUES ({})",
        parameters.join(", ")
    )
});

/// Says who sees a ticket, which not everybody may who changes its row.
pub(crate) const RESTRICT_TICKET: &str = "UPDATE ticket SET restricted_to = $2 WHERE id = $1";

/// Replaces the row of a known ticket, but for the last column, who sees it.
pub(crate) static UPDATE_TICKET: LazyLock<String> = LazyLock::new(|| {
    let updates = column_names().zip(1..).skip(1);
    let updates = updates.take_while(|(name, _)| *name != "restricted_to");
    let updates: Vec<String> = updates.map(|(name, n)| format!("{name} = ${n}")).collect();
    format!("UPDATE ticket SET {} WHERE id = $1", updates.join(", "))
});
