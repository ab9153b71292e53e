//! Numbered schema changes, each applied once and never edited after it was
//! shipped. Going back is not offered; a copy of the old file is kept instead.

use std::path::Path;

use rusqlite::Connection;

use super::sqlite::Session;
use super::{StoreError, editions, prose};

/// A schema change: its name, its statements, and what they cannot compute.
pub(super) type Migration = (&'static str, &'static str, Option<Step>);

/// Fills in what follows from events and is reckoned by the program.
type Step = fn(&Session<'_>) -> Result<(), StoreError>;

pub(super) const ALL: &[Migration] = &[
    (
        "0001_tickets",
        include_str!("migrations/0001_tickets.sql"),
        None,
    ),
    (
        "0002_policy",
        include_str!("migrations/0002_policy.sql"),
        Some(|session| editions::renew_acts(session)),
    ),
    (
        "0003_origin",
        include_str!("migrations/0003_origin.sql"),
        None,
    ),
    (
        "0004_known",
        include_str!("migrations/0004_known.sql"),
        None,
    ),
    (
        "0005_prose",
        include_str!("migrations/0005_prose.sql"),
        Some(|session| prose::fill(session).map(drop)),
    ),
];

/// The schema version that a list of migrations leads to.
pub(super) fn version(migrations: &[Migration]) -> i64 {
    i64::try_from(migrations.len()).expect("there are fewer than 2^63 migrations")
}

/// The schema version of an open file.
pub(super) fn found(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_one("PRAGMA user_version", [], |row| row.get(0))
}

/// Applies what is pending, in one exclusive transaction. The version is read
/// inside it: another process may have been quicker.
///
/// # Errors
/// What the engine says; nothing is applied then.
pub(super) fn run(conn: &mut Connection, migrations: &[Migration]) -> rusqlite::Result<()> {
    let exclusive = rusqlite::TransactionBehavior::Exclusive;
    let txn = conn.transaction_with_behavior(exclusive)?;
    let mut at = found(&txn)?;
    for (name, statements, step) in migrations.iter().skip(usize::try_from(at).unwrap_or(0)) {
        txn.execute_batch(statements)?;
        if let Some(step) = step {
            let done = step(&Session::within(&txn, Path::new(name)));
            // The one error of the engine that carries another one as it is.
            done.map_err(|fault| rusqlite::Error::ToSqlConversionFailure(Box::new(fault)))?;
        }
        at += 1;
    }
    txn.pragma_update(None, "user_version", at)?;
    txn.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn shipped_migrations_are_never_edited() {
        let sums: Vec<String> = ALL
            .iter()
            .map(|(name, text, _)| {
                format!("{name} {}", super::super::chain::hex(&Sha256::digest(text)))
            })
            .collect();
        insta::assert_debug_snapshot!(sums, @r#"
        [
            "0001_tickets d35a3dc0342048ab580b9f163cbdf4e7c534862e3226c104a97eec20925cb244",
            "0002_policy a03135c3c1f7c2447d3e2e9ada16e0003ae3c3bf9ff9367fd9dce22a975bfa86",
            "0003_origin c69b5da79ebd2d2619a73ca8759ef78b7cf0f15ed9946128ac1adec72f75d423",
            "0004_known a6d3ae852bfcf7393cb7aa97b9e76b5ad10a3eea2d39898d81e84cddcb6dcf3e",
            "0005_prose 604d45fff2c566301f6e59cea92bc7bd6ba8d109451d9ea95ca8c8fe0d9e40cb",
        ]
        "#);
    }

    #[test]
    fn what_is_pending_is_applied_once_and_together() {
        let mut conn = Connection::open_in_memory().unwrap();
        let two: [Migration; 2] = [
            ("1", "CREATE TABLE a (x INTEGER) STRICT;", None),
            ("2", "CREATE TABLE b (x INTEGER) STRICT;", None),
        ];
        run(&mut conn, &two[..1]).unwrap();
        assert_eq!(found(&conn).unwrap(), 1);
        run(&mut conn, &two).unwrap();
        run(&mut conn, &two).unwrap();
        assert_eq!(found(&conn).unwrap(), 2);
        let bad: [Migration; 4] = [
            two[0],
            two[1],
            ("3", "CREATE TABLE c (x);", None),
            ("4", "NO", None),
        ];
        assert!(run(&mut conn, &bad).is_err());
        assert_eq!(found(&conn).unwrap(), 2);
        run(&mut conn, &bad[..3]).unwrap();
    }
}
