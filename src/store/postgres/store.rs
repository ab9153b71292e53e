//! An open store in a PostgreSQL database.

use std::rc::Rc;
use std::time::Duration;

use super::super::port::{FileStore, Tables};
use super::super::sql::chain_head;
use super::super::sql::driver::{Executor, read_head};
use super::super::sql::marks;
use super::super::sql::statements::HEAD;
use super::super::sql::transaction::SqlTransaction;
use super::super::verify::{self, Findings, Head};
use super::super::{AccessMode, Store, StoreError, Transaction, Verification};
use super::connection::Connections;
use super::driver::{FLUSH, PostgresTransaction};
use super::errors::{Purpose, statement_error};
use super::migrations;
use super::search_index::TextIndex;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::team::DatabaseLogin;

const VERSION: &str = "SELECT version FROM schema_version";

/// The wait before the second try of a use case; it grows with each.
const WAIT: Duration = Duration::from_millis(5);

/// A store in a database.
#[derive(Debug)]
pub(crate) struct PostgresStore {
    connections: Rc<Connections>,
    /// Whether the server follows another one, which has flushed what it sent.
    is_replica: bool,
    login: DatabaseLogin,
}

impl PostgresStore {
    pub(super) const fn new(
        connections: Rc<Connections>,
        is_replica: bool,
        login: DatabaseLogin,
    ) -> Self {
        Self {
            connections,
            is_replica,
            login,
        }
    }

    /// Begins a transaction without the search index.
    fn executor(&self, mode: AccessMode) -> Result<Executor<'_>, StoreError> {
        let begun = PostgresTransaction::begin(&self.connections, mode).map(Executor::new);
        if let Err(StoreError::Refused {
            code: "store_moved",
            ..
        }) = begun
        {
            // Now that nothing is locked, it can be read which of both.
            let db = self.executor(AccessMode::Read)?;
            marks::read(&db)?.refuse_moved()?;
            let found = db.first(VERSION, &[], |row| row.int("version"))?;
            return Err(StoreError::Newer {
                location: self.connections.location().to_owned(),
                found: found.unwrap_or(0),
                known: migrations::version(migrations::ALL),
            });
        }
        begun
    }

    /// Commits without making them durable, as a control.
    #[cfg(test)]
    pub(crate) fn without_flush(self) -> Self {
        self.connections.without_flush();
        self
    }
}

impl Store for PostgresStore {
    fn begin(&self, mode: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError> {
        let db = self.executor(mode)?;
        Ok(Box::new(SqlTransaction::new(db, &TextIndex)))
    }

    fn verify(
        &self,
        expected_head: Option<&str>,
        parse: PolicyParser,
    ) -> Result<Verification, StoreError> {
        let expected_head = expected_head.map(Head::parse).transpose()?;
        let mut findings = Findings::default();
        let db = self.executor(AccessMode::Read)?;
        match head_fault(&db) {
            Ok(fault) => fault.into_iter().for_each(|fault| findings.fault(fault)),
            Err(fault) => findings.fault(format!("the end of the chain cannot be read: {fault}")),
        }
        let verified = verify::verify(&db, &TextIndex, expected_head.as_ref(), parse, findings);
        drop(db);
        // The head is printed to be kept elsewhere.
        self.flush()?;
        Ok(verified)
    }

    fn tables(&self) -> &dyn Tables {
        self
    }

    fn wait_before(&self, tries: u32) {
        std::thread::sleep(WAIT * tries.saturating_sub(1));
    }

    fn flush(&self) -> Result<(), StoreError> {
        if self.is_replica {
            return Ok(());
        }
        let location = self.connections.location();
        self.connections.take()?.with(|client| {
            let flushed = client.batch_execute(FLUSH);
            flushed.map_err(|fault| statement_error(&fault, location, Purpose::Read))
        })
    }

    fn database_login(&self) -> Option<&DatabaseLogin> {
        Some(&self.login)
    }

    fn file_store(&self) -> Option<&dyn FileStore> {
        None
    }
}

impl Tables for PostgresStore {
    fn snapshot(&self) -> Result<Executor<'_>, StoreError> {
        self.executor(AccessMode::Read)
    }

    fn locked(&self) -> Result<Executor<'_>, StoreError> {
        PostgresTransaction::begin_locked(&self.connections).map(Executor::new)
    }
}

/// What is wrong with the row that says where the chain ends.
fn head_fault(db: &Executor<'_>) -> Result<Option<String>, StoreError> {
    let identity = chain_head::identity(db)?;
    let said = chain_head::head(db, &identity)?;
    let last = db.first(HEAD, &[], read_head)?;
    let last = last.unwrap_or_else(|| (0, identity.genesis().to_vec()));
    Ok((said != last).then(|| {
        format!(
            "the end of the chain is said to be event {}, but the last event is {}",
            said.0, last.0
        )
    }))
}
