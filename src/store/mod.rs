//! Stores of tickets. Use cases call the port; what is behind it (statements,
//! files, locks) stays here.
//!
//! - `port`: the traits and plain types; `error`: why an operation fails.
//! - `sql`: statements and transactions in the dialect that engines share,
//!   over two traits that an engine implements: `Driver` and `SearchIndex`.
//! - `sqlite`: everything that knows files, SQLite or FTS5.
//! - `codec`: events, clocks and policy versions as stored texts.
//! - `copy`: copies of a whole store to another one, of any engine.
//! - `chain`: the hash chain over events and policy versions.
//! - `verify`: checks of chain, texts, rows and index on any engine.

mod attachment_tables;
mod breach_tables;
mod chain;
mod codec;
mod copy;
mod error;
mod port;
#[cfg(feature = "postgres")]
mod postgres;
mod sql;
mod sqlite;
mod verify;

/// The portable form of a store.
pub(crate) use attachment_tables::{CHUNK, ContentDigest, ContentHasher};
pub(crate) use codec::portable;
/// Histories without erased texts.
pub(crate) use codec::redact;
pub(crate) use copy::{CopyRequest, copy};
pub(crate) use error::StoreError;
pub(crate) use port::{
    AccessMode, ChangeMark, ExportRecord, FileRestore, Group, NameKind, Restored, RetentionCursor,
    Scrub, Store, StoreProvider, StoreWarning, Team, Transaction, UsedNames, Verification,
};
#[cfg(test)]
pub(crate) use port::{CopyTarget, Tables};
#[cfg(test)]
pub(crate) use port::{FileStore, StoreHealth};
#[cfg(feature = "postgres")]
pub(crate) use postgres::{PostgresProvider, Process};
#[cfg(all(test, feature = "postgres"))]
pub(crate) use postgres::{PostgresStore, open_for_tests};
pub(crate) use sqlite::{Environment, Location, SqliteProvider};
#[cfg(test)]
pub(crate) use sqlite::{SqliteStore, open};
