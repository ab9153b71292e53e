//! What a clock has to keep, and what a change of it means for a clock that was
//! late before or is late at once.

use super::super::target::SlaTarget;
use super::ClockRun;
use crate::domain::Timestamp;
use crate::domain::policy::versions::PolicyHistory;

impl ClockRun {
    /// Sets a new target and keeps the start, the used time and the pauses.
    /// A clock that is late at once because of it is marked as reclassified; one
    /// that was late before and is not any more, as relaxed. A promise stays in
    /// force.
    pub(crate) fn change_target(
        &mut self,
        at: Timestamp,
        target: SlaTarget,
        policy: &PolicyHistory,
    ) {
        let calendar = |target: &SlaTarget| target.calendar(policy).clone();
        let calendar_changed = self.target.calendar != target.calendar
            || (self.target.policy_version != target.policy_version
                && calendar(&self.target) != calendar(&target));
        if self.promise.is_some() {
            self.target = target;
        } else {
            self.change_terms(at, policy, |run| run.target = target);
        }
        if calendar_changed && self.end.is_none() {
            let pause = self.intervals.last().and_then(|interval| interval.pause);
            self.begin(at, pause);
        }
    }

    /// Changes what the clock has to keep, and judges what that means for a clock
    /// that was late before or is late at once.
    pub(super) fn change_terms(
        &mut self,
        at: Timestamp,
        policy: &PolicyHistory,
        change: impl FnOnce(&mut Self),
    ) {
        let was_late = self.is_late(at, policy);
        let was_due = was_late.then(|| self.due_by_terms(policy));
        let was_due = was_due.flatten();
        change(self);
        let is_late = self.is_late(at, policy);
        // What was missed stays missed, unless it was late at once.
        if was_late && !self.reclassified {
            self.missed.extend(was_due);
            if !is_late {
                self.relaxed = self.relaxed.or(was_due);
            }
        }
        self.target_since = at;
        self.reclassified = is_late && (self.reclassified || !was_late);
    }
}
