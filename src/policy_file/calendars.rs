//! Calendars: opening hours of a week, holidays, breaks and shifts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::toml_reader::{Log, Node, Table};
use super::{Diagnostic, Files, hours, ics, short_name};
use crate::domain::sla::calendar::{
    ALWAYS, Calendar, CalendarDefinition, Holiday, HolidayDates, LocalHours,
};
use crate::domain::text;
use crate::domain::time::zone::Zone;

const CALENDARS: usize = 200;
const HOLIDAYS: usize = 5000;
const SEGMENTS: usize = 48;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const KEYS: &[&str] = &[
    "timezone", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "holidays", "breaks", "shifts",
];

/// What the section gave.
pub(super) struct Read {
    pub(super) made: BTreeMap<String, Calendar>,
    /// All names, of calendars with faults too.
    pub(super) names: Vec<String>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) ends: Vec<(Diagnostic, NaiveDate)>,
}

/// The dates that holidays close.
struct Closed {
    /// First dates, each with the last date of all up to it.
    spans: Vec<(NaiveDate, NaiveDate)>,
    yearly: BTreeSet<(u32, u32)>,
}

impl Closed {
    fn of(holidays: &[Holiday]) -> Self {
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

    fn on(&self, date: NaiveDate) -> bool {
        let begun = self.spans.partition_point(|span| span.0 <= date);
        let last = begun.checked_sub(1).map(|at| self.spans[at].1);
        last.is_some_and(|last| date <= last) || self.yearly.contains(&(date.month(), date.day()))
    }
}

/// Reads one calendar after the other.
struct Reader<'l, 'f> {
    log: &'l Log,
    files: &'f Files<'f>,
    read: Read,
}

pub(super) fn read(root: &Table<'_>, log: &Log, files: &Files<'_>) -> Read {
    let mut reader = Reader {
        log,
        files,
        read: Read {
            made: BTreeMap::new(),
            names: Vec::new(),
            files: BTreeMap::new(),
            ends: Vec::new(),
        },
    };
    let wanted = "a table with a table for each calendar, such as [calendars.office]";
    let table = root
        .get("calendars")
        .and_then(|node| node.table(log, wanted));
    for (name, node) in table.iter().flat_map(|table| table.entries(log, CALENDARS)) {
        reader.calendar(name, node);
    }
    reader.read
}

impl Reader<'_, '_> {
    fn calendar(&mut self, typed: &str, node: &Node<'_>) {
        let log = self.log;
        let Some(name) = log.taken(node, short_name("calendar", typed)) else {
            return;
        };
        if name == ALWAYS {
            log.fault(node, "this calendar is built in: take another name");
            return;
        }
        if self.read.names.contains(&name) {
            log.fault(node, format!("'{name}' is listed twice"));
            return;
        }
        self.read.names.push(name.clone());
        let wanted = "a table with timezone, mon to sun, holidays, breaks and shifts";
        let Some(table) = node.table(log, wanted) else {
            return;
        };
        table.only_or(log, KEYS, |name, _| {
            let day = DAYS
                .iter()
                .find(|day| name.to_lowercase().starts_with(**day))?;
            Some(format!("unknown key '{name}': write it {day}"))
        });
        let zone = self.zone(&table);
        let mut week: [Vec<LocalHours>; 7] = Default::default();
        for (day, name) in week.iter_mut().zip(DAYS) {
            if let Some(node) = table.get(name) {
                *day = self.segments(node);
            }
        }
        // Faults of files are told even where the zone has one.
        let utc = Zone::utc();
        let plan = CalendarDefinition {
            holidays: self.holidays(&table, zone.as_ref().unwrap_or(&utc)),
            breaks: self.dated(&table, "breaks"),
            shifts: self.dated(&table, "shifts"),
            week,
            zone: zone.unwrap_or(utc),
        };
        self.overnight(&table, &plan);
        if !log.is_sound(&node.key) {
            return;
        }
        match Calendar::new(plan) {
            Ok(calendar) => {
                self.read.made.insert(name, calendar);
            }
            Err(fault) => log.fault(
                node,
                format!("the calendar '{name}' cannot be used: {fault}"),
            ),
        }
    }

