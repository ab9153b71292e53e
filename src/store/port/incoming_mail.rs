//! The part of the port for received mail, which is kept beside the events.

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::{AddedMail, IncomingMail, KnownMessage, MailId, Undeliverable};

/// Reads and writes of received mail within a transaction.
pub(crate) trait IncomingMails {
    /// Adds a mail as it was received, unless the same bytes are there already.
    fn add_mail(&mut self, raw: &[u8], received: Timestamp) -> Result<AddedMail, StoreError>;

    fn mail(&self, id: MailId) -> Result<Option<IncomingMail>, StoreError>;

    /// The bytes of a mail; `None` if they were erased.
    fn raw_mail(&self, id: MailId) -> Result<Option<Vec<u8>>, StoreError>;

    /// The mails that are still to be understood, the oldest first.
    fn received_mails(&self) -> Result<Vec<IncomingMail>, StoreError>;

    /// The mails that somebody must look at, the oldest first.
    fn quarantined_mails(&self) -> Result<Vec<IncomingMail>, StoreError>;

    /// The mails that went to a ticket, the oldest first.
    fn mails_of(&self, ticket: TicketId) -> Result<Vec<IncomingMail>, StoreError>;

    /// The mails without a ticket whose bytes are there, the oldest first.
    fn mails_without_ticket(&self) -> Result<Vec<IncomingMail>, StoreError>;

    /// The tickets with mails whose bytes are there.
    fn mail_tickets(&self) -> Result<Vec<TicketId>, StoreError>;

    fn count_quarantined(&self) -> Result<u64, StoreError>;

    /// When the last mail was received.
    fn last_mail(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Replaces what is known of a mail, except its bytes.
    fn update_mail(&mut self, mail: &IncomingMail) -> Result<(), StoreError>;

    /// Keeps the Message-IDs of a mail, with what it says.
    fn add_message_ids(
        &mut self,
        mail: MailId,
        ids: &[String],
        says: &[&[u8]],
    ) -> Result<(), StoreError>;

    /// Keeps the ids of other messages that a mail refers to.
    fn add_references(&mut self, mail: MailId, ids: &[&str]) -> Result<(), StoreError>;

    /// The tickets of the mails that refer to a Message-ID, the oldest mail first.
    fn tickets_referring_to(&self, message_id: &str) -> Result<Vec<TicketId>, StoreError>;

    /// The mails that had a Message-ID, the oldest first, compared with what
    /// another one says.
    fn messages_with_id(
        &self,
        message_id: &str,
        says: &[&[u8]],
    ) -> Result<Vec<KnownMessage>, StoreError>;

    /// Erases the bytes of a mail and what it says of people. The row stays.
    fn erase_mail(&mut self, id: MailId) -> Result<(), StoreError>;

    /// Keeps that mail to an address, in any letter case, could not be delivered.
    fn put_undeliverable(&mut self, address: &str, about: &Undeliverable)
    -> Result<(), StoreError>;

    /// Whether mail to an address could not be delivered.
    fn undeliverable(&self, address: &str) -> Result<Option<Undeliverable>, StoreError>;

    /// Forgets that mail to an address could not be delivered.
    fn clear_undeliverable(&mut self, address: &str) -> Result<(), StoreError>;
}
