//! PostgreSQL as a driver. Every statement is one round trip, and sets nothing
//! beyond its transaction, so that it also works through a pooler.

mod values;

use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use postgres::Client;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::Type;

use super::super::sql::driver::{
    ChainHead, ChainLink, Driver, Row, RowResult, Value, first_row, read_head,
};
use super::super::{AccessMode, StoreError};
use super::connection::{Connections, Lease};
use super::errors::{Purpose, statement_error, unknown_outcome};
use super::migrations;
use super::roles;
use crate::domain::team::TeamRole;
use values::{ColumnKind, columns_of, parameters};

/// What every transaction sets for itself. Tables are found in `public` only,
/// whatever the login's own path is.
macro_rules! settings {
    () => {
        "; SET LOCAL search_path = public, pg_temp; SET LOCAL jit = off"
    };
}

const BEGIN_READING: &str = concat!(
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    settings!()
);

/// Locks are waited for as long as for a file. What is committed is flushed by a
/// second commit, so that nobody waits for the disk with the chain locked.
macro_rules! begin_writing {
    ($lock:literal) => {
        concat!(
            "BEGIN ISOLATION LEVEL READ COMMITTED",
            settings!(),
            "; SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '30s'; \
             LOCK TABLE writer IN ",
            $lock,
            " MODE"
        )
    };
}

const BEGIN_LOCKED: &str = begin_writing!("EXCLUSIVE");
const BEGIN_LOCKED_FOR_TICKETS: &str = begin_writing!("ROW EXCLUSIVE");

/// Divides by zero, in the same round trip, in a store that was moved, or that a
/// newer version of desk has stepped up since it was opened.
fn unless_changed(begin: &str) -> String {
    let version = migrations::version(migrations::ALL);
    format!(
        "{begin}; SELECT 1 / ((SELECT count(*) FROM schema_version WHERE version = {version}) \
         * (1 - (SELECT count(*) FROM meta WHERE name = 'moved')))"
    )
}

static BEGIN_WRITING: LazyLock<String> = LazyLock::new(|| unless_changed(BEGIN_LOCKED));
static BEGIN_WRITING_TICKETS: LazyLock<String> =
    LazyLock::new(|| unless_changed(BEGIN_LOCKED_FOR_TICKETS));
const BEGIN_CREATING: &str = concat!(
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    settings!(),
    "; SET LOCAL lock_timeout = '30s'"
);

/// Makes everything durable that was committed before. A transaction that writes
/// nothing to the log would not wait for the disk.
pub(super) const FLUSH: &str = "BEGIN READ WRITE; SET LOCAL synchronous_commit = on; \
     SELECT pg_logical_emit_message(true, 'desk', ''); COMMIT";

/// Both commits in one round trip.
const COMMIT_AND_FLUSH: &str = "COMMIT; BEGIN READ WRITE; SET LOCAL synchronous_commit = on; \
     SELECT pg_logical_emit_message(true, 'desk', ''); COMMIT";

const HEAD: &str = "SELECT seq, hash FROM chain_head";

const LOCK_HEAD: &str = "SELECT seq, hash FROM chain_head FOR UPDATE";

const LOCK_TICKET: &str = "SELECT id FROM ticket WHERE id = $1 FOR UPDATE";

/// Appends events with their texts, and moves the end of the chain.
const APPEND: &str = "WITH added AS (INSERT INTO event \
     (seq, ticket, n, at_ms, recorded_ms, actor, kind, body, prev, hash) \
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], \
     $6::bigint[], $7::text[], $8::text[], $9::bytea[], $10::bytea[])), \
     texts AS (INSERT INTO field (seq, path, salt, value) \
     SELECT * FROM unnest($11::bigint[], $12::text[], $13::bytea[], $14::text[])) \
     UPDATE chain_head SET seq = $15, hash = $16";

/// An open transaction.
pub(super) struct PostgresTransaction<'a> {
    lease: Lease<'a>,
    mode: AccessMode,
    is_open: Cell<bool>,
    /// Whether a statement failed: the server would end the transaction without a
    /// word, and write nothing.
    has_failed: Cell<bool>,
    /// Tests leave out the second commit, to see what it is for.
    flushes: bool,
}

