//! The figures of a group of tickets. The help of `desk report` explains each of
//! them.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::super::Timestamp;
use super::super::people::{Agent, Tier};
use super::super::sla::clock::{Clock, Phase};
use super::super::summary::Summary;
use super::super::vocabulary::ClockName;
use super::TierTransfer;
use super::backlog::{Backlog, OpenMeasure};
use super::distribution::Distribution;

/// The published target for the mean resolution time.
pub(crate) const MEAN_RESOLUTION: TimeDelta = TimeDelta::hours(24);
/// The published targets for the first response: one to three hours.
pub(crate) const FIRST_RESPONSE: [TimeDelta; 2] = [TimeDelta::hours(1), TimeDelta::hours(3)];

/// A share: a part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) part: u64,
    pub(crate) whole: u64,
}

impl Share {
    /// Returns the share in whole percent, rounded, but 100 only for all and 0
    /// only for none; `None` if the whole is zero.
    pub(crate) fn percent(self) -> Option<u64> {
        let Self { part, whole } = self;
        let rounded = (200 * part + whole).checked_div(2 * whole)?;
        Some(match rounded {
            100 if part < whole => 99,
            0 if part > 0 => 1,
            percent => percent,
        })
    }

    /// Returns the share in ten-thousandths, rounded; `None` if the whole is zero.
    pub(crate) fn of_ten_thousand(self) -> Option<u64> {
        let Self { part, whole } = self;
        (20_000 * part + whole).checked_div(2 * whole)
    }
}

/// How the clocks that ended met their SLA target. Every ticket counts once: as
/// met, missed, reclassified, cancelled, without a target or without evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Measure {
    pub(crate) met: u64,
    /// Stopped after the due time.
    pub(crate) missed: u64,
    /// Of these, given a longer target after the due time.
    pub(crate) relaxed: u64,
    /// Missed only because of a new priority.
    pub(crate) reclassified: u64,
    /// Withdrawn, merged, or resolved in time without a response.
    pub(crate) cancelled: u64,
    /// Without a target.
    pub(crate) without_target: u64,
    /// Imported, and the log does not say when or whether it was done.
    pub(crate) without_evidence: u64,
    /// Wall-clock time from start to stop.
    pub(crate) elapsed: Distribution,
    /// Working time, as the clock counts it.
    pub(crate) working: Distribution,
}

impl Measure {
    fn stopped(&mut self, clock: &Clock) {
        match (clock.was_missed(), clock.reclassified) {
            (false, _) => self.met += 1,
            (true, false) => {
                self.missed += 1;
                self.relaxed += u64::from(clock.relaxed.is_some());
            }
            (true, true) => self.reclassified += 1,
        }
        self.working.add(clock.used);
    }

    fn merge(&mut self, other: &Self) {
        self.met += other.met;
        self.missed += other.missed;
        self.relaxed += other.relaxed;
        self.reclassified += other.reclassified;
        self.cancelled += other.cancelled;
        self.without_target += other.without_target;
        self.without_evidence += other.without_evidence;
        self.elapsed.merge(&other.elapsed);
        self.working.merge(&other.working);
    }

    fn finish(&mut self) {
        self.elapsed.sort();
        self.working.sort();
    }
}

/// How a target was met: by the clocks that ended, and by those that were late
/// and had not ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TargetFigures<'a> {
    pub(crate) ended: &'a Measure,
    pub(crate) open: &'a OpenMeasure,
}

impl TargetFigures<'_> {
    pub(crate) const fn missed(self) -> u64 {
        self.ended.missed + self.open.missed
    }

    /// Returns how many of the missed ones were given a longer target after the
    /// due time.
    pub(crate) const fn relaxed(self) -> u64 {
        self.ended.relaxed + self.open.relaxed
    }

    pub(crate) const fn reclassified(self) -> u64 {
        self.ended.reclassified + self.open.reclassified
    }

    /// Returns the share of met targets, leaving out reclassified ones.
    pub(crate) const fn share_met(self) -> Share {
        Share {
            part: self.ended.met,
            whole: self.ended.met + self.missed(),
        }
    }

    /// Returns the share of met targets, counting reclassified ones as missed.
    pub(crate) const fn share_met_with_reclassified(self) -> Share {
        Share {
            part: self.ended.met,
            whole: self.ended.met + self.missed() + self.reclassified(),
        }
    }
}

