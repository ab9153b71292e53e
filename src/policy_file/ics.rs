//! Holidays from an iCalendar file (RFC 5545): every event closes the dates that
//! it covers. Unsupported content is a fault and never skipped. A fault names a
//! line and a property, and quotes nothing of the file.

mod date_time;
mod lines;
pub(super) mod recurrence;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use icalendar::parser::{Component, Property, read_calendar_simple};

use crate::domain::sla::calendar::{Holiday, HolidayDates};
use crate::domain::text;
use crate::domain::time::zone::Zone;
use date_time::{IcsDate, last_start_date, parse_duration};
use lines::{CalendarText, split_calendars};
use recurrence::{DayBudget, RecurrenceRule};

/// Maximum number of events in a file.
const MAX_EVENTS: usize = 20_000;
/// Maximum number of reported faults.
const MAX_FAULTS: usize = 20;

/// The holidays of a file.
#[derive(Debug)]
pub(super) struct IcsHolidays {
    pub(super) holidays: Vec<Holiday>,
    /// The last date, unless an event recurs without end.
    pub(super) last_date: Option<NaiveDate>,
}

/// Parses a file for a calendar in a time zone.
///
/// # Errors
/// One message for each faulty event, or one for the file.
pub(super) fn parse(text: &str, zone: &Zone) -> Result<IcsHolidays, Vec<String>> {
    let calendars = split_calendars(text).map_err(|fault| vec![fault])?;
    let mut events: Vec<CalendarEvent> = Vec::new();
    let mut faults = Vec::new();
    for calendar in &calendars {
        let parsed = read_calendar_simple(&calendar.text).map_err(|fault| {
            let line = calendar.line_at(calendar.text.len() - fault.input.len());
            vec![format!(
                "not an iCalendar file: line {line} is not a property such as SUMMARY:Christmas"
            )]
        })?;
        let components = parsed.iter().flat_map(|calendar| &calendar.components);
        let is_event = |component: &&Component<'_>| {
            let name = component.name.as_str();
            name.eq_ignore_ascii_case("VEVENT")
        };
        for (n, component) in components.filter(is_event).enumerate() {
            match CalendarEvent::parse(component, zone) {
                Ok(event) => events.push(CalendarEvent {
                    line: calendar.line_of(n, "RRULE", 0),
                    ..event
                }),
                Err(fault) => faults.push(with_line(calendar, n, &fault)),
            }
        }
    }
    if events.len() > MAX_EVENTS {
        let n = events.len();
        faults.push(format!(
            "it has {n} events; at most {MAX_EVENTS} are allowed"
        ));
    }
    if faults.is_empty() {
        expand(&events, zone).map_err(|fault| vec![fault])
    } else {
        faults.truncate(MAX_FAULTS);
        Err(faults)
    }
}

/// Prefixes a fault with the line of its property.
fn with_line(calendar: &CalendarText, event: usize, fault: &EventFault) -> String {
    let line = calendar.line_of(event, fault.property, fault.nth);
    format!("line {line}: {}", fault.message)
}

/// A fault of an event, in one of its properties or as a whole.
struct EventFault {
    property: &'static str,
    /// Which of the properties of that name, from 0.
    nth: usize,
    message: String,
}

impl EventFault {
    fn in_property(property: &'static str) -> impl Fn(String) -> Self {
        move |message| Self {
            property,
            nth: 0,
            message,
        }
    }
}

fn property<'c>(component: &'c Component<'_>, name: &str) -> Option<&'c Property<'c>> {
    properties(component, name).next()
}

fn properties<'c>(
    component: &'c Component<'_>,
    name: &str,
) -> impl Iterator<Item = &'c Property<'c>> {
    let all = component.properties.iter();
    all.filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let mut all = property.params.iter();
    let found = all.find(|parameter| parameter.key.as_str().eq_ignore_ascii_case(name))?;
    found.val.as_ref().map(|val| val.as_str())
}

/// The length of each occurrence.
#[derive(Debug, Clone, Copy)]
enum EventLength {
    Days(u64),
    Time(TimeDelta),
}

