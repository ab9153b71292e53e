//! Opening a store: settings, first creation, and the step up from an older
//! schema. A new store appears whole or not at all, so that twenty processes
//! at once all find one.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::book::{self, CREATED, GENESIS, STORE};
use super::chain::{self, Root};
use super::migrate::{self, Migration};
use super::place::{self, APPLICATION_ID, Access, Environment, Header, Place, access};
use super::sqlite::{SqliteStore, failure};
use super::{StoreError, backup, disk, sql};

/// The oldest SQLite that is safe: earlier ones lose writes when the log is
/// reset while another process reads.
const SQLITE: i32 = 3_054_000;

/// How long to wait for another process's lock.
const PATIENCE: Duration = Duration::from_secs(10);

/// From this size on, the log is written back when a writer leaves.
const LOG_LIMIT: u64 = 512 * 1024;

/// A store, opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    /// Whether it did not exist before.
    pub(crate) created: bool,
}

/// Opens the store at a place. A path that nobody named is created by the
/// first write. A process opens a store once: looking at its header again
/// would drop the locks of the connection that is already there.
///
/// # Errors
/// [`StoreError::Missing`], every refusal of a file that must not be touched,
/// and what the system says. The file is as it was then.
pub(crate) fn open(
    place: &Place,
    wanted: Access,
    around: &Environment,
) -> Result<Opened, StoreError> {
    open_with(place, wanted, around, migrate::ALL)
}

fn open_with(
    place: &Place,
    wanted: Access,
    around: &Environment,
    migrations: &[Migration],
) -> Result<Opened, StoreError> {
    let path = &place.path;
    place::plain(path)?;
    let mut created = false;
    let real = match place::locate(path)? {
        Some(real) => real,
        None if wanted == Access::Write && !place.named => {
            created = create(path, around)?;
            place::locate(path)?.ok_or_else(|| StoreError::Missing { path: path.clone() })?
        }
        None => return Err(StoreError::Missing { path: path.clone() }),
    };
    let header = place::inspect(&real, wanted, around, migrate::version(migrations))?;
    let conn = connect(&real, wanted, header, migrations)?;
    Ok(Opened {
        store: SqliteStore::over(conn, real),
        created,
    })
}

/// Creates a store where there is nothing yet, and opens it for writing.
///
/// # Errors
/// [`StoreError::Exists`] when there is something.
pub(crate) fn init(path: &Path, around: &Environment) -> Result<SqliteStore, StoreError> {
    place::plain(path)?;
    let exists = || StoreError::Exists {
        path: path.to_owned(),
    };
    if fs::symlink_metadata(path).is_ok() || !create(path, around)? {
        return Err(exists());
    }
    let place = Place {
        path: path.to_owned(),
        named: true,
    };
    open(&place, Access::Write, around).map(|opened| opened.store)
}

/// Opens a file that was looked at.
pub(super) fn connect(
    real: &Path,
    wanted: Access,
    header: Header,
    migrations: &[Migration],
) -> Result<Connection, StoreError> {
    assert!(
        rusqlite::version_number() >= SQLITE,
        "SQLite {} is linked; 3.54.0 is the oldest that is safe",
        rusqlite::version()
    );
    let (mut conn, found) = settled(real, wanted)?;
    let known = migrate::version(migrations);
    place::check_version(real, found, known)?;
    if found < known {
        // Reading an older schema needs the step up as well.
        if wanted == Access::Read {
            for place in [real, place::directory(real)] {
                let reason = "an older desk wrote it, and reading it steps it up";
                place::may_write(place)
                    .map_err(|_| access(real, "read", io::Error::other(reason)))?;
            }
            drop(connect(real, Access::Write, header, migrations)?);
            return connect(real, wanted, header, migrations);
        }
        backup::keep(&conn, real, &format!("before-schema-{}", found + 1))?;
        migrate::run(&mut conn, migrations).map_err(|fault| failure(&fault, real))?;
    }
    if wanted == Access::Write && !header.wal {
        through_a_log(&conn).map_err(|fault| failure(&fault, real))?;
    }
    Ok(conn)
}

/// Why the first look failed: to read a store whose log is gone, SQLite must
/// be able to begin a new one.
fn unread(fault: &rusqlite::Error, real: &Path, wanted: Access) -> StoreError {
    let log = [Some(ErrorCode::ReadOnly), Some(ErrorCode::CannotOpen)];
    if wanted == Access::Read && log.contains(&fault.sqlite_error_code()) {
        let reason = "its directory is read-only, and even reading needs a log there";
        return access(real, "read", io::Error::other(reason));
    }
    failure(fault, real)
}

