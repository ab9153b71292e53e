//! Calendars: opening hours of a week, holidays, breaks and shifts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::closed_dates::ClosedDates;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use super::{Diagnostic, FileLoader, hours, short_name};
use crate::domain::sla::calendar::{
    ALWAYS, Calendar, CalendarDefinition, HolidayDates, HolidaySource, LocalHours,
};
use crate::domain::time::zone::Zone;

/// Maximum number of calendars.
const MAX_CALENDARS: usize = 200;
/// Maximum number of dates in a list.
pub(super) const MAX_DATES: usize = 5000;
/// Maximum number of time ranges per day.
const MAX_HOURS: usize = 48;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const KEYS: &[&str] = &[
    "timezone",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "holidays",
    "breaks",
    "shifts",
    EVEN_ON_HOLIDAYS,
];
/// The key with which shifts win over every holiday.
const EVEN_ON_HOLIDAYS: &str = "even_on_holidays";

/// The result of parsing the section.
pub(super) struct ParsedCalendars {
    pub(super) by_name: BTreeMap<String, Calendar>,
    /// All names, including those of calendars with faults.
    pub(super) names: Vec<String>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) holiday_ends: Vec<(Diagnostic, NaiveDate)>,
}

/// Parses calendars one by one.
pub(super) struct CalendarParser<'l, 'f> {
    pub(super) faults: &'l Faults,
    pub(super) files: &'f FileLoader<'f>,
    pub(super) parsed: ParsedCalendars,
}

pub(super) fn parse(
    root: &TomlTable<'_>,
    faults: &Faults,
    files: &FileLoader<'_>,
) -> ParsedCalendars {
    let mut parser = CalendarParser {
        faults,
        files,
        parsed: ParsedCalendars {
            by_name: BTreeMap::new(),
            names: Vec::new(),
            files: BTreeMap::new(),
            holiday_ends: Vec::new(),
        },
    };
    let wanted = "a table with a table for each calendar, such as [calendars.office]";
    let table = root.table("calendars", faults, wanted);
    for (name, node) in table
        .iter()
        .flat_map(|table| table.entries(faults, MAX_CALENDARS))
    {
        parser.calendar(name, node);
    }
    parser.parsed
}

impl CalendarParser<'_, '_> {
    fn calendar(&mut self, typed: &str, node: &TomlValue<'_>) {
        let faults = self.faults;
        let Some(name) = faults.ok_or_add(node, short_name("calendar", typed)) else {
            return;
        };
        if name == ALWAYS {
            faults.add(node, "this calendar is built in: choose another name");
            return;
        }
        if self.parsed.names.contains(&name) {
            faults.add(node, format!("'{name}' is listed twice"));
            return;
        }
        self.parsed.names.push(name.clone());
        let wanted = "a table with timezone, mon to sun, holidays, breaks and shifts";
        let Some(table) = node.table(faults, wanted) else {
            return;
        };
        table.allow_keys_or(faults, KEYS, |name, _| {
            let day = DAYS
                .iter()
                .find(|day| name.to_lowercase().starts_with(**day))?;
            Some(format!("unknown key '{name}': write {day}"))
        });
        let zone = self.zone(&table);
        let mut week: [Vec<LocalHours>; 7] = Default::default();
        for (day, name) in week.iter_mut().zip(DAYS) {
            if let Some(node) = table.get(name) {
                *day = self.opening_hours(node);
            }
        }
        // Calendar files are checked even if the time zone is invalid.
        let utc = Zone::utc();
        let (holidays, closures) = self.holidays(&table, zone.as_ref().unwrap_or(&utc));
        let (shifts, open_holidays) = self.shifts(&table);
        let definition = CalendarDefinition {
            holidays,
            closures,
            breaks: self.breaks(&table),
            shifts,
            open_holidays,
            week,
            zone: zone.unwrap_or(utc),
        };
        self.check_overnight_hours(&table, &definition);
        if !faults.is_valid(&node.key) {
            return;
        }
        match Calendar::new(definition) {
            Ok(calendar) => {
                self.parsed.by_name.insert(name, calendar);
            }
            Err(fault) => faults.add(
                node,
                format!("the calendar '{name}' cannot be used: {fault}"),
            ),
        }
    }

