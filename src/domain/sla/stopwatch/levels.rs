//! When a clock reaches its target, and the levels before and after that.

use chrono::TimeDelta;

use super::super::level::{Level, Side};
use super::ClockRun;
use crate::domain::Timestamp;
use crate::domain::policy::BREACH;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::time::working_span::WorkingSpan;

/// Returns a percentage of a span.
fn share(span: TimeDelta, percent: u16) -> TimeDelta {
    span * i32::from(percent) / 100
}

impl ClockRun {
    /// The working time from start to due. With an end of day, the due time
    /// moves to the last closing of its day after each pause.
    pub(super) fn span(&self, policy: &PolicyHistory) -> TimeDelta {
        let target = self.target.span;
        if !self.target.end_of_day || self.target.days.is_none() {
            return target;
        }
        let (mut span, mut used, mut paused) = (target, TimeDelta::zero(), false);
        for interval in &self.intervals {
            if interval.pause.is_some() {
                paused = true;
                continue;
            }
            let calendar = interval.calendar(policy);
            // A clock that was late before the pause stays late.
            if paused && used < span {
                let rest = (target - used).max(TimeDelta::zero());
                let closes = calendar.end_of_day(interval.from, rest);
                let extended = closes.map(|closes| used + calendar.between(interval.from, closes));
                span = extended.unwrap_or(span);
            }
            paused = false;
            let Some(to) = interval.to else { break };
            used += calendar.between(interval.from, to);
        }
        span
    }

    /// The first instant at which a level is reached, and the percentage of the
    /// target that is used up then; `None` while a pause keeps it open, and for
    /// a span before the due time that is not shorter than the target.
    pub(crate) fn level_reached(
        &self,
        level: Level,
        policy: &PolicyHistory,
    ) -> Option<(u16, Timestamp)> {
        let run = self.expected();
        let target = run.span(policy);
        let offset = match level {
            Level::Percent(percent) => {
                return Some((percent, run.used_at(share(target, percent), policy)?));
            }
            Level::Offset(offset) => offset,
        };
        let calendar = run.target.calendar(policy);
        let due = || run.used_at(target, policy);
        let used = match (offset.side, offset.span) {
            (Side::Before, WorkingSpan::Time(time)) => target - time,
            (Side::Before, WorkingSpan::Days(days)) => {
                run.used_until(calendar.subtract_days(due()?, days)?, policy)
            }
            (Side::After, WorkingSpan::Time(time)) => target + time,
            (Side::After, WorkingSpan::Days(days)) => {
                target + calendar.days_span(due()?, days, false)?
            }
        };
        if used <= TimeDelta::zero() {
            return None;
        }
        let share = used.num_milliseconds() * 100 / target.num_milliseconds().max(1);
        let percent = u16::try_from(share).unwrap_or(u16::MAX);
        let percent = match offset.side {
            Side::Before => percent.min(BREACH - 1),
            Side::After => percent.max(BREACH + 1),
        };
        Some((percent, run.used_at(used, policy)?))
    }

    /// The time after which a running clock is late, if it is not the due time: it
    /// was paused with nothing left, and goes on from then.
    pub(super) fn late_after(&self, due: Timestamp, policy: &PolicyHistory) -> Option<Timestamp> {
        let goes_on = self.intervals.last().filter(|_| self.is_running())?.from;
        (due < goes_on && !self.is_late(goes_on, policy)).then_some(goes_on)
    }

    /// When the clock becomes at risk: at the first warning level before the due
    /// time or, without any, at the due time.
    pub(super) fn at_risk_at(&self, policy: &PolicyHistory) -> Option<Timestamp> {
        let warnings = &policy.version(self.target.policy_version).warnings;
        let before: Vec<Level> = warnings
            .iter()
            .copied()
            .filter(|level| level.is_before_due())
            .collect();
        let reached = |level: &Level| Some(self.level_reached(*level, policy)?.1);
        match before.iter().filter_map(reached).min() {
            None if before.is_empty() => self.used_at(self.span(policy), policy),
            first => first,
        }
    }

    /// The time used at an instant of the past or, if nothing happens, of the
    /// future.
    fn used_until(&self, at: Timestamp, policy: &PolicyHistory) -> TimeDelta {
        let counted = self.intervals.iter().filter(|s| s.pause.is_none());
        counted
            .map(|s| {
                let to = s.to.map_or(at, |to| to.min(at));
                s.calendar(policy).between(s.from, to)
            })
            .sum()
    }
}
