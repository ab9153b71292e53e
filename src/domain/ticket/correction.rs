//! Correcting what was submitted.

use super::Ticket;
use crate::domain::event::Correction;
use crate::domain::people::Actor;
use crate::domain::vocabulary::ClearedField;

impl Ticket {
    pub(super) fn correct(&mut self, correction: &Correction) {
        if let Some(title) = &correction.title {
            self.title.clone_from(title);
        }
        if correction.description.is_some() || correction.clears(ClearedField::Description) {
            self.description.clone_from(&correction.description);
        }
        correction.correct(&mut self.requester);
        if let Some(channel) = correction.channel {
            self.channel = channel;
            // What counts is how the requester really came, not what was typed.
            let live = channel.is_live() && self.opened_by != Actor::Desk;
            self.clock_events.correct_report(live);
        }
        self.symptoms
            .retain(|known| !correction.no_symptoms.contains(known));
        self.affected
            .retain(|known| !correction.no_affected.contains(known));
    }
}
