//! Calendars for people: a line each, one in full, and what one answers.

use std::io::Write;

use chrono::{NaiveDate, TimeDelta};

use super::grid::{Cell, Grid};
use super::sheet::Sheet;
use super::style::Tone;
use super::{RenderOptions, untrusted, words};
use crate::domain::Timestamp;
use crate::domain::sla::calendar::{LocalHours, UpcomingDates};
use crate::error::Error;

/// What calendars say.
pub(crate) enum Calendars {
    /// All that there are.
    All(Vec<Standing>),
    /// One in full.
    One(Box<Week>),
    /// When a span is used up.
    Due(Timestamp),
    /// How much open time has passed.
    Elapsed(TimeDelta),
    /// Whether a moment counts.
    Open(bool),
    /// The next moment that counts, if there is one.
    NextOpen(Option<Timestamp>),
}

/// A calendar and how it stands.
pub(crate) struct Standing {
    pub(crate) name: String,
    /// Nothing where every moment counts.
    pub(crate) zone: Option<String>,
    pub(crate) open: bool,
    /// The next moment that counts: now, if it is open.
    pub(crate) next_open: Option<Timestamp>,
    /// Nothing where it never closes.
    pub(crate) next_close: Option<Timestamp>,
}

/// A calendar with its hours and what is to come.
pub(crate) struct Week {
    pub(crate) standing: Standing,
    /// Monday first.
    pub(crate) hours: [Vec<LocalHours>; 7],
    pub(crate) outlook: UpcomingDates,
}

pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Writes it.
pub(super) fn of(
    said: &Calendars,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match said {
        Calendars::All(all) => list(all, look, out),
        Calendars::One(week) => Ok(out.write_all(page(week, look).as_bytes())?),
        Calendars::Due(at) => line(&words::with_day(*at, look.now, look.zone), out),
        Calendars::Elapsed(span) => line(&words::exact(*span), out),
        Calendars::Open(true) => line("open", out),
        Calendars::Open(false) => line("closed", out),
        Calendars::NextOpen(Some(at)) => line(&words::with_day(*at, look.now, look.zone), out),
        Calendars::NextOpen(None) => line("never", out),
    }
}

fn line(text: &str, out: &mut dyn Write) -> Result<(), Error> {
    Ok(writeln!(out, "{text}")?)
}

fn list(all: &[Standing], look: &RenderOptions<'_>, out: &mut dyn Write) -> Result<(), Error> {
    let row = |standing: &Standing| {
        vec![
            Cell::plain(untrusted::line(&standing.name)),
            Cell::plain(standing.zone.clone().unwrap_or_else(|| "-".to_owned())),
            Cell::plain(now(standing, look)),
        ]
    };
    let rows: Vec<Vec<Cell>> = all.iter().map(row).collect();
    let mut grid = Grid {
        heads: Some(["CALENDAR", "ZONE", "NOW"].map(str::to_owned).to_vec()),
        ..Grid::default()
    };
    Ok(grid.write(&rows, look.color, out)?)
}

/// `open until 17:00`, `closed until Mon 09:00`.
fn now(standing: &Standing, look: &RenderOptions<'_>) -> String {
    let (word, until) = if standing.open {
        ("open", standing.next_close)
    } else {
        ("closed", standing.next_open)
    };
    match until {
        Some(at) => format!("{word} until {}", words::moment(at, look.now, look.zone)),
        None => format!("always {word}"),
    }
}

fn page(week: &Week, look: &RenderOptions<'_>) -> String {
    let Week {
        standing,
        hours,
        outlook,
    } = week;
    let mut sheet = Sheet::new(look);
    let name = untrusted::line(&standing.name);
    sheet.hang("", &name, Tone::Strong);
    sheet.field("now", Some(&now(standing, look)));
    sheet.field("zone", standing.zone.as_deref());
    sheet.heading("Hours");
    for (day, hours) in DAYS.iter().zip(hours) {
        sheet.hang(&format!("  {day}  "), &stretches(hours), Tone::Plain);
    }
    if !outlook.holidays.is_empty() {
        sheet.heading("Holidays");
    }
    for coming in &outlook.holidays {
        let name = coming.name.as_deref().map(untrusted::line);
        let dates = if coming.first == coming.last {
            date(coming.first)
        } else {
            format!("{} to {}", date(coming.first), date(coming.last))
        };
        sheet.hang(
            &format!("  {dates}  "),
            &name.unwrap_or_default(),
            Tone::Plain,
        );
    }
    if !outlook.exceptions.is_empty() {
        sheet.heading("Exceptions");
    }
    for exception in &outlook.exceptions {
        let hours = stretches(&exception.hours);
        let told = match (exception.is_break, exception.hours.is_empty()) {
            (true, _) => format!("closed {hours}"),
            (false, true) => hours,
            (false, false) => format!("open {hours}"),
        };
        sheet.hang(&format!("  {}  ", date(exception.date)), &told, Tone::Plain);
    }
    sheet.text
}

fn date(date: NaiveDate) -> String {
    date.format("%a %Y-%m-%d").to_string()
}

fn stretches(hours: &[LocalHours]) -> String {
    match hours {
        [] => "closed".to_owned(),
        some => some.iter().map(stretch).collect::<Vec<_>>().join(" "),
    }
}

/// `09:00-17:00`; a stretch that ends after midnight ends with that day's
/// time, as in the policy.
pub(super) fn stretch(hours: &LocalHours) -> String {
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
