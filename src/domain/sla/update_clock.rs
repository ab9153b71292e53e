//! The clock of answers and regular updates, which starts again after every
//! public message.

use chrono::TimeDelta;

use super::clock_event::{ClockEvent, TicketState};
use super::definitions::{ClockDefinition, PausesOn};
use super::stopwatch::ClockRun;
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyHistory;

/// An unanswered message, the silence since the last public message, and how
/// the last such wait ended.
pub(super) struct UpdateClock {
    definition: &'static ClockDefinition,
    target: Option<SlaTarget>,
    answer: Option<ClockRun>,
    /// The answers that are owed to requesters of merged tickets.
    merged_answers: Vec<(TicketId, ClockRun)>,
    /// The answer that was owed when the ticket was withdrawn. It is owed again
    /// when the ticket is reopened.
    withdrawn_answer: Option<ClockRun>,
    /// The same answer as the withdrawal ended it: time that passes later does not
    /// make it late.
    cancelled_answer: Option<ClockRun>,
    silence: Option<ClockRun>,
    /// The wait by a due time that was promised by hand, which goes before all
    /// others until the next public message.
    promised: Option<ClockRun>,
    /// The promise that stood when the ticket was withdrawn. It stands again when
    /// the ticket is reopened.
    withdrawn_promise: Option<ClockRun>,
    last_wait: Option<ClockRun>,
    /// The waits that ended before the last one.
    earlier_waits: Vec<ClockRun>,
    /// When the ticket was closed: no update is due unless it is reopened.
    closed: Option<Timestamp>,
    /// When the ticket was withdrawn: what was awaited then is cancelled
    /// unless the ticket is reopened.
    withdrawn: Option<Timestamp>,
    /// When the ticket was merged: every wait is cancelled unless it is reopened.
    merged: Option<Timestamp>,
}

impl UpdateClock {
    pub(super) const fn new(definition: &'static ClockDefinition) -> Self {
        Self {
            definition,
            target: None,
            answer: None,
            merged_answers: Vec::new(),
            withdrawn_answer: None,
            cancelled_answer: None,
            silence: None,
            promised: None,
            withdrawn_promise: None,
            last_wait: None,
            earlier_waits: Vec::new(),
            closed: None,
            withdrawn: None,
            merged: None,
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
            ClockEvent::Promised(name, due) => {
                if *name == self.definition.name {
                    self.promise(at, *due, policy);
                }
            }
            ClockEvent::PromiseWithdrawn(name) => {
                if *name == self.definition.name {
                    self.withdraw_promise(at, policy);
                }
            }
            ClockEvent::PublicContact => self.stop(at, ticket, policy),
            ClockEvent::RequesterMessage => self.await_answer(at, ticket, policy),
            ClockEvent::Paused { until } => {
                if pauses_on != PausesOn::Nothing {
                    self.suspend(at, *until);
                }
            }
            ClockEvent::Resumed => self.resume(at),
            ClockEvent::Resolved { withdrawn } => {
                if *withdrawn {
                    self.withdrawn = Some(at);
                    self.withdrawn_answer = self.withdrawn_answer.take().or(self.answer.take());
                    let answer = self.withdrawn_answer.clone();
                    self.cancelled_answer = answer.map(|run| run.cancelled_at(at, policy));
                    self.withdrawn_promise = self.any_promise();
                }
                if pauses_on == PausesOn::PauseOrResolution {
                    self.suspend(at, None);
                }
            }
            ClockEvent::Reopened => {
                self.closed = None;
                self.withdrawn = None;
                self.merged = None;
                self.answer = self.withdrawn_answer.take().or(self.answer.take());
                self.cancelled_answer = None;
                self.promised = self.any_promise();
                self.resume(at);
            }
            ClockEvent::Closed => {
                self.suspend(at, None);
                self.closed = Some(at);
            }
            ClockEvent::Merged => {
                if let Some(silence) = &mut self.silence {
                    silence.leave_out(at);
                }
                self.merged = Some(at);
            }
            ClockEvent::OwedByMerge { from, since } => {
                if let Some(target) = &self.target {
                    let run = ClockRun::start(*since, target.starting_at(*since, policy));
                    self.merged_answers.push((*from, run));
                }
            }
            ClockEvent::MergeUndone { from } => self.merged_answers.retain(|(id, _)| id != from),
            ClockEvent::RequesterErased => {
                self.withdrawn_answer = None;
                if let Some(run) = self.answer.take() {
                    self.cancelled_answer = Some(run.cancelled_at(at, policy));
                }
                let silence = self.silence.take();
                self.silence = silence.map(|run| run.cancelled_at(at, policy));
                let promised = self.any_promise();
                self.promised = promised.map(|run| run.cancelled_at(at, policy));
            }
        }
    }

