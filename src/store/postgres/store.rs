//! An open store in a PostgreSQL database.

use std::rc::Rc;

use super::super::port::FileStore;
use super::super::sql::chain_head;
use super::super::sql::driver::{Executor, read_head};
use super::super::sql::statements::HEAD;
use super::super::sql::transaction::SqlTransaction;
use super::super::verify::{self, Findings, Head};
use super::super::{AccessMode, Store, StoreError, Transaction, Verification};
use super::connection::Connections;
use super::driver::{FLUSH, PostgresTransaction};
use super::errors::{Purpose, statement_error};
use super::search_index::TextIndex;
use crate::domain::policy::versions::PolicyParser;

/// A store in a database.
#[derive(Debug)]
pub(crate) struct PostgresStore {
    connections: Rc<Connections>,
    /// Whether the server follows another one, which has flushed what it sent.
    is_replica: bool,
}

impl PostgresStore {
    pub(super) const fn new(connections: Rc<Connections>, is_replica: bool) -> Self {
        Self {
            connections,
            is_replica,
        }
    }

    /// Begins a transaction without the search index.
    fn executor(&self, mode: AccessMode) -> Result<Executor<'_>, StoreError> {
        PostgresTransaction::begin(&self.connections, mode).map(Executor::new)
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

    fn file_store(&self) -> Option<&dyn FileStore> {
        None
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