/// A `VEVENT` component.
#[derive(Debug)]
struct CalendarEvent {
    /// The line of its rule, or else that in which it begins.
    line: usize,
    uid: String,
    name: Option<String>,
    cancelled: bool,
    start: IcsDate,
    length: EventLength,
    rule: Option<RecurrenceRule>,
    extra_dates: Vec<NaiveDate>,
    excluded_dates: Vec<NaiveDate>,
    /// The occurrence that this event replaces (`RECURRENCE-ID`).
    replaces: Option<NaiveDate>,
}

impl CalendarEvent {
    fn parse(component: &Component<'_>, zone: &Zone) -> Result<Self, EventFault> {
        let value = |name| property(component, name).map(|p| p.val.as_str());
        let event = EventFault::in_property("");
        let start = property(component, "DTSTART")
            .ok_or_else(|| event("the event has no DTSTART".to_owned()))?;
        let start =
            IcsDate::parse_single(start, zone).map_err(EventFault::in_property("DTSTART"))?;
        let day = start.date_in_zone_of(&start);
        let dates = |name| -> Result<Vec<NaiveDate>, EventFault> {
            let mut dates = Vec::new();
            for (nth, property) in properties(component, name).enumerate() {
                let stamps = IcsDate::parse_list(property, zone).map_err(|message| EventFault {
                    property: name,
                    nth,
                    message,
                })?;
                dates.extend(stamps.iter().map(|stamp| stamp.date_in_zone_of(&start)));
            }
            Ok(dates)
        };
        let mut rules = properties(component, "RRULE");
        let rule = rules.next().map(|property| {
            RecurrenceRule::parse(property.val.as_str(), |typed| {
                let until = IcsDate::parse(typed, None, zone)
                    .map_err(|fault| format!("RRULE part UNTIL {fault}"))?;
                Ok(last_start_date(&until, &start))
            })
        });
        if rules.next().is_some() || property(component, "EXRULE").is_some() {
            return Err(event(
                "more than one RRULE, or an EXRULE, is not supported".to_owned(),
            ));
        }
        let mut more = dates("RDATE")?;
        if rule.is_some() || !more.is_empty() {
            more.push(day);
        }
        let rule = rule.transpose().map_err(EventFault::in_property("RRULE"))?;
        let instead = property(component, "RECURRENCE-ID").map(|property| {
            match parameter(property, "RANGE") {
                Some(_) => Err("RECURRENCE-ID with RANGE is not supported".to_owned()),
                None => Ok(IcsDate::parse_single(property, zone)?.date_in_zone_of(&start)),
            }
        });
        let summary = value("SUMMARY").and_then(|text| text.trim().lines().next());
        Ok(Self {
            line: 0,
            uid: value("UID").unwrap_or_default().to_owned(),
            name: summary.and_then(|line| text::line("name", line).ok()),
            cancelled: value("STATUS").is_some_and(|s| s.trim().eq_ignore_ascii_case("CANCELLED")),
            length: event_length(component, &start, zone)?,
            rule,
            extra_dates: more,
            excluded_dates: dates("EXDATE")?,
            replaces: instead
                .transpose()
                .map_err(EventFault::in_property("RECURRENCE-ID"))?,
            start,
        })
    }

    /// The start dates of all occurrences.
    fn start_dates(&self, budget: &mut DayBudget) -> Result<BTreeSet<NaiveDate>, String> {
        let day = self.start.date_in_zone_of(&self.start);
        let mut starts: BTreeSet<NaiveDate> = self.extra_dates.iter().copied().collect();
        match &self.rule {
            Some(rule) => starts.extend(rule.dates(day, budget)?),
            None => {
                starts.insert(day);
            }
        }
        for day in &self.excluded_dates {
            starts.remove(day);
        }
        Ok(starts)
    }

    /// The first and last date that an occurrence covers in the time zone of the
    /// calendar.
    fn covered_dates(&self, day: NaiveDate, zone: &Zone) -> (NaiveDate, NaiveDate) {
        match (&self.start, self.length) {
            (IcsDate::DateTime(local, own), EventLength::Time(length)) => {
                let from = own.map_local_time(day.and_time(local.time())).earliest();
                let last = (length - TimeDelta::seconds(1)).max(TimeDelta::zero());
                let to = from.checked_add_signed(last).unwrap_or(from);
                (zone.local_time(from).date(), zone.local_time(to).date())
            }
            (IcsDate::Date(_) | IcsDate::DateTime(..), EventLength::Days(days)) => (
                day,
                day.checked_add_days(Days::new(days.saturating_sub(1)))
                    .unwrap_or(day),
            ),
            (IcsDate::Date(_), EventLength::Time(_)) => (day, day),
        }
    }
}

