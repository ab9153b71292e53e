//! Calendars and what they answer, as they are published.

use serde::Serialize;

use super::super::calendar::{DAYS, Standing, Week, stretch};
use super::value::{At, Seconds};
use crate::domain::sla::calendar::{LocalHours, UpcomingException};

/// A calendar and how it stands.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Calendar<'a> {
    pub(in crate::render) name: &'a str,
    /// An IANA name; `null` where every moment counts.
    pub(in crate::render) timezone: Option<&'a str>,
    /// Whether it is open now.
    pub(in crate::render) open: bool,
    /// The next moment that counts: now, if it is open.
    pub(in crate::render) next_open: Option<At>,
    /// The next closing time; `null` where there is none within 400 days.
    pub(in crate::render) next_close: Option<At>,
}

impl<'a> Calendar<'a> {
    pub(in crate::render) fn of(standing: &'a Standing) -> Self {
        Self {
            name: &standing.name,
            timezone: standing.zone.as_deref(),
            open: standing.open,
            next_open: standing.next_open.map(At),
            next_close: standing.next_close.map(At),
        }
    }
}

/// A calendar in full.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Whole<'a> {
    #[serde(flatten)]
    calendar: Calendar<'a>,
    week: Days,
    /// The next ones from today on.
    holidays: Vec<Holiday<'a>>,
    /// Dates to come on which other hours open than their weekday's.
    shifts: Vec<OnDate>,
    /// Dates to come with closed hours.
    breaks: Vec<OnDate>,
}

/// Opening hours, such as `09:00-17:00`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Days {
    mon: Vec<String>,
    tue: Vec<String>,
    wed: Vec<String>,
    thu: Vec<String>,
    fri: Vec<String>,
    sat: Vec<String>,
    sun: Vec<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Holiday<'a> {
    /// The first local date.
    first: String,
    /// The last one, which may be the same.
    last: String,
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OnDate {
    /// The local date.
    date: String,
    hours: Vec<String>,
}

impl<'a> Whole<'a> {
    pub(in crate::render) fn of(week: &'a Week) -> Self {
        let Week {
            standing,
            hours: [mon, tue, wed, thu, fri, sat, sun],
            outlook,
        } = week;
        let exceptions = |is_break: bool| {
            let all = outlook.exceptions.iter();
            let some = all.filter(|exception| exception.is_break == is_break);
            some.map(OnDate::of).collect()
        };
        Self {
            calendar: Calendar::of(standing),
            week: Days {
                mon: told(mon),
                tue: told(tue),
                wed: told(wed),
                thu: told(thu),
                fri: told(fri),
                sat: told(sat),
                sun: told(sun),
            },
            holidays: outlook
                .holidays
                .iter()
                .map(|coming| Holiday {
                    first: coming.first.to_string(),
                    last: coming.last.to_string(),
                    name: coming.name.as_deref(),
                })
                .collect(),
            shifts: exceptions(false),
            breaks: exceptions(true),
        }
    }
}

impl OnDate {
    fn of(exception: &UpcomingException) -> Self {
        Self {
            date: exception.date.to_string(),
            hours: told(&exception.hours),
        }
    }
}

fn told(hours: &[LocalHours]) -> Vec<String> {
    hours.iter().map(stretch).collect()
}

/// The rows of a calendar in full: what, which day, the hours or the name.
pub(in crate::render) fn rows(week: &Week) -> Vec<[String; 3]> {
    let row = |what: &str, date: String, told: String| [what.to_owned(), date, told];
    let days = DAYS.iter().zip(&week.hours);
    let mut rows: Vec<_> = days
        .map(|(day, hours)| row("hours", (*day).to_owned(), told(hours).join(" ")))
        .collect();
    rows.extend(week.outlook.holidays.iter().map(|coming| {
        let dates = match coming.first == coming.last {
            true => coming.first.to_string(),
            false => format!("{}..{}", coming.first, coming.last),
        };
        row("holiday", dates, coming.name.clone().unwrap_or_default())
    }));
    rows.extend(week.outlook.exceptions.iter().map(|exception| {
        let what = if exception.is_break { "break" } else { "shift" };
        let hours = told(&exception.hours).join(" ");
        row(what, exception.date.to_string(), hours)
    }));
    rows
}

/// When a span is used up.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Due {
    pub(in crate::render) due: At,
}

/// How much open time has passed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct Elapsed {
    pub(in crate::render) elapsed_s: Seconds,
}

/// Whether a moment counts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct OpenAt {
    pub(in crate::render) open: bool,
}

/// The next moment that counts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::render) struct NextOpen {
    /// `null` where there is none before the year 10000.
    pub(in crate::render) next_open: Option<At>,
}
