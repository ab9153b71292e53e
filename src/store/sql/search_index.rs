//! What an engine indexes documents and finds them with.

use super::super::StoreError;
use super::driver::Executor;
use super::filter::Filter;
use crate::domain::event::TicketId;
use crate::domain::search::document::Document;
use crate::domain::search::query::TermGroup;

/// The full-text index of an engine: one document per ticket, in the same
/// transaction as the events.
pub(crate) trait SearchIndex {
    /// The indexed text of a ticket.
    fn document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
    ) -> Result<Option<IndexedDocument>, StoreError>;

    /// The indexed texts of these tickets, in any order.
    fn documents(
        &self,
        db: &Executor<'_>,
        ids: &[TicketId],
    ) -> Result<Vec<(TicketId, Document)>, StoreError>;

    /// How many documents there are.
    fn document_count(&self, db: &Executor<'_>) -> Result<i64, StoreError>;

    /// Adds or replaces a document.
    fn put_document(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        change: &DocumentChange<'_>,
    ) -> Result<(), StoreError>;

    /// Whether what the index finds a ticket by follows from its document, and
    /// stands where documents of restricted tickets do, or of others.
    fn is_consistent(
        &self,
        db: &Executor<'_>,
        id: TicketId,
        document: &Document,
        is_restricted: bool,
    ) -> Result<bool, StoreError>;

    /// What is wrong with the index as a whole, beside its documents.
    fn faults(&self, db: &Executor<'_>) -> Result<Vec<String>, StoreError>;

    /// Replaces the index with an empty one, even if it is damaged.
    fn reset(&self, db: &Executor<'_>) -> Result<(), StoreError>;

    /// How many documents match each group, counted up to `limit`.
    fn document_frequencies(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        limit: u64,
    ) -> Result<Vec<u64>, StoreError>;

    /// The indexed terms that begin with `prefix`.
    fn terms(&self, db: &Executor<'_>, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// How many of the filtered tickets match all groups.
    fn count_matches(
        &self,
        db: &Executor<'_>,
        groups: &[&TermGroup],
        filter: Filter,
    ) -> Result<u64, StoreError>;

    /// The filtered tickets that match the groups.
    fn matches(
        &self,
        db: &Executor<'_>,
        selection: &Selection<'_>,
        filter: Filter,
    ) -> Result<Vec<TicketId>, StoreError>;

    /// The categories of the newest `limit` tickets that match a group, with
    /// the number of tickets in each.
    fn newest_categories(
        &self,
        db: &Executor<'_>,
        group: &TermGroup,
        limit: u32,
    ) -> Result<Vec<(String, u64)>, StoreError>;
}

/// A document of the index.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct IndexedDocument {
    pub(crate) document: Document,
    /// Whether it stands apart, where only those find it who see its ticket. An
    /// engine that knows no users keeps all documents in one place.
    pub(crate) stands_apart: bool,
}

/// A document on its way into the index.
#[derive(Debug)]
pub(crate) struct DocumentChange<'a> {
    /// What the index has of the ticket.
    pub(crate) before: Option<&'a IndexedDocument>,
    pub(crate) after: &'a Document,
    /// Whether the ticket is restricted to some agents.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "SQLite knows no users")
    )]
    pub(crate) is_restricted: bool,
}

/// What [`SearchIndex::matches`] selects.
#[derive(Debug)]
pub(crate) struct Selection<'a> {
    pub(crate) groups: Vec<&'a TermGroup>,
    /// How much a match of each group adds to the rank, for engines that do not
    /// count by themselves how rare it is.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(dead_code, reason = "SQLite counts by itself")
    )]
    pub(crate) weights: Vec<f64>,
    /// Whether a document must match every group, or just one.
    pub(crate) match_all: bool,
    /// Whether the best matches come first, or the newest tickets.
    pub(crate) by_rank: bool,
    pub(crate) limit: Option<u32>,
}
