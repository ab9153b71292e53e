//! An open store in an SQLite file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::super::port::{FileStore, Scrub};
use super::super::sql::driver::Executor;
use super::super::sql::erasure;
use super::super::sql::transaction::SqlTransaction;
use super::super::{AccessMode, Store, StoreError, Transaction, Verification};
use super::driver::SqliteTransaction;
use super::open_files::OpenFiles;
use super::search_index::FtsIndex;
use super::{backup, scrub, verify};
use crate::domain::policy::versions::PolicyParser;

/// A store in an SQLite file.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    conn: Connection,
    path: PathBuf,
    /// How long a writer waits while nobody writes.
    patience: Duration,
    files: OpenFiles,
}

impl SqliteStore {
    /// A store over an opened file.
    pub(super) fn new(conn: Connection, path: PathBuf, patience: Duration) -> Self {
        let files = OpenFiles::new(&path);
        Self {
            conn,
            path,
            patience,
            files,
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
    pub(crate) fn executor(&self, mode: AccessMode) -> Result<Executor<'_>, StoreError> {
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

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn file_store(&self) -> Option<&dyn FileStore> {
        Some(self)
    }
}

impl FileStore for SqliteStore {
    fn backup(&self, target: &Path) -> Result<(), StoreError> {
        backup::backup(self, target)
    }

    fn scrub(&self) -> Result<Scrub, StoreError> {
        let begin = || self.executor(AccessMode::Write);
        scrub::scrub(&self.conn, &self.path, self.patience, begin)
    }
}