fn event_length(
    component: &Component<'_>,
    start: &IcsDate,
    zone: &Zone,
) -> Result<EventLength, EventFault> {
    let end = property(component, "DTEND");
    let in_end = EventFault::in_property("DTEND");
    let backwards = || in_end("the event ends before it starts".to_owned());
    if let Some(end) = end {
        let end = IcsDate::parse_single(end, zone).map_err(&in_end)?;
        return match (start, end.timestamp()) {
            (IcsDate::Date(from), None) => {
                let days = (end.date_in_zone_of(start) - *from).num_days();
                let days = u64::try_from(days).map_err(|_| backwards())?;
                Ok(EventLength::Days(days.max(1)))
            }
            (IcsDate::DateTime(..), Some(end)) => {
                let span = end - start.timestamp().unwrap_or(end);
                if span < TimeDelta::zero() {
                    return Err(backwards());
                }
                Ok(EventLength::Time(span))
            }
            (IcsDate::Date(_), Some(_)) | (IcsDate::DateTime(..), None) => Err(in_end(
                "DTSTART and DTEND are not both dates or both times".to_owned(),
            )),
        };
    }
    let span = match property(component, "DURATION") {
        Some(property) => Some(parse_duration(property.val.as_str()).ok_or_else(|| {
            let message = "DURATION is not a duration such as P1D or PT90M".to_owned();
            EventFault::in_property("DURATION")(message)
        })?),
        None => None,
    };
    Ok(match (start, span) {
        (IcsDate::Date(_), span) => {
            let seconds = span.map_or(0, |span| span.num_seconds());
            let days = u64::try_from(seconds).unwrap_or(0).div_ceil(86_400);
            EventLength::Days(days.max(1))
        }
        (IcsDate::DateTime(..), span) => EventLength::Time(span.unwrap_or(TimeDelta::zero())),
    })
}

/// The dates of all events, with consecutive days of the same name joined.
fn expand(events: &[CalendarEvent], zone: &Zone) -> Result<IcsHolidays, String> {
    let mut budget = DayBudget::new();
    let mut replaced: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for event in events {
        replaced
            .entry(&event.uid)
            .or_default()
            .extend(event.replaces);
    }
    let none = BTreeSet::new();
    let mut endless = false;
    let mut closed: BTreeSet<(NaiveDate, NaiveDate, Option<&str>)> = BTreeSet::new();
    for event in events.iter().filter(|event| !event.cancelled) {
        let name = event.name.as_deref();
        let starts = event.start_dates(&mut budget);
        let starts = starts.map_err(|fault| format!("line {}: {fault}", event.line))?;
        let replaced = match event.replaces {
            Some(_) => &none,
            None => replaced.get(event.uid.as_str()).unwrap_or(&none),
        };
        endless |= event.rule.as_ref().is_some_and(RecurrenceRule::is_endless);
        for day in starts.difference(replaced) {
            let (from, to) = event.covered_dates(*day, zone);
            closed.insert((from, to, name));
        }
        if closed.len() > 100_000 {
            return Err("it has more than 100000 dates".to_owned());
        }
    }
    let end = closed.iter().map(|(_, to, _)| *to).max();
    let mut holidays: Vec<Holiday> = Vec::new();
    for (from, to, name) in closed {
        if let Some(last) = holidays.last_mut()
            && last.name.as_deref() == name
            && let HolidayDates::Range(first, before) = last.dates
            && before.succ_opt() == Some(from)
        {
            last.dates = HolidayDates::Range(first, to);
            continue;
        }
        holidays.push(Holiday {
            dates: HolidayDates::Range(from, to),
            name: name.map(str::to_owned),
        });
    }
    Ok(IcsHolidays {
        holidays,
        last_date: end.filter(|_| !endless),
    })
}
