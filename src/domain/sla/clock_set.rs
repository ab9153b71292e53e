//! The rules that start, pause, stop and cancel the clocks of a ticket, as
//! the clock definitions say.

use super::clock_event::{ClockEvent, TicketState};
use super::clock_map::ClockMap;
use super::definitions::{ClockDefinition, DEFINITIONS, PausesOn, StartsAt, StopsAt};
use super::stopwatch::ClockRun;
use super::target::SlaTarget;
use super::update_clock::UpdateClock;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::vocabulary::ClockName;

/// The clocks of a ticket while events are applied to them.
pub(super) struct ClockSet<'a> {
    policy: &'a PolicyHistory,
    ticket: TicketState,
    clocks: [ClockRules; DEFINITIONS.len()],
}

#[expect(
    clippy::large_enum_variant,
    reason = "a ticket has three clocks, and they live as long as one calculation"
)]
enum ClockRules {
    Once(OneTimeClock),
    Repeating(UpdateClock),
}

impl<'a> ClockSet<'a> {
    pub(super) fn new(policy: &'a PolicyHistory) -> Self {
        Self {
            policy,
            ticket: TicketState::default(),
            clocks: DEFINITIONS
                .each_ref()
                .map(|definition| match definition.starts_at {
                    StartsAt::Report => ClockRules::Once(OneTimeClock {
                        definition,
                        target: None,
                        run: None,
                    }),
                    StartsAt::UnansweredMessage => {
                        ClockRules::Repeating(UpdateClock::new(definition))
                    }
                }),
        }
    }

    pub(super) fn apply(&mut self, at: Timestamp, event: &ClockEvent) {
        self.ticket.apply(at, event);
        for clock in &mut self.clocks {
            match clock {
                ClockRules::Once(clock) => clock.apply(at, event, &self.ticket, self.policy),
                ClockRules::Repeating(clock) => clock.apply(at, event, &self.ticket, self.policy),
            }
        }
    }

    pub(super) fn into_runs(self) -> ClockMap<ClockRun> {
        let mut clocks = self.clocks.into_iter();
        ClockMap::from_fn(|_| match clocks.next()? {
            ClockRules::Once(clock) => clock.run,
            ClockRules::Repeating(clock) => clock.into_run(self.policy),
        })
    }

    pub(super) fn into_all_runs(self) -> Vec<(ClockName, ClockRun)> {
        let mut runs = Vec::new();
        for (name, clock) in ClockName::ALL.iter().zip(self.clocks) {
            match clock {
                ClockRules::Once(clock) => runs.extend(clock.run.map(|run| (*name, run))),
                ClockRules::Repeating(clock) => {
                    let all = clock.into_all_runs(self.policy).into_iter();
                    runs.extend(all.map(|run| (*name, run)));
                }
            }
        }
        runs
    }
}

/// A clock that starts at the report and stops once.
struct OneTimeClock {
    definition: &'static ClockDefinition,
    /// The target last set.
    target: Option<SlaTarget>,
    run: Option<ClockRun>,
}

