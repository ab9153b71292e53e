//! Opening a store: its first creation, and migration from an older schema. A
//! new store is created atomically: processes that create it at the same time
//! all open the same one.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::super::chain::{self, ChainIdentity};
use super::super::port::Group;
use super::super::sql::chain_head::{CREATED, GENESIS, STORE};
use super::super::sql::driver::Executor;
use super::super::sql::marks::{self, Marks};
use super::super::sql::statements;
use super::super::{AccessMode, StoreError};
use super::connection::{connect, enable_wal, open_private};
use super::copy::keep_copy;
use super::driver::{SqliteTransaction, numbered, store_error};
use super::filesystem::{
    Environment, access_error, directory, publish, refuse_full, refuse_network, require_writable,
    sync_directory, temporary_file,
};
use super::location::{self, APPLICATION_ID, Header, Location};
use super::migrations::{self, Migration};
use super::shared;
use super::store::SqliteStore;
use super::wal_guard::{refuse_stray_log, unreadable_commits};
use super::write_queue::{Turn, Waiting};

/// An opened store.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    /// Whether it was created by this call.
    pub(crate) created: bool,
    /// The commits in a damaged log that reading does not see.
    pub(crate) unreadable_commits: u64,
    /// Whether it was moved, or is an unfinished copy.
    pub(crate) marks: Marks,
}

/// Opens the store at a location. At the default location, the first write
/// creates it. A process opens a store once: reading its header again would
/// drop the locks of the connection that is already there.
///
/// # Errors
/// [`StoreError::Missing`], every refusal of a file that must not be touched,
/// and system errors. The file is unchanged then.
pub(crate) fn open(
    location: &Location,
    mode: AccessMode,
    environment: &Environment,
) -> Result<Opened, StoreError> {
    let opened = open_any(location, mode, environment)?;
    let path = location.path.display().to_string();
    opened.marks.refuse_unfinished(&path)?;
    Ok(opened)
}

/// As [`open`], also a copy that was not finished.
///
/// # Errors
/// As [`open`].
pub(super) fn open_any(
    location: &Location,
    mode: AccessMode,
    environment: &Environment,
) -> Result<Opened, StoreError> {
    open_with(location, mode, environment, migrations::ALL)
}

fn open_with(
    location: &Location,
    mode: AccessMode,
    environment: &Environment,
    migrations: &[Migration],
) -> Result<Opened, StoreError> {
    let path = &location.path;
    let missing = || StoreError::Missing {
        location: path.display().to_string(),
    };
    location::require_plain_path(path)?;
    let mut created = false;
    let real = match location::resolve(path)? {
        Some(real) => real,
        None if mode.writes() && !location.explicit => {
            created = create(path, environment, None)?;
            location::resolve(path)?.ok_or_else(missing)?
        }
        None => return Err(missing()),
    };
    let known = migrations::version(migrations);
    let header = location::inspect(&real, mode, environment, known)?;
    let conn = open_file(&real, mode, header, migrations, environment)?;
    let unreadable_commits = match mode {
        AccessMode::Read => unreadable_commits(&real),
        AccessMode::Write | AccessMode::WriteTickets => 0,
    };
    // Of a damaged store, what is wrong is said by what reads it.
    let marks = marks::read(&Executor::new(SqliteTransaction::within(&conn, &real)));
    Ok(Opened {
        store: SqliteStore::new(conn, real, environment.patience, known),
        created,
        unreadable_commits,
        marks: marks.unwrap_or_default(),
    })
}

/// Creates a store where there is nothing yet, and opens it for writing. With
/// a group, its members share the store.
///
/// # Errors
/// [`StoreError::Exists`] if there is something, and refusals of a directory or
/// a group that is not suitable.
pub(crate) fn init(
    path: &Path,
    environment: &Environment,
    group: Option<&Group>,
) -> Result<SqliteStore, StoreError> {
    location::require_plain_path(path)?;
    if fs::symlink_metadata(path).is_ok() || !create(path, environment, group)? {
        return Err(StoreError::Exists {
            location: path.display().to_string(),
        });
    }
    let location = Location {
        path: path.to_owned(),
        explicit: true,
    };
    open(&location, AccessMode::Write, environment).map(|opened| opened.store)
}

