//! Times as other systems write them, in the formats that a mapping declares.
//! Ambiguous times are rejected, never guessed.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::domain::Timestamp;
use crate::domain::time::zone::{MappedLocalTime, Zone};

/// The time formats of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFormats {
    /// strftime formats; ISO 8601 if empty.
    pub(super) formats: Vec<String>,
    /// The zone of times without an offset.
    pub(super) zone: Option<Zone>,
}

/// ISO formats without an offset.
const LOCAL: [&str; 6] = [
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y%m%dT%H%M%S",
    "%Y-%m-%d",
];

/// ISO formats with an offset.
const EXACT: [&str; 4] = [
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f %#z",
    "%Y-%m-%dT%H:%M%#z",
];

/// Whether a format includes the offset from UTC.
pub(super) fn has_offset(format: &str) -> bool {
    ["%z", "%:z", "%#z", "%+", "%s"]
        .iter()
        .any(|part| format.contains(part))
}

impl DateFormats {
    /// Parses a time.
    ///
    /// # Errors
    /// A reason that does not contain the text, so that equal faults can be
    /// counted.
    pub(super) fn read(&self, typed: &str) -> Result<Timestamp, &'static str> {
        let typed = typed.trim();
        let found = if self.formats.is_empty() {
            self.iso(typed)
        } else {
            self.declared(typed)
        };
        let at = found?
            .with_nanosecond(0)
            .ok_or("it does not match a declared format")?;
        if (1..=9999).contains(&at.year()) {
            Ok(at)
        } else {
            Err("it is outside the years 1 to 9999")
        }
    }

    fn iso(&self, typed: &str) -> Result<Timestamp, &'static str> {
        let with_offset = DateTime::parse_from_rfc3339(typed).or_else(|fault| {
            let read = |format| DateTime::parse_from_str(typed, format).ok();
            EXACT.iter().find_map(|format| read(format)).ok_or(fault)
        });
        if let Ok(time) = with_offset {
            return Ok(time.to_utc());
        }
        if let Some(local) = LOCAL.iter().find_map(|format| local(typed, format)) {
            return self.to_timestamp(local);
        }
        if typed.contains('/') {
            return Err("day and month are ambiguous: declare dates in the mapping");
        }
        Err("it does not match a declared format")
    }

    fn declared(&self, typed: &str) -> Result<Timestamp, &'static str> {
        for format in &self.formats {
            if has_offset(format) {
                if let Ok(exact) = DateTime::parse_from_str(typed, format) {
                    return Ok(exact.to_utc());
                }
                if format == "%s"
                    && let Ok(seconds) = typed.parse()
                {
                    return DateTime::from_timestamp(seconds, 0)
                        .ok_or("it is outside the years 1 to 9999");
                }
            } else if let Some(local) = local(typed, format) {
                return self.to_timestamp(local);
            }
        }
        Err("it does not match a declared format")
    }

    /// Converts a local time.
    fn to_timestamp(&self, local: NaiveDateTime) -> Result<Timestamp, &'static str> {
        let zone = self.zone.as_ref();
        let zone = zone.ok_or("it has no offset, and the mapping declares no zone")?;
        match zone.map_local_time(local) {
            MappedLocalTime::Single(at) => Ok(at),
            MappedLocalTime::Ambiguous { .. } => {
                Err("this local time occurs twice, when clocks go back")
            }
            MappedLocalTime::Skipped { .. } => {
                Err("this local time does not exist, when clocks go forward")
            }
        }
    }
}

fn local(typed: &str, format: &str) -> Option<NaiveDateTime> {
    if let Ok(local) = NaiveDateTime::parse_from_str(typed, format) {
        return Some(local);
    }
    let day = NaiveDate::parse_from_str(typed, format).ok()?;
    day.and_hms_opt(0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(formats: &[&str], zone: Option<&str>, typed: &str) -> Result<String, &'static str> {
        let dates = DateFormats {
            formats: formats.iter().map(|format| (*format).to_owned()).collect(),
            zone: zone.map(|name| Zone::from_name(name).unwrap()),
        };
        dates.read(typed).map(|at| at.to_rfc3339())
    }

    #[test]
    fn declared_formats_are_parsed() {
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
    fn iso_is_parsed_with_and_without_an_offset() {
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
    fn ambiguous_times_are_rejected() {
        assert!(
            read(&[], Some("UTC"), "02/03/2024")
                .unwrap_err()
                .contains("ambiguous")
        );
        assert!(
            read(&[], None, "2024-03-01 10:00")
                .unwrap_err()
                .contains("zone")
        );
        let twice = read(&[], Some("Europe/Berlin"), "2024-10-27 02:30");
        assert!(twice.unwrap_err().contains("twice"));
        let never = read(&[], Some("Europe/Berlin"), "2024-03-31 02:30");
        assert!(never.unwrap_err().contains("does not exist"));
    }
}
