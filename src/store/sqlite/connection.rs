//! Connections to a store's file, with their settings.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::super::{AccessMode, StoreError};
use super::driver::{store_error, with_code};
use super::filesystem::{access_error, file_id, wal_path};
use super::migrations;
use super::wal_guard::refuse_damaged_log;

/// The oldest safe version of SQLite: earlier ones lose writes when the log is
/// reset while another process reads.
const OLDEST_SQLITE: i32 = 3_054_000;

/// How long to wait for another process's lock, but for that of a writer.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// From this size on, a writer checkpoints the log when it closes the store.
pub(super) const WAL_LIMIT: u64 = 512 * 1024;

/// Opens a file that may only be changed by this process, without settings.
pub(super) fn open_private(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

/// Connects to the file that the path leads to, and reads its schema version.
/// A restore in progress can look like damage, so that is tried again.
pub(super) fn connect(real: &Path, mode: AccessMode) -> Result<(Connection, i64), StoreError> {
    assert!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        "SQLite {} is linked; 3.54.0 is the oldest safe version",
        rusqlite::version()
    );
    let mut tries = 3;
    loop {
        let before = file_id(real);
        let read = open_with_settings(real, mode).and_then(|conn| {
            let version = migrations::schema_version(&conn)?;
            Ok((conn, version))
        });
        // A restore may have put another file here. Having read from this
        // one, the connection keeps it from being replaced.
        let replaced = file_id(real) != before;
        match read {
            Ok((conn, version)) if !replaced => {
                if mode.writes() {
                    refuse_damaged_log(real)?;
                }
                checkpoint_if_large(&conn, real, mode)
                    .map_err(|fault| store_error(&fault, real))?;
                return Ok((conn, version));
            }
            Err(fault) if !replaced && (tries == 0 || !is_damage(&fault)) => {
                return Err(read_error(&fault, real, mode));
            }
            Ok(_) | Err(_) => {}
        }
        if !replaced {
            tries -= 1;
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The error of the first read: to read a store without a log, SQLite must be
/// able to create one.
fn read_error(fault: &rusqlite::Error, real: &Path, mode: AccessMode) -> StoreError {
    let no_log = [ErrorCode::ReadOnly, ErrorCode::CannotOpen];
    if mode == AccessMode::Read && with_code(fault, &no_log) {
        let reason = "its directory is read-only, and even reading needs a log there";
        return access_error(real, "read", &io::Error::other(reason));
    }
    store_error(fault, real)
}

/// Lets the last writer that closes the store copy a large log into the file.
/// A checkpoint costs three more syncs, so it waits until the log is worth it;
/// a reader never does it.
fn checkpoint_if_large(conn: &Connection, real: &Path, mode: AccessMode) -> rusqlite::Result<()> {
    let large = || fs::metadata(wal_path(real)).is_ok_and(|wal| wal.len() > WAL_LIMIT);
    if mode.writes() && large() {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    }
    Ok(())
}

fn open_with_settings(real: &Path, mode: AccessMode) -> rusqlite::Result<Connection> {
    let access = match mode {
        AccessMode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        AccessMode::Write | AccessMode::WriteTickets => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn = Connection::open_with_flags(real, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Calls are free; a pragma costs about as much as a small query.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    // A plan does not depend on the bound values, so that no statement is
    // compiled again for each of them.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // No checkpoint until it is certain that file and log belong together, and
    // that all of the log can be read.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.execute_batch(match mode {
        AccessMode::Read => "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;",
        AccessMode::Write | AccessMode::WriteTickets => {
            "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; \
             PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
             PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864;"
        }
    })?;
    Ok(conn)
}

/// Enables WAL mode. `SQLITE_BUSY` means that another process is enabling it,
/// so it counts as success.
pub(super) fn enable_wal(conn: &Connection) -> rusqlite::Result<()> {
    match conn.query_one("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
        Err(fault) if with_code(&fault, &[ErrorCode::DatabaseBusy]) => Ok(()),
        other => other,
    }
}

/// Whether the file itself is wrong, not just its state at this moment.
pub(super) fn is_damage(fault: &rusqlite::Error) -> bool {
    with_code(
        fault,
        &[ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase],
    )
}
