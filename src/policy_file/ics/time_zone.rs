//! The time zones that events name: as the file defines them (RFC 5545, section
//! 3.6.5), or by their IANA or Windows name.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::date_time::IcsDate;
use super::day_budget::DayBudget;
use super::lines::{Component, Property};
use super::recurrence::RecurrenceRule;
use super::windows_zones;
use crate::domain::time::zone::Zone;

/// Maximum number of transitions of a zone: Outlook counts from 1601 on.
const MAX_TRANSITIONS: usize = 5000;

/// Finds the zones that a calendar names, each once.
pub(super) struct Zones<'c> {
    /// The zone of times that name none.
    pub(super) local: &'c Zone,
    calendar: &'c Component,
    budget: &'c RefCell<DayBudget>,
    found: RefCell<BTreeMap<String, Option<Zone>>>,
}

impl<'c> Zones<'c> {
    pub(super) fn new(
        calendar: &'c Component,
        local: &'c Zone,
        budget: &'c RefCell<DayBudget>,
    ) -> Self {
        Self {
            local,
            calendar,
            budget,
            found: RefCell::default(),
        }
    }

    /// The zone that a `TZID` names: what the calendar defines comes first.
    pub(super) fn find(&self, tzid: &str) -> Option<Zone> {
        if let Some(known) = self.found.borrow().get(tzid) {
            return known.clone();
        }
        let zone = self.defined(tzid).or_else(|| named(tzid));
        let mut found = self.found.borrow_mut();
        found.insert(tzid.to_owned(), zone.clone());
        zone
    }

    fn defined(&self, tzid: &str) -> Option<Zone> {
        let is_named = |zone: &&Component| {
            let name = zone.property("TZID");
            name.is_some_and(|name| name.value.trim() == tzid.trim())
        };
        let component = self.calendar.components("VTIMEZONE").find(is_named)?;
        parse_zone(component, tzid, &mut self.budget.borrow_mut())
    }
}

/// The zone with an IANA name, also behind a prefix such as
/// `/mozilla.org/20070129_1/`, or with the name that Windows gives it.
fn named(tzid: &str) -> Option<Zone> {
    let tzid = tzid.trim();
    if let Some(path) = tzid.strip_prefix('/') {
        let parts = std::iter::successors(Some(path), |path| Some(path.split_once('/')?.1));
        return parts.filter_map(|name| Zone::from_name(name).ok()).next();
    }
    let iana = windows_zones::iana_name(tzid).unwrap_or(tzid);
    Zone::from_name(iana).ok()
}

/// Reads a `VTIMEZONE`. `None` if it cannot be understood as a whole.
fn parse_zone(zone: &Component, name: &str, budget: &mut DayBudget) -> Option<Zone> {
    let mut transitions: Vec<(i64, i32)> = Vec::new();
    let mut first: Option<(i64, i32)> = None;
    let observances = zone.components.iter();
    for observance in observances.filter(|part| matches!(&*part.name, "STANDARD" | "DAYLIGHT")) {
        let offset = |name| parse_offset(&observance.property(name)?.value);
        let (before, after) = (offset("TZOFFSETFROM")?, offset("TZOFFSETTO")?);
        for onset in onsets(observance, before, budget)? {
            let at = onset.and_utc().timestamp() - i64::from(before);
            transitions.push((at, after));
            if first.is_none_or(|(first, _)| at < first) {
                first = Some((at, before));
            }
        }
        if transitions.len() > MAX_TRANSITIONS {
            return None;
        }
    }
    let (_, before) = first.filter(|_| zone.odd_line.is_none())?;
    Zone::from_transitions(name, before, transitions)
}

/// The local times, in the offset before, from which a part of a zone applies.
fn onsets(
    observance: &Component,
    before: i32,
    budget: &mut DayBudget,
) -> Option<Vec<NaiveDateTime>> {
    let start = local_time(&observance.property("DTSTART")?.value, before)?;
    let mut onsets = vec![start];
    for rule in observance.properties("RRULE") {
        let until = |typed: &str| {
            let until = last_onset(typed, before, start);
            until.ok_or_else(|| "RRULE part UNTIL cannot be read".to_owned())
        };
        let rule = RecurrenceRule::parse(&rule.value, until).ok()?;
        let days = rule.dates(start.date(), budget).ok()?;
        onsets.extend(days.iter().map(|day| day.and_time(start.time())));
    }
    let dates = observance.properties("RDATE");
    for typed in dates.flat_map(|property: &Property| property.value.split(',')) {
        onsets.push(local_time(typed, before)?);
    }
    onsets.sort_unstable();
    onsets.dedup();
    Some(onsets)
}

/// A local time in an offset.
fn local_time(typed: &str, offset_s: i32) -> Option<NaiveDateTime> {
    let utc = Zone::utc();
    match IcsDate::parse(typed, Some(&utc)).ok()? {
        IcsDate::Date(_) => None,
        IcsDate::DateTime(local, _) if is_utc(typed) => {
            local.checked_add_signed(TimeDelta::seconds(offset_s.into()))
        }
        IcsDate::DateTime(local, _) => Some(local),
    }
}

/// The last date of a rule that ends at a date or time.
fn last_onset(typed: &str, offset_s: i32, start: NaiveDateTime) -> Option<NaiveDate> {
    let utc = Zone::utc();
    if let IcsDate::Date(day) = IcsDate::parse(typed, Some(&utc)).ok()? {
        return Some(day);
    }
    let until = local_time(typed, offset_s)?;
    match until.time() < start.time() {
        true => until.date().pred_opt(),
        false => Some(until.date()),
    }
}

fn is_utc(typed: &str) -> bool {
    typed.trim().ends_with(['Z', 'z'])
}

/// Parses an offset from UTC such as `+0100` or `-033000`, in seconds.
fn parse_offset(typed: &str) -> Option<i32> {
    let typed = typed.trim();
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, typed.strip_prefix('+').unwrap_or(typed)),
    };
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits || !matches!(digits.len(), 4 | 6) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Ok(0), str::parse::<i32>);
    let (hours, minutes, seconds) = (part(0).ok()?, part(2).ok()?, part(4).ok()?);
    (minutes < 60 && seconds < 60).then_some(sign * (hours * 3600 + minutes * 60 + seconds))
}