/// The notifications of breaches of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NotificationFigures {
    /// Sent by their due time.
    pub(crate) in_time: u64,
    /// Sent after it, or left open after it.
    pub(crate) late: u64,
    pub(crate) not_required: u64,
    /// Still to be sent at the end of the period, and of these the overdue ones.
    pub(crate) open: u64,
    pub(crate) overdue: u64,
}

impl NotificationFigures {
    /// Whether there are none.
    pub(crate) fn is_zero(&self) -> bool {
        *self == Self::default()
    }

    fn merge(&mut self, other: &Self) {
        self.in_time += other.in_time;
        self.late += other.late;
        self.not_required += other.not_required;
        self.open += other.open;
        self.overdue += other.overdue;
    }

    /// Counts a clock that ended.
    pub(super) fn ended(&mut self, clock: &Clock) {
        if matches!(clock.phase, Phase::Cancelled { .. }) {
            self.not_required += 1;
        } else if clock.was_missed() {
            self.late += 1;
        } else {
            self.in_time += 1;
        }
    }

    /// Counts a clock that still ran at the end of the period.
    pub(super) fn open_at(&mut self, clock: &Clock, end: Timestamp) {
        self.open += 1;
        self.overdue += u64::from(clock.due.is_some_and(|due| due < end));
    }
}

/// The figures of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Figures {
    pub(crate) opened: u64,
    pub(crate) resolved: u64,
    pub(crate) closed: u64,
    /// Of the closed tickets, those merged into another one.
    pub(crate) merged: u64,
    pub(crate) response: Measure,
    pub(crate) resolution: Measure,
    /// Of the resolved tickets, those that had been reopened, and how often.
    pub(crate) reopened: u64,
    pub(crate) reopenings: u64,
    /// Of the resolved tickets, those that never left the first tier.
    pub(crate) first_line: u64,
    /// Moves to a higher tier, by tiers.
    pub(crate) escalations: BTreeMap<(Tier, Tier), u64>,
    /// Moves to a lower tier, and the tickets that had any.
    pub(crate) handbacks: u64,
    pub(crate) handed_back: u64,
    /// How often each rating from 1 to 5 was given at closure.
    pub(crate) ratings: [u64; 5],
    pub(crate) notifications: NotificationFigures,
    /// The time that each agent spent in the period.
    pub(crate) spent: BTreeMap<Agent, TimeDelta>,
    pub(crate) backlog: Backlog,
}

impl Figures {
    pub(super) fn opened(&mut self, row: &Summary) {
        self.opened += 1;
        match (row.clocks.get(ClockName::Response), &row.origin) {
            (Some(_), _) => {}
            (None, Some(_)) => self.response.without_evidence += 1,
            (None, None) => self.response.without_target += 1,
        }
    }

    /// Counts a first response, or a cancelled response clock.
    pub(super) fn answered(&mut self, clock: &Clock, at: Timestamp) {
        if matches!(clock.phase, Phase::Cancelled { .. }) {
            self.response.cancelled += 1;
        } else {
            self.response.stopped(clock);
            self.response.elapsed.add(at - clock.started);
        }
    }

    pub(super) fn resolved(&mut self, row: &Summary, at: Timestamp, first: &Tier) {
        self.resolved += 1;
        self.reopened += u64::from(row.reopenings > 0);
        self.reopenings += u64::from(row.reopenings);
        let measure = &mut self.resolution;
        match row.clocks.get(ClockName::Resolution) {
            Some(clock) => match clock.phase {
                Phase::Stopped { .. } => measure.stopped(clock),
                Phase::Cancelled { .. } => {
                    measure.cancelled += 1;
                    return;
                }
                Phase::Running { .. } | Phase::Paused { .. } | Phase::Suspended { .. } => {
                    measure.without_target += 1;
                }
            },
            None => measure.without_target += 1,
        }
        measure.elapsed.add(at - row.opened);
        self.first_line += u64::from(row.escalations == 0 && row.tier == *first);
    }

