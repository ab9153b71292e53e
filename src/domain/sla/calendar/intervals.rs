//! The open stretches of a timetable on the UTC line, one after the other.
//!
//! A day that is like every week's and has no clock change near is plain
//! subtraction; any other asks the zone for each of its hours.

use chrono::{NaiveTime, TimeDelta};

use super::timetable::{DAY_S, Day, Timetable, date};
use super::{LocalHours, NANOS};
use crate::domain::Timestamp;
use crate::domain::time::zone::MAX_OFFSET_S;

/// 0001-01-01, the first day that can open.
pub(super) const FIRST: Day = -719_162;
/// 10000-01-01, after the last day that can open.
pub(super) const END: Day = 2_932_897;
const FIRST_S: i64 = FIRST * DAY_S;
/// The first second after the year 9999.
pub(super) const END_S: i64 = END * DAY_S;
/// How far ahead a clock change is looked for.
const AHEAD_S: i64 = 28 * DAY_S;
/// So many days on, hours and breaks of a day may still be felt: two, and one
/// for a zone that has skipped or repeated a date.
const SPILL: Day = 3;

/// An open stretch in Unix seconds, half-open and never empty.
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

/// The stretches that begin on a day, for one day or another.
struct Days<'a> {
    table: &'a Timetable,
    /// Whether breaks are cut out.
    breaks: bool,
    steady: Steady,
}

/// Where one offset holds, as far as was looked.
#[derive(Default)]
struct Steady {
    since: i64,
    /// Excluded.
    until: i64,
    /// Whether another offset holds from there on.
    changes: bool,
    offset_s: i64,
}

impl<'a> Days<'a> {
    /// Puts the stretches that begin on a day into a list, in order. A day is
    /// special if it or one near it is anything else than its weekday.
    fn lay(&mut self, day: Day, special: bool, list: &mut Vec<OpenInterval>) {
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
            .filter_map(|hours| stretch(table, day, offset_s, hours));
        if !special {
            list.extend(all);
            return;
        }
        let mut after = day + 1..=day + SPILL;
        let holiday = after.find(|next| table.holiday(*next).is_some());
        let end = holiday.map_or(i64::MAX, |holiday| midnight(table, holiday));
        let laid = list.len();
        list.extend(all.map(|whole| OpenInterval {
            to: whole.to.min(end),
            ..whole
        }));
        if self.breaks {
            for near in day - SPILL..=day + SPILL {
                for hours in table.breaks(near) {
                    if let Some(gap) = stretch(table, near, None, hours) {
                        cut(list, laid, gap);
                    }
                }
            }
        }
        list.retain(|stretch| stretch.from < stretch.to);
    }

    /// The offset that holds all around the hours of a day, if one does.
    fn offset(&mut self, day: Day) -> Option<i64> {
        let reach = i64::from(MAX_OFFSET_S);
        let (from, to) = (day * DAY_S - reach, (day + 2) * DAY_S + reach);
        let known = &self.steady;
        let inside = (known.since..known.until).contains(&from);
        if !inside || (to >= known.until && !known.changes) {
            let zone = &self.table.definition.zone;
            let ahead = to + AHEAD_S;
            let change = zone.next_transition(from, ahead);
            self.steady = Steady {
                since: from,
                until: change.unwrap_or(ahead + 1),
                changes: change.is_some(),
                offset_s: zone.offset_at(from).into(),
            };
        }
        (to < self.steady.until).then_some(self.steady.offset_s)
    }
}

/// The stretch of some hours of a day: with the offset that holds around
/// them, or else by asking the zone.
fn stretch(
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
    date(day).map_or(i64::MAX, |date| {
        let midnight = date.and_time(NaiveTime::MIN);
        table
            .definition
            .zone
            .map_local_time(midnight)
            .earliest()
            .timestamp()
    })
}

/// Cuts a gap out of the stretches from a place in the list on.
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

/// The open stretches in order of time, disjoint; two may touch.
pub(super) struct OpenIntervals<'a> {
    days: Days<'a>,
    day: Day,
    /// The day on which no stretch begins any more.
    end: Day,
    /// The last day so far that is anything else than its weekday.
    special: Day,
    laid: Vec<OpenInterval>,
    next: usize,
    /// Up to here all stretches have been told.
    told: i64,
}

impl<'a> OpenIntervals<'a> {
    /// All stretches that end after an instant, and perhaps some before it.
    pub(super) fn from(table: &'a Timetable, from: Timestamp) -> Self {
        Self::of(table, local_day(table, from) - SPILL, END)
    }

    /// Those among them that begin before another instant or at it.
    pub(super) fn over(table: &'a Timetable, from: Timestamp, to: Timestamp) -> Self {
        let last = local_day(table, to) + 1;
        Self::of(table, local_day(table, from) - SPILL, last + 1)
    }

    /// The stretches as they would be without breaks.
    pub(super) fn without_breaks(mut self) -> Self {
        self.days.breaks = false;
        self
    }

    fn of(table: &'a Timetable, day: Day, end: Day) -> Self {
        let day = day.clamp(FIRST, END);
        let near = (day - SPILL..day + SPILL).rev();
        let special = near.into_iter().find(|near| table.is_special(*near));
        Self {
            days: Days {
                table,
                breaks: true,
                steady: Steady::default(),
            },
            day,
            end: end.min(END),
            special: special.unwrap_or(Day::MIN),
            laid: Vec::new(),
            next: 0,
            told: FIRST_S,
        }
    }
}

impl Iterator for OpenIntervals<'_> {
    type Item = OpenInterval;

    fn next(&mut self) -> Option<OpenInterval> {
        loop {
            while let Some(stretch) = self.laid.get(self.next) {
                self.next += 1;
                let (from, to) = (stretch.from.max(self.told), stretch.to.min(END_S));
                if from < to {
                    self.told = to;
                    return Some(OpenInterval { from, to });
                }
            }
            if self.day >= self.end {
                return None;
            }
            self.laid.clear();
            self.next = 0;
            if self.days.table.is_special(self.day + SPILL) {
                self.special = self.day + SPILL;
            }
            let special = self.special >= self.day - SPILL;
            self.days.lay(self.day, special, &mut self.laid);
            self.day += 1;
        }
    }
}

/// The stretches that begin on a day, each day for itself: what two days
/// share is told twice.
pub(super) struct DayIntervals<'a> {
    days: Days<'a>,
    laid: Vec<OpenInterval>,
}

impl<'a> DayIntervals<'a> {
    pub(super) fn of(table: &'a Timetable) -> Self {
        Self {
            days: OpenIntervals::of(table, FIRST, FIRST).days,
            laid: Vec::new(),
        }
    }

    /// From the first opening to the last closing of a day.
    pub(super) fn day(&mut self, day: Day) -> Option<OpenInterval> {
        self.laid.clear();
        self.days.lay(day, true, &mut self.laid);
        let to = self.laid.iter().map(|stretch| stretch.to).max()?;
        self.laid.first().map(|first| OpenInterval {
            from: first.from,
            to,
        })
    }
}

/// The local date of an instant, no further away than the days that count.
pub(super) fn local_day(table: &Timetable, at: Timestamp) -> Day {
    let at = at.timestamp().clamp(FIRST_S, END_S);
    (at + i64::from(table.definition.zone.offset_at(at))).div_euclid(DAY_S)
}
