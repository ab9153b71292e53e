//! The tables that a copy takes over row by row, and how. The rows of tickets and
//! the search index are computed again instead; `meta` has its own rules.

/// A table that is copied.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// How many of the columns, from the first on, tell rows apart. Pages are in
    /// their order.
    pub(super) key: usize,
    pub(super) columns: &'static [&'static str],
    /// How many rows are read and written at a time.
    pub(super) page: usize,
}

/// For rows of some hundred bytes.
const MANY: usize = 200;
/// For rows of up to 256 KiB.
const FEW: usize = 16;

/// Every table, after those to which its rows refer.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "event",
        key: 1,
        columns: &[
            "seq",
            "ticket",
            "n",
            "at_ms",
            "recorded_ms",
            "actor",
            "actor_name",
            "kind",
            "body",
            "prev",
            "hash",
        ],
        page: MANY,
    },
    Table {
        name: "field",
        key: 2,
        columns: &["seq", "path", "salt", "value"],
        page: MANY,
    },
    Table {
        name: "person",
        key: 1,
        columns: &["number", "seq", "name", "login", "uid", "host", "display"],
        page: MANY,
    },
    Table {
        name: "alarm",
        key: 1,
        columns: &["ticket", "count", "first_ms", "last_ms"],
        page: MANY,
    },
    Table {
        name: "alarm_text",
        key: 2,
        columns: &["ticket", "digest", "count", "first_ms", "last_ms", "text"],
        page: MANY,
    },
    Table {
        name: "breach",
        key: 1,
        columns: &["ticket"],
        page: MANY,
    },
    Table {
        name: "notification",
        key: 2,
        columns: &[
            "ticket",
            "number",
            "name",
            "open",
            "started_ms",
            "due_ms",
            "warn_ms",
        ],
        page: MANY,
    },
    Table {
        name: "incoming_mail",
        key: 1,
        columns: &[
            "id",
            "received_ms",
            "state",
            "size",
            "digest",
            "attempts",
            "tried_ms",
            "ticket",
            "sender",
            "subject",
            "language",
            "reason",
        ],
        page: MANY,
    },
    Table {
        name: "mail_chunk",
        key: 2,
        columns: &["mail", "n", "bytes"],
        page: FEW,
    },
    Table {
        name: "mail_message_id",
        key: 2,
        columns: &["message_id", "mail", "body"],
        page: MANY,
    },
    Table {
        name: "mail_reference",
        key: 2,
        columns: &["message_id", "mail"],
        page: MANY,
    },
    Table {
        name: "undeliverable",
        key: 1,
        columns: &["address", "since_ms", "reason"],
        page: MANY,
    },
    Table {
        name: "outbox",
        key: 1,
        columns: &[
            "id",
            "ticket",
            "event",
            "kind",
            "recipient",
            "language",
            "message_id",
            "subject",
            "body",
            "headers",
            "calendar",
            "bounce_to",
            "state",
            "queued_ms",
            "attempts",
            "not_before",
            "lease_until",
            "claimed_by",
            "sent_ms",
            "last_error",
            "bounced",
            "erased",
        ],
        page: MANY,
    },
    Table {
        name: "hook_delivery",
        key: 1,
        columns: &[
            "id",
            "owner",
            "hook",
            "ticket",
            "event",
            "delivery_id",
            "state",
            "queued_ms",
            "attempts",
            "failures",
            "not_before",
            "lease_until",
            "claimed_by",
            "done_ms",
            "last_error",
        ],
        page: MANY,
    },
    Table {
        name: "attachment",
        key: 2,
        columns: &["ticket", "event", "digest", "size"],
        page: MANY,
    },
    Table {
        name: "attachment_chunk",
        key: 1,
        columns: &["id", "digest", "n", "bytes"],
        page: FEW,
    },
];

impl Table {
    /// Counts the rows.
    pub(super) fn count(&self) -> String {
        format!("SELECT count(*) AS rows_there FROM {}", self.name)
    }

    /// Selects the first page, or the one after a key, whose values are the
    /// parameters.
    pub(super) fn select(&self, after_key: bool) -> String {
        let key = self.columns[..self.key].join(", ");
        let after = if after_key {
            let parameters: Vec<String> = (1..=self.key).map(|n| format!("${n}")).collect();
            format!(" WHERE ({key}) > ({})", parameters.join(", "))
        } else {
            String::new()
        };
        format!(
            "SELECT {} FROM {}{after} ORDER BY {key} LIMIT {}",
            self.columns.join(", "),
            self.name,
            self.page
        )
    }

    /// Inserts this many rows.
    pub(super) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |n: usize| {
            let parameters: Vec<String> =
                (1..=width).map(|c| format!("${}", n * width + c)).collect();
            format!("({})", parameters.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!(
            "INSERT INTO {} ({}) VALUES {}",
            self.name,
            self.columns.join(", "),
            rows.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::testing::store::fixtures::fresh;

    /// The tables of a new store, with their columns.
    fn stored(extra: &str) -> BTreeMap<String, Vec<String>> {
        let (_home, store) = fresh();
        let conn = store.connection();
        conn.execute_batch(extra).unwrap();
        let mut found = BTreeMap::new();
        let mut names = conn
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .unwrap();
        let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for name in names.map(Result::unwrap) {
            let mut columns = conn
                .prepare("SELECT name FROM pragma_table_xinfo(?1)")
                .unwrap();
            let columns = columns
                .query_map([&name], |row| row.get::<_, String>(0))
                .unwrap();
            let mut columns: Vec<String> = columns.map(Result::unwrap).collect();
            columns.sort();
            found.insert(name, columns);
        }
        found
    }

    /// What of a store no table of the list takes over.
    fn left_out(extra: &str) -> Vec<String> {
        let mut stored = stored(extra);
        // Computed again, or copied by rules of their own.
        stored.retain(|name, _| {
            let own = ["ticket", "meta", "counter"].contains(&name.as_str());
            !(own || name.starts_with("ticket_t") || name.starts_with("sqlite_"))
        });
        for table in TABLES {
            let mut columns: Vec<String> = table.columns.iter().map(|c| (*c).to_owned()).collect();
            columns.sort();
            if stored.get(table.name) == Some(&columns) {
                stored.remove(table.name);
            }
        }
        stored.into_keys().collect()
    }

    #[test]
    fn every_table_is_copied_with_every_column() {
        assert_eq!(left_out(""), Vec::<String>::new());
    }

    #[test]
    fn a_new_table_or_column_would_be_missed() {
        let extra = "CREATE TABLE extra (a INTEGER) STRICT; ALTER TABLE alarm ADD COLUMN b TEXT;";
        assert_eq!(left_out(extra), ["alarm", "extra"]);
    }

    #[test]
    fn statements_are_in_the_order_of_keys() {
        let table = &TABLES[1];
        insta::assert_snapshot!([table.select(false), table.select(true), table.insert(2)].join("\n"), @"
        SELECT seq, path, salt, value FROM field ORDER BY seq, path LIMIT 200
        SELECT seq, path, salt, value FROM field WHERE (seq, path) > ($1, $2) ORDER BY seq, path LIMIT 200
        INSERT INTO field (seq, path, salt, value) VALUES ($1, $2, $3, $4), ($5, $6, $7, $8)
        ");
    }
}
