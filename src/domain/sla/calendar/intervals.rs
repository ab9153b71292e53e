//! The open intervals of a calendar as UTC seconds, in order.
//!
//! For an ordinary weekday without a clock change nearby this is plain
//! subtraction; for any other day the zone maps each opening and closing time.

use chrono::{NaiveTime, TimeDelta};

use super::timetable::{DAY_S, Day, Timetable, date};
use super::{LocalHours, NANOS};
use crate::domain::Timestamp;
use crate::domain::time::zone::{MAX_OFFSET_S, Zone};

/// 0001-01-01, the first day that can open.
pub(super) const FIRST: Day = -719_162;
/// 10000-01-01, after the last day that can open.
pub(super) const END: Day = 2_932_897;
const FIRST_S: i64 = FIRST * DAY_S;
/// The first second after the year 9999.
pub(super) const END_S: i64 = END * DAY_S;
/// How far ahead to look for a clock change.
const AHEAD_S: i64 = 28 * DAY_S;
/// For how many days the hours and breaks of a day can matter: two, and one
/// more for a zone that skipped or repeated a date.
const SPILL: Day = 3;

/// An open interval in Unix seconds, half-open and never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenInterval {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl OpenInterval {
    pub(super) fn nanos(self) -> (i128, i128) {
        (i128::from(self.from) * NANOS, i128::from(self.to) * NANOS)
    }
}

/// Calculates the intervals that begin on a day.
struct Days<'a> {
    table: &'a Timetable,
    /// Whether breaks are subtracted.
    breaks: bool,
    window: OffsetWindow,
}

/// A period with one UTC offset, as far as was looked.
#[derive(Default)]
struct OffsetWindow {
    since: i64,
    /// Excluded.
    until: i64,
    /// Whether the offset changes at the end.
    changes: bool,
    offset_s: i64,
}

impl<'a> Days<'a> {
    /// Appends the intervals that begin on a day, in order. A day is special if
    /// it or a day nearby has a holiday, a shift or a break.
    fn append_day(&mut self, day: Day, special: bool, list: &mut Vec<OpenInterval>) {
        let table = self.table;
        let hours = if special {
            table.hours(day)
        } else {
            table.weekday(day)
        };
        if hours.is_empty() {
            return;
        }
        let offset_s = self.offset(day);
        let all = hours
            .iter()
            .filter_map(|hours| interval(table, day, offset_s, hours));
        if !special {
            list.extend(all);
            return;
        }
        let mut after = day + 1..=day + SPILL;
        let holiday = after.find(|next| table.holiday(*next).is_some());
        let end = holiday.map_or(i64::MAX, |holiday| midnight(table, holiday));
        let buffer = list.len();
        list.extend(all.map(|whole| OpenInterval {
            to: whole.to.min(end),
            ..whole
        }));
        if self.breaks {
            for near in day - SPILL..=day + SPILL {
                for hours in table.breaks(near) {
                    if let Some(gap) = interval(table, near, None, hours) {
                        cut(list, buffer, gap);
                    }
                }
            }
        }
        let from = list[buffer..].iter().map(|interval| interval.from).min();
        let to = list[buffer..].iter().map(|interval| interval.to).max();
        if let Some((from, to)) = from.zip(to) {
            for closed in table.closed.overlapping(from, to) {
                cut(list, buffer, closed.interval());
            }
        }
        list.retain(|interval| interval.from < interval.to);
    }

    /// The offset for all hours of a day, if it does not change around them.
    fn offset(&mut self, day: Day) -> Option<i64> {
        let reach = i64::from(MAX_OFFSET_S);
        let (from, to) = (day * DAY_S - reach, (day + 2) * DAY_S + reach);
        let known = &self.window;
        let inside = (known.since..known.until).contains(&from);
        if !inside || (to >= known.until && !known.changes) {
            let zone = &self.table.definition.zone;
            let ahead = to + AHEAD_S;
            let change = zone.next_transition(from, ahead);
            self.window = OffsetWindow {
                since: from,
                until: change.unwrap_or(ahead + 1),
                changes: change.is_some(),
                offset_s: zone.offset_at(from).into(),
            };
        }
        (to < self.window.until).then_some(self.window.offset_s)
    }
}

/// Converts hours of a day to an interval: with a fixed offset, or by mapping
/// each end in the zone.
fn interval(
    table: &Timetable,
    day: Day,
    offset_s: Option<i64>,
    hours: &LocalHours,
) -> Option<OpenInterval> {
    let (from_s, to_s) = (i64::from(hours.from_s), i64::from(hours.to_s));
    let (from, to) = match offset_s {
        Some(offset_s) => {
            let base = day * DAY_S - offset_s;
            (base + from_s, base + to_s)
        }
        None => {
            let midnight = date(day)?.and_time(NaiveTime::MIN);
            let zone = &table.definition.zone;
            let opens = zone.map_local_time(midnight + TimeDelta::seconds(from_s));
            let closes = zone.map_local_time(midnight + TimeDelta::seconds(to_s));
            (opens.earliest().timestamp(), closes.latest().timestamp())
        }
    };
    (from < to).then_some(OpenInterval { from, to })
}

