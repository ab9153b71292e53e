//! What facts are made of.

use super::TicketId;
use crate::domain::Timestamp;
use crate::domain::people::{Requester, Tier};
use crate::domain::vocabulary::{Channel, Relation};

/// What is submitted when a ticket is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Submission {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Channel,
    /// A name that a script gave the ticket, so that it is opened only once.
    pub(crate) key: Option<String>,
    /// The first tier.
    pub(crate) tier: Tier,
}

/// What a ticket brought along when it was merged into another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct BroughtAlong {
    pub(crate) requester: Requester,
    /// When the requester wrote the oldest message that was not answered then, or
    /// opened the ticket if nobody had answered at all.
    pub(crate) owed_since: Option<Timestamp>,
    /// The links that the surviving ticket got from it.
    pub(crate) links: Vec<(Relation, TicketId)>,
    /// Whether the surviving ticket got its mark as a known error.
    pub(crate) known_error: bool,
    /// The numbers of the events by which the surviving ticket got tags, fields and
    /// items of the checklist.
    pub(crate) carried: Vec<u32>,
    /// The numbers that these items have on the merged ticket, in the same order.
    pub(crate) items: Vec<u32>,
}

/// A file that is kept with a ticket. Its content is in the store, under its
/// digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// Counted from 1 within the ticket.
    pub(crate) number: u32,
    /// The number of the event that it came with, such as a message; absent for
    /// a file that was added by itself.
    pub(crate) event: Option<u32>,
    /// As whoever sent it wrote it: never a path to write to.
    pub(crate) name: String,
    /// Lower case, such as `image/png`.
    pub(crate) media_type: String,
    /// In bytes.
    pub(crate) size: u64,
    /// SHA-256 of the content, in hexadecimal digits.
    pub(crate) digest: String,
}

/// An internal note. The requester does not see it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Note {
    pub(crate) text: Option<String>,
    pub(crate) symptoms: Vec<String>,
    pub(crate) affected: Vec<String>,
    /// When the problem began.
    pub(crate) began: Option<Timestamp>,
}
