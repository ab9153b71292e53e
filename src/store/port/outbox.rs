//! The part of the port for mail that is sent: what names a ticket in addresses
//! and ids of messages, and the mails on their way out.

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::mail::incoming::MailId;
use crate::domain::mail::outgoing::{AfterAttempt, OutboxEntry, OutboxQuery, OutgoingMail};
use crate::domain::vocabulary::OutboxState;

/// Reads and writes of what is sent, within a transaction.
pub(crate) trait Outbox {
    /// What shows that a mail belongs to a ticket: 10 characters of a keyed hash,
    /// under the secret key of the store, which is created before the first one.
    fn mail_token(&mut self, ticket: TicketId, now: Timestamp) -> Result<String, StoreError>;

    /// What shows that a mail is from this store, made in the same way.
    fn mail_store_id(&mut self, now: Timestamp) -> Result<String, StoreError>;

    /// Random characters that make the id of a message unique.
    fn random_token(&self) -> Result<String, StoreError>;

    /// The Message-IDs of the mails about a ticket that went to an address or came
    /// from it, the oldest first. `cause` is one that is on no ticket yet.
    fn mail_thread(
        &self,
        ticket: TicketId,
        person: &str,
        cause: Option<MailId>,
    ) -> Result<Vec<String>, StoreError>;

    /// Whether every mail is held, because the store is a copy beside the one that
    /// is in use.
    fn holds_mail(&self) -> Result<bool, StoreError>;

    /// Queues a mail, or holds it, and returns its number.
    fn queue_mail(
        &mut self,
        mail: &OutgoingMail,
        state: OutboxState,
        now: Timestamp,
    ) -> Result<i64, StoreError>;

    /// How many mails about a ticket were queued for an address since then.
    fn count_mail(
        &self,
        ticket: TicketId,
        recipient: &str,
        since: Timestamp,
    ) -> Result<u64, StoreError>;

    /// The mails of the outbox, the oldest first.
    fn outbox(&self, query: OutboxQuery) -> Result<Vec<OutboxEntry>, StoreError>;

    /// One mail of the outbox.
    fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>, StoreError>;

    /// The mail that is to be handed over next.
    fn next_mail(&self, now: Timestamp) -> Result<Option<i64>, StoreError>;

    /// When the oldest mail was queued that is to be handed over by now, or of
    /// which somebody must decide.
    fn oldest_mail(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Claims a queued mail: nobody else hands it over until the lease ends.
    /// `None` if it is not queued any more.
    fn claim_mail(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<Option<OutboxEntry>, StoreError>;

    /// Notes that the mail system has all of a mail but the end. `false` if
    /// somebody else has it by now.
    fn begin_handing(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Notes how an attempt ended. `false` if somebody else has the mail by now.
    fn end_attempt(
        &mut self,
        id: i64,
        claimant: &str,
        after: &AfterAttempt,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The mails whose claimants took too long, and are taken to be dead.
    fn abandoned_mail(&self, now: Timestamp) -> Result<Vec<OutboxEntry>, StoreError>;

    /// Moves a mail from one state to another. `false` if it is not in that one
    /// any more.
    fn move_mail(
        &mut self,
        id: i64,
        from: OutboxState,
        after: &AfterAttempt,
    ) -> Result<bool, StoreError>;

    /// Keeps what a delivery report says of the mail with a Message-ID. `None` if
    /// there is no such mail to this recipient.
    fn mark_bounced(
        &mut self,
        message_id: &str,
        recipient: Option<&str>,
        status: &str,
    ) -> Result<Option<OutboxEntry>, StoreError>;
}
