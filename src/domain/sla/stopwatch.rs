//! One run of one clock: the stretches of time it went through and whether
//! each counted. The reckoning behind every due time.

use std::cmp::Ordering;

use chrono::TimeDelta;

use super::calendar::Calendar;
use super::clock::{Clock, Phase};
use super::target::SlaTarget;
use crate::domain::Timestamp;
use crate::domain::policy::BREACH;
use crate::domain::policy::versions::PolicyHistory;

/// That percentage of a span.
pub(super) fn share(span: TimeDelta, percent: u16) -> TimeDelta {
    span * i32::from(percent) / 100
}

/// Why a stretch of time does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PauseKind {
    /// The ticket waited for somebody.
    Paused,
    /// No update was asked for: the ticket was paused or resolved.
    Suspended,
    /// It had ended, and went on when the ticket was reopened.
    Stopped,
}

/// A stretch of a run, half-open; the last one of a run that goes on has no
/// end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) from: Timestamp,
    pub(super) to: Option<Timestamp>,
    pub(super) pause: Option<PauseKind>,
    calendar: String,
    /// The version of the policy whose calendar that is.
    policy: u32,
}

impl Interval {
    pub(super) fn calendar<'a>(&self, policies: &'a PolicyHistory) -> &'a Calendar {
        policies.calendar_of(self.policy, &self.calendar)
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stopped(Timestamp),
    Cancelled(Timestamp),
}

/// A clock's way through time, from its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClockRun {
    started: Timestamp,
    target: SlaTarget,
    intervals: Vec<Interval>,
    end: Option<End>,
    reclassified: bool,
}

impl ClockRun {
    pub(crate) fn start(at: Timestamp, promise: SlaTarget) -> Self {
        let mut run = Self {
            started: at,
            target: promise,
            intervals: Vec::new(),
            end: None,
            reclassified: false,
        };
        run.enter(at, None);
        run
    }

    /// Leaves the present stretch and enters another one.
    fn enter(&mut self, at: Timestamp, hold: Option<PauseKind>) {
        self.leave(at);
        self.intervals.push(Interval {
            from: at,
            to: None,
            pause: hold,
            calendar: self.target.calendar.clone(),
            policy: self.target.policy_version,
        });
    }

    fn leave(&mut self, at: Timestamp) {
        if let Some(last) = self.intervals.last_mut()
            && last.to.is_none()
        {
            last.to = Some(at);
        }
    }

    /// Pauses; what is paused already stays so.
    pub(crate) fn pause(&mut self, at: Timestamp) {
        self.interrupt(at, PauseKind::Paused);
    }

    /// Is off for a while; what is off already stays so.
    pub(crate) fn suspend(&mut self, at: Timestamp) {
        self.interrupt(at, PauseKind::Suspended);
    }

    fn interrupt(&mut self, at: Timestamp, hold: PauseKind) {
        if self.end.is_none() && !self.is_interrupted() {
            self.enter(at, Some(hold));
        }
    }

    pub(crate) fn resume(&mut self, at: Timestamp) {
        if self.end.is_none() && self.is_interrupted() {
            self.enter(at, None);
        }
    }

    fn is_interrupted(&self) -> bool {
        self.intervals.last().is_some_and(|s| s.pause.is_some())
    }

    pub(crate) fn stop(&mut self, at: Timestamp) {
        if self.end.is_none() {
            self.leave(at);
            self.end = Some(End::Stopped(at));
        }
    }

    pub(crate) fn cancel(&mut self, at: Timestamp) {
        if self.end.is_none() {
            self.leave(at);
            self.end = Some(End::Cancelled(at));
        }
    }

    /// The run as it looks if it was cancelled then, or at its start if that
    /// was later; what has happened to it since is left out.
    pub(crate) fn cancelled_at(mut self, at: Timestamp) -> Self {
        let at = at.max(self.started);
        self.intervals.retain(|s| s.from <= at);
        if let Some(last) = self.intervals.last_mut() {
            last.to = Some(at);
        }
        self.end = Some(End::Cancelled(at));
        self
    }

    /// Goes on after an end, leaving out the time since.
    pub(crate) fn restart(&mut self, at: Timestamp) {
        if let Some(End::Stopped(ended) | End::Cancelled(ended)) = self.end.take() {
            self.enter(ended, Some(PauseKind::Stopped));
            self.enter(at, None);
        }
    }

    /// Ends without the thing it waited for: missed if it is late by then,
    /// else neither met nor missed.
    pub(crate) fn end_unfulfilled(&mut self, at: Timestamp, policy: &PolicyHistory) {
        if self.is_late(at, policy) {
            self.stop(at);
        } else {
            self.cancel(at);
        }
    }

