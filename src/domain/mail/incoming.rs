//! Mails that were received, as the store keeps them beside the events.

use std::fmt;

use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::vocabulary::MailState;

/// The number of a received mail. Prints as `mail 7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MailId(pub(crate) i64);

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("mail {}", self.0))
    }
}

/// A received mail without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IncomingMail {
    pub(crate) id: MailId,
    pub(crate) received: Timestamp,
    pub(crate) state: MailState,
    /// The number of bytes.
    pub(crate) size: u64,
    /// Whether its bytes were erased.
    pub(crate) erased: bool,
    /// How often it was begun to be understood.
    pub(crate) attempts: u32,
    /// When it was begun to be understood the last time.
    pub(crate) tried: Option<Timestamp>,
    pub(crate) ticket: Option<TicketId>,
    pub(crate) sender: Option<String>,
    pub(crate) subject: Option<String>,
    /// The language in which it is written, a tag such as `de`.
    pub(crate) language: Option<String>,
    /// Why it is in its state.
    pub(crate) reason: Option<String>,
}

/// What a store says of a mail that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddedMail {
    pub(crate) mail: IncomingMail,
    /// Whether the same bytes were there before.
    pub(crate) known: bool,
}

/// A message that was read before, under a Message-ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KnownMessage {
    pub(crate) mail: MailId,
    /// Whether it says the same.
    pub(crate) same_body: bool,
    pub(crate) ticket: Option<TicketId>,
}

/// Why mail to an address could not be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undeliverable {
    pub(crate) since: Timestamp,
    /// What the mail system said.
    pub(crate) reason: Option<String>,
}

/// What a monitoring system asks about mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct MailChannel {
    /// When the last mail was received.
    pub(crate) last: Option<Timestamp>,
    /// How many mails wait for a decision.
    pub(crate) quarantined: u64,
    /// When the oldest mail was queued that was not sent.
    pub(crate) oldest_queued: Option<Timestamp>,
}

/// What became of a mail that was received, accepted or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MailReceipt {
    pub(crate) mail: IncomingMail,
    /// Whether the same mail was there before.
    pub(crate) known: bool,
    /// Whether it opened its ticket.
    pub(crate) opened: bool,
}
