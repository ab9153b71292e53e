//! A second reckoning: minute by minute, by what the wall clock shows and by
//! the words of the rules, with nothing of the first but the plan.

use std::collections::HashMap;

use super::*;
use chrono::{Datelike, NaiveDateTime};

/// Every minute of some days, with what the wall clock shows.
pub(super) struct Oracle<'a> {
    plan: &'a CalendarDefinition,
    start: Timestamp,
    walls: Vec<NaiveDateTime>,
    first: HashMap<NaiveDateTime, usize>,
    last: HashMap<NaiveDateTime, usize>,
}

impl<'a> Oracle<'a> {
    /// For the days from a UTC date on, and eight around them.
    pub(super) fn of(plan: &'a CalendarDefinition, from: NaiveDate, days: i64) -> Self {
        let start = midnight(from) - TimeDelta::days(8);
        let minutes = (days + 16) * 1440;
        let walls: Vec<NaiveDateTime> = (0..minutes)
            .map(|n| plan.zone.local_time(start + TimeDelta::minutes(n)))
            .collect();
        let (mut first, mut last) = (HashMap::new(), HashMap::new());
        for (n, wall) in walls.iter().enumerate() {
            first.entry(*wall).or_insert(n);
            last.insert(*wall, n);
        }
        Self {
            plan,
            start,
            walls,
            first,
            last,
        }
    }

    /// The minute at which the wall clock jumps over a time.
    fn jump(&self, wall: NaiveDateTime) -> Option<usize> {
        let pair = |pair: &[NaiveDateTime]| pair[0] < wall && wall < pair[1];
        self.walls.windows(2).position(pair).map(|n| n + 1)
    }

    fn opening(&self, wall: NaiveDateTime) -> Option<usize> {
        self.first.get(&wall).copied().or_else(|| self.jump(wall))
    }

    fn closing(&self, wall: NaiveDateTime) -> Option<usize> {
        self.last.get(&wall).copied().or_else(|| self.jump(wall))
    }

    fn holiday(&self, date: NaiveDate) -> bool {
        self.plan
            .holidays
            .iter()
            .any(|holiday| match holiday.dates {
                HolidayDates::Range(first, last) => first <= date && date <= last,
                HolidayDates::Yearly(month, day) => (date.month(), date.day()) == (month, day),
            })
    }

    fn of_date(said: &[(NaiveDate, Vec<LocalHours>)], date: NaiveDate) -> Option<Vec<&LocalHours>> {
        let mut found = said.iter().filter(|(on, _)| *on == date).peekable();
        found.peek()?;
        Some(found.flat_map(|(_, hours)| hours).collect())
    }

    /// Which minutes are open, from the UTC date on.
    pub(super) fn open(&self, from: NaiveDate, days: i64) -> Vec<bool> {
        let mut open = vec![false; self.walls.len()];
        let dates: Vec<NaiveDate> = (from - TimeDelta::days(4))
            .iter_days()
            .take(usize::try_from(days + 8).unwrap())
            .collect();
        let range = |date: NaiveDate, hours: &LocalHours| {
            let midnight = date.and_time(NaiveTime::MIN);
            let from = self.opening(midnight + TimeDelta::seconds(hours.from_s.into()));
            let to = self.closing(midnight + TimeDelta::seconds(hours.to_s.into()));
            from.unwrap()..to.unwrap()
        };
        for date in dates.iter().filter(|date| !self.holiday(**date)) {
            let weekday = usize::try_from(date.weekday().num_days_from_monday()).unwrap();
            let hours = Self::of_date(&self.plan.shifts, *date)
                .unwrap_or_else(|| self.plan.week[weekday].iter().collect());
            for hours in hours {
                let mut range = range(*date, hours);
                for next in date.iter_days().skip(1).take(3) {
                    if self.holiday(next) {
                        let midnight = self.opening(next.and_time(NaiveTime::MIN)).unwrap();
                        range.end = range.end.min(midnight);
                    }
                }
                range.for_each(|n| open[n] = true);
            }
        }
        for date in &dates {
            for hours in Self::of_date(&self.plan.breaks, *date).unwrap_or_default() {
                range(*date, hours).for_each(|n| open[n] = false);
            }
        }
        let skip = usize::try_from((midnight(from) - self.start).num_minutes()).unwrap();
        let take = usize::try_from(days * 1440).unwrap();
        open.into_iter().skip(skip).take(take).collect()
    }
}
