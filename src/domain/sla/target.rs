//! The SLA target of a clock.

use chrono::TimeDelta;

/// The target of one clock: a span of working time on a calendar. A ticket
/// keeps its target when the policy changes, until `desk policy apply` sets a
/// new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlaTarget {
    /// Working time from start to due.
    pub(crate) span: TimeDelta,
    /// The business days that the span was calculated from, if the policy gives
    /// it in business days. A clock that starts again has a span of its own at
    /// each start.
    pub(crate) days: Option<u32>,
    /// For the update clock: how often the requester gets an update without
    /// asking.
    pub(crate) cadence: Option<TimeDelta>,
    /// The business days of the cadence, as for the span.
    pub(crate) cadence_days: Option<u32>,
    /// Whether targets in business days are due at the last closing of the day.
    pub(crate) end_of_day: bool,
    /// The name of the calendar whose open time counts.
    pub(crate) calendar: String,
    /// The policy version that set the target; 1 is the built-in policy.
    pub(crate) policy_version: u32,
}

impl SlaTarget {
    /// Whether two targets are equal, policy versions aside.
    pub(crate) fn has_same_terms(&self, other: &Self) -> bool {
        // How much time business days come to depends on the start.
        let terms = |target: &Self| {
            let span = target.days.map_or(Ok(target.span), Err);
            let cadence = target.cadence_days.map_or(Ok(target.cadence), Err);
            (span, cadence, target.end_of_day)
        };
        (terms(self), &self.calendar) == (terms(other), &other.calendar)
    }
}
