//! The part of the port for the events of all tickets in the order of the chain.

use super::super::StoreError;
use crate::domain::event::{Event, TicketId};
use crate::domain::priority::Priority;

/// Some events in the order of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventPage {
    /// Each with its number in the chain.
    pub(crate) events: Vec<(i64, Event)>,
    /// The link after which to go on.
    pub(crate) last_link: i64,
    /// Whether none comes after these.
    pub(crate) is_last: bool,
}

/// Reads events and counts across tickets, within a transaction.
pub(crate) trait ChainEvents {
    /// The first `most` events of tickets after a link of the chain, as the view
    /// shows them: of all tickets, or of a few. Those of hidden tickets are left out.
    fn events_after(
        &self,
        last_link: i64,
        most: u32,
        only: Option<&[TicketId]>,
    ) -> Result<EventPage, StoreError>;

    /// The open tickets that have an event of a kind, except hidden ones.
    fn open_with_event(&self, kind: &str) -> Result<Vec<TicketId>, StoreError>;

    /// Counts the closed tickets by priority, whatever the view hides.
    fn closed_by_priority(&self) -> Result<Vec<(Option<Priority>, u64)>, StoreError>;
}
