//! What the erasure of texts changes on a ticket.

use super::Ticket;
use crate::domain::Timestamp;
use crate::domain::privacy::erasure::Erasure;
use crate::domain::sla::clock_event::ClockEvent;

impl Ticket {
    /// Texts were erased, and with the requester what is owed to them.
    pub(super) fn erase(&mut self, at: Timestamp, erasure: &Erasure) {
        self.erased_scopes.extend(&erasure.scopes);
        if erasure.cancels_owed {
            self.clock_events.push(at, ClockEvent::RequesterErased);
            self.unanswered_since = None;
            self.withdrawn_message = None;
        }
        for from in &erasure.cancels_merged {
            let event = ClockEvent::MergeUndone { from: *from };
            self.clock_events.push(at, event);
            let mut merged = self.merged_tickets.iter_mut();
            if let Some(merged) = merged.find(|merged| merged.id == *from) {
                merged.brought.owed_since = None;
            }
        }
    }
}