    /// The current wait, or how the last one ended.
    pub(super) fn into_run(self, policy: &PolicyHistory) -> Option<ClockRun> {
        if let Some(run) = &self.promised {
            return Some(self.as_status_leaves_it(run.clone(), policy));
        }
        let waits = [self.owed_answer(policy), self.owed_update(policy)];
        let waits = waits.into_iter().flatten();
        // What is still awaited counts before what was cancelled.
        let (ended, open): (Vec<_>, Vec<_>) = waits.partition(ClockRun::has_ended);
        let promised = || {
            let run = self.withdrawn_promise.clone().zip(self.withdrawn);
            run.map(|(run, at)| run.cancelled_at(at, policy))
        };
        most_urgent(open, policy)
            .or_else(promised)
            .or_else(|| most_urgent(ended, policy))
            .or(self.last_wait)
    }

    /// Every wait, in order, up to the current one.
    pub(super) fn into_all_runs(mut self, policy: &PolicyHistory) -> Vec<ClockRun> {
        let mut runs = std::mem::take(&mut self.earlier_waits);
        let last_wait = self.last_wait.clone();
        let last = self.into_run(policy);
        runs.extend(last_wait.filter(|wait| Some(wait) != last.as_ref()));
        runs.extend(last);
        runs
    }

    /// The wait for an answer, as the status of the ticket leaves it. Only what
    /// ends the ticket without an answer ends it.
    fn owed_answer(&self, policy: &PolicyHistory) -> Option<ClockRun> {
        let merged = self.merged_answers.iter().map(|(_, run)| run);
        let oldest = self
            .answer
            .iter()
            .chain(merged)
            .min_by_key(|run| run.started());
        let Some(run) = oldest.cloned() else {
            return self.cancelled_answer.clone();
        };
        Some(self.as_status_leaves_it(run, policy))
    }

    /// A wait that only what ends the ticket ends.
    fn as_status_leaves_it(&self, mut run: ClockRun, policy: &PolicyHistory) -> ClockRun {
        match (self.merged, self.closed) {
            (Some(at), _) => return run.cancelled_at(at, policy),
            (None, Some(at)) => run.end_unfulfilled(at, policy),
            (None, None) => {}
        }
        run
    }

    /// Promises when the requester hears next: the present wait is due then and, if
    /// nothing is awaited, one that begins now.
    fn promise(&mut self, at: Timestamp, due: Timestamp, policy: &PolicyHistory) {
        let promised = self.any_promise().filter(|run| !run.has_ended());
        let Some(target) = &self.target else {
            return;
        };
        let waits = [self.owed_answer(policy), self.owed_update(policy)];
        let waits = waits.into_iter().flatten().filter(|run| !run.has_ended());
        let present = promised.or_else(|| most_urgent(waits.collect(), policy));
        let mut run =
            present.unwrap_or_else(|| ClockRun::start(at, target.starting_at(at, policy)));
        run.set_promise(at, Some(due), policy);
        self.promised = Some(run);
    }

    /// Takes the promise that stands, or stood when the ticket was withdrawn.
    fn any_promise(&mut self) -> Option<ClockRun> {
        self.promised.take().or(self.withdrawn_promise.take())
    }

    /// Goes back to what the policy asks for. A promise that was missed stays
    /// missed.
    fn withdraw_promise(&mut self, at: Timestamp, policy: &PolicyHistory) {
        let Some(mut run) = self.any_promise() else {
            return;
        };
        if !run.is_missed_at(at, policy) {
            return;
        }
        let present = self.answer.as_mut();
        match present.or(self.silence.as_mut().filter(|run| run.has_cadence())) {
            Some(present) => present.take_misses(&run, policy),
            None => {
                run.stop(at);
                let earlier = self.last_wait.replace(run);
                self.earlier_waits.extend(earlier);
            }
        }
    }

