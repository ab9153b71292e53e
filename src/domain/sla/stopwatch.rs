//! Calculates one clock: the intervals it ran and paused in, the time used,
//! and when it is due.

mod interruptions;
mod levels;
mod promise;
mod terms;

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::calendar::Calendar;
use super::clock::{Clock, Phase};
use super::level::Level;
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;

/// Why an interval does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PauseKind {
    /// The ticket is paused.
    Paused,
    /// No update is required: the ticket is paused or resolved.
    Suspended,
    /// The clock had ended and restarted when the ticket was reopened, or the
    /// ticket was merged meanwhile.
    Stopped,
}

/// An interval of a run, half-open. The last one of a run that has not ended
/// is open-ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) from: Timestamp,
    pub(super) to: Option<Timestamp>,
    pub(super) pause: Option<PauseKind>,
    calendar: String,
    /// The policy version that the calendar belongs to.
    policy_version: u32,
}

impl Interval {
    pub(super) fn calendar<'a>(&self, policies: &'a PolicyHistory) -> &'a Calendar {
        policies.calendar_of(self.policy_version, &self.calendar)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stopped(Timestamp),
    Cancelled(Timestamp),
}

/// One clock from its start to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockRun {
    started: Timestamp,
    target: SlaTarget,
    intervals: Vec<Interval>,
    end: Option<End>,
    /// When an interruption ends by itself, if it does.
    resumes_at: Option<Timestamp>,
    reclassified: bool,
    /// The first of these if a longer target followed.
    relaxed: Option<Timestamp>,
    /// Every due time that passed while an earlier target was in force.
    missed: Vec<Timestamp>,
    /// Since when the target has been in force.
    target_since: Timestamp,
    /// The due time that was promised by hand. While it is there, the target and
    /// the intervals are only kept up for the time after it.
    promise: Option<Timestamp>,
}

impl ClockRun {
    pub(crate) fn start(at: Timestamp, target: SlaTarget) -> Self {
        let mut run = Self {
            started: at,
            target,
            intervals: Vec::new(),
            end: None,
            resumes_at: None,
            reclassified: false,
            relaxed: None,
            missed: Vec::new(),
            target_since: at,
            promise: None,
        };
        run.begin(at, None);
        run
    }

    pub(crate) const fn started(&self) -> Timestamp {
        self.started
    }

    /// Closes the current interval and begins another.
    fn begin(&mut self, at: Timestamp, pause: Option<PauseKind>) {
        self.close(at);
        self.intervals.push(Interval {
            from: at,
            to: None,
            pause,
            calendar: self.target.calendar.clone(),
            policy_version: self.target.policy_version,
        });
    }

    fn close(&mut self, at: Timestamp) {
        if let Some(last) = self.intervals.last_mut()
            && last.to.is_none()
        {
            last.to = Some(at);
        }
    }

    pub(crate) fn stop(&mut self, at: Timestamp) {
        if self.end.is_none() {
            self.close(at);
            self.end = Some(End::Stopped(at));
        }
    }

    /// Stops the clock at a time that may lie before its last intervals, unless
    /// it stopped before or was cancelled.
    pub(crate) fn stop_by(&mut self, at: Timestamp) {
        let at = at.max(self.started);
        match self.end {
            Some(End::Cancelled(_)) => return,
            Some(End::Stopped(known)) if known <= at => return,
            Some(End::Stopped(_)) | None => {}
        }
        self.intervals.retain(|s| s.from <= at);
        if let Some(last) = self.intervals.last_mut() {
            last.to = Some(at);
        }
        self.end = Some(End::Stopped(at));
    }

    pub(crate) fn cancel(&mut self, at: Timestamp) {
        if self.end.is_none() {
            self.close(at);
            self.end = Some(End::Cancelled(at));
        }
    }

