//! The part of the storage port that reads which tickets are about a breach of
//! personal data. [`super::Transaction::save`] writes it.

use super::StoreError;
use crate::domain::breach::OpenNotification;
use crate::domain::event::TicketId;

/// Reads of the breaches of a store.
pub(crate) trait BreachTables {
    /// The tickets that are about a breach, in the order of ids.
    fn breaches(&self) -> Result<Vec<TicketId>, StoreError>;

    /// The notifications that are to be sent, the next due first.
    fn open_notifications(&self) -> Result<Vec<OpenNotification>, StoreError>;
}
