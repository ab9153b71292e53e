//! A store in a new file that a copy fills, under a temporary name until it is
//! published.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::super::port::CopyTarget;
use super::super::sql::driver::Executor;
use super::super::sql::erasure;
use super::super::sql::search_index::SearchIndex;
use super::super::{StoreError, Verification};
use super::connection::enable_wal;
use super::driver::{SqliteTransaction, store_error};
use super::filesystem::{Environment, access_error, beside, directory, publish};
use super::location;
use super::open::{build_tables, unnamed};
use super::redactions::{self, RedactionList};
use super::search_index::FtsIndex;
use super::verify::{self, Redactions};
use crate::domain::policy::versions::PolicyParser;
use crate::domain::store_copy::CopyKind;

/// The file of a copy.
#[derive(Debug)]
pub(super) struct FileCopy<'a> {
    conn: Connection,
    file: NamedTempFile,
    path: &'a Path,
}

impl<'a> FileCopy<'a> {
    /// Begins a copy for a path where there is nothing yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if there is something, and refusals of a directory
    /// that is not suitable.
    pub(super) fn begin(
        path: &'a Path,
        kind: CopyKind,
        environment: &Environment,
    ) -> Result<Self, StoreError> {
        location::require_plain_path(path)?;
        if fs::symlink_metadata(path).is_ok() {
            return Err(StoreError::Exists {
                location: path.display().to_string(),
            });
        }
        // Unlike a store, a backup is not put where nobody made a directory.
        if kind == CopyKind::Backup {
            let directory = directory(path);
            fs::metadata(directory).map_err(|e| access_error(directory, "written to", &e))?;
        }
        let file = unnamed(path, environment, None)?;
        let conn = build_tables(file.path()).map_err(|fault| store_error(&fault, file.path()))?;
        Ok(Self { conn, file, path })
    }

    fn within(&self) -> Executor<'_> {
        Executor::new(SqliteTransaction::within(&self.conn, self.path))
    }
}

impl CopyTarget for FileCopy<'_> {
    fn index(&self) -> &dyn SearchIndex {
        &FtsIndex
    }

    fn executor(&self) -> Result<Executor<'_>, StoreError> {
        let begun = self.conn.execute_batch("BEGIN IMMEDIATE");
        begun.map_err(|fault| store_error(&fault, self.path))?;
        Ok(self.within())
    }

    fn settle(&self, _db: &Executor<'_>) -> Result<(), StoreError> {
        Ok(())
    }

    fn verify(&self, parse: PolicyParser) -> Result<Verification, StoreError> {
        let db = || Ok(self.within());
        let file = self.file.path();
        verify::verify(&self.conn, file, db, None, parse, Redactions::Elsewhere)
    }

    fn publish(self: Box<Self>) -> Result<(), StoreError> {
        let fail = |fault: rusqlite::Error| store_error(&fault, self.path);
        let db = self.within();
        let list = redactions::path_beside(self.path);
        if erasure::has_erasures(&db)? {
            // No store has this name, so that a list there is a leftover.
            redactions::write(&db, self.file.path(), &list, RedactionList::default())?;
        }
        drop(db);
        enable_wal(&self.conn).map_err(fail)?;
        let Self { conn, file, path } = *self;
        let closed = conn.close().map_err(|(_, fault)| fault);
        closed.map_err(|fault| store_error(&fault, path))?;
        publish(file, path)
    }
}

/// Removes a copy that was not finished, with what SQLite keeps beside it.
///
/// # Errors
/// If it cannot be removed.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    let list = redactions::path_beside(path);
    let log = |suffix: &str| -> PathBuf { beside(path, suffix) };
    fs::remove_file(path).map_err(|e| access_error(path, "removed", &e))?;
    for other in [log("-wal"), log("-shm"), log("-queue"), list] {
        // It need not be there.
        let _ = fs::remove_file(other);
    }
    Ok(())
}
