//! A history reduced to the events that move clocks.

use super::clock::Clocks;
use super::clock_event::{ClockEvent, TicketState};
use super::clock_map::ClockMap;
use super::clock_set::ClockSet;
use super::stopwatch::ClockRun;
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::vocabulary::ClockName;

/// The clock events of a ticket, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ClockEvents(Vec<(Timestamp, ClockEvent)>);

impl ClockEvents {
    pub(crate) fn push(&mut self, at: Timestamp, event: ClockEvent) {
        self.0.push((at, event));
    }

    /// Corrects whether an agent spoke to the requester when it was reported.
    pub(crate) fn correct_report(&mut self, is_live: bool) {
        for (_, event) in &mut self.0 {
            if let ClockEvent::Reported { live } = event {
                *live = is_live;
            }
        }
    }

    /// The target last set for a clock.
    pub(crate) fn target(&self, clock: ClockName) -> Option<&SlaTarget> {
        self.0.iter().rev().find_map(|(_, event)| {
            if let ClockEvent::TargetSet(name, target) = event {
                (*name == clock).then_some(target)
            } else {
                None
            }
        })
    }

    /// Whether the ticket has SLA targets.
    pub(crate) fn has_targets(&self) -> bool {
        let mut events = self.0.iter();
        events.any(|(_, event)| matches!(event, ClockEvent::TargetSet(..)))
    }

    /// Whether nobody has answered the requester yet, as far as it is known.
    pub(crate) fn owe_first_response(&self) -> bool {
        let mut ticket = TicketState::default();
        for (at, event) in &self.0 {
            ticket.apply(*at, event);
        }
        ticket.knows_response() && ticket.first_response().is_none()
    }

    /// Calculates the clocks.
    pub(crate) fn clocks(&self, policy: &PolicyHistory) -> Clocks {
        self.runs(policy).map(|run| run.clock(policy)).into()
    }

    /// Runs each clock through the events. A clock that starts again has its
    /// present run or its last one.
    pub(crate) fn runs(&self, policy: &PolicyHistory) -> ClockMap<ClockRun> {
        self.clock_set(policy).into_runs()
    }

    /// Runs each clock through the events, with the earlier runs of one that
    /// starts again, in order.
    pub(crate) fn all_runs(&self, policy: &PolicyHistory) -> Vec<(ClockName, ClockRun)> {
        self.clock_set(policy).into_all_runs()
    }

    fn clock_set<'a>(&self, policy: &'a PolicyHistory) -> ClockSet<'a> {
        let mut clocks = ClockSet::new(policy);
        for (at, event) in &self.0 {
            clocks.apply(*at, event);
        }
        clocks
    }
}
