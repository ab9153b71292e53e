//! What a use case hands to the renderer: what it did to a ticket, or all
//! there is about one.

use super::event::{Event, TicketId};
use super::summary::Summary;
use super::ticket::Ticket;

/// What a write did to one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Done {
    /// As it was before; none if the command opened it.
    pub(crate) before: Option<Summary>,
    pub(crate) after: Summary,
    /// What happened; nothing if it was so already.
    pub(crate) events: Vec<Event>,
    /// The merged ticket that was named, where this is the surviving one.
    pub(crate) named: Option<TicketId>,
}

/// Everything about one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) ticket: Ticket,
    pub(crate) summary: Summary,
    pub(crate) history: Vec<Event>,
}