impl<'a> PostgresTransaction<'a> {
    /// Begins a transaction.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if other writers take too long, and every fault of the
    /// connection.
    pub(super) fn begin(
        connections: &'a Connections,
        mode: AccessMode,
    ) -> Result<Self, StoreError> {
        let begin = match mode {
            AccessMode::Read => BEGIN_READING,
            AccessMode::Write => BEGIN_WRITING.as_str(),
            AccessMode::WriteTickets => BEGIN_WRITING_TICKETS.as_str(),
        };
        Self::begin_with(connections, mode, begin)
    }

    /// Begins a transaction that keeps every writer out, also in a store that was
    /// moved.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub(super) fn begin_locked(connections: &'a Connections) -> Result<Self, StoreError> {
        Self::begin_with(connections, AccessMode::Write, BEGIN_LOCKED)
    }

    /// Begins a transaction that creates the tables.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub(super) fn begin_creating(connections: &'a Connections) -> Result<Self, StoreError> {
        Self::begin_with(connections, AccessMode::Write, BEGIN_CREATING)
    }

    fn begin_with(
        connections: &'a Connections,
        mode: AccessMode,
        begin: &str,
    ) -> Result<Self, StoreError> {
        let begun = Self {
            lease: connections.take()?,
            mode,
            is_open: Cell::new(true),
            has_failed: Cell::new(false),
            flushes: connections.flushes(),
        };
        let purpose = match mode {
            AccessMode::Read => Purpose::Read,
            AccessMode::Write | AccessMode::WriteTickets => Purpose::Role(TeamRole::Agent),
        };
        begun.run_as(purpose, |client| client.batch_execute(begin))?;
        Ok(begun)
    }

    const fn purpose(&self) -> Purpose {
        match self.mode {
            AccessMode::Read => Purpose::Read,
            AccessMode::Write => Purpose::Write,
            AccessMode::WriteTickets => Purpose::WriteTickets,
        }
    }

    fn error(&self, fault: &postgres::Error) -> StoreError {
        self.error_in(fault, self.purpose())
    }

    fn error_in(&self, fault: &postgres::Error, purpose: Purpose) -> StoreError {
        self.has_failed.set(true);
        statement_error(fault, self.lease.connections.location(), purpose)
    }

    /// As [`Self::purpose`], of a statement that only some roles may run.
    fn purpose_of(&self, sql: &str) -> Purpose {
        roles::of_statement(sql).map_or_else(|| self.purpose(), Purpose::Role)
    }

    /// As [`Self::run`], for what a role may do.
    fn run_as<T>(
        &self,
        purpose: Purpose,
        run: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, StoreError> {
        self.lease
            .with(|client| run(client).map_err(|fault| self.error_in(&fault, purpose)))
    }

    fn run<T>(
        &self,
        run: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, StoreError> {
        self.lease
            .with(|client| run(client).map_err(|fault| self.error(&fault)))
    }
}

impl Drop for PostgresTransaction<'_> {
    fn drop(&mut self) {
        if !self.is_open.get() {
            return;
        }
        // What cannot be rolled back is, once the connection is closed.
        let rolled_back = self
            .lease
            .with(|client| Ok(client.batch_execute("ROLLBACK").is_ok()));
        if !rolled_back.unwrap_or(false) {
            self.lease.discard();
        }
    }
}

