//! What a row keeps of a clock, and the answers it gives for any moment.

use chrono::TimeDelta;

use super::super::Timestamp;
use super::super::policy::versions::PolicyHistory;
use super::clock_map::ClockMap;
use super::target::SlaTarget;

/// Where a clock stands, whatever the time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Running {
        since: Timestamp,
    },
    /// The ticket is paused.
    Paused {
        since: Timestamp,
    },
    /// No update is asked for while the ticket is paused or resolved.
    Suspended {
        since: Timestamp,
    },
    Stopped {
        at: Timestamp,
    },
    /// The ticket was merged or withdrawn.
    Cancelled {
        at: Timestamp,
    },
}

/// A clock as of its last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) target: SlaTarget,
    pub(crate) started: Timestamp,
    pub(crate) phase: Phase,
    /// Working time used when it entered its phase.
    pub(crate) used: TimeDelta,
    /// Working time spent paused when it entered its phase.
    pub(crate) paused: TimeDelta,
    /// The first instant at which the target is used up; for a stopped clock
    /// the instant it would have been. While held only if it passed before.
    pub(crate) due: Option<Timestamp>,
    /// The first instant at which the first warning level is used up.
    pub(crate) warn: Option<Timestamp>,
    /// A lower target made it late at once.
    pub(crate) reclassified: bool,
}

/// The state of a clock, by the words of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ClockState {
    None,
    Running,
    Paused,
    Met,
    Missed,
    Cancelled,
}

impl ClockState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a person is shown: as the state, with a running clock told apart by
/// how near its due time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DisplayState {
    None,
    Ok,
    AtRisk,
    Overdue,
    Paused,
    Met,
    Missed,
    Cancelled,
}

impl DisplayState {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ok => "ok",
            Self::AtRisk => "at-risk",
            Self::Overdue => "overdue",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A clock read at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockReading {
    pub(crate) state: ClockState,
    pub(crate) display: DisplayState,
    pub(crate) used: TimeDelta,
    /// What is left of the target; negative once it is used up.
    pub(crate) remaining: TimeDelta,
    pub(crate) paused: TimeDelta,
    /// When it is due while it runs; when it was due once it stopped.
    pub(crate) due: Option<Timestamp>,
    pub(crate) stopped: Option<Timestamp>,
}

impl Clock {
    /// Reads the clock at `now`.
    pub(crate) fn read_at(&self, now: Timestamp, policy: &PolicyHistory) -> ClockReading {
        let calendar = self.target.calendar(policy);
        let (mut used, mut paused) = (self.used, self.paused);
        let mut stopped = None;
        match self.phase {
            Phase::Running { since } => used += calendar.between(since, now),
            Phase::Paused { since } | Phase::Suspended { since } => {
                paused += calendar.between(since, now);
            }
            Phase::Stopped { at } | Phase::Cancelled { at } => stopped = Some(at),
        }
        ClockReading {
            state: self.state(),
            display: self.display_state(now),
            used,
            remaining: self.target.span - used,
            paused,
            due: self.due,
            stopped,
        }
    }

    /// Its state, whatever the time is.
    pub(crate) fn state(&self) -> ClockState {
        match self.phase {
            Phase::Running { .. } => ClockState::Running,
            Phase::Paused { .. } | Phase::Suspended { .. } => ClockState::Paused,
            Phase::Stopped { at } if self.was_due_before(at) => ClockState::Missed,
            Phase::Stopped { .. } => ClockState::Met,
            Phase::Cancelled { .. } => ClockState::Cancelled,
        }
    }

    /// What it shows at `now`: instants are compared, and nothing is reckoned.
    pub(crate) fn display_state(&self, now: Timestamp) -> DisplayState {
        match self.phase {
            Phase::Running { .. } if self.due.is_some_and(|due| now > due) => DisplayState::Overdue,
            Phase::Running { .. } if self.warn.is_some_and(|warn| now >= warn) => {
                DisplayState::AtRisk
            }
            Phase::Running { .. } => DisplayState::Ok,
            // A pause hides no breach.
            Phase::Paused { .. } if self.due.is_some() => DisplayState::Overdue,
            Phase::Paused { .. } | Phase::Suspended { .. } => DisplayState::Paused,
            Phase::Stopped { at } if self.was_due_before(at) => DisplayState::Missed,
            Phase::Stopped { .. } => DisplayState::Met,
            Phase::Cancelled { .. } => DisplayState::Cancelled,
        }
    }

    fn was_due_before(&self, at: Timestamp) -> bool {
        self.due.is_some_and(|due| due < at)
    }

    /// Whether it was stopped or cancelled.
    pub(crate) const fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Stopped { .. } | Phase::Cancelled { .. })
    }

    /// When it breaches if nothing happens: the due time of a running clock,
    /// or of a paused one that was late already.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Running { .. } | Phase::Paused { .. } => self.due,
            Phase::Suspended { .. } | Phase::Stopped { .. } | Phase::Cancelled { .. } => None,
        }
    }

    /// When it comes to be at risk if nothing happens.
    pub(crate) fn next_warn(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Running { .. } => self.warn,
            Phase::Paused { .. }
            | Phase::Suspended { .. }
            | Phase::Stopped { .. }
            | Phase::Cancelled { .. } => None,
        }
    }
}

/// The clocks of a ticket. A clock without a target is missing, and so is the
/// update clock while no message was ever awaited.
pub(crate) type Clocks = ClockMap<Clock>;

impl Clocks {
    /// The earliest instant at which one of them breaches.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.values().filter_map(Clock::next_due).min()
    }

    /// Whether one of them runs past its due time.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.next_due().is_some_and(|due| now > due)
    }

    /// Whether one of them has passed its first warning level, and none its
    /// due time.
    pub(crate) fn is_at_risk(&self, now: Timestamp) -> bool {
        !self.is_overdue(now) && self.next_warn().is_some_and(|warn| now >= warn)
    }

    /// The earliest instant at which one of them comes to be at risk.
    pub(crate) fn next_warn(&self) -> Option<Timestamp> {
        self.values().filter_map(Clock::next_warn).min()
    }
}
