//! A store as tables, for copies of the whole store.

use super::super::StoreError;
use super::super::sql::driver::Executor;
use super::super::sql::search_index::SearchIndex;
use super::records::Verification;
use crate::domain::policy::versions::PolicyParser;

/// The tables of an open store.
pub(crate) trait Tables {
    /// Begins to read the tables as they are now; others go on writing.
    ///
    /// # Errors
    /// Any error of the engine.
    fn snapshot(&self) -> Result<Executor<'_>, StoreError>;

    /// Begins a transaction that keeps every other writer out until it ends, also
    /// in a store that was moved or whose copy was not finished.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another writer holds the lock for too long.
    fn locked(&self) -> Result<Executor<'_>, StoreError>;
}

/// An empty store that a copy fills. Nobody else uses it before it is published,
/// and dropping it before leaves nothing behind.
pub(crate) trait CopyTarget {
    /// The index of the search.
    fn index(&self) -> &dyn SearchIndex;

    /// The transaction that fills the tables. It is committed by [`Self::publish`].
    ///
    /// # Errors
    /// Any error of the engine.
    fn executor(&self) -> Result<Executor<'_>, StoreError>;

    /// Sets what the engine keeps beside the tables that were filled.
    ///
    /// # Errors
    /// Any error of the engine.
    fn settle(&self, db: &Executor<'_>) -> Result<(), StoreError>;

    /// Verifies what was written.
    ///
    /// # Errors
    /// If it cannot be read at all.
    fn verify(&self, parse: PolicyParser) -> Result<Verification, StoreError>;

    /// Makes the store durable and gives it its name.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if there is something by now.
    fn publish(self: Box<Self>) -> Result<(), StoreError>;
}