impl OneTimeClock {
    fn apply(
        &mut self,
        at: Timestamp,
        event: &ClockEvent,
        ticket: &TicketState,
        policy: &PolicyHistory,
    ) {
        let ClockDefinition {
            name,
            stops_at,
            pauses_on,
            ..
        } = *self.definition;
        if let ClockEvent::TargetSet(clock, target) = event
            && *clock == name
        {
            self.set_target(at, target, ticket, policy);
        }
        if let Some((clock, due)) = event.promise()
            && clock == name
            && let Some(run) = self.run.as_mut().filter(|run| !run.has_ended())
        {
            run.set_promise(at, due, policy);
        }
        if stops_at == StopsAt::PublicContact {
            match event {
                // Whether and when somebody answered is for the log to say.
                ClockEvent::Imported => {
                    self.run = None;
                    self.judge(ticket);
                }
                ClockEvent::ContactLogged(_) => self.judge(ticket),
                ClockEvent::Reported { .. }
                | ClockEvent::TargetSet(..)
                | ClockEvent::Promised(..)
                | ClockEvent::PromiseWithdrawn(_)
                | ClockEvent::PublicContact
                | ClockEvent::RequesterMessage
                | ClockEvent::Paused { .. }
                | ClockEvent::Resumed
                | ClockEvent::Resolved { .. }
                | ClockEvent::Reopened
                | ClockEvent::Closed
                | ClockEvent::Merged
                | ClockEvent::OwedByMerge { .. }
                | ClockEvent::MergeUndone { .. }
                | ClockEvent::RequesterErased => {}
            }
        }
        let Some(run) = &mut self.run else {
            return;
        };
        match event {
            ClockEvent::Reported { .. }
            | ClockEvent::Imported
            | ClockEvent::ContactLogged(_)
            | ClockEvent::TargetSet(..)
            | ClockEvent::Promised(..)
            | ClockEvent::PromiseWithdrawn(_)
            | ClockEvent::RequesterMessage
            | ClockEvent::OwedByMerge { .. }
            | ClockEvent::MergeUndone { .. } => {}
            ClockEvent::PublicContact => {
                if stops_at == StopsAt::PublicContact {
                    run.stop(at);
                }
            }
            ClockEvent::Paused { until } => {
                if pauses_on != PausesOn::Nothing {
                    run.pause(at, *until);
                }
            }
            ClockEvent::Resumed => run.resume(at),
            ClockEvent::Resolved { withdrawn } => {
                match (stops_at == StopsAt::Resolution, withdrawn) {
                    (true, false) => {
                        // In an imported history the last resolution counts.
                        run.undo_end();
                        run.stop(at);
                    }
                    // What was resolved before is cancelled as of then.
                    (true, true) => {
                        let ended = run.ended().unwrap_or(at);
                        *run = run.clone().cancelled_at(ended, policy);
                    }
                    (false, true) => run.cancel(at),
                    (false, false) => {}
                }
            }
            ClockEvent::Reopened => match (stops_at, ticket.first_response()) {
                (StopsAt::Resolution, _) => run.restart(at, policy),
                // A response that is still missing is due as before.
                (StopsAt::PublicContact, None) => run.undo_end(),
                // A contact after the clock was cancelled counts now.
                (StopsAt::PublicContact, Some(contact)) => {
                    if run.is_cancelled() {
                        run.undo_end();
                        run.stop(contact);
                    }
                }
            },
            // Only imported histories close without a resolution.
            ClockEvent::Closed => run.end_unfulfilled(at, policy),
            ClockEvent::Merged => run.cancel(at),
            // Nobody is there to be answered; the work goes on.
            ClockEvent::RequesterErased => {
                if stops_at == StopsAt::PublicContact {
                    run.cancel(at);
                }
            }
        }
    }

    /// Starts the clock with its first target, or changes the target of a
    /// running one. A clock that has ended keeps the target it ended under.
    fn set_target(
        &mut self,
        at: Timestamp,
        target: &SlaTarget,
        ticket: &TicketState,
        policy: &PolicyHistory,
    ) {
        self.target = Some(target.clone());
        let is_response = self.definition.stops_at == StopsAt::PublicContact;
        if is_response && !ticket.knows_response() {
            return;
        }
        let start = ticket.reported.unwrap_or(at);
        let run = match &mut self.run {
            Some(run) => {
                if !run.has_ended() {
                    run.change_target(at, target.clone(), policy);
                }
                run
            }
            None => self.run.insert(ClockRun::start(start, target.clone())),
        };
        if is_response && let Some(contact) = ticket.first_response() {
            run.stop(contact);
        }
    }

    /// Starts the response clock of an imported ticket once the log says
    /// something about the first response, and stops it when the log says that
    /// it was given, which may be before what is known already.
    fn judge(&mut self, ticket: &TicketState) {
        if !ticket.knows_response() {
            return;
        }
        if self.run.is_none()
            && let (Some(start), Some(target)) = (ticket.reported, &self.target)
        {
            self.run = Some(ClockRun::start(start, target.clone()));
        }
        if let (Some(run), Some(contact)) = (&mut self.run, ticket.first_response()) {
            run.stop_by(contact);
        }
    }
}
