//! A clock as a row stores it, and its reading at any time.

use chrono::TimeDelta;

use super::super::Timestamp;
use super::super::breach::obligation::NotificationClock;
use super::super::policy::versions::PolicyHistory;
use super::super::vocabulary::ClockName;
use super::clock_map::ClockMap;
use super::target::SlaTarget;
use super::whole_seconds::whole_seconds;

/// The phase of a clock, independent of the current time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Running {
        since: Timestamp,
    },
    /// The ticket is paused.
    Paused {
        since: Timestamp,
        /// When the pause ends by itself, if it does.
        until: Option<Timestamp>,
    },
    /// No update is required while the ticket is paused or resolved.
    Suspended {
        since: Timestamp,
        until: Option<Timestamp>,
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
    /// Working time used when the phase began.
    pub(crate) used: TimeDelta,
    /// Working time spent paused when the phase began.
    pub(crate) paused: TimeDelta,
    /// The first instant at which the target is used up; for a stopped clock
    /// the instant at which it would have been. A paused clock has one only if
    /// it was late before the pause, or if the pause ends by itself.
    pub(crate) due: Option<Timestamp>,
    /// The time after which it is late, if that is not its due time: a clock that
    /// was paused with nothing left is late only once it goes on.
    pub(crate) late_after: Option<Timestamp>,
    /// The first instant at which the first warning level is used up.
    pub(crate) warn: Option<Timestamp>,
    /// A lower target made it late at once.
    pub(crate) reclassified: bool,
    /// The due time that passed while an earlier, shorter target was in force:
    /// the clock is missed, whatever its target is now.
    pub(crate) relaxed: Option<Timestamp>,
    /// Whether the due time was promised by hand.
    pub(crate) promised: bool,
}

/// The state of a clock, independent of the current time.
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

/// The state as displayed: a running clock is `ok`, `at-risk` or `overdue`.
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

/// The reading of a clock at a time, in whole seconds: the used time and the
/// remainder add up to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockReading {
    pub(crate) state: ClockState,
    pub(crate) display: DisplayState,
    pub(crate) used: TimeDelta,
    /// The remainder of the target; negative once the target is used up.
    pub(crate) remaining: TimeDelta,
    pub(crate) paused: TimeDelta,
    /// When a running clock is due, or when a stopped one was.
    pub(crate) due: Option<Timestamp>,
    pub(crate) stopped: Option<Timestamp>,
}

impl ClockReading {
    /// Whether the target was used up, even by less than a second.
    pub(crate) fn is_late(&self) -> bool {
        matches!(self.display, DisplayState::Overdue | DisplayState::Missed)
            || self.remaining < TimeDelta::zero()
    }
}

impl Clock {
    /// Reads the clock at `now`.
    pub(crate) fn read_at(&self, now: Timestamp, policy: &PolicyHistory) -> ClockReading {
        let calendar = self.target.calendar(policy);
        let (mut used, mut paused) = (self.used, self.paused);
        let mut stopped = None;
        match self.phase {
            Phase::Running { since } => used += calendar.between(since, now),
            Phase::Paused { since, until } | Phase::Suspended { since, until } => {
                let resumed = until.map_or(now, |until| until.min(now));
                paused += calendar.between(since, resumed);
                used += calendar.between(resumed, now);
            }
            Phase::Stopped { at } | Phase::Cancelled { at } => stopped = Some(at),
        }
        let used = whole_seconds(used);
        ClockReading {
            state: self.state_at(now),
            display: self.display_state(now),
            used,
            remaining: whole_seconds(self.target.span) - used,
            paused: whole_seconds(paused),
            due: self.due,
            stopped,
        }
    }

    /// The phase at `now`: a pause whose end has come is over.
    fn phase_at(&self, now: Timestamp) -> Phase {
        let until = match self.phase {
            Phase::Paused { until, .. } | Phase::Suspended { until, .. } => until,
            Phase::Running { .. } | Phase::Stopped { .. } | Phase::Cancelled { .. } => None,
        };
        match until.filter(|until| *until <= now) {
            Some(until) => Phase::Running { since: until },
            None => self.phase,
        }
    }

    /// The state at `now`.
    pub(crate) fn state_at(&self, now: Timestamp) -> ClockState {
        match self.phase_at(now) {
            Phase::Running { .. } => ClockState::Running,
            Phase::Paused { .. } | Phase::Suspended { .. } => ClockState::Paused,
            Phase::Stopped { at } if self.was_missed_at(at) => ClockState::Missed,
            Phase::Stopped { .. } => ClockState::Met,
            Phase::Cancelled { .. } => ClockState::Cancelled,
        }
    }

