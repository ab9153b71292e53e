//! Numbered steps of the schema. The first creates the tables of version 19, so
//! that a version means the same in a file and on a server. Each is applied once
//! and never edited after its release.

use postgres::Client;
use postgres::types::Type;

use super::super::StoreError;
use super::super::chain::{self, ChainIdentity};
use super::super::sql::chain_head::{CREATED, GENESIS, STORE};
use super::super::sql::statements::SET_META;
use super::errors::{Purpose, statement_error};
use crate::domain::Timestamp;

/// A step to the next version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Migration {
    #[cfg_attr(not(test), expect(dead_code, reason = "a test names the steps"))]
    pub(super) name: &'static str,
    pub(super) statements: &'static str,
}

/// The version of the schema that the first step creates.
const FIRST: i64 = 19;

pub(super) const ALL: &[Migration] = &[
    Migration {
        name: "0001_tables",
        statements: concat!(
            include_str!("migrations/0001_tables.sql"),
            include_str!("migrations/0001_search.sql")
        ),
    },
    Migration {
        name: "0020_carried",
        statements: include_str!("migrations/0020_carried.sql"),
    },
];

/// What a step begins with: nothing is found but in `public`, others wait, and the
/// commit is durable.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; \
     SET LOCAL search_path = public, pg_temp; SET LOCAL lock_timeout = '30s'; \
     SET LOCAL synchronous_commit = on";

const LOCK_VERSION: &str = "SELECT version FROM schema_version FOR UPDATE";

/// Nobody writes while the tables change.
const LOCK_WRITERS: &str = "LOCK TABLE writer IN EXCLUSIVE MODE";

const SET_VERSION: &str = "UPDATE schema_version SET version = $1";

pub(super) const ADD_VERSION: &str = "INSERT INTO schema_version (version) VALUES ($1)";

pub(super) const ADD_HEAD: &str = "INSERT INTO chain_head (seq, hash) VALUES (0, $1)";

/// The version after these steps.
pub(super) fn version(migrations: &[Migration]) -> i64 {
    let steps = i64::try_from(migrations.len()).expect("there are fewer than 2^63 steps");
    FIRST - 1 + steps
}

/// Creates the tables of a new store in an empty database.
///
/// # Errors
/// [`StoreError::Exists`] if somebody else does so at the same time.
pub(super) fn create(
    client: &mut Client,
    location: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut id = [0; 16];
    chain::fill_random(&mut id)?;
    let identity = ChainIdentity {
        store: chain::hex(&id),
        created_ms: now.timestamp_millis(),
    };
    let created = within(client, |client| {
        for migration in ALL {
            client.batch_execute(migration.statements)?;
        }
        let genesis = identity.genesis();
        for (name, value) in [
            (STORE, identity.store.clone()),
            (CREATED, identity.created_ms.to_string()),
            (GENESIS, chain::hex(&genesis)),
        ] {
            client.execute_typed(SET_META, &[(&name, Type::TEXT), (&value, Type::TEXT)])?;
        }
        client.execute_typed(ADD_HEAD, &[(&genesis.as_slice(), Type::BYTEA)])?;
        client.execute_typed(ADD_VERSION, &[(&version(ALL), Type::INT8)])
    });
    created.map(drop).map_err(|fault| {
        use postgres::error::SqlState;
        match fault.code() {
            Some(&SqlState::DUPLICATE_TABLE | &SqlState::UNIQUE_VIOLATION) => StoreError::Exists {
                location: location.to_owned(),
            },
            Some(_) | None => statement_error(&fault, location, Purpose::Migrate),
        }
    })
}

/// Applies the steps that are missing, together. Another process may have been
/// faster.
///
/// # Errors
/// Errors of the server; then nothing is applied.
pub(super) fn step_up(
    client: &mut Client,
    location: &str,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let stepped = within(client, |client| {
        client.batch_execute(LOCK_WRITERS)?;
        let row = client.query_typed_one(LOCK_VERSION, &[])?;
        let found: i64 = row.try_get(0)?;
        let applied = usize::try_from(found + 1 - FIRST).unwrap_or(0);
        for migration in migrations.iter().skip(applied) {
            client.batch_execute(migration.statements)?;
        }
        let known = version(migrations).max(found);
        client.execute_typed(SET_VERSION, &[(&known, Type::INT8)])
    });
    stepped
        .map(drop)
        .map_err(|fault| statement_error(&fault, location, Purpose::Migrate))
}

/// Runs statements in a transaction of their own.
fn within<T>(
    client: &mut Client,
    run: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
) -> Result<T, postgres::Error> {
    client.batch_execute(BEGIN)?;
    let done = run(client);
    match done {
        Ok(done) => {
            client.batch_execute("COMMIT")?;
            Ok(done)
        }
        Err(fault) => {
            // If this fails, closing the connection rolls back.
            let _ = client.batch_execute("ROLLBACK");
            Err(fault)
        }
    }
}

#[cfg(test)]
mod tests;
