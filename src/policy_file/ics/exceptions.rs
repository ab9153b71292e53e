//! What a policy leaves out of a calendar file: dates, and events by title.

use std::cell::Cell;

use chrono::NaiveDate;

use crate::domain::sla::calendar::HolidayDates;
use crate::policy_file::closed_dates::ClosedDates;
use crate::policy_file::hours;

/// Dates and titles that do not close.
#[derive(Debug, Default)]
pub(in crate::policy_file) struct Exceptions {
    all: Vec<Exception>,
    dates: ClosedDates,
}

/// One of them.
#[derive(Debug)]
struct Exception {
    typed: String,
    what: Excepted,
    /// Whether it left something out.
    used: Cell<bool>,
}

#[derive(Debug)]
enum Excepted {
    Dates(ClosedDates),
    /// In lower case; `*` stands for any text.
    Title(String),
}

impl Exceptions {
    /// Parses what a policy lists.
    ///
    /// # Errors
    /// One message for each that looks like a date and is none.
    pub(in crate::policy_file) fn parse<'t>(
        typed: impl Iterator<Item = &'t str>,
    ) -> Result<Self, Vec<String>> {
        let (mut all, mut dates, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for typed in typed.map(str::trim) {
            let what = if !looks_like_date(typed) {
                Excepted::Title(typed.to_lowercase())
            } else {
                match hours::parse_holiday(typed) {
                    Ok(parsed) => {
                        dates.extend(parsed.iter().copied());
                        Excepted::Dates(ClosedDates::new(parsed.into_iter()))
                    }
                    Err(fault) => {
                        faults.push(fault);
                        continue;
                    }
                }
            };
            all.push(Exception {
                typed: typed.to_owned(),
                what,
                used: Cell::new(false),
            });
        }
        let dates: Vec<HolidayDates> = dates;
        match faults.is_empty() {
            true => Ok(Self {
                all,
                dates: ClosedDates::new(dates.into_iter()),
            }),
            false => Err(faults),
        }
    }

    /// Whether an event is left out because of its title.
    pub(super) fn has_title(&self, title: Option<&str>) -> bool {
        let Some(title) = title.map(str::to_lowercase) else {
            return false;
        };
        let mut found = false;
        for exception in &self.all {
            if let Excepted::Title(pattern) = &exception.what
                && matches(pattern, &title)
            {
                exception.used.set(true);
                found = true;
            }
        }
        found
    }

    /// Whether a date stays open.
    pub(super) fn has_date(&self, date: NaiveDate) -> bool {
        if !self.dates.contains(date) {
            return false;
        }
        for exception in &self.all {
            if let Excepted::Dates(dates) = &exception.what
                && dates.contains(date)
            {
                exception.used.set(true);
            }
        }
        true
    }

    /// Whether any dates are left out.
    pub(super) fn has_dates(&self) -> bool {
        let is_date = |exception: &Exception| matches!(exception.what, Excepted::Dates(_));
        self.all.iter().any(is_date)
    }

    /// What left nothing out, as it was typed.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let unused = self.all.iter().filter(|exception| !exception.used.get());
        unused.map(|exception| exception.typed.as_str())
    }
}

/// Whether a text is a date or meant to be one, and not a title.
fn looks_like_date(typed: &str) -> bool {
    typed.contains(|c: char| c.is_ascii_digit())
        && typed
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '/'))
}

/// Whether a text has a pattern, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
