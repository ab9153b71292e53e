//! The part of the port for mail that is sent: what names a ticket in addresses
//! and ids of messages.

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;

/// Reads and writes of what is sent, within a transaction.
pub(crate) trait Outbox {
    /// What shows that a mail belongs to a ticket: 10 characters of a keyed hash,
    /// under the secret key of the store, which is created before the first one.
    fn mail_token(&mut self, ticket: TicketId, now: Timestamp) -> Result<String, StoreError>;

    /// What shows that a mail is from this store, made in the same way.
    fn mail_store_id(&mut self, now: Timestamp) -> Result<String, StoreError>;

    /// Random characters that make the id of a message unique.
    fn random_token(&self) -> Result<String, StoreError>;
}
