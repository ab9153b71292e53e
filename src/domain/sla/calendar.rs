//! When time counts: opening hours in a time zone, with holidays, breaks and
//! replaced hours. Everything rests on the open stretches of a local date,
//! laid on the UTC line, where a day has its true length.
//!
//! Years before 1 and after 9999 hold no open time, so that every search ends.

mod intervals;
mod limits;
mod paused;
mod pieces;
#[cfg(test)]
pub(crate) mod tests;
mod timetable;
mod upcoming;

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::super::Timestamp;
use super::super::time::zone::Zone;
use intervals::{END_S, OpenIntervals};
pub(crate) use paused::Pauses;
use timetable::Timetable;
pub(crate) use upcoming::{UpcomingDates, UpcomingException};

/// The name of the calendar that is always open.
pub(crate) const ALWAYS: &str = "24x7";

/// A stretch of a local day in seconds after its midnight, half-open. One that
/// goes past midnight ends above 86,400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LocalHours {
    pub(crate) from_s: u32,
    pub(crate) to_s: u32,
}

/// The dates that a holiday closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolidayDates {
    /// First and last one, both included.
    Span(NaiveDate, NaiveDate),
    /// Every year: month and day.
    Yearly(u32, u32),
}

/// Dates on which nothing opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holiday {
    pub(crate) dates: HolidayDates,
    /// What it is called, where it was said.
    pub(crate) name: Option<String>,
}

/// What a calendar is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarDefinition {
    pub(crate) zone: Zone,
    /// Opening hours by weekday, Monday first.
    pub(crate) week: [Vec<LocalHours>; 7],
    pub(crate) holidays: Vec<Holiday>,
    /// Closed stretches of single dates.
    pub(crate) breaks: Vec<(NaiveDate, Vec<LocalHours>)>,
    /// Single dates with other hours than their weekday's.
    pub(crate) shifts: Vec<(NaiveDate, Vec<LocalHours>)>,
}

/// Why a plan makes no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CalendarError {
    #[error("it has no open second in 400 days, from {from} on")]
    NeverOpen { from: NaiveDate },
}

/// Why a stretch of time does or does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    Open,
    /// Outside the opening hours.
    Closed,
    /// On a holiday, with its name if it has one.
    Holiday(Option<String>),
    /// Inside a break of that date.
    Break,
}

/// A stretch of time of one kind, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) kind: SegmentKind,
}

/// A rule that says which instants count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// Every instant counts.
    Always,
    /// What a plan says.
    Planned(Arc<Timetable>),
}

impl Calendar {
    /// Makes a calendar of a plan.
    ///
    /// # Errors
    /// [`CalendarError::NeverOpen`] for a plan with 400 days on end that have
    /// no open second, in whatever year.
    pub(crate) fn new(plan: CalendarDefinition) -> Result<Self, CalendarError> {
        let table = Timetable::new(plan);
        limits::check(&table)?;
        Ok(Self::Planned(Arc::new(table)))
    }

    /// What it is made of; nothing if it is always open.
    pub(crate) fn definition(&self) -> Option<&CalendarDefinition> {
        match self {
            Self::Always => None,
            Self::Planned(table) => Some(&table.definition),
        }
    }

    /// The open time between two instants; zero if `to` is not after `from`.
    pub(crate) fn between(&self, from: Timestamp, to: Timestamp) -> TimeDelta {
        if to <= from {
            return TimeDelta::zero();
        }
        let table = match self {
            Self::Always => return to - from,
            Self::Planned(table) => table,
        };
        let (start, end) = (nanos(from), nanos(to));
        let open = OpenIntervals::over(table, from, to).map(|stretch| {
            let (opens, closes) = stretch.nanos();
            (closes.min(end) - opens.max(start)).max(0)
        });
        delta(open.sum())
    }

    /// The first instant at which `span` of open time has passed since
    /// `from`; `None` past the year 9999. No time passes in no open time, and
    /// what is used up exactly at closing time is so at that instant.
    pub(crate) fn add(&self, from: Timestamp, span: TimeDelta) -> Option<Timestamp> {
        if span.is_zero() {
            return Some(from);
        }
        let table = match self {
            Self::Always => {
                let at = from.checked_add_signed(span)?;
                return (at.timestamp() < END_S).then_some(at);
            }
            Self::Planned(table) => table,
        };
        if span < TimeDelta::zero() {
            return Some(from);
        }
        let start = nanos(from);
        let mut left = nanos_of(span);
        for stretch in OpenIntervals::from(table, from) {
            let (opens, closes) = stretch.nanos();
            let opens = opens.max(start);
            if left <= closes - opens {
                return at_nanos(opens + left);
            }
            left -= (closes - opens).max(0);
        }
        None
    }

    /// Whether an instant counts.
    pub(crate) fn is_open(&self, at: Timestamp) -> bool {
        match self {
            Self::Always => true,
            Self::Planned(table) => OpenIntervals::over(table, at, at)
                .any(|stretch| (stretch.from..stretch.to).contains(&at.timestamp())),
        }
    }

    /// The first instant from this one on that counts: this one, if it does.
    pub(crate) fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Always => Some(at),
            Self::Planned(table) => {
                let next =
                    OpenIntervals::from(table, at).find(|stretch| stretch.to > at.timestamp())?;
                let opens = Timestamp::from_timestamp(next.from, 0)?;
                Some(opens.max(at))
            }
        }
    }

    /// What the time between two instants is, in order and without a gap:
    /// neighbours differ in kind.
    pub(crate) fn segments(&self, from: Timestamp, to: Timestamp) -> Vec<Segment> {
        match self {
            _ if to <= from => Vec::new(),
            Self::Always => vec![Segment {
                from,
                to,
                kind: SegmentKind::Open,
            }],
            Self::Planned(table) => pieces::of(table, from, to),
        }
    }
}

const NANOS: i128 = 1_000_000_000;

/// Nanoseconds since 1970. A leap second is the end of the second before it.
fn nanos(at: Timestamp) -> i128 {
    let part = at.timestamp_subsec_nanos().min(999_999_999);
    i128::from(at.timestamp()) * NANOS + i128::from(part)
}

fn nanos_of(span: TimeDelta) -> i128 {
    i128::from(span.num_seconds()) * NANOS + i128::from(span.subsec_nanos())
}

/// The span of so many nanoseconds, none of which is longer than all years.
fn delta(nanos: i128) -> TimeDelta {
    let (seconds, part) = split(nanos);
    seconds
        .and_then(|seconds| TimeDelta::new(seconds, part))
        .unwrap_or(TimeDelta::MAX)
}

/// The moment so many nanoseconds after 1970, before the year 10000.
fn at_nanos(nanos: i128) -> Option<Timestamp> {
    let (seconds, part) = split(nanos);
    let seconds = seconds.filter(|seconds| *seconds < END_S)?;
    Timestamp::from_timestamp(seconds, part)
}

fn split(nanos: i128) -> (Option<i64>, u32) {
    let part = u32::try_from(nanos.rem_euclid(NANOS)).unwrap_or(0);
    (i64::try_from(nanos.div_euclid(NANOS)).ok(), part)
}
