//! Calendars: opening hours of a week, holidays, breaks and shifts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::toml_reader::{Faults, TomlTable, TomlValue};
use super::{Diagnostic, FileLoader, hours, ics, short_name};
use crate::domain::sla::calendar::{
    ALWAYS, Calendar, CalendarDefinition, Holiday, HolidayDates, LocalHours,
};
use crate::domain::time::zone::Zone;

/// Maximum number of calendars.
const MAX_CALENDARS: usize = 200;
/// Maximum number of dates in a list.
const MAX_DATES: usize = 5000;
/// Maximum number of time ranges per day.
const MAX_HOURS: usize = 48;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const KEYS: &[&str] = &[
    "timezone", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays", "breaks", "shifts",
];

/// The result of parsing the section.
pub(super) struct ParsedCalendars {
    pub(super) by_name: BTreeMap<String, Calendar>,
    /// All names, including those of calendars with faults.
    pub(super) names: Vec<String>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) holiday_ends: Vec<(Diagnostic, NaiveDate)>,
}

/// The dates on which holidays close a calendar.
struct ClosedDates {
    /// First dates in order, each with the latest end of all spans up to it.
    spans: Vec<(NaiveDate, NaiveDate)>,
    yearly: BTreeSet<(u32, u32)>,
}

impl ClosedDates {
    fn new(holidays: &[Holiday]) -> Self {
        let (mut spans, mut yearly) = (Vec::new(), BTreeSet::new());
        for holiday in holidays {
            match holiday.dates {
                HolidayDates::Range(from, to) => spans.push((from, to)),
                HolidayDates::Yearly(month, day) => {
                    yearly.insert((month, day));
                }
            }
        }
        spans.sort_unstable();
        let mut last = NaiveDate::MIN;
        for span in &mut spans {
            last = last.max(span.1);
            span.1 = last;
        }
        Self { spans, yearly }
    }

    fn contains(&self, date: NaiveDate) -> bool {
        let started = self.spans.partition_point(|span| span.0 <= date);
        let last = started.checked_sub(1).map(|at| self.spans[at].1);
        last.is_some_and(|last| date <= last) || self.yearly.contains(&(date.month(), date.day()))
    }
}

