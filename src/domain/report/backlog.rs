//! The tickets that were open at the end of a period, and those of their clocks
//! that had not ended.

use chrono::TimeDelta;

use super::super::Timestamp;
use super::super::sla::clock::{Clock, Phase};
use super::super::summary::Summary;
use super::super::vocabulary::{ClockName, State};
use super::distribution::Distribution;

/// The clocks of one kind that had not ended at the end, of open tickets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OpenMeasure {
    /// Past the due time, be it that of an earlier, shorter target.
    pub(crate) missed: u64,
    /// Of these, given a longer target after the due time.
    pub(crate) relaxed: u64,
    /// Past the due time only because of a new priority.
    pub(crate) reclassified: u64,
    /// Wall-clock time from start to the end.
    waiting: Distribution,
}

impl OpenMeasure {
    /// Returns the number of clocks past their due time.
    pub(crate) const fn late(&self) -> u64 {
        self.missed + self.reclassified
    }

    fn add(&mut self, clock: Option<&Clock>, end: Timestamp, past: bool) {
        let Some(clock) = clock.filter(|clock| is_unfinished(clock, end, past)) else {
            return;
        };
        self.waiting
            .add((end - clock.started).max(TimeDelta::zero()));
        match (is_late(clock, end, past), clock.reclassified) {
            (false, _) => {}
            (true, false) => {
                self.missed += 1;
                self.relaxed += u64::from(clock.relaxed.is_some());
            }
            (true, true) => self.reclassified += 1,
        }
    }

    /// Returns the number of clocks that had started longer ago than this.
    pub(super) fn waiting_longer(&self, most: TimeDelta) -> u64 {
        self.waiting.count() - self.waiting.within(most)
    }

    fn merge(&mut self, other: &Self) {
        self.missed += other.missed;
        self.relaxed += other.relaxed;
        self.reclassified += other.reclassified;
        self.waiting.merge(&other.waiting);
    }
}

/// The tickets that were open at the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Backlog {
    pub(crate) open: u64,
    /// Of these, resolved but not closed.
    pub(crate) resolved: u64,
    /// Of these, with any clock past its due time, as `desk list --overdue`
    /// lists them.
    pub(crate) overdue: u64,
    pub(crate) response: OpenMeasure,
    pub(crate) resolution: OpenMeasure,
    /// How long they had been open.
    pub(crate) age: Distribution,
}

impl Backlog {
    /// Counts a ticket that was open at `end`. If `past`, that time has passed, and
    /// the row includes what happened later.
    pub(super) fn add(&mut self, row: &Summary, end: Timestamp, past: bool) {
        self.open += 1;
        let resolved = match row.resolved {
            Some(at) if past => at < end,
            Some(_) => row.state == State::Resolved,
            None => false,
        };
        self.resolved += u64::from(resolved);
        let mut clocks = row.clocks.values();
        self.overdue += u64::from(clocks.any(|clock| is_late(clock, end, past)));
        let clock = |name| row.clocks.get(name);
        self.response.add(clock(ClockName::Response), end, past);
        self.resolution.add(clock(ClockName::Resolution), end, past);
        self.age.add((end - row.opened).max(TimeDelta::zero()));
    }

    pub(super) fn finish(&mut self) {
        self.age.sort();
        self.response.waiting.sort();
        self.resolution.waiting.sort();
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.open += other.open;
        self.resolved += other.resolved;
        self.overdue += other.overdue;
        self.response.merge(&other.response);
        self.resolution.merge(&other.resolution);
        self.age.merge(&other.age);
    }
}

/// Returns whether a clock had started and not ended at a time. If `past`, that
/// time has passed, and the clock includes what happened later.
fn is_unfinished(clock: &Clock, at: Timestamp, past: bool) -> bool {
    clock.started <= at
        && match clock.phase {
            Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => true,
            Phase::Stopped { at: end } => past && end >= at,
            Phase::Cancelled { .. } => false,
        }
}

/// Returns whether a clock was past its due time at a time and had not ended.
fn is_late(clock: &Clock, at: Timestamp, past: bool) -> bool {
    let due = match clock.phase {
        Phase::Stopped { .. } => clock.due,
        Phase::Running { .. }
        | Phase::Paused { .. }
        | Phase::Suspended { .. }
        | Phase::Cancelled { .. } => clock.next_due(),
    };
    let missed = [due, clock.relaxed];
    is_unfinished(clock, at, past) && missed.into_iter().flatten().any(|due| due < at)
}