/// Connects to the file that the path leads to, and reads its version. What a
/// restore is doing at this moment can look like damage; real damage stays.
fn settled(real: &Path, wanted: Access) -> Result<(Connection, i64), StoreError> {
    let mut tries = 3;
    loop {
        let before = place::identity(real);
        let read = connected(real, wanted).and_then(|conn| {
            let found = migrate::found(&conn)?;
            Ok((conn, found))
        });
        // A restore may have put another file here since. Having read from
        // this one, the connection keeps it from being replaced.
        let moved = place::identity(real) != before;
        match read {
            Ok((conn, found)) if !moved => {
                write_back(&conn, real, wanted).map_err(|fault| failure(&fault, real))?;
                return Ok((conn, found));
            }
            Err(fault) if !moved && (tries == 0 || !backup::is_damage(&fault)) => {
                return Err(unread(&fault, real, wanted));
            }
            Ok(_) | Err(_) => {}
        }
        if !moved {
            tries -= 1;
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Decides who writes the log back into the file. That costs three more syncs,
/// so it waits until the log is worth it; a reader never does it.
fn write_back(conn: &Connection, real: &Path, wanted: Access) -> rusqlite::Result<()> {
    let large = || fs::metadata(place::log_of(real)).is_ok_and(|log| log.len() > LOG_LIMIT);
    if wanted == Access::Write && large() {
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    }
    Ok(())
}

fn connected(real: &Path, wanted: Access) -> rusqlite::Result<Connection> {
    let way = match wanted {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let conn = Connection::open_with_flags(real, way | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Calls cost nothing; a pragma costs about as much as a small query.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    // Until it is sure that file and log belong together, nothing of the log
    // is written back.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.execute_batch(match wanted {
        Access::Read => "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;",
        Access::Write => {
            "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; \
             PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
             PRAGMA mmap_size = 0; PRAGMA journal_size_limit = 67108864;"
        }
    })?;
    Ok(conn)
}

/// Has the file written through a log from now on. Whoever holds it at this
/// moment is doing the same, so busy means done.
fn through_a_log(conn: &Connection) -> rusqlite::Result<()> {
    match conn.query_one("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
        Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        other => other,
    }
}

/// Creates a store under a temporary name and then gives it its own; says
/// whether it was this call that did.
fn create(path: &Path, around: &Environment) -> Result<bool, StoreError> {
    let directory = place::directory(path);
    let ground = standing(directory);
    disk::refuse_network(&ground, around)?;
    disk::refuse_full(&ground, around)?;
    place::may_write(&ground)?;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(|e| access(directory, "created", e))?;
    // The names of new directories must be as durable as what is in them.
    let made = directory.ancestors().skip(1);
    for parent in made.take_while(|parent| parent.starts_with(&ground)) {
        backup::settle(parent)?;
    }
    let temporary = backup::temporary(directory)?;
    build(temporary.path(), around).map_err(|fault| match fault {
        Built::Engine(fault) => failure(&fault, temporary.path()),
        Built::Store(fault) => fault,
    })?;
    match backup::publish(temporary, path) {
        Ok(()) => Ok(true),
        Err(StoreError::Exists { .. }) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// The innermost directory of a path that exists.
fn standing(directory: &Path) -> PathBuf {
    let there = directory.ancestors().find(|place| place.exists());
    there.unwrap_or(directory).to_owned()
}

enum Built {
    Engine(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for Built {
    fn from(fault: rusqlite::Error) -> Self {
        Self::Engine(fault)
    }
}

/// Fills an empty file that nobody else knows of: no journal and no syncs are
/// needed until it gets its name.
fn build(file: &Path, around: &Environment) -> Result<(), Built> {
    let mut id = [0; 16];
    book::random(&mut id).map_err(Built::Store)?;
    let root = Root {
        store: chain::hex(&id),
        created_ms: around.now.timestamp_millis(),
    };
    let way = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(file, way)?;
    conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate::run(&mut conn, migrate::ALL)?;
    let txn = conn.transaction()?;
    for (name, value) in [
        (STORE, root.store.clone()),
        (CREATED, root.created_ms.to_string()),
        (GENESIS, chain::hex(&root.genesis())),
    ] {
        txn.execute(&sql::SET_META.replace('$', "?"), [name, &value])?;
    }
    txn.commit()?;
    through_a_log(&conn)?;
    conn.close().map_err(|(_, fault)| Built::Engine(fault))
}

#[cfg(test)]
mod races;
#[cfg(test)]
mod tests;
