//! What to know about an event of a timeline.

use serde::Serialize;

use crate::domain::ticket::TimelineMark;

/// What to know about an event of a timeline.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mark {
    /// The desk did it by itself, and it proved unfounded.
    Unfounded,
    /// An agent took it back.
    Undone,
    /// It is dated by a clock that was ahead.
    ClockAhead,
    /// It was recorded after one that is dated by a clock that was ahead.
    AfterClockAhead,
}

impl From<TimelineMark> for Mark {
    fn from(mark: TimelineMark) -> Self {
        match mark {
            TimelineMark::Unfounded => Self::Unfounded,
            TimelineMark::Undone => Self::Undone,
            TimelineMark::ClockAhead => Self::ClockAhead,
            TimelineMark::AfterClockAhead => Self::AfterClockAhead,
        }
    }
}
