//! The part of a transaction for full-text search.

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::query::Query;
use crate::domain::search::SearchHits;
use crate::domain::search::category_affinity::CategoryAffinity;
use crate::domain::search::query::SearchQuery;

/// The search index of a store, which changes with the tickets.
pub(crate) trait TicketSearch {
    /// Searches the tickets that `filter` selects; its order is ignored. With
    /// `match_all` a ticket must match every group of the search, otherwise
    /// one is enough. Best matches come first, as far as the index can rank
    /// them; the first [`crate::domain::search::MAX_SCORED`] carry their text.
    fn search(
        &self,
        search: SearchQuery,
        match_all: bool,
        filter: &Query,
        now: Timestamp,
    ) -> Result<SearchHits, StoreError>;

    /// The categories of the newest tickets: of all, and of those that match
    /// each group of the search.
    fn category_affinity(&self, search: &SearchQuery) -> Result<CategoryAffinity, StoreError>;

    /// Rebuilds the search index and returns the number of tickets in it.
    fn reindex(&mut self) -> Result<u64, StoreError>;
}
