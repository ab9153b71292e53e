//! Stores in SQLite files: everything that knows files, pragmas, the
//! write-ahead log, table definitions or FTS5.

mod backup;
mod connection;
mod copy;
mod copy_target;
mod driver;
mod filesystem;
mod health;
mod leftovers;
mod location;
mod migrations;
mod open;
mod open_files;
mod provider;
mod redact_copy;
mod redactions;
mod refusals;
mod restore;
mod schema_check;
mod scrub;
mod search_index;
mod shared;
mod store;
mod verify;
mod wal_check;
mod wal_guard;
mod write_queue;

pub(crate) use filesystem::Environment;
pub(crate) use location::Location;
pub(crate) use provider::SqliteProvider;
#[cfg(test)]
pub(crate) use {open::open, store::SqliteStore};
