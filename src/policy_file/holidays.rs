//! The holidays of a calendar: dates, and iCalendar files.

use chrono::NaiveDate;

use super::calendars::{CalendarParser, MAX_DATES};
use super::ics::{Exceptions, IcsOptions};
use super::toml_reader::{TomlTable, TomlValue};
use super::{hours, ics};
use crate::domain::sla::calendar::{Holiday, HolidayDates, HolidaySource, TimedClosure};
use crate::domain::time::zone::Zone;

/// The keys of an entry that names a file.
const FILE_KEYS: &[&str] = &["ics", "whole_days", "transparent", "except", "strict"];

impl CalendarParser<'_, '_> {
    /// The holidays of a calendar, and the times that events of files close.
    pub(super) fn holidays(
        &mut self,
        table: &TomlTable<'_>,
        zone: &Zone,
    ) -> (Vec<Holiday>, Vec<TimedClosure>) {
        let Some(node) = table.get("holidays") else {
            return (Vec::new(), Vec::new());
        };
        let wanted = "a list of dates, { date = \"…\", name = \"…\" } and { ics = \"a file\" }";
        let mut listed: Vec<Holiday> = Vec::new();
        let (mut from_files, mut closures) = (Vec::new(), Vec::new());
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
                table.allow_keys(self.faults, FILE_KEYS);
                let file = self.ics_holidays(&table, node, zone);
                let (dates, times) = file.unwrap_or_default();
                from_files.extend(dates);
                closures.extend(times);
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
        (listed, closures)
    }

    fn holiday_dates(&self, node: &TomlValue<'_>, name: Option<&str>) -> Vec<Holiday> {
        let wanted = "a date such as \"2026-12-25\", or \"12-25\" for every year";
        let typed = node.date_text(self.faults, wanted);
        let dates =
            typed.and_then(|typed| self.faults.ok_or_add(node, hours::parse_holiday(&typed)));
        let holiday = |dates| Holiday {
            dates,
            name: name.map(str::to_owned),
            source: HolidaySource::Policy,
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

    /// What a file closes; `None` if it cannot be used.
    fn ics_holidays(
        &mut self,
        table: &TomlTable<'_>,
        node: &TomlValue<'_>,
        zone: &Zone,
    ) -> Option<(Vec<Holiday>, Vec<TimedClosure>)> {
        let flag = |name| {
            let node = table.get(name)?;
            node.boolean(self.faults)
        };
        let options = IcsOptions {
            whole_days: flag("whole_days").unwrap_or(false),
            transparent: flag("transparent").unwrap_or(false),
            except: self.exceptions(table),
        };
        let strict = flag("strict").unwrap_or(false);
        let name = node.text(self.faults, "the path of an iCalendar file")?;
        if name.trim().is_empty() {
            self.faults.add(node, "write the path of an iCalendar file");
            return None;
        }
        let text = match self.parsed.files.get(name) {
            Some(text) => Ok(text.clone()),
            None => (self.files)(name),
        };
        let text = self.faults.ok_or_add(node, text)?;
        let read = ics::parse(&text, zone, &options);
        self.parsed.files.insert(name.to_owned(), text);
        let read = read.map_err(|fault| format!("{name}: {fault}"));
        let events = self.faults.ok_or_add(node, read)?;
        for left_out in &events.left_out {
            if strict {
                self.faults.add(node, format!("{name}: {left_out}"));
            } else {
                let message = format!("{name}: {left_out}; left out");
                self.faults.add_note(node.offset, &node.key, &message);
            }
        }
        for remark in &events.remarks {
            let message = format!("{name}: {remark}");
            self.faults.add_note(node.offset, &node.key, &message);
        }
        if let Some(end) = events.last_date {
            let message = format!("the last event of {name} has passed: {end}");
            let diagnostic = self.faults.diagnostic(node, &message);
            self.parsed.holiday_ends.push((diagnostic, end));
        }
        Some((events.holidays, events.closures))
    }

    /// The dates and titles that a file does not close.
    fn exceptions(&self, table: &TomlTable<'_>) -> Exceptions {
        let Some(node) = table.get("except") else {
            return Exceptions::default();
        };
        let wanted = "a list of dates and titles such as [\"2026-02-14\", \"Valentine*\"]";
        let items = node.items(self.faults, MAX_DATES, wanted);
        let items = items.unwrap_or_default();
        let texts: Vec<String> = items
            .iter()
            .filter_map(|item| item.date_text(self.faults, "a date or a title in quotes"))
            .collect();
        match Exceptions::parse(texts.iter().map(String::as_str)) {
            Ok(exceptions) => exceptions,
            Err(faults) => {
                for fault in faults {
                    self.faults.add(node, fault);
                }
                Exceptions::default()
            }
        }
    }
}