    fn zone(&self, table: &TomlTable<'_>) -> Option<Zone> {
        let Some(node) = table.get("timezone") else {
            let message = "timezone is missing: write an IANA name such as \"Europe/Berlin\"";
            table.add_fault(self.faults, message);
            return None;
        };
        let typed = node.text(self.faults, "an IANA name such as \"Europe/Berlin\"")?;
        let zone = Zone::from_name(typed.trim());
        let zone = zone.map_err(|fault| format!("{fault}; {}", fault.hint()));
        self.faults.ok_or_add(node, zone)
    }

    fn opening_hours(&self, node: &TomlValue<'_>) -> Vec<LocalHours> {
        let wanted = "a list such as [\"09:00-12:00\", \"13:00-17:30\"]";
        let items = node
            .items(self.faults, MAX_HOURS, wanted)
            .unwrap_or_default();
        let time_range = |item: &TomlValue<'_>| {
            let typed = item.text(self.faults, "a time range such as \"09:00-17:30\"")?;
            self.faults.ok_or_add(item, hours::parse_hours(typed))
        };
        let mut hours: Vec<LocalHours> = items.iter().filter_map(time_range).collect();
        if let Some((one, other)) = hours::sort_and_find_overlap(&mut hours) {
            let (one, other) = (hours::format_hours(one), hours::format_hours(other));
            self.faults.add(node, format!("{one} and {other} overlap"));
        }
        hours
    }

    fn breaks(&self, table: &TomlTable<'_>) -> Vec<(NaiveDate, Vec<LocalHours>)> {
        let hours = |node: &TomlValue<'_>| (self.opening_hours(node), false);
        let dates = self.hours_by_date(table, "breaks", hours).into_iter();
        dates.map(|(date, (hours, _))| (date, hours)).collect()
    }

    /// The shifts, and the dates of those that win over every holiday.
    fn shifts(
        &self,
        table: &TomlTable<'_>,
    ) -> (Vec<(NaiveDate, Vec<LocalHours>)>, BTreeSet<NaiveDate>) {
        let always = |table: &TomlTable<'_>| {
            let node = table.get(EVEN_ON_HOLIDAYS)?;
            node.boolean(self.faults)
        };
        let all = always(table).unwrap_or(false);
        let one = |node: &TomlValue<'_>| {
            if !node.is_table() {
                return (self.opening_hours(node), all);
            }
            let wanted = "{ hours = [\"10:00-14:00\"], even_on_holidays = true }";
            let Some(shift) = node.table(self.faults, wanted) else {
                return (Vec::new(), all);
            };
            shift.allow_keys(self.faults, &["hours", EVEN_ON_HOLIDAYS]);
            let hours = shift.get("hours").map(|node| self.opening_hours(node));
            if hours.is_none() {
                shift.add_fault(self.faults, format!("a shift needs hours: write {wanted}"));
            }
            (hours.unwrap_or_default(), always(&shift).unwrap_or(all))
        };
        let (mut shifts, mut open_holidays) = (Vec::new(), BTreeSet::new());
        for (date, (hours, open)) in self.hours_by_date(table, "shifts", one) {
            shifts.push((date, hours));
            if open {
                open_holidays.insert(date);
            }
        }
        (shifts, open_holidays)
    }

    /// What a section says about single dates.
    fn hours_by_date<T>(
        &self,
        table: &TomlTable<'_>,
        name: &str,
        parse: impl Fn(&TomlValue<'_>) -> T,
    ) -> BTreeMap<NaiveDate, T> {
        let wanted = "a table of dates, such as { \"2026-03-02\" = [\"10:00-11:00\"] }";
        let dated = table.table(name, self.faults, wanted);
        let mut dates = BTreeMap::new();
        for (typed, node) in dated
            .iter()
            .flat_map(|table| table.entries(self.faults, MAX_DATES))
        {
            let hours = parse(node);
            let Some(date) = self.faults.ok_or_add(node, hours::parse_date(typed)) else {
                continue;
            };
            if dates.insert(date, hours).is_some() {
                self.faults.add(node, format!("{date} is listed twice"));
            }
        }
        dates
    }

    /// Checks that hours past midnight do not overlap those of the next day.
    fn check_overnight_hours(&self, table: &TomlTable<'_>, definition: &CalendarDefinition) {
        for (day, name) in DAYS.iter().enumerate() {
            let next = (day + 1) % 7;
            if let Some(node) = table.get(name)
                && let Some((late, early)) =
                    hours::overnight_overlap(&definition.week[day], &definition.week[next])
            {
                let (late, early) = (hours::format_hours(late), hours::format_hours(early));
                let message = format!("{late} runs into {early} of {}", DAYS[next]);
                self.faults.add(node, message);
            }
        }
        self.check_shifts(table, definition);
    }

    /// Checks that the hours of shifts count, and do not overlap those of the days
    /// around them.
    fn check_shifts(&self, table: &TomlTable<'_>, definition: &CalendarDefinition) {
        let dates = |source: HolidaySource| {
            let all = definition.holidays.iter();
            let some = all.filter(move |holiday| holiday.source == source);
            some.map(|holiday| holiday.dates)
        };
        let listed = ClosedDates::new(dates(HolidaySource::Policy));
        let from_files = ClosedDates::new(dates(HolidaySource::File));
        let by_events = ClosedDates::new(definition.closures.iter().map(|event| {
            let date = |at| definition.zone.local_time(at).date();
            let last = event.to - TimeDelta::seconds(1);
            HolidayDates::Range(date(event.from), date(last.max(event.from)))
        }));
        let shifts: BTreeMap<NaiveDate, &Vec<LocalHours>> = definition
            .shifts
            .iter()
            .map(|(date, hours)| (*date, hours))
            .collect();
        let weekly_hours =
            |date: NaiveDate| &definition.week[date.weekday().num_days_from_monday() as usize];
        let hours_on = |date: NaiveDate| {
            shifts
                .get(&date)
                .copied()
                .unwrap_or_else(|| weekly_hours(date))
        };
        let has_shift = |date| shifts.get(&date).is_some_and(|hours| !hours.is_empty());
        let closed = |date: NaiveDate| match has_shift(date) {
            true => listed.contains(date) && !definition.open_holidays.contains(&date),
            false => listed.contains(date) || from_files.contains(date),
        };
        for date in shifts.keys().copied() {
            let note = |message: &str| {
                if let Some(node) = self.shift_value(table, date) {
                    self.faults.add_note(node.offset, &node.key, message);
                }
            };
            if has_shift(date) && closed(date) {
                note(
                    "these hours do not count: the date is a holiday; write \
                     { hours = […], even_on_holidays = true } if they should",
                );
            } else if has_shift(date) && (from_files.contains(date) || by_events.contains(date)) {
                note("these hours count, though an iCalendar file closes the date");
            }
            // Between two adjacent shifts only the earlier one reports it.
            let before = date.pred_opt().filter(|day| !shifts.contains_key(day));
            for day in before.into_iter().chain([date]) {
                let Some(next) = day.succ_opt() else { continue };
                let overlap = hours::overnight_overlap(hours_on(day), hours_on(next));
                let Some((late, early)) = overlap.filter(|_| !closed(day) && !closed(next)) else {
                    continue;
                };
                let (late, early) = (hours::format_hours(late), hours::format_hours(early));
                let message = format!("{late} of {day} runs into {early} of the next day");
                // Earlier versions closed every date of a file, so that policies may
                // be stored in which such hours overlap. They count once.
                let of_file = |date| from_files.contains(date) || by_events.contains(date);
                if of_file(day) || of_file(next) {
                    note(&message);
                } else if let Some(node) = self.shift_value(table, date) {
                    self.faults.add(&node, message);
                }
            }
        }
    }

    /// The value of a shift, for its position.
    fn shift_value<'a>(&self, table: &TomlTable<'a>, date: NaiveDate) -> Option<TomlValue<'a>> {
        let shifts = table.table("shifts", self.faults, "a table of dates")?;
        let mut entries = shifts.entries(self.faults, MAX_DATES).iter();
        let found = entries.find(|(typed, _)| hours::parse_date(typed) == Ok(date))?;
        Some(found.1.clone())
    }
}