    /// Returns the run as if it had been cancelled at that time, or at its
    /// start if that is later. Everything after that is dropped.
    pub(crate) fn cancelled_at(mut self, at: Timestamp, policy: &PolicyHistory) -> Self {
        let at = at.max(self.started);
        self.intervals.retain(|s| s.from <= at);
        if let Some(last) = self.intervals.last_mut() {
            last.to = Some(at);
        }
        self.end = Some(End::Cancelled(at));
        // A target that was set later made it late only as far as it ran.
        self.reclassified &= self.is_late(at, policy);
        self
    }

    /// Restarts the clock after an end. The time in between does not count. A
    /// promise that was kept, and whose time has passed since, is over.
    pub(crate) fn restart(&mut self, at: Timestamp, policy: &PolicyHistory) {
        if self.has_kept_promise(at) {
            self.set_promise(at, None, policy);
        }
        if let Some(End::Stopped(ended) | End::Cancelled(ended)) = self.end.take() {
            self.begin(ended, Some(PauseKind::Stopped));
            self.begin(at, None);
        }
    }

    /// Ends the clock without its target event: missed if it is late by then,
    /// else cancelled.
    pub(crate) fn end_unfulfilled(&mut self, at: Timestamp, policy: &PolicyHistory) {
        if self.is_missed_at(at, policy) {
            self.stop(at);
        } else {
            self.cancel(at);
        }
    }

    /// Restarts the clock as if it had never ended.
    pub(crate) fn undo_end(&mut self) {
        if self.end.take().is_some()
            && let Some(last) = self.intervals.last_mut()
        {
            last.to = None;
        }
    }

    /// When the run was stopped or cancelled.
    pub(crate) const fn ended(&self) -> Option<Timestamp> {
        match self.end {
            Some(End::Stopped(at) | End::Cancelled(at)) => Some(at),
            None => None,
        }
    }

    /// The due times that passed while an earlier target was in force.
    pub(crate) fn missed_before(&self) -> &[Timestamp] {
        &self.missed
    }

    /// When it can be told that a level of the present target is reached: at that
    /// time, or when the target was set if that was later. A clock that was paused
    /// with nothing left is late only once it runs again.
    pub(crate) fn told_at(
        &self,
        level: Level,
        reached: Timestamp,
        policy: &PolicyHistory,
    ) -> Timestamp {
        let told = reached.max(self.target_since);
        let due = (level == Level::BREACH).then(|| self.clock(policy).next_due());
        due.flatten().map_or(told, |due| told.max(due))
    }

    /// Whether the clock was late at that time, or had been under an earlier
    /// target.
    pub(crate) fn is_missed_at(&self, at: Timestamp, policy: &PolicyHistory) -> bool {
        self.relaxed.is_some() || self.is_late(at, policy)
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(self.end, Some(End::Cancelled(_)))
    }

    /// The intervals so far, in order.
    pub(super) fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// Whether the clock is neither ended nor interrupted.
    pub(crate) fn is_running(&self) -> bool {
        self.end.is_none() && !self.is_interrupted()
    }

