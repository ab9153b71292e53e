//! Where tickets are kept: the port that the use cases speak to. What is
//! behind it (statements, files, locks) is nobody else's business.

mod backup;
mod book;
mod chain;
mod codec;
mod disk;
mod driver;
mod editions;
mod files;
mod filter;
mod history;
mod migrate;
mod opening;
mod place;
mod prose;
mod row;
mod sql;
mod sqlite;
mod verify;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod dice;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod searching;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::external_record::ExternalReference;
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::Agent;
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::query::Query;
use crate::domain::report::TierTransfer;
use crate::domain::search::SearchHits;
use crate::domain::search::category_affinity::CategoryAffinity;
use crate::domain::search::query::SearchQuery;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;

/// The portable form of a store.
pub(crate) use codec::portable;
pub(crate) use files::Files;
pub(crate) use place::{Environment, Place};
#[cfg(test)]
use {backup::restore, opening::open, place::Access, sqlite::SqliteStore};

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccessMode {
    Read,
    /// Takes the write lock at once, so that what is read stays true until
    /// the commit.
    Write,
}

/// Where stores come from.
pub(crate) trait StoreProvider {
    /// Where the store is.
    fn path(&self) -> PathBuf;

    /// Whether there is anything at its path.
    fn exists(&self) -> bool;

    /// Opens the store. A write makes it at the default path; `None` says
    /// that there is none there yet to read from.
    ///
    /// # Errors
    /// Why it was not opened; the file is left untouched.
    fn open(&self, intent: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError>;

    /// Creates the store.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file already.
    fn init(&self) -> Result<PathBuf, StoreError>;

    /// Puts a backup in the place of the store, and says where that is and
    /// where the store that was there is kept.
    ///
    /// # Errors
    /// When the backup is not sound, or the store is in use.
    fn restore(&self, backup: &Path) -> Result<(PathBuf, Option<PathBuf>), StoreError>;
}

/// What names are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// Categories of tickets.
    Categories,
    /// Agents to whom a ticket is assigned, be it a closed one.
    Agents,
}

/// A store of tickets.
pub(crate) trait Store {
    /// Begins a transaction; dropping it undoes it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another writer holds the lock for too long.
    fn begin(&self, intent: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError>;

    /// Checks everything that can be checked; with a head (`seq:hash`) that
    /// was kept elsewhere, also that the chain still holds it.
    ///
    /// # Errors
    /// When the store cannot be read at all, or the text is no head.
    fn verify(&self, expected_head: Option<&str>) -> Result<Verification, StoreError>;

    /// Writes a complete copy to a new file.
    ///
    /// # Errors
    /// When the target exists or cannot be written.
    fn backup(&self, target: &Path) -> Result<(), StoreError>;
}

/// A part of a store on its way into another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ExportRecord {
    /// What comes first: which store it was.
    Head {
        store: String,
    },
    Policy(PolicyVersion),
    /// All events of a ticket, in order.
    Ticket(Vec<Event>),
}

/// Reads and writes that belong together.
pub(crate) trait Transaction {
    /// All events of a ticket in order; none if there is no such ticket.
    fn history(&self, id: TicketId) -> Result<Vec<Event>, StoreError>;

    /// Which store it is.
    fn identity(&self) -> Result<String, StoreError>;