    fn zone(&self, table: &Table<'_>) -> Option<Zone> {
        let Some(node) = table.get("timezone") else {
            let message = "timezone is missing: write an IANA name such as \"Europe/Berlin\"";
            table.fault(self.log, message);
            return None;
        };
        let typed = node.text(self.log, "an IANA name such as \"Europe/Berlin\"")?;
        let zone = Zone::from_name(typed.trim());
        let zone = zone.map_err(|fault| format!("{fault}; {}", fault.hint()));
        self.log.taken(node, zone)
    }

    fn segments(&self, node: &Node<'_>) -> Vec<LocalHours> {
        let wanted = "a list such as [\"09:00-12:00\", \"13:00-17:30\"]";
        let items = node.items(self.log, SEGMENTS, wanted).unwrap_or_default();
        let segment = |item: &Node<'_>| {
            let typed = item.text(self.log, "a stretch such as \"09:00-17:30\"")?;
            self.log.taken(item, hours::segment(typed))
        };
        let mut segments: Vec<LocalHours> = items.iter().filter_map(segment).collect();
        if let Some((one, other)) = hours::overlap(&mut segments) {
            let (one, other) = (hours::spelled(one), hours::spelled(other));
            self.log.fault(node, format!("{one} and {other} overlap"));
        }
        segments
    }

    /// Stretches of single dates.
    fn dated(&self, table: &Table<'_>, name: &str) -> Vec<(NaiveDate, Vec<LocalHours>)> {
        let wanted = "a table of dates, such as { \"2026-03-02\" = [\"10:00-11:00\"] }";
        let dated = table
            .get(name)
            .and_then(|node| node.table(self.log, wanted));
        let mut dates = BTreeMap::new();
        for (typed, node) in dated
            .iter()
            .flat_map(|table| table.entries(self.log, HOLIDAYS))
        {
            let segments = self.segments(node);
            let Some(date) = self.log.taken(node, hours::date(typed)) else {
                continue;
            };
            if dates.insert(date, segments).is_some() {
                self.log.fault(node, format!("{date} is listed twice"));
            }
        }
        dates.into_iter().collect()
    }

    /// Finds hours past midnight that run into those of the next day.
    fn overnight(&self, table: &Table<'_>, plan: &CalendarDefinition) {
        for (day, name) in DAYS.iter().enumerate() {
            let next = (day + 1) % 7;
            if let Some(node) = table.get(name)
                && let Some((late, early)) = hours::runs_into(&plan.week[day], &plan.week[next])
            {
                let (late, early) = (hours::spelled(late), hours::spelled(early));
                let message = format!("{late} runs into {early} of {}", DAYS[next]);
                self.log.fault(node, message);
            }
        }
        let closed = Closed::of(&plan.holidays);
        let shifts: BTreeMap<NaiveDate, &Vec<LocalHours>> = plan
            .shifts
            .iter()
            .map(|(date, hours)| (*date, hours))
            .collect();
        let usual = |date: NaiveDate| &plan.week[date.weekday().num_days_from_monday() as usize];
        let on = |date: NaiveDate| shifts.get(&date).copied().unwrap_or_else(|| usual(date));
        for (date, hours) in &shifts {
            if closed.on(*date)
                && !hours.is_empty()
                && let Some(node) = self.dated_node(table, *date)
            {
                let message = "these hours do not count: the date is a holiday";
                self.log.note(node.at, &node.key, message);
            }
            // Between two shifts the earlier one tells of it.
            let before = date.pred_opt().filter(|day| !shifts.contains_key(day));
            for day in before.into_iter().chain([*date]) {
                let Some(next) = day.succ_opt() else { continue };
                if let Some((late, early)) = hours::runs_into(on(day), on(next))
                    && !closed.on(day)
                    && !closed.on(next)
                    && let Some(node) = self.dated_node(table, *date)
                {
                    let (late, early) = (hours::spelled(late), hours::spelled(early));
                    let message = format!("{late} of {day} runs into {early} of the next day");
                    self.log.fault(&node, message);
                }
            }
        }
    }

