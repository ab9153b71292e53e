//! When time counts. Only the round-the-clock calendar exists so far; a
//! calendar answers two questions and everything else is built on them.

use chrono::TimeDelta;

use super::super::Moment;

/// The name of the calendar that is always open.
pub(crate) const ALWAYS: &str = "24x7";

/// A rule that says which instants count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// Every instant counts.
    Always,
}

impl Calendar {
    /// The open time between two instants; zero if `to` is not after `from`.
    pub(crate) fn between(&self, from: Moment, to: Moment) -> TimeDelta {
        match self {
            Self::Always => (to - from).max(TimeDelta::zero()),
        }
    }

    /// The first instant at which `span` of open time has passed since
    /// `from`; `None` past the end of what a date can hold.
    pub(crate) fn add(&self, from: Moment, span: TimeDelta) -> Option<Moment> {
        match self {
            Self::Always => from.checked_add_signed(span),
        }
    }
}
