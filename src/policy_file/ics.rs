//! Holidays from an iCalendar file (RFC 5545): events of whole days close their
//! dates, events with times close these times. What cannot be understood is left
//! out and reported. Notes name a line and a property, and quote nothing of the
//! file.

mod closed_days;
mod date_time;
pub(super) mod day_budget;
mod event;
mod exceptions;
mod lines;
pub(super) mod recurrence;
mod rule_parts;
mod time_zone;
mod windows_zones;

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::sla::calendar::{Holiday, TimedClosure};
use crate::domain::time::zone::Zone;
use closed_days::ClosedDays;
use date_time::IcsDate;
use day_budget::DayBudget;
use event::{CalendarEvent, EventFault};
pub(super) use exceptions::Exceptions;
use lines::{Component, parse_calendars};
use time_zone::Zones;

/// Maximum number of events in a file.
const MAX_EVENTS: usize = 20_000;
/// Maximum number of events that are reported one by one.
const MAX_NOTES: usize = 20;

/// How a policy reads a file.
#[derive(Debug, Default)]
pub(super) struct IcsOptions {
    /// Whether events with times close the dates that they cover.
    pub(super) whole_days: bool,
    /// Whether events that count as free time close too.
    pub(super) transparent: bool,
    pub(super) except: Exceptions,
}

/// The holidays of a file.
#[derive(Debug)]
pub(super) struct IcsHolidays {
    pub(super) holidays: Vec<Holiday>,
    pub(super) closures: Vec<TimedClosure>,
    /// The last date, unless an event recurs without end.
    pub(super) last_date: Option<NaiveDate>,
    /// What is not understood, with its line.
    pub(super) left_out: Vec<String>,
    /// What is understood and may surprise.
    pub(super) remarks: Vec<String>,
}

/// What is reported about the events of a file.
#[derive(Default)]
struct Notes {
    left_out: Vec<EventFault>,
    moments: Vec<usize>,
    free: usize,
}

/// Parses a file for a calendar in a time zone.
///
/// # Errors
/// If it is not an iCalendar file, or has too many events.
pub(super) fn parse(text: &str, zone: &Zone, options: &IcsOptions) -> Result<IcsHolidays, String> {
    let calendars = parse_calendars(text)?;
    let budget = RefCell::new(DayBudget::new());
    let mut notes = Notes::default();
    let mut events = Vec::new();
    for calendar in &calendars {
        read_events(calendar, zone, &budget, &mut events, &mut notes);
    }
    let n = events.len();
    if n > MAX_EVENTS {
        return Err(format!(
            "it has {n} events; at most {MAX_EVENTS} are allowed"
        ));
    }
    Ok(expand(&events, zone, options, &budget, notes))
}

fn read_events(
    calendar: &Component,
    zone: &Zone,
    budget: &RefCell<DayBudget>,
    events: &mut Vec<CalendarEvent>,
    notes: &mut Notes,
) {
    if let Some(line) = calendar.odd_line {
        let message = "not a property such as SUMMARY:Christmas".to_owned();
        notes.left_out.push(EventFault { line, message });
    }
    let zones = Zones::new(calendar, zone, budget);
    for component in calendar.components("VEVENT") {
        match CalendarEvent::parse(component, &zones) {
            Ok(event) => events.push(event),
            Err(fault) => notes.left_out.push(fault),
        }
    }
}

/// Finds what all events close.
fn expand(
    events: &[CalendarEvent],
    zone: &Zone,
    options: &IcsOptions,
    budget: &RefCell<DayBudget>,
    mut notes: Notes,
) -> IcsHolidays {
    let mut replaced: BTreeMap<&str, Vec<&IcsDate>> = BTreeMap::new();
    for event in events {
        let dates = replaced.entry(&event.uid).or_default();
        dates.extend(&event.replaces);
    }
    let mut endless = false;
    let reading = (&options.except, options.whole_days);
    let mut closed = ClosedDays::new(events, zone, reading, budget);
    for (n, event) in events.iter().enumerate() {
        if event.cancelled || options.except.has_title(event.title.as_deref()) {
            continue;
        }
        if event.transparent && !options.transparent {
            notes.free += 1;
            continue;
        }
        if event.is_moment() && !options.whole_days {
            notes.moments.push(event.line);
            continue;
        }
        let replaced = match event.replaces {
            Some(_) => None,
            None => replaced.get(event.uid.as_str()),
        };
        let replaced = replaced.map_or(&[][..], Vec::as_slice);
        let starts = event.starts(replaced, &mut budget.borrow_mut());
        match starts.and_then(|starts| closed.close(n, &starts)) {
            Ok(()) => endless |= event.is_endless(),
            Err(message) => notes.left_out.push(EventFault {
                line: event.line,
                message,
            }),
        }
    }
    let (left_out, remarks) = notes.texts(&options.except);
    IcsHolidays {
        holidays: closed.holidays(),
        closures: closed.closures(),
        last_date: closed.last_date().filter(|_| !endless),
        left_out,
        remarks,
    }
}

impl Notes {
    /// What is left out, and remarks.
    fn texts(mut self, except: &Exceptions) -> (Vec<String>, Vec<String>) {
        self.left_out.sort_by_key(|fault| fault.line);
        let shown = self.left_out.iter().take(MAX_NOTES);
        let mut left_out: Vec<String> = shown
            .map(|fault| format!("line {}: {}", fault.line, fault.message))
            .collect();
        let more = self.left_out.len().saturating_sub(MAX_NOTES);
        if more > 0 {
            left_out.push(format!("{more} more events"));
        }
        let mut remarks = Vec::new();
        if let Some(line) = self.moments.first() {
            let n = self.moments.len();
            remarks.push(format!(
                "line {line}: events without a length close no time ({n} in the file); \
                 whole_days = true lets them close their date"
            ));
        }
        if self.free > 0 {
            let n = self.free;
            remarks.push(format!(
                "events that count as free time (TRANSP:TRANSPARENT) do not close ({n} in the \
                 file); transparent = true lets them close"
            ));
        }
        remarks.extend(
            except
                .unused()
                .map(|typed| format!("except '{typed}' leaves nothing out")),
        );
        (left_out, remarks)
    }
}
