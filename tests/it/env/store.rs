//! The store of a test: a file, or with `DESK_TEST_DB=postgres` a database of
//! the server that all tests of a run share. Reads and changes it directly.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::postgres_server::{self, Database, PostgresServer, Session};

/// Where the store of a test is.
pub(super) enum TestStore {
    File,
    Postgres(Database<'static>),
    /// A database that the test itself has made.
    Given(String),
}

/// The server, if the tests run on PostgreSQL.
///
/// # Panics
/// If they are to run there and the programs are missing.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the tests says on which store"
)]
fn server() -> Option<&'static PostgresServer> {
    match std::env::var("DESK_TEST_DB").ok().as_deref() {
        None | Some("sqlite") => None,
        Some("postgres") => Some(postgres_server::shared().unwrap_or_else(|why| {
            panic!("DESK_TEST_DB=postgres, but PostgreSQL does not run: {why}")
        })),
        Some(other) => panic!("DESK_TEST_DB is sqlite or postgres, not {other}"),
    }
}

impl TestStore {
    /// An empty place for a store of the engine on which the tests run.
    pub(super) fn new() -> Self {
        server().map_or(Self::File, |server| Self::Postgres(server.database(None)))
    }

    /// A place for a file, whatever the tests run on; why is told at the end of
    /// the run.
    pub(super) fn file(reason: &str) -> Self {
        if let Some(server) = server() {
            let test = std::thread::current();
            let test = test.name().unwrap_or("a thread");
            server.note(&format!("not run on PostgreSQL: {test}: {reason}"));
        }
        Self::File
    }

    pub(super) fn is_file(&self) -> bool {
        match self {
            Self::File => true,
            Self::Postgres(_) | Self::Given(_) => false,
        }
    }

    /// What `--db` takes; the path if it is a file.
    pub(super) fn url(&self, path: &Path) -> String {
        match self {
            Self::File => path.display().to_string(),
            Self::Postgres(database) => database.url(),
            Self::Given(url) => url.clone(),
        }
    }

    /// Whether there is a store.
    pub(super) fn exists(&self, path: &Path) -> bool {
        match self {
            Self::File => path.exists(),
            Self::Postgres(database) => {
                database.sql(
                    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
                ) != "0\n"
            }
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }

    /// The rows of a query, each value as text; `None` if it fails.
    pub(super) fn rows(&self, path: &Path, query: &str) -> Option<Vec<Vec<String>>> {
        match self {
            Self::File => file_rows(path, query),
            Self::Postgres(database) => database.rows(query).ok(),
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }

    /// Changes the store as a forger would, whatever its tables demand of each
    /// other.
    #[track_caller]
    pub(super) fn forge(&self, path: &Path, statements: &str) {
        match self {
            Self::File => {
                let conn = Connection::open(path).unwrap();
                conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
                    .unwrap();
                conn.pragma_update(None, "foreign_keys", false).unwrap();
                conn.execute_batch(statements).unwrap();
                conn.close().unwrap();
            }
            Self::Postgres(database) => {
                let free = "SET session_replication_role = replica";
                let zeros = "decode(repeat('00', 32), 'hex')";
                let statements = statements.replace("zeroblob(32)", zeros);
                database.sql(&format!("{free}; {statements}"));
            }
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }

    /// All bytes of its files, or a dump of its database.
    pub(super) fn bytes(&self, path: &Path) -> Vec<u8> {
        match self {
            Self::File => {
                let files = ["", "-wal", ".redactions"];
                let files = files.map(|ending| beside(path, ending));
                let read = files.iter().filter_map(|file| fs::read(file).ok());
                read.flatten().collect()
            }
            Self::Postgres(database) => database.dump(),
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }

    /// Copies the store to a new place.
    pub(super) fn copied(&self, path: &Path, to: &Path) -> Self {
        match self {
            Self::File => {
                for ending in ["", "-wal"] {
                    if beside(path, ending).exists() {
                        fs::copy(beside(path, ending), beside(to, ending)).unwrap();
                    }
                }
                Self::File
            }
            Self::Postgres(database) => Self::Postgres(database.copied()),
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }

    /// Keeps every writer out, or only a transaction that reads, until it is
    /// dropped.
    pub(super) fn hold(&self, path: &Path, writers: bool) -> Holder {
        match self {
            Self::File => {
                let conn = Connection::open(path).unwrap();
                conn.execute_batch(match writers {
                    true => "BEGIN IMMEDIATE",
                    false => "BEGIN; SELECT * FROM ticket",
                })
                .unwrap();
                Holder::File(conn)
            }
            Self::Postgres(database) => {
                let mut session = database.session();
                session.run(match writers {
                    true => "BEGIN; LOCK TABLE writer IN EXCLUSIVE MODE; SELECT 'held';",
                    false => "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM ticket;",
                });
                Holder::Postgres(session)
            }
            Self::Given(_) => unreachable!("the test has the database"),
        }
    }
}

/// The file with this ending beside a store.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The rows of a file, read directly.
fn file_rows(path: &Path, query: &str) -> Option<Vec<Vec<String>>> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let mut statement = conn.prepare(query).ok()?;
    let columns = statement.column_count();
    let mut rows = statement.query([]).ok()?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().ok()? {
        let mut values = Vec::new();
        for column in 0..columns {
            values.push(match row.get_ref(column).ok()? {
                ValueRef::Null => String::new(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => {
                    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
                    format!("\\x{}", digits.collect::<String>())
                }
            });
        }
        found.push(values);
    }
    Some(found)
}

/// A lock on a store that keeps writers out.
pub(crate) enum Holder {
    File(Connection),
    Postgres(Session),
}

impl Holder {
    /// Lets the next writer in.
    pub(crate) fn release(self) {
        match self {
            Self::File(conn) => conn.execute_batch("ROLLBACK").unwrap(),
            Self::Postgres(mut session) => {
                session.run("ROLLBACK; SELECT 'released';");
            }
        }
    }
}