    /// The displayed state at `now`. Compares instants and needs no calendar.
    pub(crate) fn display_state(&self, now: Timestamp) -> DisplayState {
        match self.phase_at(now) {
            Phase::Running { .. } if self.next_due().is_some_and(|due| now > due) => {
                DisplayState::Overdue
            }
            Phase::Running { .. } if self.warn.is_some_and(|warn| now >= warn) => {
                DisplayState::AtRisk
            }
            Phase::Running { .. } => DisplayState::Ok,
            // A pause does not hide a breach.
            Phase::Paused { since, .. } | Phase::Suspended { since, .. }
                if self.was_due_before(since) =>
            {
                DisplayState::Overdue
            }
            Phase::Paused { .. } | Phase::Suspended { .. } => DisplayState::Paused,
            Phase::Stopped { at } if self.was_missed_at(at) => DisplayState::Missed,
            Phase::Stopped { .. } => DisplayState::Met,
            Phase::Cancelled { .. } => DisplayState::Cancelled,
        }
    }

    /// Whether a clock that was stopped at that time was late, or had been under
    /// an earlier target.
    fn was_missed_at(&self, stopped: Timestamp) -> bool {
        self.was_due_before(stopped) || self.relaxed.is_some()
    }

    /// Whether the clock was stopped late.
    pub(crate) fn was_missed(&self) -> bool {
        matches!(self.phase, Phase::Stopped { at } if self.was_missed_at(at))
    }

    fn was_due_before(&self, at: Timestamp) -> bool {
        self.due.is_some_and(|due| due < at)
    }

    /// Whether the clock was stopped or cancelled.
    pub(crate) const fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Stopped { .. } | Phase::Cancelled { .. })
    }

    /// When the clock breaches if nothing happens: the due time of a running
    /// clock, or of a paused one that is late already or goes on by itself.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => {
                self.late_after.or(self.due)
            }
            Phase::Stopped { .. } | Phase::Cancelled { .. } => None,
        }
    }

    /// When the clock becomes at risk if nothing happens.
    pub(crate) fn next_warn(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Running { .. } => self.warn,
            Phase::Paused { until, .. } | Phase::Suspended { until, .. } => {
                Some(self.warn?.max(until?))
            }
            Phase::Stopped { .. } | Phase::Cancelled { .. } => None,
        }
    }
}

/// The clocks of a ticket. A clock without a target is missing, and so is the
/// update clock while no message was ever awaited.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Clocks {
    targets: ClockMap<Clock>,
    /// The clocks of obligations to notify of a breach; mostly none.
    pub(crate) notifications: Vec<NotificationClock>,
}

impl From<ClockMap<Clock>> for Clocks {
    fn from(targets: ClockMap<Clock>) -> Self {
        Self {
            targets,
            notifications: Vec::new(),
        }
    }
}

impl Clocks {
    pub(crate) const fn get(&self, name: ClockName) -> Option<&Clock> {
        self.targets.get(name)
    }

    pub(crate) fn set(&mut self, name: ClockName, clock: Option<Clock>) {
        self.targets.set(name, clock);
    }

    /// All clocks, those of notifications last.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Clock> {
        let notifications = self.notifications.iter().map(|one| &one.clock);
        self.targets.values().chain(notifications)
    }

    /// The notification that is to be sent next; of those that have ended, the
    /// last one.
    pub(crate) fn next_notification(&self) -> Option<&NotificationClock> {
        let open = self.notifications.iter();
        let open = open.filter(|one| !one.clock.has_ended());
        open.min_by_key(|one| one.clock.due)
            .or_else(|| self.notifications.last())
    }

    /// The earliest instant at which a clock breaches.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.values().filter_map(Clock::next_due).min()
    }

    /// Whether a clock is past its due time.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.next_due().is_some_and(|due| now > due)
    }

    /// Whether a clock is past its first warning level and none is past its
    /// due time.
    pub(crate) fn is_at_risk(&self, now: Timestamp) -> bool {
        !self.is_overdue(now) && self.next_warn().is_some_and(|warn| now >= warn)
    }

    /// The earliest instant at which a clock becomes at risk.
    pub(crate) fn next_warn(&self) -> Option<Timestamp> {
        self.values().filter_map(Clock::next_warn).min()
    }
}
