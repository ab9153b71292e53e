//! When time counts: opening hours in a time zone, with holidays, breaks and
//! replaced hours. Everything rests on the open stretches of a local date.

use chrono::{NaiveDate, TimeDelta};

use super::super::Moment;
use super::super::zone::Zone;

/// The name of the calendar that is always open.
pub(crate) const ALWAYS: &str = "24x7";

/// A stretch of a local day in seconds after its midnight, half-open. One that
/// goes past midnight ends above 86,400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hours {
    pub(crate) from_s: u32,
    pub(crate) to_s: u32,
}

/// The dates that a holiday closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    /// First and last one, both included.
    Span(NaiveDate, NaiveDate),
    /// Every year: month and day.
    Yearly(u32, u32),
}

/// Dates on which nothing opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holiday {
    pub(crate) dates: Dates,
    /// What it is called, where it was said.
    pub(crate) name: Option<String>,
}

/// What a calendar is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) zone: Zone,
    /// Opening hours by weekday, Monday first.
    pub(crate) week: [Vec<Hours>; 7],
    pub(crate) holidays: Vec<Holiday>,
    /// Closed stretches of single dates.
    pub(crate) breaks: Vec<(NaiveDate, Vec<Hours>)>,
    /// Single dates with other hours than their weekday's.
    pub(crate) shifts: Vec<(NaiveDate, Vec<Hours>)>,
}

/// Why a plan makes no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CalendarError {
    #[error("it has no open second in 400 days, from {from} on")]
    NeverOpen { from: NaiveDate },
}

/// Why a stretch of time does or does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
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
pub(crate) struct Piece {
    pub(crate) from: Moment,
    pub(crate) to: Moment,
    pub(crate) kind: Kind,
}

/// A rule that says which instants count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// Every instant counts.
    Always,
    /// What a plan says.
    Planned(Box<Plan>),
}

impl Calendar {
    /// Makes a calendar of a plan.
    ///
    /// # Errors
    /// [`CalendarError::NeverOpen`]: no search may go on for ever.
    pub(crate) fn of(plan: Plan) -> Result<Self, CalendarError> {
        Ok(Self::Planned(Box::new(plan)))
    }

    /// The open time between two instants; zero if `to` is not after `from`.
    pub(crate) fn between(&self, from: Moment, to: Moment) -> TimeDelta {
        match self {
            Self::Always | Self::Planned(_) => (to - from).max(TimeDelta::zero()),
        }
    }

    /// The first instant at which `span` of open time has passed since
    /// `from`; `None` past the end of what a date can hold.
    pub(crate) fn add(&self, from: Moment, span: TimeDelta) -> Option<Moment> {
        match self {
            Self::Always | Self::Planned(_) => from.checked_add_signed(span),
        }
    }

    /// What is in a span of time, piece by piece.
    pub(crate) fn pieces(&self, from: Moment, to: Moment) -> Vec<Piece> {
        vec![Piece {
            from,
            to,
            kind: Kind::Open,
        }]
    }
}
