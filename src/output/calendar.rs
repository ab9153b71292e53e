//! Calendars: a list, one in full, and answers to questions about one.

use chrono::{NaiveDate, TimeDelta};

use super::Output;
use super::options::RenderOptions;
use super::printer::Printer;
use super::published::calendar as published;
use super::published::value::At;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::sla::calendar::{LocalHours, UpcomingDates};
use crate::domain::time::working_span::WorkingSpan;
use crate::error::Error;

/// A calendar and whether it is open.
pub(crate) struct CalendarState {
    pub(crate) name: String,
    /// `None` if it is always open.
    pub(crate) zone: Option<String>,
    pub(crate) open: bool,
    /// When it opens next: now, if it is open.
    pub(crate) next_open: Option<Timestamp>,
    /// `None` if it never closes.
    pub(crate) next_close: Option<Timestamp>,
}

/// All calendars.
pub(crate) struct CalendarList(pub(crate) Vec<CalendarState>);

/// A calendar with its hours and upcoming exceptions.
pub(crate) struct CalendarPage {
    pub(crate) state: CalendarState,
    /// The opening hours from Monday on.
    pub(crate) hours: [Vec<LocalHours>; 7],
    pub(crate) outlook: UpcomingDates,
}

/// The answer of a calendar to a question.
pub(crate) enum CalendarAnswer {
    /// When a target is used up.
    Due(Timestamp),
    /// How much open time has passed.
    Elapsed {
        time: TimeDelta,
        /// The business days that are over, where they are counted.
        days: Option<u32>,
    },
    /// Whether it is open.
    Open(bool),
    /// When it opens next, if ever.
    NextOpen(Option<Timestamp>),
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl CalendarState {
    fn published(&self) -> published::CalendarState<'_> {
        published::CalendarState {
            name: &self.name,
            timezone: self.zone.as_deref(),
            open: self.open,
            next_open: self.next_open.map(At),
            next_close: self.next_close.map(At),
        }
    }

    /// `open until 17:00`, `closed until Mon 09:00`.
    fn now(&self, options: &RenderOptions<'_>) -> String {
        let (word, until) = if self.open {
            ("open", self.next_close)
        } else {
            ("closed", self.next_open)
        };
        match until {
            Some(at) => {
                let at = humanize::time(at, options.now, options.zone);
                format!("{word} until {at}")
            }
            None => format!("always {word}"),
        }
    }
}

impl Output for CalendarList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let row = |state: &CalendarState| {
            vec![
                Cell::untrusted(&state.name),
                Cell::plain(state.zone.as_deref().unwrap_or("-")),
                Cell::plain(state.now(to.options)),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        to.rows(TableLayout::new(["CALENDAR", "ZONE", "NOW"]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.0.iter().map(CalendarState::published))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.0.iter().map(CalendarState::published))
    }
}

impl Output for CalendarPage {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut page = PageWriter::new(to.options);
        let name = untrusted::line(&self.state.name);
        page.hanging("", &name, Style::Bold);
        page.field("now", Some(&self.state.now(to.options)));
        page.field("zone", self.state.zone.as_deref());
        page.heading("Hours");
        for (day, hours) in DAYS.iter().zip(&self.hours) {
            page.hanging(&format!("  {day}  "), &opening_hours(hours), Style::Plain);
        }
        let UpcomingDates {
            holidays,
            exceptions,
        } = &self.outlook;
        if !holidays.is_empty() {
            page.heading("Holidays");
        }
        for coming in holidays {
            let name = untrusted::line(coming.name.as_deref().unwrap_or_default());
            let dates = if coming.first == coming.last {
                date(coming.first)
            } else {
                format!("{} to {}", date(coming.first), date(coming.last))
            };
            page.hanging(&format!("  {dates}  "), &name, Style::Plain);
        }
        if !exceptions.is_empty() {
            page.heading("Exceptions");
        }
        for exception in exceptions {
            let hours = opening_hours(&exception.hours);
            let text = match (exception.is_break, exception.hours.is_empty()) {
                (true, _) => format!("closed {hours}"),
                (false, true) => hours,
                (false, false) => format!("open {hours}"),
            };
            let text = match &exception.name {
                Some(name) => format!("{text}  {}", untrusted::line(name)),
                None => text,
            };
            let prefix = format!("  {}  ", date(exception.date));
            page.hanging(&prefix, &text, Style::Plain);
        }
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let state = self.state.published();
        to.object(&published::CalendarPage::new(
            state,
            &self.hours,
            &self.outlook,
        ))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let row = |what: &str, date: String, value: String| [what.to_owned(), date, value];
        let days = DAYS.iter().zip(&self.hours);
        let days = days.map(|(day, hours)| {
            let hours = published::hours(hours).join(" ");
            row("hours", (*day).to_owned(), hours)
        });
        let holidays = self.outlook.holidays.iter().map(|coming| {
            let dates = match coming.first == coming.last {
                true => coming.first.to_string(),
                false => format!("{}..{}", coming.first, coming.last),
            };
            row("holiday", dates, coming.name.clone().unwrap_or_default())
        });
        let exceptions = self.outlook.exceptions.iter().map(|exception| {
            let what = if exception.is_break { "break" } else { "shift" };
            let hours = published::hours(&exception.hours).join(" ");
            row(what, exception.date.to_string(), hours)
        });
        let records = days.chain(holidays).chain(exceptions);
        to.records(&["what", "date", "value"], records)
    }
}

impl Output for CalendarAnswer {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let options = to.options;
        let time = |at: Timestamp| humanize::time_with_day(at, options.now, options.zone);
        let text = match self {
            Self::Due(at) | Self::NextOpen(Some(at)) => time(*at),
            Self::NextOpen(None) => "never".to_owned(),
            Self::Elapsed { time, days } => {
                let time = humanize::exact_duration(*time);
                match days.filter(|days| *days > 0).map(WorkingSpan::Days) {
                    Some(days) => format!("{time} ({days})"),
                    None => time,
                }
            }
            Self::Open(open) => if *open { "open" } else { "closed" }.to_owned(),
        };
        to.text(&format!("{text}\n"))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        match self {
            Self::Due(at) => to.object(&published::DueTime { due: At(*at) }),
            Self::Elapsed { time, days } => to.object(&published::ElapsedTime {
                elapsed_s: (*time).into(),
                business_days: *days,
            }),
            Self::Open(open) => to.object(&published::OpenAt { open: *open }),
            Self::NextOpen(at) => to.object(&published::NextOpen {
                next_open: at.map(At),
            }),
        }
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let (heading, value) = match self {
            Self::Due(at) => ("due", utc(Some(*at))),
            Self::Elapsed { time, .. } => ("elapsed_s", time.num_seconds().to_string()),
            Self::Open(open) => ("open", open.to_string()),
            Self::NextOpen(at) => ("next_open", utc(*at)),
        };
        to.records(&[heading], [[value]])
    }
}

fn utc(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, |at| At(at).to_string())
}

fn date(date: NaiveDate) -> String {
    date.format("%a %Y-%m-%d").to_string()
}

fn opening_hours(hours: &[LocalHours]) -> String {
    match hours {
        [] => "closed".to_owned(),
        some => published::hours(some).join(" "),
    }
}
