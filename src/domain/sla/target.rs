//! The SLA target of a clock.

use chrono::TimeDelta;

/// The target of one clock: a span of working time on a calendar. A ticket
/// keeps its target when the policy changes, until `desk policy apply` sets a
/// new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaTarget {
    /// Working time from start to due.
    pub(crate) span: TimeDelta,
    /// For the update clock: how often the requester gets an update without
    /// asking.
    pub(crate) cadence: Option<TimeDelta>,
    /// The name of the calendar whose open time counts.
    pub(crate) calendar: String,
    /// The policy version that set the target; 1 is the built-in policy.
    pub(crate) policy_version: u32,
}

impl SlaTarget {
    /// Whether two targets are equal, policy versions aside.
    pub(crate) fn has_same_terms(&self, other: &Self) -> bool {
        (self.span, self.cadence, &self.calendar) == (other.span, other.cadence, &other.calendar)
    }
}
