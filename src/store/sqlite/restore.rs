//! Restores: a checked backup takes the place of the store, which is kept
//! under another name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::NamedTempFile;

use super::super::port::Restored;
use super::super::sql::driver::Executor;
use super::super::{AccessMode, StoreError};
use super::connection::{is_damage, open_private};
use super::copy::{copy_to, numbered_name};
use super::driver::{SqliteTransaction, store_error};
use super::filesystem::{
    Environment, access_error, beside, directory, file_id, publish, refuse_full, refuse_network,
    sync_directory, wal_path,
};
use super::location::{self, Location};
use super::open::open;
use super::redact_copy::redact_copy;
use super::redactions::{RedactionList, path_beside};
use super::refusals::Refusal;
use super::store::SqliteStore;
use super::verify::Redactions;
use super::wal_check::{self, WalEnd};
use super::wal_guard::refuse_stray_log;
use super::write_queue::{Turn, Waiting};
use super::{connection, migrations, redactions};
use crate::atomic_file::Ownership;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::read_models::RestoreLoss;

/// Replaces a store with a backup. The backup is verified first, and the
/// replaced store is kept.
///
/// # Errors
/// [`StoreError::Damaged`] if the backup does not verify, [`StoreError::Busy`]
/// if another process has the store open. The store is unchanged then.
pub(super) fn restore(
    backup: &Path,
    target: &Location,
    environment: &Environment,
    parse: PolicyParser,
) -> Result<Restored, StoreError> {
    location::require_plain_path(backup)?;
    let source = Location {
        path: backup.to_owned(),
        explicit: true,
    };
    let source = open(&source, AccessMode::Read, environment)
        .map_err(|fault| foreign_if_empty(fault, backup))?
        .store;
    let verified = source.verify_with(None, parse, Redactions::Elsewhere)?;
    if let Some(fault) = verified.faults.first() {
        return Err(StoreError::damaged(format!(
            "{}: {fault}",
            backup.display()
        )));
    }
    location::require_plain_path(&target.path)?;
    let existing = location::resolve(&target.path)?;
    let path = existing.clone().unwrap_or_else(|| target.path.clone());
    if existing.as_deref() == Some(source.path()) {
        return Err(StoreError::Exists {
            location: path.display().to_string(),
        });
    }
    let directory = directory(&path);
    refuse_network(directory, environment)?;
    refuse_full(directory, environment)?;
    let list = redactions(&source, existing.as_deref(), &path, environment)?;
    let copy = copy_to(source.connection(), directory)?;
    let mut erased = 0;
    if let Some(list) = list {
        erased = redact_copy(copy.path(), &list, parse, environment.now)?;
        // Also of what only the replaced store has: another backup may have it.
        write_list(&copy, &path, list)?;
    }
    let copy = in_wal_mode(copy)?;
    let previous = if existing.is_some() {
        Some(replace(copy, &path, environment)?)
    } else {
        refuse_stray_log(&path)?;
        publish(copy, &path)?;
        None
    };
    Ok(Restored {
        path,
        previous,
        erased,
    })
}

/// The number and the hash of the last event up to one.
const EVENT_AT: &str = "SELECT seq, hash FROM event WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1";

/// The events after one, and the tickets that have them.
const EVENTS_AFTER: &str = "SELECT count(*), count(DISTINCT ticket) FROM event WHERE seq > ?1";

/// What a store has and a backup does not.
///
/// # Errors
/// If the backup cannot be read.
pub(super) fn loss(
    backup: &Path,
    target: &Location,
    environment: &Environment,
) -> Result<Option<RestoreLoss>, StoreError> {
    let Some(path) = location::resolve(&target.path)? else {
        return Ok(None);
    };
    let read = |path: &Path| {
        let location = Location {
            path: path.to_owned(),
            explicit: true,
        };
        open(&location, AccessMode::Read, environment).map(|opened| opened.store)
    };
    let source = read(backup).map_err(|fault| foreign_if_empty(fault, backup))?;
    let Ok(store) = read(&path) else {
        return Ok(Some(RestoreLoss::Unreadable));
    };
    let at = |store: &SqliteStore, seq: i64| {
        let found = store.connection().query_row(EVENT_AT, [seq], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        });
        found.ok()
    };
    let kept = at(&source, i64::MAX);
    let shared =
        kept.filter(|(seq, hash)| at(&store, *seq).as_ref() == Some(&(*seq, hash.clone())));
    let after = shared.as_ref().map_or(0, |(seq, _)| *seq);
    let lost = store.connection().query_row(EVENTS_AFTER, [after], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?))
    });
    Ok(match lost {
        Ok((0, _)) => None,
        Ok((events, tickets)) => {
            let (events, tickets) = (events.into(), tickets.into());
            Some(match shared {
                Some(_) => RestoreLoss::Since { events, tickets },
                None => RestoreLoss::Other { events, tickets },
            })
        }
        Err(_) => Some(RestoreLoss::Unreadable),
    })
}

/// For a restore, an empty file is just another file that is not a store.
fn foreign_if_empty(fault: StoreError, backup: &Path) -> StoreError {
    if fault.code() == "store_empty" {
        return StoreError::Foreign {
            location: backup.display().to_string(),
        };
    }
    fault
}

