//! Holidays from an iCalendar file (RFC 5545): every event closes the dates that
//! it covers. Unsupported content is a fault and never skipped.

mod date_time;
pub(super) mod recurrence;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use icalendar::parser::{Component, Property, read_calendar_simple, unfold};

use crate::domain::sla::calendar::{Holiday, HolidayDates};
use crate::domain::text;
use crate::domain::time::zone::Zone;
use date_time::{IcsDate, last_start_date, parse_duration};
use recurrence::{DayBudget, RecurrenceRule};

/// Maximum number of events in a file.
const MAX_EVENTS: usize = 20_000;
/// Maximum number of reported faults.
const MAX_FAULTS: usize = 20;
/// Maximum nesting depth of components.
const MAX_DEPTH: usize = 8;

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
    let texts = split_calendars(text).map_err(|fault| vec![fault])?;
    let mut events: Vec<CalendarEvent> = Vec::new();
    let mut faults = Vec::new();
    for text in &texts {
        let parsed = read_calendar_simple(text).map_err(|fault| {
            let excerpt: String = fault.input.trim().chars().take(40).collect();
            vec![format!("not an iCalendar file: unexpected '{excerpt}'")]
        })?;
        for calendar in &parsed {
            for component in &calendar.components {
                if !component.name.as_str().eq_ignore_ascii_case("VEVENT") {
                    continue;
                }
                match CalendarEvent::parse(component, zone) {
                    Ok(event) => events.push(event),
                    Err(fault) => faults.push(with_event_name(component, &fault)),
                }
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

/// Splits a file into its calendars, prepared for the parser: unfolded, with CRLF
/// line ends, and with limited nesting.
fn split_calendars(text: &str) -> Result<Vec<String>, String> {
    let text = unfold(text.trim_start_matches('\u{feff}'));
    let (mut calendars, mut depth) = (vec![String::new()], 0_usize);
    let starts_with = |line: &str, word: &str| {
        let start = line.trim_start().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let is_end = starts_with(line, "END:");
        if starts_with(line, "BEGIN:") {
            depth += 1;
        } else if depth == 0 {
            let excerpt: String = line.chars().take(40).collect();
            return Err(format!(
                "not an iCalendar file: expected BEGIN:VCALENDAR, found '{excerpt}'"
            ));
        }
        if depth > MAX_DEPTH {
            return Err("not an iCalendar file: nested too deeply".to_owned());
        }
        if let Some(current) = calendars.last_mut() {
            current.push_str(line);
            current.push_str("\r\n");
        }
        if is_end {
            depth -= 1;
            if depth == 0 {
                calendars.push(String::new());
            }
        }
    }
    calendars.retain(|calendar| !calendar.is_empty());
    if depth > 0 {
        return Err("the file ends inside a calendar".to_owned());
    }
    if calendars.is_empty() {
        return Err("not an iCalendar file: the file is empty".to_owned());
    }
    Ok(calendars)
}

/// Prefixes a fault with the name of its event.
fn with_event_name(component: &Component<'_>, fault: &str) -> String {
    let name = property(component, "SUMMARY").or_else(|| property(component, "UID"));
    match name {
        Some(name) => {
            let name: String = name.val.as_str().chars().take(60).collect();
            format!("event '{name}': {fault}")
        }
        None => format!("an event without a name: {fault}"),
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
    fn parse(component: &Component<'_>, zone: &Zone) -> Result<Self, String> {
        let value = |name| property(component, name).map(|p| p.val.as_str());
        let start = property(component, "DTSTART").ok_or("it has no DTSTART")?;
        let start = IcsDate::parse_single(start, zone)?;
        let day = start.date_in_zone_of(&start);
        let dates = |name| -> Result<Vec<NaiveDate>, String> {
            let mut dates = Vec::new();
            for property in properties(component, name) {
                let stamps = IcsDate::parse_list(property, zone)?;
                dates.extend(stamps.iter().map(|stamp| stamp.date_in_zone_of(&start)));
            }
            Ok(dates)
        };
        let mut rules = properties(component, "RRULE");
        let rule = rules.next().map(|property| {
            RecurrenceRule::parse(property.val.as_str(), |typed| {
                let until = IcsDate::parse(typed, None, zone)?;
                Ok(last_start_date(&until, &start))
            })
        });
        if rules.next().is_some() || property(component, "EXRULE").is_some() {
            return Err("more than one RRULE, or an EXRULE, is not supported".to_owned());
        }
        let mut more = dates("RDATE")?;
        if rule.is_some() || !more.is_empty() {
            more.push(day);
        }
        let rule = rule.transpose()?;
        let instead = property(component, "RECURRENCE-ID").map(|property| {
            match parameter(property, "RANGE") {
                Some(range) => Err(format!("RECURRENCE-ID with RANGE={range} is not supported")),
                None => Ok(IcsDate::parse_single(property, zone)?.date_in_zone_of(&start)),
            }
        });
        let summary = value("SUMMARY").and_then(|text| text.trim().lines().next());
        Ok(Self {
            uid: value("UID").unwrap_or_default().to_owned(),
            name: summary.and_then(|line| text::line("name", line).ok()),
            cancelled: value("STATUS").is_some_and(|s| s.trim().eq_ignore_ascii_case("CANCELLED")),
            length: event_length(component, &start, zone)?,
            rule,
            extra_dates: more,
            excluded_dates: dates("EXDATE")?,
            replaces: instead.transpose()?,
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
) -> Result<EventLength, String> {
    let end = property(component, "DTEND");
    let backwards = || "it ends before it starts".to_owned();
    if let Some(end) = end {
        let end = IcsDate::parse_single(end, zone)?;
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
            (IcsDate::Date(_), Some(_)) | (IcsDate::DateTime(..), None) => {
                Err("DTSTART and DTEND are not both dates or both times".to_owned())
            }
        };
    }
    let span = match property(component, "DURATION") {
        Some(property) => Some(
            parse_duration(property.val.as_str())
                .ok_or_else(|| format!("DURATION '{}' cannot be read", property.val.as_str()))?,
        ),
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
        let starts =
            starts.map_err(|fault| format!("event '{}': {fault}", name.unwrap_or(&event.uid)))?;
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
