//! Complete copies of a store, and the way back. A copy appears whole or not
//! at all, never over a file that exists; what is replaced is kept aside.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::NamedTempFile;

use super::place::{self, Access, Environment, Place, access};
use super::sqlite::{SqliteStore, failure, log};
use super::{Store, StoreError, Verification, disk, migrate, opening};

/// Writes a complete copy to a new file.
///
/// # Errors
/// [`StoreError::Exists`] when there is something already.
pub(super) fn backup(conn: &Connection, target: &Path) -> Result<(), StoreError> {
    place::plain(target)?;
    if fs::symlink_metadata(target).is_ok() {
        return Err(StoreError::Exists {
            path: target.to_owned(),
        });
    }
    publish(copied(conn, place::directory(target))?, target)
}

/// Keeps a copy beside the store, under a name that is still free.
///
/// # Errors
/// When it cannot be written.
pub(super) fn keep(conn: &Connection, real: &Path, why: &str) -> Result<PathBuf, StoreError> {
    let mut copy = copied(conn, place::directory(real))?;
    copy.as_file()
        .sync_all()
        .map_err(|e| access(real, "copied", e))?;
    let mut number = 0;
    loop {
        let target = aside(real, why, number);
        match copy.persist_noclobber(&target) {
            Ok(_) => {
                settle(place::directory(real))?;
                return Ok(target);
            }
            Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                copy = refused.file;
                number += 1;
            }
            Err(refused) => return Err(access(&target, "written", refused.error)),
        }
    }
}

fn aside(real: &Path, why: &str, number: u64) -> PathBuf {
    if number == 0 {
        place::beside(real, &format!(".{why}"))
    } else {
        place::beside(real, &format!(".{why}-{number}"))
    }
}

/// A new file that only its owner may read, gone unless it is published.
///
/// # Errors
/// When the directory cannot be written.
pub(super) fn temporary(directory: &Path) -> Result<NamedTempFile, StoreError> {
    tempfile::Builder::new()
        .prefix(".desk-")
        .suffix(".new")
        .tempfile_in(directory)
        .map_err(|e| access(directory, "written to", io::Error::from(e.kind())))
}

fn copied(conn: &Connection, directory: &Path) -> Result<NamedTempFile, StoreError> {
    let copy = temporary(directory)?;
    let name = copy.path().to_str().ok_or_else(|| {
        let reason = io::Error::other("its name is not UTF-8");
        access(copy.path(), "written", reason)
    })?;
    conn.execute("VACUUM INTO ?1", [name])
        .map_err(|fault| failure(&fault, copy.path()))?;
    Ok(copy)
}

/// Makes a file durable and gives it its name, never over another one.
///
/// # Errors
/// [`StoreError::Exists`] when the name is taken.
pub(super) fn publish(file: NamedTempFile, target: &Path) -> Result<(), StoreError> {
    let fail = |e| access(target, "written", e);
    file.as_file().sync_all().map_err(fail)?;
    file.persist_noclobber(target).map_err(|refused| {
        if refused.error.kind() == io::ErrorKind::AlreadyExists {
            StoreError::Exists {
                path: target.to_owned(),
            }
        } else {
            fail(refused.error)
        }
    })?;
    settle(place::directory(target))
}

