//! Promises by hand, and the time that agents spend.

use chrono::TimeDelta;

use super::Ticket;
use crate::domain::Timestamp;
use crate::domain::event::Event;
use crate::domain::people::Actor;
use crate::domain::sla::clock_event::ClockEvent;
use crate::domain::vocabulary::ClockName;

/// When a clock is due, as somebody promised by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) due: Timestamp,
    pub(crate) reason: String,
    pub(crate) by: Actor,
    pub(crate) at: Timestamp,
}

impl Ticket {
    pub(super) fn promise(
        &mut self,
        clock: ClockName,
        due: Timestamp,
        reason: &str,
        event: &Event,
    ) {
        let promised = ClockEvent::Promised(clock, due);
        self.clock_events.push(event.at, promised);
        let promise = Promise {
            due,
            reason: reason.to_owned(),
            by: event.actor.clone(),
            at: event.at,
        };
        self.promises.set(clock, Some(promise));
    }

    pub(super) fn withdraw_promise(&mut self, clock: ClockName, at: Timestamp) {
        let withdrawn = ClockEvent::PromiseWithdrawn(clock);
        self.clock_events.push(at, withdrawn);
        self.promises.set(clock, None);
    }

    pub(super) fn spend(&mut self, by: &Actor, time: TimeDelta) {
        if let Some(agent) = by.agent() {
            *self.time_spent.entry(agent.clone()).or_default() += time;
        }
    }
}
