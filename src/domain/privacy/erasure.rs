//! What was erased: the list of texts that an event leaves in their place.

use std::collections::BTreeMap;

use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::vocabulary::{ErasureCause, RetentionScope};

/// Texts of a ticket that were erased, with every copy of them. Clocks, times,
/// numbers and statuses stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Erasure {
    pub(crate) cause: ErasureCause,
    /// The paths of the texts, by the number of their event.
    pub(crate) fields: BTreeMap<u32, Vec<String>>,
    /// The scopes of the rule of retention, each of which holds now.
    pub(crate) scopes: Vec<RetentionScope>,
    /// Whether answers that were owed to the requester are owed no longer.
    pub(crate) cancels_owed: bool,
    /// The merged tickets whose requesters are owed nothing any longer.
    pub(crate) cancels_merged: Vec<TicketId>,
    pub(crate) reason: String,
}

impl Erasure {
    /// Returns how many texts it lists.
    pub(crate) fn count(&self) -> usize {
        self.fields.values().map(Vec::len).sum()
    }
}

/// Returns the erasures among some events.
pub(crate) fn erasures(events: &[Event]) -> impl Iterator<Item = &Erasure> {
    events.iter().filter_map(|event| {
        if let Fact::Erased(erasure) = &event.fact {
            Some(erasure)
        } else {
            None
        }
    })
}
