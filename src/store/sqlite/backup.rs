//! Backups: a complete copy as a new file, never over an existing one.

use std::fs;
use std::path::Path;

use super::super::sql::driver::Executor;
use super::super::sql::erasure;
use super::super::{AccessMode, StoreError};
use super::connection::open_private;
use super::copy::copy_to;
use super::driver::{SqliteTransaction, store_error};
use super::filesystem::{directory, publish};
use super::location::require_plain_path;
use super::redactions::{self, RedactionList};
use super::scrub;
use super::store::SqliteStore;

/// Writes a complete copy to a new file, and beside it the list of redactions, if
/// anything was erased.
///
/// # Errors
/// [`StoreError::Exists`] if there is something already.
pub(super) fn backup(store: &SqliteStore, target: &Path) -> Result<(), StoreError> {
    require_plain_path(target)?;
    let list = redactions::path_beside(target);
    let exists = |path: &Path| match fs::symlink_metadata(path) {
        Ok(_) => Err(StoreError::Exists {
            location: path.display().to_string(),
        }),
        Err(_) => Ok(()),
    };
    exists(target)?;
    let db = store.executor(AccessMode::Read)?;
    let erased = erasure::has_erasures(&db)?;
    let unscrubbed = erasure::needs_scrub(&db)?;
    drop(db);
    if erased {
        // Nobody has a backup of this name, so that it is a leftover.
        let _ = fs::remove_file(&list);
    }
    let copy = copy_to(store.connection(), directory(target))?;
    if unscrubbed {
        clean(copy.path())?;
    }
    if erased {
        let known = RedactionList::read(&redactions::path_beside(store.path()))?;
        let db = store.executor(AccessMode::Read)?;
        redactions::write(&db, store.path(), &list, known.unwrap_or_default())?;
    }
    publish(copy, target)
}

/// Scrubs a copy of a store that was not scrubbed yet. Nobody else has it open.
fn clean(copy: &Path) -> Result<(), StoreError> {
    let fail = |fault: rusqlite::Error| store_error(&fault, copy);
    let conn = open_private(copy).map_err(fail)?;
    conn.execute_batch("PRAGMA secure_delete = ON; PRAGMA journal_mode = MEMORY;")
        .map_err(fail)?;
    let db = Executor::new(SqliteTransaction::within(&conn, copy));
    scrub::merge_index(&db)?;
    erasure::end_scrub(&db)?;
    drop(db);
    scrub::rewrite(&conn).map_err(fail)?;
    conn.close().map_err(|(_, fault)| fail(fault))
}
