//! Numbered schema migrations. Each is applied once and never edited after its
//! release. They cannot be reverted, so a copy of the old file is kept.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;

use super::super::StoreError;
use super::super::sql::driver::Executor;
use super::super::sql::people::People;
use super::super::sql::{history, policy_versions, rows, search, statements, ticket_row};
use super::driver::SqliteTransaction;
use super::search_index::FtsIndex;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;

/// Fills what a migration has created, once the schema is that of this version.
type Fill = fn(&Executor<'_>, PolicyParser) -> Result<(), StoreError>;

/// A schema migration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Migration {
    name: &'static str,
    statements: &'static str,
    /// Fills in what the program computes from events.
    fill: Option<Fill>,
}

impl Migration {
    pub(super) const fn new(name: &'static str, statements: &'static str) -> Self {
        Self {
            name,
            statements,
            fill: None,
        }
    }
}

pub(super) const ALL: &[Migration] = &[
    Migration::new("0001_tickets", include_str!("migrations/0001_tickets.sql")),
    Migration::new("0002_policy", include_str!("migrations/0002_policy.sql")),
    Migration::new("0003_origin", include_str!("migrations/0003_origin.sql")),
    Migration::new("0004_known", include_str!("migrations/0004_known.sql")),
    // The index of these migrations is rebuilt by a later one, so that it stays
    // empty here.
    Migration::new("0005_prose", include_str!("migrations/0005_prose.sql")),
    Migration::new(
        "0006_names",
        concat!(
            include_str!("migrations/0006_names.sql"),
            include_str!("migrations/0006_ticket_text.sql")
        ),
    ),
    Migration::new("0007_people", include_str!("migrations/0007_people.sql")),
    Migration::new("0008_rows", include_str!("migrations/0008_rows.sql")),
    Migration {
        fill: Some(update_rows),
        ..Migration::new(
            "0009_obligations",
            include_str!("migrations/0009_obligations.sql"),
        )
    },
    Migration::new("0010_alarms", include_str!("migrations/0010_alarms.sql")),
    Migration {
        fill: Some(|db, _| search::rebuild(db, &FtsIndex).map(drop)),
        ..Migration::new("0011_search", include_str!("migrations/0011_search.sql"))
    },
    Migration::new(
        "0012_display_names",
        include_str!("migrations/0012_display_names.sql"),
    ),
    Migration::new("0013_undone", include_str!("migrations/0013_undone.sql")),
    Migration::new("0014_erased", include_str!("migrations/0014_erased.sql")),
    Migration::new(
        "0015_restricted",
        include_str!("migrations/0015_restricted.sql"),
    ),
    Migration::new(
        "0016_breaches",
        include_str!("migrations/0016_breaches.sql"),
    ),
    Migration::new(
        "0017_incoming_mail",
        include_str!("migrations/0017_incoming_mail.sql"),
    ),
    Migration::new("0018_outbox", include_str!("migrations/0018_outbox.sql")),
    Migration::new(
        "0019_attachments",
        include_str!("migrations/0019_attachments.sql"),
    ),
    Migration::new("0020_carried", include_str!("migrations/0020_carried.sql")),
    Migration::new("0021_hooks", include_str!("migrations/0021_hooks.sql")),
    Migration::new(
        "0022_time_spent",
        include_str!("migrations/0022_time_spent.sql"),
    ),
    Migration::new("0023_void", include_str!("migrations/0023_void.sql")),
    Migration {
        fill: Some(update_rows),
        ..Migration::new(
            "0024_start_screen",
            include_str!("migrations/0024_start_screen.sql"),
        )
    },
];

