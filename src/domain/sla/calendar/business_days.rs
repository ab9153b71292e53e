//! Business days. A day with open time is one; hours that run past midnight
//! belong to the day on which they begin.

use chrono::TimeDelta;

use super::Calendar;
use super::intervals::{DayIntervals, END, END_S, FIRST, OpenInterval, local_day};
use super::timetable::{Day, Timetable};
use crate::domain::Timestamp;
use crate::domain::time::working_span::WorkingSpan;

/// For how many days before an instant a business day can have begun that still
/// lasts: the hours of a day reach two days further at most.
const REACH: Day = 4;

impl Calendar {
    /// The instant `days` business days after `from`: the same clock time that
    /// many business days later or, with `end_of_day`, the last closing of that
    /// day. A start outside open time moves to the next opening. Of the
    /// instants without open time in between the first one is due, as in
    /// [`Calendar::add`]. `None` after the year 9999. On the calendar that is
    /// always open, a day is 24 hours and has no end.
    pub(crate) fn add_days(
        &self,
        from: Timestamp,
        days: u32,
        end_of_day: bool,
    ) -> Option<Timestamp> {
        let Self::Defined(table) = self else {
            return self.add(from, TimeDelta::days(days.into()));
        };
        let start = self.next_open(from)?;
        let mut scan = BusinessDays::new(table);
        let begin = scan.day_of(start)?;
        let (mut day, mut closes) = (begin, scan.hours(begin)?.to);
        for _ in 0..days {
            day = scan.next(day)?;
            closes = closes.max(scan.hours(day)?.to);
        }
        if end_of_day {
            return Timestamp::from_timestamp(closes, 0).filter(|at| at.timestamp() < END_S);
        }
        let due = scan.same_clock_time(start, begin, day)?;
        self.add(start, self.between(start, due))
    }

    /// The open time of that many business days after `from`; see
    /// [`Calendar::add_days`].
    pub(crate) fn days_span(
        &self,
        from: Timestamp,
        days: u32,
        end_of_day: bool,
    ) -> Option<TimeDelta> {
        let due = self.add_days(from, days, end_of_day)?;
        Some(self.between(from, due))
    }

    /// The open time of a span that starts at that time.
    pub(crate) fn open_time(
        &self,
        from: Timestamp,
        span: WorkingSpan,
        end_of_day: bool,
    ) -> TimeDelta {
        match span {
            WorkingSpan::Time(time) => time,
            WorkingSpan::Days(days) => self
                .days_span(from, days, end_of_day)
                .unwrap_or(TimeDelta::days(days.into())),
        }
    }

    /// The same clock time `days` business days before an instant, within the
    /// hours of that day.
    pub(crate) fn subtract_days(&self, at: Timestamp, days: u32) -> Option<Timestamp> {
        let Self::Defined(table) = self else {
            return at.checked_sub_signed(TimeDelta::days(days.into()));
        };
        let mut scan = BusinessDays::new(table);
        let begin = scan.day_of(at)?;
        let mut day = begin;
        for _ in 0..days {
            day = scan.previous(day)?;
        }
        scan.same_clock_time(at, begin, day)
    }

    /// How long the open days of a week without exceptions are; none on the
    /// calendar that is always open.
    pub(crate) fn usual_days(&self) -> Vec<TimeDelta> {
        let Self::Defined(table) = self else {
            return Vec::new();
        };
        let lengths = (0..7).map(|day| {
            let hours = table.weekday(day).iter();
            hours.map(|hours| TimeDelta::seconds((hours.to_s - hours.from_s).into()))
        });
        let lengths = lengths.map(Iterator::sum);
        lengths
            .filter(|length: &TimeDelta| !length.is_zero())
            .collect()
    }

    /// How many business days have passed from one instant to another; zero on
    /// the calendar that is always open.
    pub(crate) fn days_between(&self, from: Timestamp, to: Timestamp) -> u32 {
        let Self::Defined(table) = self else {
            return 0;
        };
        let mut scan = BusinessDays::new(table);
        let begin = self.next_open(from).and_then(|start| scan.day_of(start));
        let (Some(mut day), Some(end)) = (begin, scan.day_of(to)) else {
            return 0;
        };
        let mut days = 0;
        while let Some(next) = scan.next(day).filter(|next| *next <= end) {
            (day, days) = (next, days + 1);
        }
        let is_over = |days| {
            self.add_days(from, days, false)
                .is_some_and(|due| due <= to)
        };
        // At closing time the next day is due, and each that opens with it.
        while is_over(days + 1) {
            days += 1;
        }
        while days > 0 && !is_over(days) {
            days -= 1;
        }
        days
    }

    /// The last closing of the business day on which `span` of open time after
    /// `from` is used up. `None` on the calendar that is always open.
    pub(crate) fn end_of_day(&self, from: Timestamp, span: TimeDelta) -> Option<Timestamp> {
        let Self::Defined(table) = self else {
            return None;
        };
        let due = self.add(self.next_open(from)?, span)?;
        let mut scan = BusinessDays::new(table);
        // A due time at closing belongs to the day that closes.
        let before = due.checked_sub_signed(TimeDelta::nanoseconds(1))?;
        let within = if span.is_zero() { due } else { before };
        let day = scan.day_of(within)?;
        let closes = Timestamp::from_timestamp(scan.hours(day)?.to, 0)?;
        Some(closes.max(due))
    }
}

/// Walks over the business days of a calendar.
struct BusinessDays<'a> {
    table: &'a Timetable,
    days: DayIntervals<'a>,
}

impl<'a> BusinessDays<'a> {
    fn new(table: &'a Timetable) -> Self {
        Self {
            table,
            days: DayIntervals::new(table),
        }
    }

    /// From the first opening to the last closing of a day; `None` if it has no
    /// open time.
    fn hours(&mut self, day: Day) -> Option<OpenInterval> {
        self.days.day(day)
    }

    /// The last day that has opened at an instant.
    fn day_of(&mut self, at: Timestamp) -> Option<Day> {
        let today = local_day(self.table, at) + 1;
        let opened = |scan: &mut Self, day| {
            let hours = scan.hours(day);
            hours.is_some_and(|hours| hours.from <= at.timestamp())
        };
        let near = (today - REACH..=today).rev();
        let found = near.into_iter().find(|day| opened(self, *day));
        found.or_else(|| self.previous(today - REACH))
    }

    fn next(&mut self, day: Day) -> Option<Day> {
        (day + 1..END).find(|day| self.hours(*day).is_some())
    }

    fn previous(&mut self, day: Day) -> Option<Day> {
        (FIRST..day).rev().find(|day| self.hours(*day).is_some())
    }

    /// The clock time of an instant of one business day on another one, moved
    /// into its hours, and not past the opening of the day after it.
    fn same_clock_time(&mut self, at: Timestamp, from: Day, to: Day) -> Option<Timestamp> {
        let zone = &self.table.definition.zone;
        let shifted = zone
            .local_time(at)
            .checked_add_signed(TimeDelta::days(to - from))?;
        let same = zone.map_local_time(shifted).earliest();
        let hours = self.hours(to)?;
        let next = self.next(to).and_then(|next| self.hours(next));
        let closes = next.map_or(hours.to, |next| next.from.clamp(hours.from, hours.to));
        let opens = Timestamp::from_timestamp(hours.from, 0)?;
        let closes = Timestamp::from_timestamp(closes, 0)?;
        Some(same.max(opens).min(closes))
    }
}