    /// Goes on after an end as if that had not been.
    pub(crate) fn undo_end(&mut self) {
        if self.end.take().is_some()
            && let Some(last) = self.intervals.last_mut()
        {
            last.to = None;
        }
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.end.is_some()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(self.end, Some(End::Cancelled(_)))
    }

    /// The stretches it went through, in order.
    pub(super) fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// Whether its time counts at present, as far as pauses go.
    pub(crate) fn is_running(&self) -> bool {
        self.end.is_none() && !self.is_interrupted()
    }

    /// The first instant at which that percentage of the target is used up.
    pub(crate) fn percent_used_at(
        &self,
        percent: u16,
        policy: &PolicyHistory,
    ) -> Option<Timestamp> {
        self.used_at(share(self.target.span, percent), policy)
    }

    /// Sets a new target: same start, used time and pauses kept. A run that
    /// is late at once because of it is marked.
    pub(crate) fn change_target(
        &mut self,
        at: Timestamp,
        promise: SlaTarget,
        policy: &PolicyHistory,
    ) {
        let was_late = self.is_late(at, policy);
        let hours = |promise: &SlaTarget| promise.calendar(policy).clone();
        let moved = self.target.calendar != promise.calendar
            || (self.target.policy_version != promise.policy_version
                && hours(&self.target) != hours(&promise));
        self.target = promise;
        self.reclassified = self.is_late(at, policy) && (self.reclassified || !was_late);
        if moved && self.end.is_none() {
            let hold = self.intervals.last().and_then(|s| s.pause);
            self.enter(at, hold);
        }
    }

    /// Whether it has run on after its due time, be it into closing time.
    fn is_late(&self, at: Timestamp, policy: &PolicyHistory) -> bool {
        let target = self.target.span;
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

    /// The first instant at which `span` of counted time is used up: inside
    /// the stretches passed, or after the last counted one if the run went
    /// on from there. `None` while a hold keeps it from coming.
    fn used_at(&self, span: TimeDelta, policy: &PolicyHistory) -> Option<Timestamp> {
        let mut left = span;
        let counted = self.intervals.iter().filter(|s| s.pause.is_none());
        let mut last = None;
        for stretch in counted {
            let calendar = stretch.calendar(policy);
            let passed = stretch.to.map(|to| calendar.between(stretch.from, to));
            match passed {
                Some(passed) if passed < left => {
                    last = Some((stretch, left));
                    left -= passed;
                }
                Some(_) | None => return calendar.add(stretch.from, left),
            }
        }
        let Some(End::Stopped(at)) = self.end else {
            return None;
        };
        match last {
            // Stopped out of a hold: due as if it had gone on at that moment.
            _ if self.is_interrupted() => self.target.calendar(policy).add(at, left),
            Some((stretch, left)) => stretch.calendar(policy).add(stretch.from, left),
            None => None,
        }
    }

    /// Reduces the run to what a row keeps.
    pub(crate) fn clock(&self, policy: &PolicyHistory) -> Clock {
        let last = self.intervals.last();
        let since = last.map_or(self.started, |s| s.from);
        let phase = match (self.end, last.and_then(|s| s.pause)) {
            (Some(End::Stopped(at)), _) => Phase::Stopped { at },
            (Some(End::Cancelled(at)), _) => Phase::Cancelled { at },
            (None, Some(PauseKind::Suspended)) => Phase::Suspended { since },
            (None, Some(PauseKind::Paused | PauseKind::Stopped)) => Phase::Paused { since },
            (None, None) => Phase::Running { since },
        };
        let until = match phase {
            Phase::Running { since } | Phase::Paused { since } | Phase::Suspended { since } => {
                since
            }
            Phase::Stopped { at } | Phase::Cancelled { at } => at,
        };
        let target = self.target.span;
        let levels = &policy.version(self.target.policy_version).warnings;
        let first = levels.first().copied().unwrap_or(BREACH);
        let first_warning = share(target, first);
        let used = self.used(until, policy);
        let due = self.used_at(target, policy);
        let late = || self.is_late(until, policy);
        let due = match phase {
            Phase::Cancelled { .. } => None,
            Phase::Running { .. } => due,
            // Held at its due instant, it is not late.
            Phase::Paused { .. } | Phase::Suspended { .. } => due.filter(|_| late()),
            Phase::Stopped { at } if used == target && !late() => Some(at),
            Phase::Stopped { .. } => due,
        };
        let warn = match phase {
            Phase::Cancelled { .. } => None,
            Phase::Running { .. }
            | Phase::Paused { .. }
            | Phase::Suspended { .. }
            | Phase::Stopped { .. } => self.used_at(first_warning, policy),
        };
        Clock {
            target: self.target.clone(),
            started: self.started,
            phase,
            used,
            paused: self.paused(until, policy),
            due,
            warn,
            reclassified: self.reclassified,
        }
    }
}