    /// Where a shift is written.
    fn dated_node<'a>(&self, table: &Table<'a>, date: NaiveDate) -> Option<Node<'a>> {
        let shifts = table.get("shifts")?.table(self.log, "a table of dates")?;
        let mut entries = shifts.entries(self.log, HOLIDAYS).iter();
        let found = entries.find(|(typed, _)| hours::date(typed) == Ok(date))?;
        Some(found.1.clone())
    }

    fn holidays(&mut self, table: &Table<'_>, zone: &Zone) -> Vec<Holiday> {
        let Some(node) = table.get("holidays") else {
            return Vec::new();
        };
        let wanted = "a list of dates, { date = \"…\", name = \"…\" } and { ics = \"a file\" }";
        let mut written: Vec<Holiday> = Vec::new();
        let mut from_files: Vec<Holiday> = Vec::new();
        for item in node.items(self.log, HOLIDAYS, wanted).unwrap_or_default() {
            if !item.is_table() {
                written.extend(self.dates(&item, None));
                continue;
            }
            let Some(table) = item.table(self.log, wanted) else {
                continue;
            };
            if let Some(node) = table.get("ics") {
                table.only(self.log, &["ics"]);
                from_files.extend(self.file(node, zone));
                continue;
            }
            table.only(self.log, &["date", "name", "ics"]);
            let name = table.get("name").and_then(|node| {
                let typed = node.text(self.log, "a name in quotes")?;
                let line = text::line("name", typed).map_err(|fault| fault.to_string());
                self.log.taken(node, line)
            });
            match table.get("date") {
                Some(node) => written.extend(self.dates(node, name.as_deref())),
                None => table.fault(self.log, "a holiday needs a date, or an ics file"),
            }
        }
        self.end(node, &written);
        written.extend(from_files);
        written
    }

    fn dates(&self, node: &Node<'_>, name: Option<&str>) -> Vec<Holiday> {
        let wanted = "a date such as \"2026-12-25\", or \"12-25\" for every year";
        let typed = node.date(self.log, wanted);
        let dates = typed.and_then(|typed| self.log.taken(node, hours::holiday(&typed)));
        let holiday = |dates| Holiday {
            dates,
            name: name.map(str::to_owned),
        };
        dates.into_iter().flatten().map(holiday).collect()
    }

    /// Remembers the last of the dates that are written, if none is yearly.
    fn end(&mut self, node: &Node<'_>, written: &[Holiday]) {
        let last = |holiday: &Holiday| match holiday.dates {
            HolidayDates::Range(_, to) => Some(to),
            HolidayDates::Yearly(..) => None,
        };
        let lasts: Option<Vec<NaiveDate>> = written.iter().map(last).collect();
        if let Some(end) = lasts.and_then(|lasts| lasts.into_iter().max()) {
            let message = format!("the last date of this list is over: {end}");
            self.read.ends.push((self.log.place(node, &message), end));
        }
    }

    fn file(&mut self, node: &Node<'_>, zone: &Zone) -> Vec<Holiday> {
        let Some(name) = node.text(self.log, "the path of an iCalendar file") else {
            return Vec::new();
        };
        if name.trim().is_empty() {
            self.log.fault(node, "write the path of an iCalendar file");
            return Vec::new();
        }
        let text = match self.read.files.get(name) {
            Some(text) => Ok(text.clone()),
            None => (self.files)(name),
        };
        let text = match text {
            Ok(text) => text,
            Err(fault) => {
                self.log.fault(node, fault);
                return Vec::new();
            }
        };
        let read = ics::read(&text, zone);
        self.read.files.insert(name.to_owned(), text);
        match read {
            Ok(events) => {
                if let Some(end) = events.end {
                    let message = format!("the last event of {name} is over: {end}");
                    self.read.ends.push((self.log.place(node, &message), end));
                }
                events.holidays
            }
            Err(faults) => {
                for fault in faults {
                    self.log.fault(node, format!("{name}: {fault}"));
                }
                Vec::new()
            }
        }
    }
}
