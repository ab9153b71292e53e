//! A naive calculation, minute by minute, from the local times and the text of
//! the rules. It shares only the definition with the real one.

use std::collections::HashMap;

use super::*;
use chrono::{Datelike, NaiveDateTime};

/// Every minute of some days, with its local time.
pub(super) struct Oracle<'a> {
    definition: &'a CalendarDefinition,
    start: Timestamp,
    locals: Vec<NaiveDateTime>,
    first: HashMap<NaiveDateTime, usize>,
    last: HashMap<NaiveDateTime, usize>,
}

impl<'a> Oracle<'a> {
    /// For the days from a UTC date on, and eight around them.
    pub(super) fn new(definition: &'a CalendarDefinition, from: NaiveDate, days: i64) -> Self {
        let start = midnight(from) - TimeDelta::days(8);
        let minutes = (days + 16) * 1440;
        let locals: Vec<NaiveDateTime> = (0..minutes)
            .map(|n| definition.zone.local_time(start + TimeDelta::minutes(n)))
            .collect();
        let (mut first, mut last) = (HashMap::new(), HashMap::new());
        for (n, local) in locals.iter().enumerate() {
            first.entry(*local).or_insert(n);
            last.insert(*local, n);
        }
        Self {
            definition,
            start,
            locals,
            first,
            last,
        }
    }

    /// The minute at which a clock change skips a local time.
    fn jump(&self, local: NaiveDateTime) -> Option<usize> {
        let pair = |pair: &[NaiveDateTime]| pair[0] < local && local < pair[1];
        self.locals.windows(2).position(pair).map(|n| n + 1)
    }

    fn opening(&self, local: NaiveDateTime) -> Option<usize> {
        self.first.get(&local).copied().or_else(|| self.jump(local))
    }

    fn closing(&self, local: NaiveDateTime) -> Option<usize> {
        self.last.get(&local).copied().or_else(|| self.jump(local))
    }

    /// Whether a date has a shift with hours: it opens what a file closes.
    fn has_shift(&self, date: NaiveDate) -> bool {
        Self::of_date(&self.definition.shifts, date).is_some_and(|hours| !hours.is_empty())
    }

    fn holiday(&self, date: NaiveDate) -> bool {
        let opened = |source: HolidaySource| {
            self.has_shift(date)
                && match source {
                    HolidaySource::Policy => self.definition.open_holidays.contains(&date),
                    HolidaySource::File => true,
                }
        };
        let on = |holiday: &Holiday| match holiday.dates {
            HolidayDates::Range(first, last) => first <= date && date <= last,
            HolidayDates::Yearly(month, day) => (date.month(), date.day()) == (month, day),
        };
        let mut holidays = self.definition.holidays.iter();
        holidays.any(|holiday| on(holiday) && !opened(holiday.source))
    }

    /// The minutes that events of files close.
    fn closed_by_events(&self, dates: &[NaiveDate]) -> Vec<usize> {
        let minute = |at: Timestamp| (at - self.start).num_minutes();
        let count = i64::try_from(self.locals.len()).unwrap();
        let closed = self.definition.closures.iter();
        let mut closed: Vec<usize> = closed
            .flat_map(|event| minute(event.from).max(0)..minute(event.to).min(count))
            .map(|n| usize::try_from(n).unwrap())
            .collect();
        let shifts = dates.iter().filter(|date| self.has_shift(**date));
        for date in shifts {
            let midnight = |date: NaiveDate| self.opening(date.and_time(NaiveTime::MIN)).unwrap();
            let day = midnight(*date)..midnight(date.succ_opt().unwrap());
            closed.retain(|n| !day.contains(n));
        }
        closed
    }

    fn of_date(
        dates: &[(NaiveDate, Vec<LocalHours>)],
        date: NaiveDate,
    ) -> Option<Vec<&LocalHours>> {
        let mut found = dates.iter().filter(|(on, _)| *on == date).peekable();
        found.peek()?;
        Some(found.flat_map(|(_, hours)| hours).collect())
    }

    /// Which minutes are open, from a UTC date on.
    pub(super) fn open(&self, from: NaiveDate, days: i64) -> Vec<bool> {
        let mut open = vec![false; self.locals.len()];
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
            let hours = Self::of_date(&self.definition.shifts, *date)
                .unwrap_or_else(|| self.definition.week[weekday].iter().collect());
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
            for hours in Self::of_date(&self.definition.breaks, *date).unwrap_or_default() {
                range(*date, hours).for_each(|n| open[n] = false);
            }
        }
        for n in self.closed_by_events(&dates) {
            open[n] = false;
        }
        let skip = usize::try_from((midnight(from) - self.start).num_minutes()).unwrap();
        let take = usize::try_from(days * 1440).unwrap();
        open.into_iter().skip(skip).take(take).collect()
    }
}
