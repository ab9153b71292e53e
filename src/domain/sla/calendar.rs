//! Business calendars: opening hours in a time zone, with holidays, breaks and
//! shifts. Calculations use the open intervals of each local date as UTC
//! instants, so that a day with a clock change has its true length.
//!
//! Years before 1 and after 9999 have no open time, so that every search ends.

mod business_days;
mod closed_times;
mod intervals;
mod limits;
mod pauses;
mod segments;
#[cfg(test)]
pub(crate) mod tests;
mod timetable;
mod upcoming;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::super::Timestamp;
use super::super::time::zone::Zone;
use intervals::{END_S, OpenIntervals};
pub(crate) use pauses::Pauses;
use timetable::Timetable;
pub(crate) use upcoming::{UpcomingDates, UpcomingException};

/// The name of the calendar that is always open.
pub(crate) const ALWAYS: &str = "24x7";

/// Hours of a local day in seconds after its midnight, half-open. Overnight
/// hours end above 86,400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LocalHours {
    pub(crate) from_s: u32,
    pub(crate) to_s: u32,
}

/// The dates that a holiday closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolidayDates {
    /// The first and the last date, both included.
    Range(NaiveDate, NaiveDate),
    /// A month and day of every year.
    Yearly(u32, u32),
}

/// Where a holiday comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HolidaySource {
    /// The policy lists it by hand.
    Policy,
    /// An iCalendar file that the policy names.
    File,
}

/// Dates on which the calendar is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holiday {
    pub(crate) dates: HolidayDates,
    /// The name, if the policy gives one.
    pub(crate) name: Option<String>,
    pub(crate) source: HolidaySource,
}

/// An event of an iCalendar file that closes the calendar for a time, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimedClosure {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) name: Option<String>,
}

/// The definition of a calendar, as the policy gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CalendarDefinition {
    pub(crate) zone: Zone,
    /// Opening hours by weekday, Monday first.
    pub(crate) week: [Vec<LocalHours>; 7],
    pub(crate) holidays: Vec<Holiday>,
    /// Hours closed on single dates.
    pub(crate) breaks: Vec<(NaiveDate, Vec<LocalHours>)>,
    /// Hours of single dates that replace those of the weekday, and that win over
    /// what a file says about the date.
    pub(crate) shifts: Vec<(NaiveDate, Vec<LocalHours>)>,
    /// The dates of shifts that win over every holiday.
    pub(crate) open_holidays: BTreeSet<NaiveDate>,
    /// Times closed by events of files, in any order.
    pub(crate) closures: Vec<TimedClosure>,
}

/// Why a definition is rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CalendarError {
    #[error("it has no open second in 400 days, from {from} on")]
    NeverOpen { from: NaiveDate },
}

/// Why a segment counts or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    Open,
    /// Outside the opening hours.
    Closed,
    /// On a holiday, or during an event that closes a time, with its name if it
    /// has one.
    Holiday(Option<String>),
    /// In a break of that date.
    Break,
}

/// A period of one kind, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) kind: SegmentKind,
}

/// The rule for which instants count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// Every instant counts.
    Always,
    /// By a definition.
    Defined(Arc<Timetable>),
}

impl Calendar {
    /// Creates a calendar from a definition.
    ///
    /// # Errors
    /// [`CalendarError::NeverOpen`] if 400 consecutive days, in whatever year,
    /// have no open second.
    pub(crate) fn new(definition: CalendarDefinition) -> Result<Self, CalendarError> {
        let table = Timetable::new(definition);
        limits::check(&table)?;
        Ok(Self::Defined(Arc::new(table)))
    }

    /// The definition; `None` for the calendar that is always open.
    pub(crate) fn definition(&self) -> Option<&CalendarDefinition> {
        match self {
            Self::Always => None,
            Self::Defined(table) => Some(&table.definition),
        }
    }

