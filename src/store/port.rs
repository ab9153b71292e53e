//! The port that use cases call: where stores come from, transactions, and
//! the capabilities that only some stores have. Knows no engine.

mod access_mode;
mod chain_events;
mod file_store;
mod hooks;
mod incoming_mail;
mod outbox;
mod personal_data;
mod records;
mod report_events;
mod tables;
mod team;
mod ticket_search;

use std::ops::ControlFlow;
use std::path::PathBuf;

pub(crate) use access_mode::AccessMode;
pub(crate) use chain_events::{ChainEvents, EventPage};
pub(crate) use file_store::{ChangeMark, FileMark, FileRestore, FileStore, Restored, Scrub};
pub(crate) use hooks::HookQueue;
pub(crate) use incoming_mail::IncomingMails;
pub(crate) use outbox::Outbox;
pub(crate) use personal_data::{PersonalData, RetentionCursor};
pub(crate) use records::{
    ExportRecord, Group, HistoryPage, NameKind, StoreHealth, StoreWarning, UsedNames, Verification,
};
pub(crate) use report_events::{ReportEvents, UndoneEvents};
pub(crate) use tables::{CopyTarget, Tables};
pub(crate) use team::Team;
pub(crate) use ticket_search::TicketSearch;

use super::StoreError;
use super::attachment_tables::AttachmentTables;
use super::breach_tables::BreachTables;
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::event::{Event, TicketId};
use crate::domain::external_record::{ExternalReference, ImportedRows};
use crate::domain::group_counts::GroupCounts;
use crate::domain::people::Agent;
use crate::domain::policy::versions::{PolicyParser, PolicyVersion};
use crate::domain::privacy::person_event::{PersonEvent, PersonFactKind};
use crate::domain::privacy::person_register::ProcessingLimit;
use crate::domain::privacy::view::View;
use crate::domain::query::Query;
use crate::domain::store_copy::CopyKind;
use crate::domain::summary::Summary;
use crate::domain::team::DatabaseLogin;
use crate::domain::vocabulary::Grouping;

/// Opens and creates a store.
pub(crate) trait StoreProvider {
    /// The store's location, as a person would type it.
    fn location(&self) -> String;

    /// Whether there is anything at the location.
    fn exists(&self) -> bool;

