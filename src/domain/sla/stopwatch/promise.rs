//! A due time that was promised by hand.
//!
//! A promise is an instant: "by Friday noon" does not move because the ticket is
//! paused, or because the office is closed. So it counts every second from the
//! start of the clock to that instant, and nothing interrupts it. The target of
//! the policy goes on beneath it, with its calendar and its pauses, and is in
//! force again as if nothing had been promised once the promise is withdrawn.

use super::super::calendar::ALWAYS;
use super::super::target::SlaTarget;
use super::{ClockRun, Interval};
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;

impl ClockRun {
    /// Promises a due time from now on, or withdraws the promise. What was missed
    /// before stays missed.
    pub(crate) fn set_promise(
        &mut self,
        at: Timestamp,
        due: Option<Timestamp>,
        policy: &PolicyHistory,
    ) {
        self.change_terms(at, policy, |run| run.promise = due);
    }

    /// Whether the clock limits the silence of a desk that reports regularly.
    pub(crate) const fn has_cadence(&self) -> bool {
        self.target.cadence.is_some()
    }

    /// Takes over what was missed in another run of the clock.
    pub(crate) fn take_misses(&mut self, other: &Self, policy: &PolicyHistory) {
        let missed = other.missed.iter().copied();
        self.missed.extend(missed.chain(other.due_by_terms(policy)));
        self.relaxed = self.relaxed.or(other.relaxed).or(other.promise);
    }

    /// Whether the clock ended in time by its promise, whose due time has come by
    /// `at`.
    pub(super) fn has_kept_promise(&self, at: Timestamp) -> bool {
        let ended = self.ended();
        let promise = self.promise.zip(ended);
        promise.is_some_and(|(due, ended)| ended <= due && due <= at)
    }

    /// The due time of what is in force: of the promise, or of the target.
    pub(super) fn due_by_terms(&self, policy: &PolicyHistory) -> Option<Timestamp> {
        match self.promise {
            Some(due) => Some(due),
            None => self.used_at(self.span(policy), policy),
        }
    }

    /// Returns the run by its promise, if it has one: a target around the clock
    /// from the start to the due time, and one interval.
    pub(super) fn promised_run(&self) -> Option<Self> {
        let due = self.promise?;
        let target = SlaTarget {
            span: due - self.started,
            days: None,
            cadence: None,
            cadence_days: None,
            end_of_day: false,
            calendar: ALWAYS.to_owned(),
            policy_version: self.target.policy_version,
        };
        let interval = Interval {
            from: self.started,
            to: self.ended(),
            pause: None,
            calendar: target.calendar.clone(),
            policy_version: target.policy_version,
        };
        Some(Self {
            target,
            intervals: vec![interval],
            resumes_at: None,
            promise: None,
            ..self.clone()
        })
    }
}