    /// Hands over the history of every ticket, in the order of their numbers.
    fn each_history(
        &self,
        take: &mut dyn FnMut(Vec<Event>) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The number of the last ticket; 0 where there is none.
    fn last_id(&self) -> Result<TicketId, StoreError>;

    fn summary(&self, id: TicketId) -> Result<Option<Summary>, StoreError>;

    /// The ticket that was opened under this key.
    fn by_key(&self, key: &str) -> Result<Option<TicketId>, StoreError>;

    /// The ticket that was taken in as this one of another system.
    fn by_origin(&self, origin: &ExternalReference) -> Result<Option<TicketId>, StoreError>;

    /// The tickets that had this number in another system.
    fn by_number(&self, number: &str) -> Result<Vec<TicketId>, StoreError>;

    /// Hands over the tickets asked for, one by one, in order.
    fn each(
        &self,
        query: &Query,
        now: Timestamp,
        take: &mut dyn FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// Tickets among those asked for on which all that is sought is written,
    /// or as much of it as can be; the query's order does not matter.
    ///
    /// The closest come first, as far as the index can tell; the first
    /// [`search::LOOK`] with what is written on them.
    fn search(
        &self,
        sought: SearchQuery,
        all: bool,
        query: &Query,
        now: Timestamp,
    ) -> Result<SearchHits, StoreError>;

    /// In which categories the latest tickets are: of all, and of those on
    /// which each group is written.
    fn leanings(&self, sought: &SearchQuery) -> Result<CategoryAffinity, StoreError>;

    /// Writes anew what is written on every ticket, to be searched; says how
    /// many there are.
    fn reindex(&mut self) -> Result<u64, StoreError>;

    /// How many tickets are asked for, whatever the query's limit.
    fn count(&self, query: &Query, now: Timestamp) -> Result<u64, StoreError>;

    /// The open ones of the tickets asked for, counted by what they have in
    /// common, whatever the query's limit.
    fn tally(&self, query: &Query, by: Grouping, now: Timestamp)
    -> Result<GroupCounts, StoreError>;

    /// Hands over every hand-over from tier to tier, by ticket and in order.
    fn handovers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The distinct names in use, sorted.
    fn names(&self, which: NameKind) -> Result<Vec<String>, StoreError>;

    /// Whether an agent ever did anything, or was ever assigned a ticket.
    fn knows(&self, agent: &Agent) -> Result<bool, StoreError>;

    /// The number for the next ticket; given back if the transaction is.
    fn next_id(&mut self) -> Result<TicketId, StoreError>;

    /// The version of the policy in force; 1 is the built-in one.
    fn policy_version(&self) -> Result<u32, StoreError>;

    /// The policy in force and all before it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the one in force cannot be read.
    fn policies(&self) -> Result<PolicyHistory, StoreError>;

    /// Every version of the policy that was set, in order.
    fn editions(&self) -> Result<Vec<PolicyVersion>, StoreError>;

    /// Puts a version of the policy in force, and reckons anew from when the
    /// desk has something to do about each open ticket.
    ///
    /// # Errors
    /// [`StoreError::Failed`] when it does not follow the last one.
    fn add_edition(&mut self, edition: &PolicyVersion) -> Result<(), StoreError>;

    /// The ticket about which the desk has had something to do by itself for
    /// the longest time.
    fn ripest(&self, now: Timestamp) -> Result<Option<TicketId>, StoreError>;

    /// All tickets about which the desk has something to do, the longest due
    /// first.
    fn ripe(&self, now: Timestamp) -> Result<Vec<TicketId>, StoreError>;

    /// Every ticket that is not closed.
    fn open_ids(&self) -> Result<Vec<TicketId>, StoreError>;

    /// Appends events to a ticket and puts its new row in place.
    /// `based_on` is how many events the decision knew of.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the ticket has changed since.
    fn save(&mut self, based_on: u32, events: &[Event], row: &Summary) -> Result<(), StoreError>;

    /// Makes all of it durable. When this returns, it is on disk.
    ///
    /// # Errors
    /// [`StoreError::Unknown`]: an error here does not mean that nothing was
    /// written.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// What a check of the whole store found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verification {
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The last link of the chain, as `seq:hash`; to be kept elsewhere.
    pub(crate) head: String,
    /// What is wrong, in words; empty when all is well.
    pub(crate) faults: Vec<String>,
    /// What is odd but no fault.
    pub(crate) notes: Vec<String>,
}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("there is no store at {}", .path.display())]
    Missing { path: PathBuf },
    #[error("there is a file at {} already", .path.display())]
    Exists { path: PathBuf },
    #[error("{} is empty: no store, and not touched", .path.display())]
    Empty { path: PathBuf },
    #[error("{} is not a desk store, and was not touched", .path.display())]
    Foreign { path: PathBuf },
    #[error("{} was written by a newer desk (schema {found}, this one knows {known})", .path.display())]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },
    #[error("{} has a second name (hard link): two names would mean two logs and a damaged store", .path.display())]
    HardLink { path: PathBuf },
    #[error("'{typed}' is a URI; the store is a plain path")]
    Uri { typed: String },
    #[error("{} is on a network file system ({kind}), where SQLite cannot lock safely", .path.display())]
    Network { path: PathBuf, kind: &'static str },
    #[error("only {free_mib} MiB are free at {}; nothing was written", .path.display())]
    NearlyFull { path: PathBuf, free_mib: u64 },
    #[error("{} cannot be {doing}: {reason}", .path.display())]
    Access {
        path: PathBuf,
        doing: &'static str,
        reason: String,
    },
    #[error("the store is busy: another process holds it")]
    Busy,
    #[error("{id} has changed in the meantime")]
    Conflict { id: TicketId },
    #[error("the store is damaged: {detail}")]
    Damaged { detail: String },
    #[error("the disk is full; nothing was written")]
    DiskFull,
    #[error("the outcome is unknown: the commit failed with: {detail}")]
    Unknown { detail: String },
    #[error("the store failed: {detail}")]
    Failed { detail: String },
}
