//! What the desk promised: a target on a calendar, under a policy.

use chrono::TimeDelta;

/// A target for one clock. Tickets keep the promises of their day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaTarget {
    /// Working time from start to due.
    pub(crate) span: TimeDelta,
    /// For the update clock: how often the requester hears from the desk
    /// even without asking.
    pub(crate) cadence: Option<TimeDelta>,
    /// The name of the calendar whose open time counts.
    pub(crate) calendar: String,
    /// The version of the policy that set the target; 1 is the built-in one.
    pub(crate) policy_version: u32,
}

impl SlaTarget {
    /// Whether it promises the same, whoever made it.
    pub(crate) fn has_same_terms(&self, other: &Self) -> bool {
        (self.span, self.cadence, &self.calendar) == (other.span, other.cadence, &other.calendar)
    }
}