/// The first instant of a local date, in Unix seconds.
pub(super) fn midnight(table: &Timetable, day: Day) -> i64 {
    midnight_in(&table.definition.zone, day)
}

/// As [`midnight`], in a zone.
pub(super) fn midnight_in(zone: &Zone, day: Day) -> i64 {
    date(day).map_or(i64::MAX, |date| {
        let midnight = date.and_time(NaiveTime::MIN);
        zone.map_local_time(midnight).earliest().timestamp()
    })
}

/// Removes a gap from the intervals that start at an index of the list.
fn cut(list: &mut Vec<OpenInterval>, from: usize, gap: OpenInterval) {
    let mut i = from;
    while let Some(&whole) = list.get(i) {
        if gap.from < whole.to && whole.from < gap.to {
            list[i].to = gap.from.max(whole.from);
            if gap.to < whole.to {
                i += 1;
                list.insert(
                    i,
                    OpenInterval {
                        from: gap.to,
                        to: whole.to,
                    },
                );
            }
        }
        i += 1;
    }
}

/// Iterates over the open intervals in order. They are disjoint, but two may
/// touch.
pub(super) struct OpenIntervals<'a> {
    days: Days<'a>,
    day: Day,
    /// The day after the last one.
    end: Day,
    /// The latest special day so far.
    special: Day,
    buffer: Vec<OpenInterval>,
    next: usize,
    /// The end of the last interval returned.
    reached: i64,
}

impl<'a> OpenIntervals<'a> {
    /// All intervals that end after an instant, and possibly some before it.
    pub(super) fn from(table: &'a Timetable, from: Timestamp) -> Self {
        Self::new(table, local_day(table, from) - SPILL, END)
    }

    /// Like [`Self::from`], but only those that begin at or before another
    /// instant.
    pub(super) fn over(table: &'a Timetable, from: Timestamp, to: Timestamp) -> Self {
        let last = local_day(table, to) + 1;
        Self::new(table, local_day(table, from) - SPILL, last + 1)
    }

    /// Ignores breaks.
    pub(super) fn without_breaks(mut self) -> Self {
        self.days.breaks = false;
        self
    }

    fn new(table: &'a Timetable, day: Day, end: Day) -> Self {
        let day = day.clamp(FIRST, END);
        let near = (day - SPILL..day + SPILL).rev();
        let special = near.into_iter().find(|near| table.is_special(*near));
        Self {
            days: Days {
                table,
                breaks: true,
                window: OffsetWindow::default(),
            },
            day,
            end: end.min(END),
            special: special.unwrap_or(Day::MIN),
            buffer: Vec::new(),
            next: 0,
            reached: FIRST_S,
        }
    }
}

impl Iterator for OpenIntervals<'_> {
    type Item = OpenInterval;

    fn next(&mut self) -> Option<OpenInterval> {
        loop {
            while let Some(interval) = self.buffer.get(self.next) {
                self.next += 1;
                let (from, to) = (interval.from.max(self.reached), interval.to.min(END_S));
                if from < to {
                    self.reached = to;
                    return Some(OpenInterval { from, to });
                }
            }
            if self.day >= self.end {
                return None;
            }
            self.buffer.clear();
            self.next = 0;
            if self.days.table.is_special(self.day + SPILL) {
                self.special = self.day + SPILL;
            }
            let special = self.special >= self.day - SPILL;
            self.days.append_day(self.day, special, &mut self.buffer);
            self.day += 1;
        }
    }
}

/// The intervals of single days, each on its own: intervals of two days may
/// overlap.
pub(super) struct DayIntervals<'a> {
    days: Days<'a>,
    buffer: Vec<OpenInterval>,
}

impl<'a> DayIntervals<'a> {
    pub(super) fn new(table: &'a Timetable) -> Self {
        Self {
            days: OpenIntervals::new(table, FIRST, FIRST).days,
            buffer: Vec::new(),
        }
    }

    /// From the first opening to the last closing of a day.
    pub(super) fn day(&mut self, day: Day) -> Option<OpenInterval> {
        self.buffer.clear();
        self.days.append_day(day, true, &mut self.buffer);
        let to = self.buffer.iter().map(|interval| interval.to).max()?;
        self.buffer.first().map(|first| OpenInterval {
            from: first.from,
            to,
        })
    }
}

/// The local date of an instant, clamped to the supported years.
pub(super) fn local_day(table: &Timetable, at: Timestamp) -> Day {
    local_day_in(&table.definition.zone, at.timestamp())
}

/// As [`local_day`], of an instant in Unix seconds in a zone.
pub(super) fn local_day_in(zone: &Zone, at: i64) -> Day {
    let at = at.clamp(FIRST_S, END_S);
    (at + i64::from(zone.offset_at(at))).div_euclid(DAY_S)
}