/// Parses calendars one by one.
struct CalendarParser<'l, 'f> {
    faults: &'l Faults,
    files: &'f FileLoader<'f>,
    parsed: ParsedCalendars,
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
        let definition = CalendarDefinition {
            holidays: self.holidays(&table, zone.as_ref().unwrap_or(&utc)),
            breaks: self.hours_by_date(&table, "breaks"),
            shifts: self.hours_by_date(&table, "shifts"),
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

    /// The hours of single dates, for breaks and shifts.
    fn hours_by_date(
        &self,
        table: &TomlTable<'_>,
        name: &str,
    ) -> Vec<(NaiveDate, Vec<LocalHours>)> {
        let wanted = "a table of dates, such as { \"2026-03-02\" = [\"10:00-11:00\"] }";
        let dated = table.table(name, self.faults, wanted);
        let mut dates = BTreeMap::new();
        for (typed, node) in dated
            .iter()
            .flat_map(|table| table.entries(self.faults, MAX_DATES))
        {
            let hours = self.opening_hours(node);
            let Some(date) = self.faults.ok_or_add(node, hours::parse_date(typed)) else {
                continue;
            };
            if dates.insert(date, hours).is_some() {
                self.faults.add(node, format!("{date} is listed twice"));
            }
        }
        dates.into_iter().collect()
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
        let closed = ClosedDates::new(&definition.holidays);
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
        for (date, hours) in &shifts {
            if closed.contains(*date)
                && !hours.is_empty()
                && let Some(node) = self.shift_value(table, *date)
            {
                let message = "these hours do not count: the date is a holiday";
                self.faults.add_note(node.offset, &node.key, message);
            }
            // Between two adjacent shifts only the earlier one reports it.
            let before = date.pred_opt().filter(|day| !shifts.contains_key(day));
            for day in before.into_iter().chain([*date]) {
                let Some(next) = day.succ_opt() else { continue };
                if let Some((late, early)) = hours::overnight_overlap(hours_on(day), hours_on(next))
                    && !closed.contains(day)
                    && !closed.contains(next)
                    && let Some(node) = self.shift_value(table, *date)
                {
                    let (late, early) = (hours::format_hours(late), hours::format_hours(early));
                    let message = format!("{late} of {day} runs into {early} of the next day");
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

    fn holidays(&mut self, table: &TomlTable<'_>, zone: &Zone) -> Vec<Holiday> {
        let Some(node) = table.get("holidays") else {
            return Vec::new();
        };
        let wanted = "a list of dates, { date = \"…\", name = \"…\" } and { ics = \"a file\" }";
        let mut listed: Vec<Holiday> = Vec::new();
        let mut from_files: Vec<Holiday> = Vec::new();
        for item in node
            .items(self.faults, MAX_DATES, wanted)
            .unwrap_or_default()
        {
            if !item.is_table() {
                listed.extend(self.holiday_dates(&item, None));
                continue;
            }
            let Some(table) = item.table(self.faults, wanted) else {
                continue;
            };
            if let Some(node) = table.get("ics") {
                table.allow_keys(self.faults, &["ics"]);
                from_files.extend(self.ics_holidays(node, zone));
                continue;
            }
            table.allow_keys(self.faults, &["date", "name", "ics"]);
            let name = table
                .get("name")
                .and_then(|node| node.line(self.faults, "name", "a name in quotes"));
            match table.get("date") {
                Some(node) => listed.extend(self.holiday_dates(node, name.as_deref())),
                None => table.add_fault(self.faults, "a holiday needs a date, or an ics file"),
            }
        }
        self.record_last_date(node, &listed);
        listed.extend(from_files);
        listed
    }

    fn holiday_dates(&self, node: &TomlValue<'_>, name: Option<&str>) -> Vec<Holiday> {
        let wanted = "a date such as \"2026-12-25\", or \"12-25\" for every year";
        let typed = node.date_text(self.faults, wanted);
        let dates =
            typed.and_then(|typed| self.faults.ok_or_add(node, hours::parse_holiday(&typed)));
        let holiday = |dates| Holiday {
            dates,
            name: name.map(str::to_owned),
        };
        dates.into_iter().flatten().map(holiday).collect()
    }

    /// Records the last date of the list, unless it has yearly holidays.
    fn record_last_date(&mut self, node: &TomlValue<'_>, listed: &[Holiday]) {
        let last = |holiday: &Holiday| match holiday.dates {
            HolidayDates::Range(_, to) => Some(to),
            HolidayDates::Yearly(..) => None,
        };
        let lasts: Option<Vec<NaiveDate>> = listed.iter().map(last).collect();
        if let Some(end) = lasts.and_then(|lasts| lasts.into_iter().max()) {
            let message = format!("the last date of this list has passed: {end}");
            self.parsed
                .holiday_ends
                .push((self.faults.diagnostic(node, &message), end));
        }
    }

    fn ics_holidays(&mut self, node: &TomlValue<'_>, zone: &Zone) -> Vec<Holiday> {
        let Some(name) = node.text(self.faults, "the path of an iCalendar file") else {
            return Vec::new();
        };
        if name.trim().is_empty() {
            self.faults.add(node, "write the path of an iCalendar file");
            return Vec::new();
        }
        let text = match self.parsed.files.get(name) {
            Some(text) => Ok(text.clone()),
            None => (self.files)(name),
        };
        let text = match text {
            Ok(text) => text,
            Err(fault) => {
                self.faults.add(node, fault);
                return Vec::new();
            }
        };
        let read = ics::parse(&text, zone);
        self.parsed.files.insert(name.to_owned(), text);
        match read {
            Ok(events) => {
                if let Some(end) = events.last_date {
                    let message = format!("the last event of {name} has passed: {end}");
                    self.parsed
                        .holiday_ends
                        .push((self.faults.diagnostic(node, &message), end));
                }
                events.holidays
            }
            Err(faults) => {
                for fault in faults {
                    self.faults.add(node, format!("{name}: {fault}"));
                }
                Vec::new()
            }
        }
    }
}
