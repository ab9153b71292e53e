//! The clock of answers and regular updates, which starts again after every
//! public message.

use chrono::TimeDelta;

use super::clock_event::{ClockEvent, TicketState};
use super::definitions::{ClockDefinition, PausesOn};
use super::stopwatch::ClockRun;
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;

/// An unanswered message, the silence since the last public message, and how
/// the last such wait ended.
pub(super) struct UpdateClock {
    definition: &'static ClockDefinition,
    target: Option<SlaTarget>,
    answer: Option<ClockRun>,
    silence: Option<ClockRun>,
    last_wait: Option<ClockRun>,
    /// The ticket is closed: nothing is awaited unless it is reopened.
    closed: bool,
    /// When the ticket was withdrawn: what was awaited then is cancelled
    /// unless the ticket is reopened.
    withdrawn: Option<Timestamp>,
}

impl UpdateClock {
    pub(super) const fn new(definition: &'static ClockDefinition) -> Self {
        Self {
            definition,
            target: None,
            answer: None,
            silence: None,
            last_wait: None,
            closed: false,
            withdrawn: None,
        }
    }

    pub(super) fn apply(
        &mut self,
        at: Timestamp,
        event: &ClockEvent,
        ticket: &TicketState,
        policy: &PolicyHistory,
    ) {
        let pauses_on = self.definition.pauses_on;
        match event {
            ClockEvent::Reported { .. } | ClockEvent::Imported => {}
            ClockEvent::ContactLogged(contact) => {
                if let Some(at) = contact.at() {
                    self.contact_logged(at, ticket, policy);
                }
            }
            ClockEvent::TargetSet(name, target) => {
                if *name == self.definition.name {
                    self.set_target(at, target, ticket, policy);
                }
            }
            ClockEvent::PublicContact => self.stop(at, ticket, policy),
            ClockEvent::RequesterMessage => self.await_answer(at, ticket, policy),
            ClockEvent::Paused => {
                if pauses_on != PausesOn::Nothing {
                    self.suspend(at);
                }
            }
            ClockEvent::Resumed => self.each(|run| run.resume(at)),
            ClockEvent::Resolved { withdrawn } => {
                if *withdrawn {
                    self.withdrawn = Some(at);
                }
                if pauses_on == PausesOn::PauseOrResolution {
                    self.suspend(at);
                }
            }
            ClockEvent::Reopened => {
                self.closed = false;
                self.withdrawn = None;
                self.each(|run| {
                    if run.is_cancelled() {
                        run.restart(at);
                    }
                    run.resume(at);
                });
            }
            ClockEvent::Closed => {
                self.suspend(at);
                self.closed = true;
            }
            ClockEvent::Merged => self.each(|run| run.cancel(at)),
        }
    }

    /// The current wait, or how the last one ended.
    pub(super) fn into_run(self, policy: &PolicyHistory) -> Option<ClockRun> {
        let wait = if self.closed {
            None
        } else {
            self.first_due(policy)
        };
        let wait = wait.map(|run| match self.withdrawn {
            Some(at) => run.cancelled_at(at),
            None => run,
        });
        wait.or(self.last_wait)
    }

    fn each(&mut self, change: impl Fn(&mut ClockRun)) {
        for run in [&mut self.answer, &mut self.silence].into_iter().flatten() {
            change(run);
        }
    }

    fn suspend(&mut self, at: Timestamp) {
        self.each(|run| run.suspend(at));
    }

    /// Starts the wait for an answer, unless one runs already or there was no
    /// first response yet. Where nobody can say whether there was one, every
    /// message is owed an update.
    fn await_answer(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        let is_update = ticket.first_response().is_some() || !ticket.knows_response();
        if is_update && let (Some(target), None) = (&self.target, &self.answer) {
            self.answer = Some(start(at, target, ticket, policy));
        }
    }

    /// Ends every wait at a public message, and starts the next silence.
    fn stop(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        self.each(|run| run.stop(at));
        if let Some(run) = self.first_due(policy) {
            self.last_wait = Some(run);
        }
        self.answer = None;
        self.silence = self
            .target
            .as_ref()
            .map(|target| start(at, &silence_target(target), ticket, policy));
    }

    /// Counts the silence from a contact before the import, if it is the latest.
    /// It answers no message that came after it.
    fn contact_logged(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        if ticket.last_contact != Some(at) {
            return;
        }
        let later = self.answer.take_if(|answer| answer.started() > at);
        self.stop(at, ticket, policy);
        self.answer = later;
    }

    fn set_target(
        &mut self,
        at: Timestamp,
        target: &SlaTarget,
        ticket: &TicketState,
        policy: &PolicyHistory,
    ) {
        if let Some(run) = &mut self.answer {
            let target = target.starting_at(run.started(), policy);
            run.change_target(at, target, policy);
        }
        let silence = silence_target(target);
        match &mut self.silence {
            Some(run) => {
                let silence = silence.starting_at(run.started(), policy);
                run.change_target(at, silence, policy);
            }
            None => {
                let since = ticket.last_contact;
                self.silence =
                    since.map(|since| ClockRun::start(since, silence.starting_at(since, policy)));
            }
        }
        self.target = Some(target.clone());
    }

    /// The wait that breaches first, or would if the ticket were not paused.
    /// Silence counts only under a cadence.
    fn first_due(&self, policy: &PolicyHistory) -> Option<ClockRun> {
        let urgency = |run: &ClockRun| {
            let clock = run.clock(policy);
            let remaining = clock.target.span - clock.used;
            (clock.due.unwrap_or(Timestamp::MAX_UTC), remaining)
        };
        let cadence = self.target.as_ref().and_then(|target| target.cadence);
        let silence = self.silence.as_ref().filter(|_| cadence.is_some());
        self.answer
            .iter()
            .chain(silence)
            .min_by_key(|run| urgency(run))
            .cloned()
    }
}

fn start(
    at: Timestamp,
    target: &SlaTarget,
    ticket: &TicketState,
    policy: &PolicyHistory,
) -> ClockRun {
    let mut run = ClockRun::start(at, target.starting_at(at, policy));
    if ticket.interrupted {
        run.suspend(at);
    }
    run
}

/// The target of a silence. Without a cadence its span is so long that it is
/// only measured: a cadence set later counts from the last public message.
fn silence_target(target: &SlaTarget) -> SlaTarget {
    SlaTarget {
        span: target.cadence.unwrap_or(TimeDelta::days(36_500)),
        days: target.cadence_days,
        ..target.clone()
    }
}