    /// The silence that a cadence limits, as the status of the ticket leaves it.
    fn owed_update(&self, policy: &PolicyHistory) -> Option<ClockRun> {
        self.target.as_ref()?.cadence?;
        let run = self.silence.clone().filter(|_| self.closed.is_none())?;
        Some(match self.withdrawn.or(self.merged) {
            Some(at) => run.cancelled_at(at, policy),
            None => run,
        })
    }

    /// Suspends the cadence. An answer is owed whatever the status.
    fn suspend(&mut self, at: Timestamp, until: Option<Timestamp>) {
        if let Some(silence) = &mut self.silence {
            silence.suspend(at, until);
        }
    }

    fn resume(&mut self, at: Timestamp) {
        if let Some(silence) = &mut self.silence {
            silence.resume(at);
        }
    }

    /// Starts the wait for an answer, unless one runs already or there was no
    /// first response yet. Where nobody can say whether there was one, every
    /// message is owed an update.
    fn await_answer(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        let is_update = ticket.first_response().is_some() || !ticket.knows_response();
        if is_update && let (Some(target), None) = (&self.target, &self.answer) {
            self.answer = Some(ClockRun::start(at, target.starting_at(at, policy)));
        }
    }

    /// Ends every wait at a public message, and starts the next silence.
    fn stop(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        let cadence = self.target.as_ref().and_then(|target| target.cadence);
        let silent = self.silence.take().filter(|_| cadence.is_some());
        // What was owed before a withdrawal is answered too, and is older.
        let answer = self.withdrawn_answer.take().or(self.answer.take());
        self.cancelled_answer = None;
        let promised = self.any_promise().filter(|run| !run.has_ended());
        let merged = self.merged_answers.drain(..).map(|(_, run)| run);
        let answer = answer
            .into_iter()
            .chain(merged)
            .min_by_key(|run| run.started());
        let mut waits: Vec<ClockRun> = match promised {
            Some(promised) => vec![promised],
            None => answer.into_iter().chain(silent).collect(),
        };
        for run in &mut waits {
            run.stop(at);
        }
        if let Some(run) = most_urgent(waits, policy) {
            let earlier = self.last_wait.replace(run);
            self.earlier_waits.extend(earlier);
        }
        self.silence = self
            .target
            .as_ref()
            .map(|target| silence(at, target, ticket, policy));
    }

    /// Counts the silence from a contact before the import, if it is the latest.
    /// It answers no message that came after it.
    fn contact_logged(&mut self, at: Timestamp, ticket: &TicketState, policy: &PolicyHistory) {
        if ticket.last_contact != Some(at) {
            return;
        }
        let later = self.answer.take_if(|answer| answer.started() > at);
        let promised = self.promised.take_if(|promised| promised.started() > at);
        self.stop(at, ticket, policy);
        self.answer = later;
        self.promised = promised;
    }

    fn set_target(
        &mut self,
        at: Timestamp,
        target: &SlaTarget,
        ticket: &TicketState,
        policy: &PolicyHistory,
    ) {
        let merged = self.merged_answers.iter_mut().map(|(_, run)| run);
        let own = [
            &mut self.answer,
            &mut self.withdrawn_answer,
            &mut self.cancelled_answer,
        ];
        for run in own.into_iter().flatten().chain(merged) {
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
}

/// The wait that breaches first, or would if the ticket were not paused; of two
/// that are due together, one that still runs.
fn most_urgent(waits: Vec<ClockRun>, policy: &PolicyHistory) -> Option<ClockRun> {
    waits.into_iter().min_by_key(|run| {
        let clock = run.clock(policy);
        let remaining = || clock.target.span - clock.used;
        let (due, left) = match clock.due {
            Some(due) => (due, TimeDelta::zero()),
            None => (Timestamp::MAX_UTC, remaining()),
        };
        (due, !run.is_running(), left)
    })
}

/// The silence that begins with a public message.
fn silence(
    at: Timestamp,
    target: &SlaTarget,
    ticket: &TicketState,
    policy: &PolicyHistory,
) -> ClockRun {
    let mut run = ClockRun::start(at, silence_target(target).starting_at(at, policy));
    if ticket.interrupted {
        run.suspend(at, ticket.interrupted_until);
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