    /// The open time between two instants; zero if `to` is not after `from`.
    pub(crate) fn between(&self, from: Timestamp, to: Timestamp) -> TimeDelta {
        if to <= from {
            return TimeDelta::zero();
        }
        let table = match self {
            Self::Always => return to - from,
            Self::Defined(table) => table,
        };
        let (start, end) = (nanos(from), nanos(to));
        let open = OpenIntervals::over(table, from, to).map(|open| {
            let (opens, closes) = open.nanos();
            (closes.min(end) - opens.max(start)).max(0)
        });
        to_span(open.sum())
    }

    /// The first instant at which `span` of open time has passed since
    /// `from`; `None` after the year 9999. A span of zero passes at once, and
    /// one that is used up exactly at closing time ends at that instant.
    pub(crate) fn add(&self, from: Timestamp, span: TimeDelta) -> Option<Timestamp> {
        if span.is_zero() {
            return Some(from);
        }
        let table = match self {
            Self::Always => {
                let at = from.checked_add_signed(span)?;
                return (at.timestamp() < END_S).then_some(at);
            }
            Self::Defined(table) => table,
        };
        if span < TimeDelta::zero() {
            return Some(from);
        }
        let start = nanos(from);
        let mut left = nanos_of(span);
        for open in OpenIntervals::from(table, from) {
            let (opens, closes) = open.nanos();
            let opens = opens.max(start);
            if left <= closes - opens {
                return to_instant(opens + left);
            }
            left -= (closes - opens).max(0);
        }
        None
    }

    /// Whether an instant counts.
    pub(crate) fn is_open(&self, at: Timestamp) -> bool {
        match self {
            Self::Always => true,
            Self::Defined(table) => OpenIntervals::over(table, at, at)
                .any(|open| (open.from..open.to).contains(&at.timestamp())),
        }
    }

    /// The first open instant at or after this one.
    pub(crate) fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Always => Some(at),
            Self::Defined(table) => {
                let next = OpenIntervals::from(table, at).find(|open| open.to > at.timestamp())?;
                let opens = Timestamp::from_timestamp(next.from, 0)?;
                Some(opens.max(at))
            }
        }
    }

    /// Splits the time between two instants into segments, in order and
    /// without gaps. Neighbours differ in kind.
    pub(crate) fn segments(&self, from: Timestamp, to: Timestamp) -> Vec<Segment> {
        match self {
            _ if to <= from => Vec::new(),
            Self::Always => vec![Segment {
                from,
                to,
                kind: SegmentKind::Open,
            }],
            Self::Defined(table) => segments::segments(table, from, to),
        }
    }
}

const NANOS: i128 = 1_000_000_000;

/// Nanoseconds since 1970. A leap second counts as the end of the second
/// before it.
fn nanos(at: Timestamp) -> i128 {
    let part = at.timestamp_subsec_nanos().min(999_999_999);
    i128::from(at.timestamp()) * NANOS + i128::from(part)
}

fn nanos_of(span: TimeDelta) -> i128 {
    i128::from(span.num_seconds()) * NANOS + i128::from(span.subsec_nanos())
}

/// Converts nanoseconds to a span.
fn to_span(nanos: i128) -> TimeDelta {
    let (seconds, part) = split(nanos);
    seconds
        .and_then(|seconds| TimeDelta::new(seconds, part))
        .unwrap_or(TimeDelta::MAX)
}

/// Converts nanoseconds since 1970 to an instant before the year 10000.
fn to_instant(nanos: i128) -> Option<Timestamp> {
    let (seconds, part) = split(nanos);
    let seconds = seconds.filter(|seconds| *seconds < END_S)?;
    Timestamp::from_timestamp(seconds, part)
}

fn split(nanos: i128) -> (Option<i64>, u32) {
    let part = u32::try_from(nanos.rem_euclid(NANOS)).unwrap_or(0);
    (i64::try_from(nanos.div_euclid(NANOS)).ok(), part)
}
