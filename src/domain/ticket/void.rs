//! Ending a ticket that was a mistake.

use super::{Closure, Status, Ticket};
use crate::domain::event::Event;
use crate::domain::sla::clock_event::ClockEvent;

impl Ticket {
    /// Cancels the clocks, and what is owed to the requester, until the ticket is
    /// taken up again.
    pub(super) fn void(&mut self, reason: &str, event: &Event) {
        let withdrawn = true;
        self.clock_events
            .push(event.at, ClockEvent::Resolved { withdrawn });
        if self.withdrawn_message.is_none() {
            self.withdrawn_message = self.unanswered_since.take();
        }
        let reason = reason.to_owned();
        self.set_status(Status::Closed(Closure::Void { reason }), event);
    }

    /// Returns whether it was a mistake and counts nowhere.
    pub(crate) const fn is_void(&self) -> bool {
        matches!(self.status, Status::Closed(Closure::Void { .. }))
    }
}
