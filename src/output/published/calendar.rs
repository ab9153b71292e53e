//! Calendars and their answers.

use serde::Serialize;

use super::value::{At, CsvRecord, CsvValue, Seconds};
use crate::domain::sla::calendar::{LocalHours, UpcomingDates, UpcomingException};

/// A calendar and whether it is open.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct CalendarState<'a> {
    pub(crate) name: &'a str,
    /// An IANA name; `null` if it is always open.
    pub(crate) timezone: Option<&'a str>,
    /// Whether it is open now.
    pub(crate) open: bool,
    /// When it opens next: now, if it is open.
    pub(crate) next_open: Option<At>,
    /// When it closes next; `null` if not within 400 days.
    pub(crate) next_close: Option<At>,
}

csv_columns!(CalendarState<'_>: name, timezone, open, next_open, next_close);

/// A calendar in full.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct CalendarPage<'a> {
    #[serde(flatten)]
    calendar: CalendarState<'a>,
    week: Week,
    /// The next holidays, from today on.
    holidays: Vec<Holiday<'a>>,
    /// Upcoming dates whose opening hours differ from those of the weekday.
    shifts: Vec<OnDate<'a>>,
    /// Upcoming dates with closed hours.
    breaks: Vec<OnDate<'a>>,
}

/// Opening hours, such as `09:00-17:00`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Week {
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
    /// The last local date, which may be the same.
    last: String,
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OnDate<'a> {
    /// The local date.
    date: String,
    hours: Vec<String>,
    /// The name of the event that closes these hours, if an event does.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

impl<'a> From<&'a UpcomingException> for OnDate<'a> {
    fn from(exception: &'a UpcomingException) -> Self {
        Self {
            date: exception.date.to_string(),
            hours: hours(&exception.hours),
            name: exception.name.as_deref(),
        }
    }
}

impl<'a> CalendarPage<'a> {
    /// `week` holds the opening hours from Monday on.
    pub(crate) fn new(
        calendar: CalendarState<'a>,
        week: &[Vec<LocalHours>; 7],
        outlook: &'a UpcomingDates,
    ) -> Self {
        let [mon, tue, wed, thu, fri, sat, sun] = week.each_ref().map(|day| hours(day));
        let exceptions = |is_break: bool| {
            let all = outlook.exceptions.iter();
            let some = all.filter(|exception| exception.is_break == is_break);
            some.map(Into::into).collect()
        };
        let holidays = outlook.holidays.iter().map(|coming| Holiday {
            first: coming.first.to_string(),
            last: coming.last.to_string(),
            name: coming.name.as_deref(),
        });
        Self {
            calendar,
            week: Week {
                mon,
                tue,
                wed,
                thu,
                fri,
                sat,
                sun,
            },
            holidays: holidays.collect(),
            shifts: exceptions(false),
            breaks: exceptions(true),
        }
    }
}

/// Opening hours, such as `09:00-17:00`.
pub(crate) fn hours(hours: &[LocalHours]) -> Vec<String> {
    hours.iter().map(interval).collect()
}

/// `09:00-17:00`; the end of an interval past midnight is that day's time, as
/// in the policy.
fn interval(hours: &LocalHours) -> String {
    let clock = |s: u32| match (s / 3600, s / 60 % 60, s % 60) {
        (h, m, 0) => format!("{h:02}:{m:02}"),
        (h, m, s) => format!("{h:02}:{m:02}:{s:02}"),
    };
    let to_s = match hours.to_s {
        to_s @ 0..=86_400 => to_s,
        to_s => to_s - 86_400,
    };
    format!("{}-{}", clock(hours.from_s), clock(to_s))
}

/// When a target is used up.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct DueTime {
    pub(crate) due: At,
}

/// How much open time has passed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ElapsedTime {
    pub(crate) elapsed_s: Seconds,
    /// How many business days are over; absent around the clock and with pauses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) business_days: Option<u32>,
}

/// Whether a calendar is open.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct OpenAt {
    pub(crate) open: bool,
}

/// When a calendar opens next.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NextOpen {
    /// `null` if not before the year 10000.
    pub(crate) next_open: Option<At>,
}