/// Updates the rows that do not follow from their events any more, by the rules
/// of this version.
fn update_rows(db: &Executor<'_>, parse: PolicyParser) -> Result<(), StoreError> {
    let people = People::default();
    let policies = policy_versions::history(db, &people, parse)?;
    history::each_stored_history(db, &mut |stored| {
        if let Some(ticket) = Ticket::from_history(stored.read(db, &people)?) {
            let mut row = Summary::new(&ticket, &policies);
            // That a closed ticket had been late is no news any more.
            if !row.is_open() {
                row.next_action_at = None;
            }
            let values = ticket_row::values(&row);
            match ticket_row::differences(db, ticket.id, &values)? {
                None => db.execute(&statements::INSERT_TICKET, &values)?,
                Some(names) if !names.is_empty() => {
                    rows::replace(db, &row)?;
                }
                Some(_) => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// The schema version after these migrations.
pub(super) fn version(migrations: &[Migration]) -> i64 {
    i64::try_from(migrations.len()).expect("there are fewer than 2^63 migrations")
}

/// The schema version of an open file.
pub(super) fn schema_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_one("PRAGMA user_version", [], |row| row.get(0))
}

/// Applies the pending migrations in one exclusive transaction. The version is
/// read inside it, because another process may have been faster.
///
/// # Errors
/// Errors of the engine; then nothing is applied.
pub(super) fn run(
    conn: &mut Connection,
    migrations: &[Migration],
    parse: PolicyParser,
) -> rusqlite::Result<()> {
    let exclusive = rusqlite::TransactionBehavior::Exclusive;
    let txn = conn.transaction_with_behavior(exclusive)?;
    let mut version = schema_version(&txn)?;
    let applied = usize::try_from(version).unwrap_or(0);
    let pending = || migrations.iter().skip(applied);
    for migration in pending() {
        txn.execute_batch(migration.statements)?;
        version += 1;
    }
    for migration in pending() {
        if let Some(fill) = migration.fill {
            let within = SqliteTransaction::within(&txn, Path::new(migration.name));
            // The one error of rusqlite that carries another one unchanged.
            fill(&Executor::new(within), parse)
                .map_err(|fault| rusqlite::Error::ToSqlConversionFailure(Box::new(fault)))?;
        }
    }
    txn.pragma_update(None, "user_version", version)?;
    txn.commit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn released_migrations_are_never_edited() {
        let sums: Vec<String> = ALL
            .iter()
            .map(|migration| {
                let sum = Sha256::digest(migration.statements);
                format!(
                    "{} {}",
                    migration.name,
                    super::super::super::chain::hex(&sum)
                )
            })
            .collect();
        insta::assert_debug_snapshot!(sums, @r#"
        [
            "0001_tickets d35a3dc0342048ab580b9f163cbdf4e7c534862e3226c104a97eec20925cb244",
            "0002_policy a03135c3c1f7c2447d3e2e9ada16e0003ae3c3bf9ff9367fd9dce22a975bfa86",
            "0003_origin c69b5da79ebd2d2619a73ca8759ef78b7cf0f15ed9946128ac1adec72f75d423",
            "0004_known a6d3ae852bfcf7393cb7aa97b9e76b5ad10a3eea2d39898d81e84cddcb6dcf3e",
            "0005_prose 604d45fff2c566301f6e59cea92bc7bd6ba8d109451d9ea95ca8c8fe0d9e40cb",
            "0006_names 43bcd1ebaea8c00451fed3fd73a84a3ccf771240e74ffc46f7aeb10a1c140c70",
            "0007_people 233c00e95d047a066235b029ae2066466d75a5675d1fa88bacad05158840420a",
            "0008_rows 3edb2ae8793d09a0df6116f2db117684b673de8f9bfaa8a8b81f14cb6766ab41",
            "0009_obligations a29ed9b58d8e637bc5d3a24c95e474b8a13b181dd94587b5b31dbe5f2e3e9e74",
            "0010_alarms 43c618f64ea7102a9ce875179bb5217887860678094f9309f91b2a892d972cf3",
            "0011_search f4c7f586f1bc43d0f0fcc45f6609b9d4bb4db1fc3b467598c02c5a30d8a584a1",
            "0012_display_names b272dc0d248ba455245bd067c1f204c9ddfa23be6c8ddd544df0bfc6ea2a3935",
            "0013_undone 07bbeeaa21b0382a70d3ef613e0c949015806cacee89df5486e97f11e629d7be",
            "0014_erased ef092c56b04c0755cbc7a2036394bf73afe803502f5fa08bf923f02f5029fa54",
            "0015_restricted 1d2bce7e3acd0e4617928a6b8b4fb1e84be3307511300a1107404d4d314aad30",
            "0016_breaches 63d3f8d0cc33e370008a28a811663fb0102a76790f03b0a280b11345692ec9a4",
            "0017_incoming_mail 644a5c19306c736765d5211b5b957a4b79cc18806f01f421dfe4570f521ece34",
            "0018_outbox 592a34509f25f2c453614fb72b72b37782abba846a0d6f1fe9979b6269b5b2bc",
            "0019_attachments 225dbd32e8ade158c4cdac1cc29f6d28e43fb72e7697325dcdd189853d0ffb04",
            "0020_carried 2295c72125e065e0161ff5eab91016a4974d72d6745894009cb677cb4dfdba56",
            "0021_hooks 213163dacf0a000b50ca44ff093c81cb5df679fabe1ac0704cf381da81eecd8a",
            "0022_time_spent 6a59637e4a5ee4181237d4bf16be9bbd0dff73baeafab8bc8219f3a15b7fb312",
            "0023_void cd576564a5fd8cec65a0424097a0fe8e8627b57dfd94c3f8ba9b977cee118d4d",
            "0024_start_screen 88535835f8d9b540299b4865aa1b6eca5307bf6eb0673d2f33c077aa2e18cba6",
        ]
        "#);
    }

    #[test]
    fn pending_migrations_are_applied_once_and_together() {
        let create = |name, statements| Migration::new(name, statements);
        let all = [
            create("1", "CREATE TABLE a (x INTEGER) STRICT;"),
            create("2", "CREATE TABLE b (x INTEGER) STRICT;"),
            create("3", "CREATE TABLE c (x);"),
            create("4", "NO"),
        ];
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn, &all[..1], |_| None).unwrap();
        assert_eq!(schema_version(&conn).unwrap(), 1);
        run(&mut conn, &all[..2], |_| None).unwrap();
        run(&mut conn, &all[..2], |_| None).unwrap();
        assert_eq!(schema_version(&conn).unwrap(), 2);
        assert!(run(&mut conn, &all, |_| None).is_err());
        assert_eq!(schema_version(&conn).unwrap(), 2);
        run(&mut conn, &all[..3], |_| None).unwrap();
    }
}
