//! Times as other systems write them, in the formats that a mapping declares.
//! Ambiguous times are rejected, never guessed.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::domain::Timestamp;
use crate::domain::time::zone::{MappedLocalTime, Zone};

/// The word for ISO 8601 among the formats.
pub(super) const ISO: &str = "iso";
/// The word for formats that the times of the file prove.
pub(super) const DETECT: &str = "detect";

/// The earliest year that a log can hold; what is earlier is a mistake.
const FIRST_YEAR: i32 = 1900;

/// The time formats of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateFormats {
    /// strftime formats, or [`ISO`]; ISO 8601 if empty.
    formats: Vec<String>,
    /// Whether two of the formats can read the same text as different days.
    has_rivals: bool,
    /// The zone of times without an offset.
    zone: Option<Zone>,
}

/// Why a text is not a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BadTime {
    /// It has none of the formats.
    OtherForm {
        wanted: String,
        fitting: Vec<String>,
    },
    /// Two formats read it as different times.
    Ambiguous {
        formats: [String; 2],
    },
    BeforeFirstYear,
    NoZone,
    Twice,
    Skipped,
}

impl fmt::Display for BadTime {
    /// A reason that does not contain the text, so that equal faults can be
    /// counted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherForm { wanted, fitting } => {
                write!(f, "does not fit {wanted}")?;
                match fitting.as_slice() {
                    [] => Ok(()),
                    [one] => write!(f, ", but {one}"),
                    [one, other, ..] => write!(f, ", but {one} or {other}"),
                }
            }
            Self::Ambiguous {
                formats: [one, other],
            } => write!(f, "fits both {one} and {other}, which read another day"),
            Self::BeforeFirstYear => write!(f, "is before the year {FIRST_YEAR}"),
            Self::NoZone => f.write_str("has no offset, and the mapping declares no zone"),
            Self::Twice => f.write_str("occurs twice, when clocks go back"),
            Self::Skipped => f.write_str("does not exist, when clocks go forward"),
        }
    }
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

/// Whether a format has the day before the month, both as numbers; `None` if
/// it cannot be mistaken.
pub(super) fn is_day_first(format: &str) -> Option<bool> {
    let place = |parts: [&str; 2]| parts.iter().filter_map(|part| format.find(part)).min();
    let day = place(["%d", "%e"])?;
    let month = place(["%m", "%-m"])?;
    let year = place(["%Y", "%y"]);
    year.is_none_or(|year| year > day.min(month))
        .then_some(day < month)
}

impl DateFormats {
    pub(super) fn new(formats: Vec<String>, zone: Option<Zone>) -> Self {
        let orders: Vec<bool> = formats.iter().filter_map(|f| is_day_first(f)).collect();
        Self {
            has_rivals: orders.contains(&true) && orders.contains(&false),
            formats,
            zone,
        }
    }

    /// Whether the formats are to be proved by the file.
    pub(crate) fn is_detected(&self) -> bool {
        self.formats.iter().any(|format| format == DETECT)
    }

    /// The same zone with other formats.
    pub(crate) fn with_formats(&self, formats: Vec<String>) -> Self {
        Self::new(formats, self.zone.clone())
    }

    /// Parses a time.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn read(&self, typed: &str) -> Result<Timestamp, BadTime> {
        let typed = typed.trim();
        let at = if self.has_rivals {
            self.read_unambiguous(typed)?
        } else {
            self.read_first(typed)?
        };
        let at = at.with_nanosecond(0).unwrap_or(at);
        if at.year() < FIRST_YEAR {
            return Err(BadTime::BeforeFirstYear);
        }
        Ok(at)
    }

    /// Whether a text is a time in one of the formats.
    pub(super) fn fits(&self, typed: &str) -> bool {
        self.formats()
            .any(|format| self.read_as(typed, format).is_some())
    }

    fn formats(&self) -> impl Iterator<Item = &str> {
        let iso = self.formats.is_empty().then_some(ISO);
        iso.into_iter()
            .chain(self.formats.iter().map(String::as_str))
    }

    /// Reads a time in the first format that fits.
    fn read_first(&self, typed: &str) -> Result<Timestamp, BadTime> {
        let found = self
            .formats()
            .find_map(|format| self.read_as(typed, format));
        found.unwrap_or_else(|| Err(self.other_form(typed)))
    }

    /// Reads a time that no two formats read differently.
    fn read_unambiguous(&self, typed: &str) -> Result<Timestamp, BadTime> {
        let mut found: Option<(&str, Timestamp)> = None;
        for format in self.formats() {
            let Some(read) = self.read_as(typed, format) else {
                continue;
            };
            let at = read?;
            match found {
                Some((known, other)) if other != at => {
                    let formats = [known.to_owned(), format.to_owned()];
                    return Err(BadTime::Ambiguous { formats });
                }
                Some(_) => {}
                None => found = Some((format, at)),
            }
        }
        found
            .map(|(_, at)| at)
            .ok_or_else(|| self.other_form(typed))
    }

    fn other_form(&self, typed: &str) -> BadTime {
        let name = |format: &str| match format {
            ISO => "ISO 8601".to_owned(),
            other => other.to_owned(),
        };
        let wanted: Vec<String> = self.formats().map(name).collect();
        BadTime::OtherForm {
            wanted: wanted.join(" or "),
            fitting: super::date_proof::fitting(typed)
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Reads a time in one format; `None` if it does not fit.
    fn read_as(&self, typed: &str, format: &str) -> Option<Result<Timestamp, BadTime>> {
        if format == ISO {
            return self.iso(typed);
        }
        if format == "%s" {
            let seconds = typed.parse().ok()?;
            return DateTime::from_timestamp(seconds, 0).map(Ok);
        }
        if has_offset(format) {
            let exact = DateTime::parse_from_str(typed, format).ok()?;
            return Some(Ok(exact.to_utc()));
        }
        local(typed, format).map(|local| self.to_timestamp(local))
    }

    fn iso(&self, typed: &str) -> Option<Result<Timestamp, BadTime>> {
        let with_offset = DateTime::parse_from_rfc3339(typed).ok().or_else(|| {
            let read = |format: &&str| DateTime::parse_from_str(typed, format).ok();
            EXACT.iter().find_map(read)
        });
        if let Some(time) = with_offset {
            return Some(Ok(time.to_utc()));
        }
        let local = LOCAL.iter().find_map(|format| local(typed, format))?;
        Some(self.to_timestamp(local))
    }

    /// Converts a local time.
    fn to_timestamp(&self, local: NaiveDateTime) -> Result<Timestamp, BadTime> {
        let zone = self.zone.as_ref().ok_or(BadTime::NoZone)?;
        match zone.map_local_time(local) {
            MappedLocalTime::Single(at) => Ok(at),
            MappedLocalTime::Ambiguous { .. } => Err(BadTime::Twice),
            MappedLocalTime::Skipped { .. } => Err(BadTime::Skipped),
        }
    }
}

/// Reads a local time. A year of two digits is one of this or the last century,
/// also where the format says four.
pub(super) fn local(typed: &str, format: &str) -> Option<NaiveDateTime> {
    let read = |format: &str| {
        NaiveDateTime::parse_from_str(typed, format)
            .ok()
            .or_else(|| {
                NaiveDate::parse_from_str(typed, format)
                    .ok()?
                    .and_hms_opt(0, 0, 0)
            })
    };
    let found = read(format)?;
    if (0..100).contains(&found.year()) {
        return read(&format.replace("%Y", "%y"));
    }
    (1..=9999).contains(&found.year()).then_some(found)
}