/// Opens a file that was inspected, and migrates it if its schema is older.
fn open_file(
    real: &Path,
    mode: AccessMode,
    header: Header,
    migrations: &[Migration],
    environment: &Environment,
) -> Result<Connection, StoreError> {
    let (mut conn, found) = connect(real, mode)?;
    let known = migrations::version(migrations);
    location::check_version(real, found, known)?;
    if found < known {
        // Reading an older schema needs the migration as well.
        if mode == AccessMode::Read {
            for path in [real, directory(real)] {
                let reason = "an older version of desk wrote it, and reading migrates it";
                require_writable(path)
                    .map_err(|_| access_error(real, "read", &io::Error::other(reason)))?;
            }
            let writing = AccessMode::Write;
            drop(open_file(real, writing, header, migrations, environment)?);
            return open_file(real, mode, header, migrations, environment);
        }
        let mut waiting = Waiting::begin(real, environment.patience);
        let _turn = Turn::wait(real, &mut waiting);
        keep_copy(&conn, real, &format!("before-schema-{}", found + 1))?;
        migrations::run(&mut conn, migrations, environment.parse)
            .map_err(|fault| store_error(&fault, real))?;
    }
    if mode.writes() && !header.wal {
        enable_wal(&conn).map_err(|fault| store_error(&fault, real))?;
    }
    Ok(conn)
}

/// Creates a store under a temporary name and then gives it its own. Returns
/// whether it was this call that created it.
fn create(
    path: &Path,
    environment: &Environment,
    group: Option<&Group>,
) -> Result<bool, StoreError> {
    let temporary = unnamed(path, environment, group)?;
    let file = temporary.path();
    let mut id = [0; 16];
    chain::fill_random(&mut id)?;
    let identity = ChainIdentity {
        store: chain::hex(&id),
        created_ms: environment.now.timestamp_millis(),
    };
    build(file, &identity).map_err(|fault| store_error(&fault, file))?;
    match publish(temporary, path) {
        Ok(()) => Ok(true),
        Err(StoreError::Exists { .. }) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// An empty file that gets this path once it is published, in a directory that is
/// created if need be.
///
/// # Errors
/// Refusals of a directory or a group that is not suitable.
pub(super) fn unnamed(
    path: &Path,
    environment: &Environment,
    group: Option<&Group>,
) -> Result<NamedTempFile, StoreError> {
    let directory = directory(path);
    let existing = innermost_existing(directory);
    refuse_network(&existing, environment)?;
    refuse_full(&existing, environment)?;
    require_writable(&existing)?;
    refuse_stray_log(path)?;
    match group {
        Some(group) => shared::create_directory(directory, &existing, group)?,
        None => fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(|e| access_error(directory, "created", &e))?,
    }
    // The names of new directories must be as durable as their content.
    let parents = directory.ancestors().skip(1);
    for parent in parents.take_while(|parent| parent.starts_with(&existing)) {
        sync_directory(parent)?;
    }
    let temporary = temporary_file(directory)?;
    if let Some(group) = group {
        shared::share(temporary.as_file(), group)?;
    }
    Ok(temporary)
}

/// The innermost directory of a path that exists.
fn innermost_existing(directory: &Path) -> PathBuf {
    let existing = directory.ancestors().find(|path| path.exists());
    existing.unwrap_or(directory).to_owned()
}

/// Builds a store in an empty file that nobody else knows of: no journal and
/// no syncs are needed until it gets its name.
fn build(file: &Path, identity: &ChainIdentity) -> rusqlite::Result<()> {
    let mut conn = build_tables(file)?;
    let txn = conn.transaction()?;
    for (name, value) in [
        (STORE, identity.store.clone()),
        (CREATED, identity.created_ms.to_string()),
        (GENESIS, chain::hex(&identity.genesis())),
    ] {
        txn.execute(&numbered(statements::SET_META), [name, &value])?;
    }
    txn.commit()?;
    enable_wal(&conn)?;
    conn.close().map_err(|(_, fault)| fault)
}

/// Creates the tables of a store in an empty file that nobody else knows of.
pub(super) fn build_tables(file: &Path) -> rusqlite::Result<Connection> {
    let mut conn = open_private(file)?;
    conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrations::run(&mut conn, migrations::ALL, |_| None)?;
    Ok(conn)
}

#[cfg(test)]
mod races;
#[cfg(test)]
mod tests;
