//! Backups: a complete copy as a new file, never over an existing one.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::super::StoreError;
use super::copy::copy_to;
use super::filesystem::{directory, publish};
use super::location::require_plain_path;

/// Writes a complete copy to a new file.
///
/// # Errors
/// [`StoreError::Exists`] if there is something already.
pub(super) fn backup(conn: &Connection, target: &Path) -> Result<(), StoreError> {
    require_plain_path(target)?;
    if fs::symlink_metadata(target).is_ok() {
        return Err(StoreError::Exists {
            location: target.display().to_string(),
        });
    }
    publish(copy_to(conn, directory(target))?, target)
}
