//! Complete copies of an open store. Copies are atomic.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::super::StoreError;
use super::driver::store_error;
use super::filesystem::{access_error, beside, directory, sync_directory, temporary_file};
use crate::atomic_file::Ownership;

/// Copies a store to a temporary file in a directory.
pub(super) fn copy_to(conn: &Connection, directory: &Path) -> Result<NamedTempFile, StoreError> {
    let copy = temporary_file(directory)?;
    let name = copy.path().to_str().ok_or_else(|| {
        let reason = io::Error::other("its name is not UTF-8");
        access_error(copy.path(), "written", &reason)
    })?;
    conn.execute("VACUUM INTO ?1", [name])
        .map_err(|fault| store_error(&fault, copy.path()))?;
    Ok(copy)
}

/// Keeps a copy beside the store, under a name with this suffix that is free.
/// Who may read the store may read the copy.
///
/// # Errors
/// If it cannot be written.
pub(super) fn keep_copy(
    conn: &Connection,
    real: &Path,
    suffix: &str,
) -> Result<PathBuf, StoreError> {
    let mut copy = copy_to(conn, directory(real))?;
    Ownership::of(real)
        .and_then(|ownership| ownership.give_to(copy.as_file()))
        .and_then(|()| copy.as_file().sync_all())
        .map_err(|e| access_error(real, "copied", &e))?;
    let mut number = 0;
    loop {
        let target = numbered_name(real, suffix, number);
        match copy.persist_noclobber(&target) {
            Ok(_) => {
                sync_directory(directory(real))?;
                return Ok(target);
            }
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                copy = refused.file;
                number += 1;
            }
            Err(refused) => return Err(access_error(&target, "written", &refused.error)),
        }
    }
}

/// The name of a file beside a store; from number 1 on with the number.
pub(super) fn numbered_name(real: &Path, suffix: &str, number: u64) -> PathBuf {
    if number == 0 {
        beside(real, &format!(".{suffix}"))
    } else {
        beside(real, &format!(".{suffix}-{number}"))
    }
}
