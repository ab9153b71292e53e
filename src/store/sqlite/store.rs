//! An open store in an SQLite file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::super::port::{FileStore, Scrub, Tables};
use super::super::sql::driver::Executor;
use super::super::sql::transaction::SqlTransaction;
use super::super::sql::{erasure, marks};
use super::super::{AccessMode, Store, StoreError, Transaction, Verification};
use super::driver::{SqliteTransaction, store_error};
use super::migrations;
use super::open_files::OpenFiles;
use super::redactions::{self, RedactionList};
use super::search_index::FtsIndex;
use super::{backup, redact_copy, scrub, verify};
use crate::domain::policy::versions::PolicyParser;

/// A store in an SQLite file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    conn: Connection,
    path: PathBuf,
    /// How long a writer waits while nobody writes.
    patience: Duration,
    files: OpenFiles,
    /// The version of the schema with which it was opened.
    schema: i64,
}

impl SqliteStore {
    /// A store over an opened file.
    pub(super) fn new(conn: Connection, path: PathBuf, patience: Duration, schema: i64) -> Self {
        let files = OpenFiles::new(&path);
        Self {
            conn,
            path,
            patience,
            files,
            schema,
        }
    }

    /// The same store, for writers that do not wait.
    #[cfg(test)]
    pub(crate) fn impatient(self) -> Self {
        Self {
            patience: Duration::ZERO,
            ..self
        }
    }

    /// The file itself, with symbolic links resolved.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a transaction without the search index.
    ///
    /// # Errors
    /// The refusal to write to a store that was moved, or any error of the engine.
    pub(crate) fn executor(&self, mode: AccessMode) -> Result<Executor<'_>, StoreError> {
        let db = self.any_executor(mode)?;
        if mode.writes() {
            marks::read(&db)?.refuse_moved()?;
            self.refuse_newer()?;
        }
        Ok(db)
    }

    /// Refuses a store that a newer version of desk has stepped up since it was
    /// opened.
    fn refuse_newer(&self) -> Result<(), StoreError> {
        let found = migrations::schema_version(&self.conn);
        let found = found.map_err(|fault| store_error(&fault, &self.path))?;
        match found == self.schema {
            true => Ok(()),
            false => Err(StoreError::Newer {
                location: self.path.display().to_string(),
                found,
                known: self.schema,
            }),
        }
    }

    /// As [`Self::executor`], also in a store that was moved.
    fn any_executor(&self, mode: AccessMode) -> Result<Executor<'_>, StoreError> {
        SqliteTransaction::begin(&self.conn, &self.path, &self.files, mode, self.patience)
            .map(Executor::new)
    }

    /// Verifies the store with or without the list of redactions beside it.
    pub(super) fn verify_with(
        &self,
        expected_head: Option<&str>,
        parse: PolicyParser,
        redactions: verify::Redactions,
    ) -> Result<Verification, StoreError> {
        let db = || self.executor(AccessMode::Read);
        verify::verify(&self.conn, &self.path, db, expected_head, parse, redactions)
    }

    /// Whether texts were ever erased.
    pub(super) fn has_erasures(&self) -> Result<bool, StoreError> {
        erasure::has_erasures(&self.executor(AccessMode::Read)?)
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.conn
    }
}

impl Store for SqliteStore {
    fn begin(&self, mode: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError> {
        let db = self.executor(mode)?;
        Ok(Box::new(SqlTransaction::new(db, &FtsIndex)))
    }

    fn verify(
        &self,
        expected_head: Option<&str>,
        parse: PolicyParser,
    ) -> Result<Verification, StoreError> {
        self.verify_with(expected_head, parse, verify::Redactions::Beside)
    }

    fn tables(&self) -> &dyn Tables {
        self
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn file_store(&self) -> Option<&dyn FileStore> {
        Some(self)
    }
}

impl Tables for SqliteStore {
    fn snapshot(&self) -> Result<Executor<'_>, StoreError> {
        self.any_executor(AccessMode::Read)
    }

    fn locked(&self) -> Result<Executor<'_>, StoreError> {
        self.any_executor(AccessMode::Write)
    }
}

impl FileStore for SqliteStore {
    fn backup(&self, target: &Path) -> Result<(), StoreError> {
        backup::backup(self, target)
    }

    fn has_listed_texts(&self) -> Result<bool, StoreError> {
        let list = RedactionList::read(&redactions::path_beside(&self.path))?;
        match list {
            Some(list) => redact_copy::has_any(&self.executor(AccessMode::Read)?, &list),
            None => Ok(false),
        }
    }

    fn scrub(&self) -> Result<Scrub, StoreError> {
        let begin = || self.executor(AccessMode::Write);
        scrub::scrub(&self.conn, &self.path, self.patience, begin)
    }
}