impl Driver for PostgresTransaction<'_> {
    fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.run(|client| client.batch_execute(sql))
    }

    fn execute(&self, sql: &str, values: &[Value]) -> Result<(), StoreError> {
        self.run_as(self.purpose_of(sql), |client| {
            let mut rows = client.query_typed_raw(sql, parameters(values))?;
            while rows.next()?.is_some() {}
            Ok(())
        })
    }

    fn query(
        &self,
        sql: &str,
        values: &[Value],
        take: &mut dyn FnMut(&Row<'_>) -> RowResult,
    ) -> Result<(), StoreError> {
        self.lease.with(|client| {
            let fail = |fault: postgres::Error| self.error_in(&fault, self.purpose_of(sql));
            let mut rows = client
                .query_typed_raw(sql, parameters(values))
                .map_err(fail)?;
            let mut columns: Option<(Vec<String>, Vec<ColumnKind>)> = None;
            while let Some(row) = rows.next().map_err(fail)? {
                let (names, kinds) = columns.get_or_insert_with(|| columns_of(&row));
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let mut found = Vec::with_capacity(names.len());
                for (at, kind) in kinds.iter().enumerate() {
                    found.push(kind.read(&row, at)?);
                }
                if take(&Row::new(&names, found))?.is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    fn head(&self) -> Result<ChainHead, StoreError> {
        first_row(self, HEAD, &[], read_head)
    }

    fn lock_head(&self) -> Result<ChainHead, StoreError> {
        first_row(self, LOCK_HEAD, &[], read_head)
    }

    fn append(&self, links: &[ChainLink]) -> Result<(), StoreError> {
        let Some(last) = links.last() else {
            return Ok(());
        };
        let numbers = |number: fn(&ChainLink) -> i64| links.iter().map(number).collect();
        let texts = |text: fn(&ChainLink) -> &str| links.iter().map(text).collect();
        let bytes = |bytes: fn(&ChainLink) -> &[u8]| links.iter().map(bytes).collect();
        let seqs: Vec<i64> = numbers(|link| link.seq);
        let tickets: Vec<Option<i64>> = links.iter().map(|link| link.ticket).collect();
        let ns: Vec<i64> = numbers(|link| link.n);
        let at: Vec<i64> = numbers(|link| link.at_ms);
        let recorded: Vec<i64> = numbers(|link| link.recorded_ms);
        let actors: Vec<i64> = numbers(|link| link.actor);
        let kinds: Vec<&str> = texts(|link| &link.kind);
        let bodies: Vec<&str> = texts(|link| &link.body);
        let prevs: Vec<&[u8]> = bytes(|link| &link.prev);
        let hashes: Vec<&[u8]> = bytes(|link| &link.hash);
        let fields = || {
            let of = |link: &'_ ChainLink| link.seq;
            links.iter().flat_map(move |link| {
                let seq = of(link);
                link.fields.iter().map(move |text| (seq, text))
            })
        };
        let field_seqs: Vec<i64> = fields().map(|(seq, _)| seq).collect();
        let paths: Vec<&str> = fields().map(|(_, text)| text.path.as_str()).collect();
        let salts: Vec<&[u8]> = fields().map(|(_, text)| text.salt.as_slice()).collect();
        let values: Vec<&str> = fields().map(|(_, text)| text.value.as_str()).collect();
        let hash = last.hash.as_slice();
        let role = roles::of_events(&kinds);
        self.run_as(Purpose::Role(role), |client| {
            client.execute_typed(
                APPEND,
                &[
                    (&seqs, Type::INT8_ARRAY),
                    (&tickets, Type::INT8_ARRAY),
                    (&ns, Type::INT8_ARRAY),
                    (&at, Type::INT8_ARRAY),
                    (&recorded, Type::INT8_ARRAY),
                    (&actors, Type::INT8_ARRAY),
                    (&kinds, Type::TEXT_ARRAY),
                    (&bodies, Type::TEXT_ARRAY),
                    (&prevs, Type::BYTEA_ARRAY),
                    (&hashes, Type::BYTEA_ARRAY),
                    (&field_seqs, Type::INT8_ARRAY),
                    (&paths, Type::TEXT_ARRAY),
                    (&salts, Type::BYTEA_ARRAY),
                    (&values, Type::TEXT_ARRAY),
                    (&last.seq, Type::INT8),
                    (&hash, Type::BYTEA),
                ],
            )
        })
        .map(drop)
    }

    fn lock_ticket(&self, id: i64) -> Result<(), StoreError> {
        match self.mode {
            AccessMode::WriteTickets => self.query(LOCK_TICKET, &[id.into()], &mut |_| {
                Ok(ControlFlow::Break(()))
            }),
            // Nothing is decided, or nobody else writes.
            AccessMode::Read | AccessMode::Write => Ok(()),
        }
    }

    fn position_function(&self) -> &'static str {
        "strpos"
    }

    fn introduces_people_first(&self) -> bool {
        true
    }

    fn keeps_deleted_texts(&self) -> bool {
        false
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        if self.has_failed.get() {
            return Err(StoreError::Failed {
                detail: "a statement of the transaction failed; nothing was written".to_owned(),
            });
        }
        // Also where nothing was written: the answer may rest on what others have
        // committed, and not flushed yet.
        let end = match self.mode.writes() && self.flushes {
            true => COMMIT_AND_FLUSH,
            false => "COMMIT",
        };
        self.is_open.set(false);
        self.lease.with(|client| {
            let ended = client.batch_execute(end);
            ended.map_err(|fault| unknown_outcome(&fault))
        })
    }
}

#[cfg(test)]
mod tests;
