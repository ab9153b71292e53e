//! Taking back the import of rows: a ticket that it opened counts nowhere any
//! more, and one that it extended is again what it was before.

use super::super::event::{Event, Fact};
use super::super::sla::clock_event::ClockEvent;
use super::{Closure, Status, Ticket};

/// The events that still count: those that an import added to a known ticket
/// and that were undone do not.
pub(super) fn without_undone(history: Vec<Event>) -> Vec<Event> {
    let is_undo = |event: &Event| matches!(event.fact, Fact::ImportUndone { .. });
    if !history.iter().any(is_undo) {
        return history;
    }
    let mut counting: Vec<Event> = Vec::new();
    for event in history {
        if let Fact::ImportUndone { kept } = event.fact
            && kept > 0
        {
            counting.retain(|known| known.n <= kept);
        }
        counting.push(event);
    }
    counting
}

impl Ticket {
    /// Ends a ticket whose import was undone. One that was known before stays,
    /// as the events of the import count no more.
    pub(super) fn undo_import(&mut self, event: &Event) {
        if event.fact == (Fact::ImportUndone { kept: 0 }) {
            self.clock_events.push(event.at, ClockEvent::Merged);
            self.origin = None;
            self.set_status(Status::Closed(Closure::Undone), event);
        }
    }
}