    pub(super) fn closed(&mut self, row: &Summary) {
        self.closed += 1;
        self.merged += u64::from(row.merged_into.is_some());
        let given = row.satisfaction.and_then(|rating| rating.checked_sub(1));
        if let Some(count) = given.and_then(|at| self.ratings.get_mut(usize::from(at))) {
            *count += 1;
        }
    }

    /// Counts a move between tiers. `is_first` is whether it is the first move back
    /// of the ticket that is counted here.
    pub(super) fn count_move(&mut self, transfer: &TierTransfer, is_first: bool) {
        let TierTransfer { from, to, up, .. } = transfer;
        if *up {
            let tiers = (from.clone(), to.clone());
            *self.escalations.entry(tiers).or_default() += 1;
        } else {
            self.handbacks += 1;
            self.handed_back += u64::from(is_first);
        }
    }

    /// Adds the figures of another group; the backlog only if it is at the same
    /// time.
    pub(super) fn merge(&mut self, other: &Self, backlog: bool) {
        self.opened += other.opened;
        self.resolved += other.resolved;
        self.closed += other.closed;
        self.merged += other.merged;
        self.response.merge(&other.response);
        self.resolution.merge(&other.resolution);
        self.reopened += other.reopened;
        self.reopenings += other.reopenings;
        self.first_line += other.first_line;
        for (tiers, count) in &other.escalations {
            *self.escalations.entry(tiers.clone()).or_default() += count;
        }
        self.handbacks += other.handbacks;
        self.handed_back += other.handed_back;
        for (mine, theirs) in self.ratings.iter_mut().zip(other.ratings) {
            *mine += theirs;
        }
        self.notifications.merge(&other.notifications);
        for (agent, time) in &other.spent {
            *self.spent.entry(agent.clone()).or_default() += *time;
        }
        if backlog {
            self.backlog.merge(&other.backlog);
        }
    }

    pub(super) fn finish(&mut self) {
        self.response.finish();
        self.resolution.finish();
        self.backlog.finish();
    }

    /// Returns the time that all agents spent.
    pub(crate) fn time_spent(&self) -> TimeDelta {
        self.spent.values().sum()
    }

    /// Returns how the targets of first responses were met.
    pub(crate) const fn response_targets(&self) -> TargetFigures<'_> {
        TargetFigures {
            ended: &self.response,
            open: &self.backlog.response,
        }
    }

    /// Returns how the targets of resolutions were met.
    pub(crate) const fn resolution_targets(&self) -> TargetFigures<'_> {
        TargetFigures {
            ended: &self.resolution,
            open: &self.backlog.resolution,
        }
    }

    /// Returns the share of resolved tickets that had been reopened.
    pub(crate) const fn share_reopened(&self) -> Share {
        Share {
            part: self.reopened,
            whole: self.resolved,
        }
    }

    /// Returns the share of tickets that the first tier solved, of those resolved
    /// and not withdrawn.
    pub(crate) fn share_first_line(&self) -> Share {
        Share {
            part: self.first_line,
            whole: self.resolution.elapsed.count(),
        }
    }

    /// Returns the share of first responses within a time. What was open without
    /// one for longer counts as not within it.
    pub(crate) fn share_answered_within(&self, most: TimeDelta) -> Share {
        Share {
            part: self.response.elapsed.within(most),
            whole: self.response.elapsed.count() + self.backlog.response.waiting_longer(most),
        }
    }

    /// Returns whether the mean resolution time meets the published target;
    /// `None` if there are no resolutions.
    pub(crate) fn keeps_mean(&self) -> Option<bool> {
        let mean = self.resolution.elapsed.mean()?;
        Some(mean <= MEAN_RESOLUTION)
    }

    /// Returns the number of ratings.
    pub(crate) fn rated(&self) -> u64 {
        self.ratings.iter().sum()
    }

    /// Returns the sum of the ratings over their number: their mean.
    pub(crate) fn mean_rating(&self) -> Share {
        let sum = (1..)
            .zip(self.ratings)
            .map(|(rating, count)| rating * count);
        Share {
            part: sum.sum(),
            whole: self.rated(),
        }
    }
}
