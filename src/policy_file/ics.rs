//! Holidays out of an iCalendar file (RFC 5545): every event closes the dates
//! that it covers. What cannot be understood is a fault, never left out.

mod stamp;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use icalendar::parser::{Component, Property, read_calendar_simple, unfold};

use super::recur::{Budget, Rule};
use crate::domain::sla::calendar::{Holiday, HolidayDates};
use crate::domain::text;
use crate::domain::time::zone::Zone;
use stamp::{Stamp, duration, last_date};

/// The most events, the most faults told, and the deepest nesting.
const EVENTS: usize = 20_000;
const FAULTS: usize = 20;
const DEPTH: usize = 8;

/// What a file closes.
#[derive(Debug)]
pub(super) struct Events {
    pub(super) holidays: Vec<Holiday>,
    /// The last date, unless some event repeats for ever.
    pub(super) end: Option<NaiveDate>,
}

/// Reads the events of a file for a calendar in this zone.
///
/// # Errors
/// What is wrong, by event.
pub(super) fn read(text: &str, zone: &Zone) -> Result<Events, Vec<String>> {
    let texts = calendars(text).map_err(|fault| vec![fault])?;
    let mut events: Vec<Event> = Vec::new();
    let mut faults = Vec::new();
    for text in &texts {
        let parsed = read_calendar_simple(text).map_err(|fault| {
            let near: String = fault.input.trim().chars().take(40).collect();
            vec![format!("it is no iCalendar file, from '{near}' on")]
        })?;
        for calendar in &parsed {
            for component in &calendar.components {
                if !component.name.as_str().eq_ignore_ascii_case("VEVENT") {
                    continue;
                }
                match Event::read(component, zone) {
                    Ok(event) => events.push(event),
                    Err(fault) => faults.push(told(component, &fault)),
                }
            }
        }
    }
    if events.len() > EVENTS {
        let n = events.len();
        faults.push(format!("it has {n} events; at most {EVENTS} are read"));
    }
    if faults.is_empty() {
        expand(&events, zone).map_err(|fault| vec![fault])
    } else {
        faults.truncate(FAULTS);
        Err(faults)
    }
}

/// The calendars of a file one by one, as the parser takes them: unfolded,
/// with the line ends of the standard, not nested without a bound.
fn calendars(text: &str) -> Result<Vec<String>, String> {
    let text = unfold(text.trim_start_matches('\u{feff}'));
    let (mut calendars, mut depth) = (vec![String::new()], 0_usize);
    let begins = |line: &str, word: &str| {
        let start = line.trim_start().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let ends = begins(line, "END:");
        if begins(line, "BEGIN:") {
            depth += 1;
        } else if depth == 0 {
            let near: String = line.chars().take(40).collect();
            return Err(format!(
                "it is no iCalendar file: '{near}' stands where BEGIN:VCALENDAR should"
            ));
        }
        if depth > DEPTH {
            return Err("it is no iCalendar file: its parts are nested too deeply".to_owned());
        }
        if let Some(current) = calendars.last_mut() {
            current.push_str(line);
            current.push_str("\r\n");
        }
        if ends {
            depth -= 1;
            if depth == 0 {
                calendars.push(String::new());
            }
        }
    }
    calendars.retain(|calendar| !calendar.is_empty());
    if depth > 0 {
        return Err("it ends in the middle of a calendar".to_owned());
    }
    if calendars.is_empty() {
        return Err("it is no iCalendar file: it is empty".to_owned());
    }
    Ok(calendars)
}