    /// Whether the clock ran past its due time. Time outside business hours
    /// counts too: a clock due at closing time is late one instant later.
    fn is_late(&self, at: Timestamp, policy: &PolicyHistory) -> bool {
        if let Some(due) = self.promise {
            return due < self.ended().map_or(at, |ended| ended.min(at));
        }
        let target = self.span(policy);
        match self.used(at, policy).cmp(&target) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => {
                let ran = self.intervals.iter().filter(|s| s.pause.is_none());
                let ran = ran.map(|s| (s.from, s.to.unwrap_or(at)));
                let mut until = ran.filter(|(from, to)| from < to).map(|(_, to)| to);
                let until = until.next_back();
                let due = self.used_at(target, policy);
                due.is_some_and(|due| Some(due) < until)
            }
        }
    }

    fn used(&self, at: Timestamp, policy: &PolicyHistory) -> TimeDelta {
        self.total(at, policy, |s| s.pause.is_none())
    }

    fn paused(&self, at: Timestamp, policy: &PolicyHistory) -> TimeDelta {
        self.total(at, policy, |s| {
            matches!(s.pause, Some(PauseKind::Paused | PauseKind::Suspended))
        })
    }

    fn total(
        &self,
        at: Timestamp,
        policy: &PolicyHistory,
        counts: impl Fn(&Interval) -> bool,
    ) -> TimeDelta {
        self.intervals
            .iter()
            .filter(|s| counts(s))
            .map(|s| s.calendar(policy).between(s.from, s.to.unwrap_or(at)))
            .sum()
    }

    /// The first instant at which `span` of counted time is used up: within
    /// the intervals so far, or extrapolated from the last counted one. `None`
    /// while a pause keeps the instant open.
    fn used_at(&self, span: TimeDelta, policy: &PolicyHistory) -> Option<Timestamp> {
        let mut left = span;
        let counted = self.intervals.iter().filter(|s| s.pause.is_none());
        let mut last = None;
        for interval in counted {
            let calendar = interval.calendar(policy);
            let passed = interval.to.map(|to| calendar.between(interval.from, to));
            match passed {
                Some(passed) if passed < left => {
                    last = Some((interval, left));
                    left -= passed;
                }
                Some(_) | None => return calendar.add(interval.from, left),
            }
        }
        let Some(End::Stopped(at)) = self.end else {
            return None;
        };
        match last {
            // Stopped while paused: due as if it had resumed at that moment.
            _ if self.is_interrupted() => self.target.calendar(policy).add(at, left),
            Some((interval, left)) => interval.calendar(policy).add(interval.from, left),
            None => None,
        }
    }

    /// Reduces the run to what a row stores.
    pub(crate) fn clock(&self, policy: &PolicyHistory) -> Clock {
        match self.promised_run() {
            Some(run) => Clock {
                promised: true,
                ..run.clock_by_target(policy)
            },
            None => self.clock_by_target(policy),
        }
    }

    fn clock_by_target(&self, policy: &PolicyHistory) -> Clock {
        let last = self.intervals.last();
        let since = last.map_or(self.started, |s| s.from);
        let phase = match (self.end, last.and_then(|s| s.pause)) {
            (Some(End::Stopped(at)), _) => Phase::Stopped { at },
            (Some(End::Cancelled(at)), _) => Phase::Cancelled { at },
            (None, Some(PauseKind::Suspended)) => Phase::Suspended {
                since,
                until: self.resumes_at,
            },
            (None, Some(PauseKind::Paused | PauseKind::Stopped)) => Phase::Paused {
                since,
                until: self.resumes_at,
            },
            (None, None) => Phase::Running { since },
        };
        let until = match phase {
            Phase::Running { since }
            | Phase::Paused { since, .. }
            | Phase::Suspended { since, .. } => since,
            Phase::Stopped { at } | Phase::Cancelled { at } => at,
        };
        let expected = self.expected();
        let target = expected.span(policy);
        let used = self.used(until, policy);
        let due = expected.used_at(target, policy);
        let late = || self.is_late(until, policy);
        let due = match phase {
            Phase::Cancelled { .. } => None,
            Phase::Running { .. } => due,
            // Paused exactly at its due instant, the clock is not late.
            Phase::Paused { until, .. } | Phase::Suspended { until, .. } => {
                due.filter(|_| until.is_some() || late())
            }
            Phase::Stopped { at } if used == target && !late() => Some(at),
            Phase::Stopped { .. } => due,
        };
        let warn = match phase {
            Phase::Cancelled { .. } => None,
            Phase::Running { .. }
            | Phase::Paused { .. }
            | Phase::Suspended { .. }
            | Phase::Stopped { .. } => expected.at_risk_at(policy),
        };
        Clock {
            target: SlaTarget {
                span: target,
                ..self.target.clone()
            },
            started: self.started,
            phase,
            used,
            paused: self.paused(until, policy),
            due,
            late_after: due.and_then(|due| expected.late_after(due, policy)),
            warn,
            reclassified: self.reclassified,
            relaxed: self.relaxed,
            promised: false,
        }
    }
}