    /// Opens the store. Writing creates it at the default location; reading
    /// there returns `None` as long as it does not exist.
    ///
    /// # Errors
    /// Why the store cannot be opened. It is left unchanged.
    fn open(&self, mode: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError>;

    /// Whether a write created the store.
    fn was_created(&self) -> bool;

    /// What is wrong with the store although it can be read, and what to do.
    fn warning(&self) -> Option<StoreWarning>;

    /// Creates the store and returns its location. With a group, its members
    /// share the store.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if there is something at the location, and
    /// refusals of a group that cannot share it.
    fn init(&self, group: Option<&Group>) -> Result<PathBuf, StoreError>;

    /// Begins a store that a copy of this kind fills, where there is nothing yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if there is something, and refusals of the location.
    fn copy_target(&self, kind: CopyKind) -> Result<Box<dyn CopyTarget + '_>, StoreError>;

    /// Opens what is at the location if it is a copy that was not finished.
    ///
    /// # Errors
    /// Why it cannot be opened.
    fn unfinished_copy(&self) -> Result<Option<Box<dyn Store>>, StoreError>;

    /// Removes the unfinished copy at the location.
    ///
    /// # Errors
    /// If it cannot be removed.
    fn remove_unfinished(&self) -> Result<(), StoreError>;

    /// Restoring from a file, for stores that are files.
    fn file_restore(&self) -> Option<&dyn FileRestore>;

    /// The logins and roles, for stores in a database server.
    fn team(&self) -> Option<&dyn Team> {
        None
    }

    /// Inspects the store, also one that cannot be opened. Changes nothing.
    fn health(&self) -> StoreHealth;

    /// Removes files that killed commands left, unless they are used by now,
    /// and returns those that were removed.
    ///
    /// # Errors
    /// If one cannot be removed.
    fn remove_leftovers(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError>;
}

/// An open store.
pub(crate) trait Store {
    /// Begins a transaction. Dropping it rolls it back.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another writer holds the lock for too long.
    fn begin(&self, mode: AccessMode) -> Result<Box<dyn Transaction + '_>, StoreError>;

    /// Checks everything that can be checked. `parse` reads the versions of
    /// the policy, which the rows of tickets depend on. With `expected_head`
    /// (`seq:hash`, recorded elsewhere earlier), also checks that the chain
    /// still contains it.
    ///
    /// # Errors
    /// If the store cannot be read at all, or `expected_head` is malformed.
    fn verify(
        &self,
        expected_head: Option<&str>,
        parse: PolicyParser,
    ) -> Result<Verification, StoreError>;

    /// Its tables, for copies of the whole store.
    fn tables(&self) -> &dyn Tables;

    /// Lets others finish before a use case is tried for the `tries`-th time.
    fn wait_before(&self, _tries: u32) {}

    /// Waits until everything that was committed, by anybody, is durable: before
    /// what was read is kept elsewhere. On a file that is so at each commit.
    ///
    /// # Errors
    /// If the connection is lost.
    fn flush(&self) -> Result<(), StoreError>;

    /// The login of this process, for stores in a database server.
    fn database_login(&self) -> Option<&DatabaseLogin> {
        None
    }

    /// File operations, for stores that are files.
    fn file_store(&self) -> Option<&dyn FileStore>;
}

/// Reads and writes that belong together. Callbacks must not use the
/// transaction: no statement runs while the rows of another are being read. They
/// must not print either: whoever reads the output may be slow, and a log that
/// is being read from cannot be reset.
pub(crate) trait Transaction:
    AttachmentTables
    + BreachTables
    + ChainEvents
    + HookQueue
    + IncomingMails
    + Outbox
    + PersonalData
    + TicketSearch
    + ReportEvents
{
    /// Whether any ticket is restricted, or the data of anybody were ever limited.
    /// Every read begins with this, so that it costs next to nothing.
    fn may_hide_anything(&self) -> Result<bool, StoreError>;

    /// The tickets that are restricted, each with the agents who see it.
    fn restrictions(&self) -> Result<Vec<(TicketId, Vec<Agent>)>, StoreError>;

    /// Sets what is not shown from now on. Every read honours it, except those
    /// that say otherwise; at first nothing is hidden.
    fn set_view(&mut self, view: View);

    /// The events of a ticket in order; empty if there is no such ticket.
    ///
    /// # Errors
    /// [`StoreError::Restricted`] if the view hides the ticket.
    fn history(&self, id: TicketId) -> Result<Vec<Event>, StoreError>;

    /// As [`Self::history`], whatever the view hides: for what neither shows nor
    /// changes the ticket.
    fn hidden_history(&self, id: TicketId) -> Result<Vec<Event>, StoreError>;

    /// The limit on the data of the requester of a ticket.
    fn limit_on(&self, id: TicketId) -> Result<Option<ProcessingLimit>, StoreError>;

    /// Every event about a person but those of looking at limited data, those that
    /// add something first.
    fn person_events(&self) -> Result<Vec<PersonEvent>, StoreError>;

    /// Every event of a kind about a person, in order.
    fn person_events_of(&self, kind: PersonFactKind) -> Result<Vec<PersonEvent>, StoreError>;

    /// Appends an event about a person to the chain.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if its number does not follow the last one of its
    /// kind.
    fn add_person_event(
        &mut self,
        event: &PersonEvent,
        recorded: Timestamp,
    ) -> Result<(), StoreError>;

    /// The number of the last event of a kind about a person; 0 if there is none.
    fn last_person_event(&self, kind: PersonFactKind) -> Result<u32, StoreError>;

    /// As [`Self::history`], as it was at a link of the chain.
    fn history_until(&self, id: TicketId, last_link: i64) -> Result<Vec<Event>, StoreError>;

    /// As [`Self::history`], of several tickets at once, in the order asked for.
    fn histories_of(&self, ids: &[TicketId]) -> Result<Vec<Vec<Event>>, StoreError>;

    /// The random id of the store.
    fn store_id(&self) -> Result<String, StoreError>;

    /// The number of the last link of the chain; 0 if there is none.
    fn last_link(&self) -> Result<i64, StoreError>;

    /// A page of histories, from a ticket on, as they were at a link of the
    /// chain. Tickets that the view hides are left out.
    fn histories(&self, first: TicketId, last_link: i64) -> Result<HistoryPage, StoreError>;

    /// The id of the newest ticket; 0 if there is none.
    fn last_id(&self) -> Result<TicketId, StoreError>;

    fn summary(&self, id: TicketId) -> Result<Option<Summary>, StoreError>;

    /// The rows of these tickets, in the order of ids.
    fn summaries(&self, ids: &[TicketId]) -> Result<Vec<Summary>, StoreError>;

    /// The newest ticket that was opened with this key, and that the view does not
    /// hide.
    fn by_key(&self, key: &str) -> Result<Option<TicketId>, StoreError>;

    /// How often a ticket was opened under its key; `None` if it was not counted
    /// yet.
    fn alarm_count(&self, id: TicketId) -> Result<Option<AlarmCount>, StoreError>;

    /// The words of these alarms, in any order: this text only, or all of them.
    fn alarm_texts(&self, id: TicketId, only: Option<&str>) -> Result<Vec<AlarmText>, StoreError>;

    /// Inserts or replaces the count of the alarms of a ticket, and the counts of
    /// some of their texts.
    fn put_alarms(
        &mut self,
        id: TicketId,
        total: AlarmCount,
        texts: &[AlarmText],
    ) -> Result<(), StoreError>;

    /// The ticket that was imported from this record of another system.
    fn by_origin(&self, origin: &ExternalReference) -> Result<Option<TicketId>, StoreError>;

    /// The tickets that had this number in another system.
    fn by_number(&self, number: &str) -> Result<Vec<TicketId>, StoreError>;

    /// Calls `take` with each ticket that the query selects, in its order.
    fn each(
        &self,
        query: &Query,
        now: Timestamp,
        take: &mut dyn FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The tickets that the query selects, in its order.
    fn matching(&self, query: &Query, now: Timestamp) -> Result<Vec<TicketId>, StoreError>;

    /// The tickets that have events after a link of the chain.
    fn changed_since(&self, last_link: i64) -> Result<Vec<TicketId>, StoreError>;

    /// Counts the tickets that the query selects, ignoring its limit.
    fn count(&self, query: &Query, now: Timestamp) -> Result<u64, StoreError>;

    /// Counts the open tickets that the query selects by group, ignoring its
    /// limit.
    fn group_counts(
        &self,
        query: &Query,
        by: Grouping,
        now: Timestamp,
    ) -> Result<GroupCounts, StoreError>;

    /// The distinct names in use, sorted.
    fn names(&self, kind: NameKind) -> Result<Vec<String>, StoreError>;

    /// Names in use, in any order: as many as can be read without reading every
    /// ticket.
    fn used_names(&self, which: UsedNames) -> Result<Vec<String>, StoreError>;

    /// Whether any ticket has this category, or this contact of its requester. Can
    /// read every ticket.
    fn is_used(&self, which: UsedNames, name: &str) -> Result<bool, StoreError>;

    /// Every event that imported rows, in the order of the chain.
    fn imports(&self) -> Result<Vec<ImportedRows>, StoreError>;

    /// The agents whose names another system wrote in another way, each with
    /// its display name.
    fn foreign_agents(&self) -> Result<Vec<Agent>, StoreError>;

    /// Whether an agent ever did anything or was ever assigned a ticket.
    fn is_known_agent(&self, agent: &Agent) -> Result<bool, StoreError>;

    /// Takes the next ticket id. A rollback gives it back.
    fn next_id(&mut self) -> Result<TicketId, StoreError>;

    /// What may identify a row of an import with this digest: first as new rows
    /// are identified, under a secret key of the store, which is created before
    /// the first one, then in the ways in which earlier rows may have been.
    fn row_fingerprints(&mut self, digest: &str, now: Timestamp)
    -> Result<Vec<String>, StoreError>;

    /// The keys of [`Self::row_fingerprints`], which an export carries along, so
    /// that its rows are recognized by the store that imports it.
    fn export_keys(&self) -> Result<Vec<String>, StoreError>;

    /// Adds a key of another store's export.
    fn add_export_key(&mut self, key: &str, now: Timestamp) -> Result<(), StoreError>;

    /// The number of the policy version in force; 1 is the built-in policy.
    fn policy_version(&self) -> Result<u32, StoreError>;

    /// Every policy version that was set, in order, unparsed.
    fn policy_versions(&self) -> Result<Vec<PolicyVersion>, StoreError>;

    /// Appends a policy version to the chain. The caller then updates the
    /// timers of open tickets with [`Self::set_timers`].
    ///
    /// # Errors
    /// [`StoreError::Failed`] if it does not follow the last version.
    fn add_policy_version(&mut self, version: &PolicyVersion) -> Result<(), StoreError>;

    /// Sets when desk must next act on each of these tickets by itself.
    fn set_timers(&mut self, timers: &[(TicketId, Option<Timestamp>)]) -> Result<(), StoreError>;

    /// The ticket whose next automatic action is the most overdue.
    fn next_due_action(&self, now: Timestamp) -> Result<Option<TicketId>, StoreError>;

    /// The tickets with an automatic action due by now, the most overdue
    /// first.
    fn due_actions(&self, now: Timestamp) -> Result<Vec<TicketId>, StoreError>;

    /// What the machine's clock showed at the last write or sweep.
    fn last_clock_time(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Keeps what the machine's clock shows at a sweep.
    fn keep_clock_time(&mut self, now: Timestamp) -> Result<(), StoreError>;

    /// The ids of all tickets that are not closed.
    fn open_ids(&self) -> Result<Vec<TicketId>, StoreError>;

    /// Appends events to a ticket and replaces its row. `based_on` is the
    /// number of events that the decision was based on. What an event lists as
    /// erased is deleted; [`FileStore::scrub`] is to follow the commit.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the ticket has another number of events.
    fn save(&mut self, based_on: u32, events: &[Event], row: &Summary) -> Result<(), StoreError>;

    /// Makes the transaction durable before it returns.
    ///
    /// # Errors
    /// [`StoreError::UnknownOutcome`]: after an error the transaction may be
    /// durable all the same.
    fn commit(self: Box<Self>) -> Result<(), StoreError>;
}