/// A fault with the event it is about.
fn told(component: &Component<'_>, fault: &str) -> String {
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

/// How long each occurrence is.
#[derive(Debug, Clone, Copy)]
enum Length {
    Days(u64),
    Time(TimeDelta),
}

#[derive(Debug)]
struct Event {
    uid: String,
    name: Option<String>,
    cancelled: bool,
    start: Stamp,
    length: Length,
    rule: Option<Rule>,
    more: Vec<NaiveDate>,
    except: Vec<NaiveDate>,
    /// The occurrence that this event stands for.
    instead: Option<NaiveDate>,
}

impl Event {
    fn read(component: &Component<'_>, zone: &Zone) -> Result<Self, String> {
        let value = |name| property(component, name).map(|p| p.val.as_str());
        let start = property(component, "DTSTART").ok_or("it has no DTSTART")?;
        let start = Stamp::one(start, zone)?;
        let day = start.date_like(&start);
        let dates = |name| -> Result<Vec<NaiveDate>, String> {
            let mut dates = Vec::new();
            for property in properties(component, name) {
                let stamps = Stamp::all(property, zone)?;
                dates.extend(stamps.iter().map(|stamp| stamp.date_like(&start)));
            }
            Ok(dates)
        };
        let mut rules = properties(component, "RRULE");
        let rule = rules.next().map(|property| {
            Rule::parse(property.val.as_str(), |typed| {
                let until = Stamp::read(typed, None, zone)?;
                Ok(last_date(&until, &start))
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
                None => Ok(Stamp::one(property, zone)?.date_like(&start)),
            }
        });
        let summary = value("SUMMARY").and_then(|text| text.trim().lines().next());
        Ok(Self {
            uid: value("UID").unwrap_or_default().to_owned(),
            name: summary.and_then(|line| text::line("name", line).ok()),
            cancelled: value("STATUS").is_some_and(|s| s.trim().eq_ignore_ascii_case("CANCELLED")),
            length: length(component, &start, zone)?,
            rule,
            more,
            except: dates("EXDATE")?,
            instead: instead.transpose()?,
            start,
        })
    }

    /// The first dates of all occurrences.
    fn starts(&self, budget: &mut Budget) -> Result<BTreeSet<NaiveDate>, String> {
        let day = self.start.date_like(&self.start);
        let mut starts: BTreeSet<NaiveDate> = self.more.iter().copied().collect();
        match &self.rule {
            Some(rule) => starts.extend(rule.dates(day, budget)?),
            None => {
                starts.insert(day);
            }
        }
        for day in &self.except {
            starts.remove(day);
        }
        Ok(starts)
    }

    /// The dates that an occurrence covers on the calendar's wall clock.
    fn covers(&self, day: NaiveDate, zone: &Zone) -> (NaiveDate, NaiveDate) {
        match (&self.start, self.length) {
            (Stamp::Time(local, own), Length::Time(length)) => {
                let from = own.map_local_time(day.and_time(local.time())).earliest();
                let last = (length - TimeDelta::seconds(1)).max(TimeDelta::zero());
                let to = from.checked_add_signed(last).unwrap_or(from);
                (zone.local_time(from).date(), zone.local_time(to).date())
            }
            (Stamp::Day(_) | Stamp::Time(..), Length::Days(days)) => (
                day,
                day.checked_add_days(Days::new(days.saturating_sub(1)))
                    .unwrap_or(day),
            ),
            (Stamp::Day(_), Length::Time(_)) => (day, day),
        }
    }
}

fn length(component: &Component<'_>, start: &Stamp, zone: &Zone) -> Result<Length, String> {
    let end = property(component, "DTEND");
    let backwards = || "it ends before it begins".to_owned();
    if let Some(end) = end {
        let end = Stamp::one(end, zone)?;
        return match (start, end.moment()) {
            (Stamp::Day(from), None) => {
                let days = (end.date_like(start) - *from).num_days();
                let days = u64::try_from(days).map_err(|_| backwards())?;
                Ok(Length::Days(days.max(1)))
            }
            (Stamp::Time(..), Some(end)) => {
                let span = end - start.moment().unwrap_or(end);
                if span < TimeDelta::zero() {
                    return Err(backwards());
                }
                Ok(Length::Time(span))
            }
            (Stamp::Day(_), Some(_)) | (Stamp::Time(..), None) => {
                Err("DTSTART and DTEND are not both dates or both times".to_owned())
            }
        };
    }
    let span = match property(component, "DURATION") {
        Some(property) => Some(
            duration(property.val.as_str())
                .ok_or_else(|| format!("DURATION '{}' cannot be read", property.val.as_str()))?,
        ),
        None => None,
    };
    Ok(match (start, span) {
        (Stamp::Day(_), span) => {
            let seconds = span.map_or(0, |span| span.num_seconds());
            let days = u64::try_from(seconds).unwrap_or(0).div_ceil(86_400);
            Length::Days(days.max(1))
        }
        (Stamp::Time(..), span) => Length::Time(span.unwrap_or(TimeDelta::zero())),
    })
}

/// The dates of all events together.
fn expand(events: &[Event], zone: &Zone) -> Result<Events, String> {
    let mut budget = Budget::new();
    let mut replaced: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
    for event in events {
        replaced
            .entry(&event.uid)
            .or_default()
            .extend(event.instead);
    }
    let none = BTreeSet::new();
    let mut endless = false;
    let mut closed: BTreeSet<(NaiveDate, NaiveDate, Option<&str>)> = BTreeSet::new();
    for event in events.iter().filter(|event| !event.cancelled) {
        let name = event.name.as_deref();
        let starts = event.starts(&mut budget);
        let starts =
            starts.map_err(|fault| format!("event '{}': {fault}", name.unwrap_or(&event.uid)))?;
        let replaced = match event.instead {
            Some(_) => &none,
            None => replaced.get(event.uid.as_str()).unwrap_or(&none),
        };
        endless |= event.rule.as_ref().is_some_and(Rule::is_endless);
        for day in starts.difference(replaced) {
            let (from, to) = event.covers(*day, zone);
            closed.insert((from, to, name));
        }
        if closed.len() > 100_000 {
            return Err("it has more than 100000 dates".to_owned());
        }
    }
    let end = closed.iter().map(|(_, to, _)| *to).max();
    let mut holidays: Vec<Holiday> = Vec::new();
    for (from, to, name) in closed {
        // Days of one name in a row are one holiday.
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
    Ok(Events {
        holidays,
        end: end.filter(|_| !endless),
    })
}