/// Makes the names in a directory durable.
///
/// # Errors
/// When it cannot be opened or synced.
pub(super) fn settle(directory: &Path) -> Result<(), StoreError> {
    File::open(directory)
        .and_then(|handle| handle.sync_all())
        .map_err(|e| access(directory, "written", e))
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restored {
    pub(crate) path: PathBuf,
    /// Where the store that was there before is kept.
    pub(crate) aside: Option<PathBuf>,
    /// What the check of the backup found.
    pub(crate) found: Verification,
}

/// Puts a backup in the place of a store. The backup is checked in full
/// first, and the store that was there is kept aside.
///
/// # Errors
/// [`StoreError::Damaged`] for a backup that does not verify,
/// [`StoreError::Busy`] while another process has the store open. The store is
/// as it was then.
pub(crate) fn restore(
    backup: &Path,
    target: &Place,
    around: &Environment,
) -> Result<Restored, StoreError> {
    let source = Place {
        path: backup.to_owned(),
        named: true,
    };
    let source = opening::open(&source, Access::Read, around)?.store;
    let found = source.verify(None)?;
    if let Some(fault) = found.faults.first() {
        return Err(StoreError::Damaged {
            detail: format!("{}: {fault}", backup.display()),
        });
    }
    place::plain(&target.path)?;
    let old = place::locate(&target.path)?;
    let path = old.clone().unwrap_or_else(|| target.path.clone());
    if old.as_deref() == Some(source.path()) {
        return Err(StoreError::Exists { path });
    }
    let directory = place::directory(&path);
    disk::refuse_network(directory, around)?;
    disk::refuse_full(directory, around)?;
    let copy = prepared(&source, directory)?;
    let aside = if old.is_some() {
        Some(replace(copy, &path, around)?)
    } else {
        publish(copy, &path)?;
        None
    };
    Ok(Restored { path, aside, found })
}

/// A copy that is written through a log, as every store is.
fn prepared(source: &SqliteStore, directory: &Path) -> Result<NamedTempFile, StoreError> {
    let copy = copied(source.connection(), directory)?;
    let way = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let turn = || {
        let conn = Connection::open_with_flags(copy.path(), way)?;
        conn.query_one("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        conn.close().map_err(|(_, fault)| fault)
    };
    turn().map_err(|fault| failure(&fault, copy.path()))?;
    copy.as_file()
        .sync_all()
        .map_err(|e| access(copy.path(), "written", e))?;
    Ok(copy)
}

/// Swaps a copy with the store in one step and keeps the old file.
fn replace(copy: NamedTempFile, path: &Path, around: &Environment) -> Result<PathBuf, StoreError> {
    // Held until the new file is in place, so that nobody begins on the old one.
    let _held = alone(path, around)?;
    let fail = |e: rustix::io::Errno| access(path, "replaced", e.into());
    let kept = free_name(path);
    // A log that is still there could not be written back: it belongs to the
    // old file and must not meet the new one.
    for suffix in ["-wal", "-shm"] {
        let from = place::beside(path, suffix);
        let empty = fs::metadata(&from).is_ok_and(|about| about.len() == 0);
        if empty || (suffix == "-shm" && !place::beside(&kept, "-wal").exists()) {
            // Nothing of it is needed.
            let _ = fs::remove_file(&from);
        } else if from.exists() {
            let to = place::beside(&kept, suffix);
            fs::rename(&from, &to).map_err(|e| access(&from, "moved", e))?;
        }
    }
    let fresh = copy.into_temp_path();
    let swap = renameat_with(CWD, fresh.as_os_str(), CWD, path, RenameFlags::EXCHANGE);
    match swap {
        Ok(()) => {
            // From here on the temporary name is the old store's.
            let old = fresh.keep().map_err(|e| access(path, "kept", e.error))?;
            renameat_with(CWD, &old, CWD, &kept, RenameFlags::NOREPLACE).map_err(fail)?;
        }
        // Not every file system can swap.
        Err(_) => {
            fs::rename(path, &kept).map_err(|e| access(path, "moved", e))?;
            fresh
                .persist_noclobber(path)
                .map_err(|e| access(path, "replaced", e.error))?;
        }
    }
    settle(place::directory(path))?;
    Ok(kept)
}

fn free_name(path: &Path) -> PathBuf {
    let mut number = 0;
    loop {
        let name = aside(path, "before-restore", number);
        if fs::symlink_metadata(&name).is_err() {
            return name;
        }
        number += 1;
    }
}

/// Makes sure that nobody else has a store open or opens it as long as the
/// answer is held, and writes its log back if all of it can be read. One that
/// is too damaged to be asked is taken to be alone, and is left as it is.
///
/// # Errors
/// [`StoreError::Busy`].
fn alone(path: &Path, around: &Environment) -> Result<Option<Connection>, StoreError> {
    let before = place::identity(path);
    let known = migrate::version(migrate::ALL);
    let whole = place::inspect(path, Access::Read, around, known).is_ok()
        && log::look(&place::log_of(path)).is_ok_and(|end| end == log::End::Clean);
    let ask = || {
        let way = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, way)?;
        conn.busy_timeout(std::time::Duration::from_millis(200))?;
        // When it is closed, the log at this path is the new file's.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")?;
        Ok(conn)
    };
    let mut asked: rusqlite::Result<Connection> = ask();
    // What another restore is doing at this moment can look like damage; real
    // damage stays.
    for _ in 0..3 {
        if matches!(&asked, Err(fault) if is_damage(fault)) {
            std::thread::sleep(std::time::Duration::from_millis(50));
            asked = ask();
        }
    }
    // Another restore was quicker: the log at this path is not the one of the
    // file that was opened.
    if place::identity(path) != before {
        return Err(StoreError::Busy);
    }
    let asked = asked.and_then(|conn| {
        if whole {
            conn.query_one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(conn)
    });
    match asked {
        Ok(conn) => Ok(Some(conn)),
        Err(fault) if is_damage(&fault) => Ok(None),
        Err(_) => Err(StoreError::Busy),
    }
}

/// Whether the file itself is wrong, not the moment.
pub(super) fn is_damage(fault: &rusqlite::Error) -> bool {
    matches!(
        fault.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

#[cfg(test)]
mod tests;