/// What was erased in the store that a backup is to replace, or in a later state of
/// the store that the backup is of; `None` if that is nothing.
///
/// # Errors
/// [`Refusal::NoRedactions`] if texts were erased, and nothing says which.
fn redactions(
    source: &SqliteStore,
    existing: Option<&Path>,
    target: &Path,
    environment: &Environment,
) -> Result<Option<RedactionList>, StoreError> {
    let beside = |path: &Path| RedactionList::read(&path_beside(path));
    let known = beside(target)?;
    if let Some(existing) = existing {
        let location = Location {
            path: existing.to_owned(),
            explicit: true,
        };
        let opened = open(&location, AccessMode::Read, environment);
        if let Ok(opened) = &opened {
            // Two stores would go on with the same past.
            opened.marks.refuse_moved()?;
        }
        // Of a store that cannot be read, nobody knows whether texts were erased.
        let erased = opened.and_then(|opened| opened.store.has_erasures());
        if known.is_none() && erased.unwrap_or(false) {
            let list = path_beside(target);
            return Err(Refusal::NoRedactions { list }.into());
        }
    }
    let mut list = known.unwrap_or_default();
    if let Some(other) = beside(source.path())?
        && !list.merge(&other)
    {
        // The store that is replaced is another one.
        list = other;
    }
    let any = list.events().next().is_some() || source.has_erasures()?;
    Ok(any.then_some(list))
}

/// Writes the list of redactions of the store that a copy is to become.
fn write_list(copy: &NamedTempFile, path: &Path, list: RedactionList) -> Result<(), StoreError> {
    let conn = open_private(copy.path()).map_err(|fault| store_error(&fault, copy.path()))?;
    let db = Executor::new(SqliteTransaction::within(&conn, copy.path()));
    redactions::write(&db, copy.path(), &path_beside(path), list)
}

/// A copy in WAL mode, as every store is.
fn in_wal_mode(copy: NamedTempFile) -> Result<NamedTempFile, StoreError> {
    let enable = || {
        let conn = open_private(copy.path())?;
        connection::enable_wal(&conn)?;
        conn.close().map_err(|(_, fault)| fault)
    };
    enable().map_err(|fault| store_error(&fault, copy.path()))?;
    copy.as_file()
        .sync_all()
        .map_err(|e| access_error(copy.path(), "written", &e))?;
    Ok(copy)
}

/// Swaps a copy with the store in one step and keeps the old file.
fn replace(
    copy: NamedTempFile,
    path: &Path,
    environment: &Environment,
) -> Result<PathBuf, StoreError> {
    let _turn = Turn::wait(path, &mut Waiting::begin(path, environment.patience));
    // Held until the new file is in place, so that nobody opens the old one.
    let _exclusive = lock_exclusively(path, environment)?;
    let fail = |e: &io::Error| access_error(path, "replaced", e);
    Ownership::of(path)
        .and_then(|ownership| ownership.give_to(copy.as_file()))
        .map_err(|e| fail(&e))?;
    let kept = free_name(path);
    // A log that is still there could not be checkpointed: it belongs to the
    // old file and must not be used with the new one.
    for suffix in ["-wal", "-shm"] {
        let from = beside(path, suffix);
        let empty = fs::metadata(&from).is_ok_and(|metadata| metadata.len() == 0);
        if empty || (suffix == "-shm" && !beside(&kept, "-wal").exists()) {
            // Nothing in it is needed.
            let _ = fs::remove_file(&from);
        } else if from.exists() {
            let to = beside(&kept, suffix);
            fs::rename(&from, &to).map_err(|e| access_error(&from, "moved", &e))?;
        }
    }
    let temporary = copy.path().to_owned();
    // The copy gets the name of the old store first and then swaps places with
    // it, so that the old store never has a temporary name.
    let copy = copy.persist_noclobber(&kept).map_err(|e| fail(&e.error))?;
    if renameat_with(CWD, &kept, CWD, path, RenameFlags::EXCHANGE).is_err() {
        // Not every file system can swap.
        fs::rename(&kept, &temporary).map_err(|e| fail(&e))?;
        fs::rename(path, &kept).map_err(|e| access_error(path, "moved", &e))?;
        fs::rename(&temporary, path).map_err(|e| fail(&e))?;
    }
    drop(copy);
    sync_directory(directory(path))?;
    Ok(kept)
}

fn free_name(path: &Path) -> PathBuf {
    let mut number = 0;
    loop {
        let name = numbered_name(path, "before-restore", number);
        if fs::symlink_metadata(&name).is_err() {
            return name;
        }
        number += 1;
    }
}

/// Makes sure that nobody else has the store open or opens it while the result
/// is held, and checkpoints its log if all of it can be read. A store that is
/// too damaged to be locked counts as unused, and is left unchanged.
///
/// # Errors
/// [`StoreError::Busy`].
fn lock_exclusively(
    path: &Path,
    environment: &Environment,
) -> Result<Option<Connection>, StoreError> {
    let before = file_id(path);
    let known = migrations::version(migrations::ALL);
    let sound = location::inspect(path, AccessMode::Read, environment, known).is_ok()
        && wal_check::check(&wal_path(path)).is_ok_and(|end| end == WalEnd::Clean);
    let lock = || {
        let conn = open_private(path)?;
        conn.busy_timeout(Duration::from_millis(200))?;
        // When this connection is closed, the log at the path is the new file's.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")?;
        Ok(conn)
    };
    let mut locked: rusqlite::Result<Connection> = lock();
    // Another restore in progress can look like damage.
    for _ in 0..3 {
        if matches!(&locked, Err(fault) if is_damage(fault)) {
            std::thread::sleep(Duration::from_millis(50));
            locked = lock();
        }
    }
    // Another restore was faster: the log at this path is not the one of the
    // file that was opened.
    if file_id(path) != before {
        return Err(StoreError::Busy);
    }
    let locked = locked.and_then(|conn| {
        if sound {
            conn.query_one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(conn)
    });
    match locked {
        Ok(conn) => Ok(Some(conn)),
        Err(fault) if is_damage(&fault) => Ok(None),
        Err(_) => Err(StoreError::Busy),
    }
}

#[cfg(test)]
mod tests;
