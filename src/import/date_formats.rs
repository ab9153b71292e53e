//! Times as another system writes them: in the forms that a mapping declares,
//! and never guessed.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::domain::Timestamp;
use crate::domain::time::zone::{MappedLocalTime, Zone};

/// How times are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFormats {
    /// In the notation of strftime; ISO 8601 where there is none.
    pub(super) formats: Vec<String>,
    /// Of times without an offset.
    pub(super) zone: Option<Zone>,
}

/// The ISO forms without an offset of their own.
const LOCAL: [&str; 6] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y%m%dT%H%M%S",
    "%Y-%m-%d",
];

/// The ISO forms with one.
const EXACT: [&str; 4] = [
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f %#z",
    "%Y-%m-%dT%H:%M%#z",
];

/// Whether a form tells the offset from UTC.
pub(super) fn has_offset(form: &str) -> bool {
    ["%z", "%:z", "%#z", "%+", "%s"]
        .iter()
        .any(|part| form.contains(part))
}

impl DateFormats {
    /// Reads a time.
    ///
    /// # Errors
    /// Why it is none, in words that are the same for all such.
    pub(super) fn read(&self, typed: &str) -> Result<Timestamp, &'static str> {
        let typed = typed.trim();
        let found = if self.formats.is_empty() {
            self.iso(typed)
        } else {
            self.declared(typed)
        };
        let at = found?.with_nanosecond(0).ok_or("it is no time")?;
        if (1..=9999).contains(&at.year()) {
            Ok(at)
        } else {
            Err("it is out of range")
        }
    }

    fn iso(&self, typed: &str) -> Result<Timestamp, &'static str> {
        let exact = DateTime::parse_from_rfc3339(typed).or_else(|fault| {
            let read = |form| DateTime::parse_from_str(typed, form).ok();
            EXACT.iter().find_map(|form| read(form)).ok_or(fault)
        });
        if let Ok(exact) = exact {
            return Ok(exact.to_utc());
        }
        if let Some(local) = LOCAL.iter().find_map(|form| local(typed, form)) {
            return self.to_timestamp(local);
        }
        if typed.contains('/') {
            return Err("day and month could be either: declare dates in the mapping");
        }
        Err("it is no time in any declared form")
    }

    fn declared(&self, typed: &str) -> Result<Timestamp, &'static str> {
        for form in &self.formats {
            if has_offset(form) {
                if let Ok(exact) = DateTime::parse_from_str(typed, form) {
                    return Ok(exact.to_utc());
                }
                if form == "%s"
                    && let Ok(seconds) = typed.parse()
                {
                    return DateTime::from_timestamp(seconds, 0).ok_or("it is out of range");
                }
            } else if let Some(local) = local(typed, form) {
                return self.to_timestamp(local);
            }
        }
        Err("it is no time in any declared form")
    }

    /// The moment of a local time.
    fn to_timestamp(&self, local: NaiveDateTime) -> Result<Timestamp, &'static str> {
        let zone = self.zone.as_ref();
        let zone = zone.ok_or("it has no offset, and the mapping declares no zone")?;
        match zone.map_local_time(local) {
            MappedLocalTime::Single(at) => Ok(at),
            MappedLocalTime::Ambiguous { .. } => Err("it occurs twice, when the clocks go back"),
            MappedLocalTime::Skipped { .. } => Err("it never occurs, when the clocks go forward"),
        }
    }
}

fn local(typed: &str, form: &str) -> Option<NaiveDateTime> {
    if let Ok(local) = NaiveDateTime::parse_from_str(typed, form) {
        return Some(local);
    }
    let day = NaiveDate::parse_from_str(typed, form).ok()?;
    day.and_hms_opt(0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(forms: &[&str], zone: Option<&str>, typed: &str) -> Result<String, &'static str> {
        let dates = DateFormats {
            formats: forms.iter().map(|form| (*form).to_owned()).collect(),
            zone: zone.map(|name| Zone::from_name(name).unwrap()),
        };
        dates.read(typed).map(|at| at.to_rfc3339())
    }

    #[test]
    fn declared_forms_are_read() {
        let day_first = ["%d/%m/%Y %H:%M"];
        assert_eq!(
            read(&day_first, Some("UTC"), "29/2/2016 01:16").unwrap(),
            "2016-02-29T01:16:00+00:00"
        );
        assert!(read(&day_first, Some("UTC"), "2/29/2016 01:16").is_err());
        assert_eq!(
            read(&["%d.%m.%Y"], Some("Europe/Berlin"), "01.07.2024").unwrap(),
            "2024-06-30T22:00:00+00:00"
        );
    }

    #[test]
    fn iso_is_read_with_and_without_an_offset() {
        for typed in [
            "2024-03-01T10:00:00+01:00",
            "2024-03-01 10:00:00+0100",
            "2024-03-01 10:00:00 +0100",
            "2024-03-01T09:00:00Z",
            "2024-03-01T10:00+01:00",
        ] {
            assert_eq!(read(&[], None, typed).unwrap(), "2024-03-01T09:00:00+00:00");
        }
        assert_eq!(
            read(&[], Some("Europe/Berlin"), "2024-03-01 10:00:00").unwrap(),
            "2024-03-01T09:00:00+00:00"
        );
    }

    #[test]
    fn what_is_ambiguous_is_never_guessed() {
        assert!(
            read(&[], Some("UTC"), "02/03/2024")
                .unwrap_err()
                .contains("either")
        );
        assert!(
            read(&[], None, "2024-03-01 10:00")
                .unwrap_err()
                .contains("zone")
        );
        let twice = read(&[], Some("Europe/Berlin"), "2024-10-27 02:30");
        assert!(twice.unwrap_err().contains("twice"));
        let never = read(&[], Some("Europe/Berlin"), "2024-03-31 02:30");
        assert!(never.unwrap_err().contains("never"));
    }
}
