//! Parses times as people type them: `2026-03-02 14:30`, `monday 9:00`, `2h ago`.
//! Reads no clock: the caller passes the current time, and decides whether a time
//! in the future is acceptable.

mod formats;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use super::parse_duration;
use super::parse_duration::ParseDurationError;
use super::zone::Zone;

/// Which direction to prefer when a text leaves it open, as a bare weekday does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefer {
    /// For events that happened: `monday` is today or the last Monday.
    Past,
    /// For plans: `monday` is the next Monday, or today if the time is still
    /// ahead.
    Future,
}

/// Why a text is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseTimeError {
    #[error(
        "'{typed}' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339"
    )]
    Unreadable { typed: String },
    #[error("the date '{typed}' does not exist")]
    NoSuchDate { typed: String },
    #[error("'{typed}' is not a time of day: use 00:00 to 23:59, or 12am to 11:59pm")]
    NoSuchTime { typed: String },
    #[error("'{typed}' could be {day_first} or {month_first}")]
    Ambiguous {
        typed: String,
        day_first: NaiveDate,
        month_first: NaiveDate,
    },
    #[error("'{typed}' has its parts in an order that differs between countries: use {date}")]
    Order { typed: String, date: NaiveDate },
    #[error("'{typed}' is outside the years 1 to 9999")]
    TooFar { typed: String },
    #[error(transparent)]
    Span(#[from] ParseDurationError),
}

impl ParseTimeError {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unreadable { .. } => {
                "quote a time that has a space in it: '2026-03-02 14:30'".to_owned()
            }
            Self::NoSuchDate { .. } => "write the date as year-month-day: 2026-03-02".to_owned(),
            Self::NoSuchTime { .. } => "write the time as hour:minute: 14:30".to_owned(),
            Self::Ambiguous { day_first, .. } => {
                format!("write the date as year-month-day, such as {day_first}")
            }
            Self::Order { date, .. } => format!("write the date as {date}"),
            Self::TooFar { .. } => "give a time within the years 1 to 9999".to_owned(),
            Self::Span(error) => error.hint().to_owned(),
        }
    }
}

/// Parses a time to the millisecond; finer fractions are dropped.
///
/// Accepts:
/// - RFC 3339, also without seconds, with a space for the `T`, or `+0100`;
/// - a date (`2026-03-02` or `24.12.2026`) with or without a time;
/// - a time of today;
/// - `today`, `yesterday`, `tomorrow` and weekdays, with or without a time;
///   `last` and `next` before a weekday exclude today;
/// - `now`, `… ago` and `in …`.
///
/// Letter case is ignored. Dates with slashes, or with dashes and the day first,
/// mean different days in different countries: the error lists the readings.
///
/// A time without an offset is local to `zone`. A day begins at its first
/// instant, a local time that occurs twice is the first one, and a skipped one is
/// the instant of the clock change.
///
/// # Errors
/// [`ParseTimeError`] with a hint.
pub(crate) fn parse(
    text: &str,
    now: DateTime<Utc>,
    zone: &Zone,
    prefer: Prefer,
) -> Result<DateTime<Utc>, ParseTimeError> {
    let parser = TimeParser {
        typed: text.trim(),
        now,
        zone,
        prefer,
    };
    let time = parser.parse()?;
    DateTime::from_timestamp_millis(time.timestamp_millis())
        .filter(|time| (1..=9999).contains(&time.year()))
        .ok_or_else(|| parser.too_far())
}

struct TimeParser<'a> {
    typed: &'a str,
    now: DateTime<Utc>,
    zone: &'a Zone,
    prefer: Prefer,
}

/// A day as typed.
enum Day {
    /// A full date, which may be followed by a time with an offset.
    Date(NaiveDate),
    /// A date relative to today in the zone.
    RelativeDate(NaiveDate),
    /// A weekday, resolved by the preferred direction.
    Weekday(Weekday),
}

impl TimeParser<'_> {
    fn parse(&self) -> Result<DateTime<Utc>, ParseTimeError> {
        let mut lower = self.typed.to_ascii_lowercase();
        // Strict RFC 3339, including leap seconds; looser forms follow below.
        if let Ok(exact) = DateTime::parse_from_rfc3339(&lower.to_ascii_uppercase()) {
            return Ok(exact.to_utc());
        }
        if lower.starts_with(|c: char| c.is_ascii_digit())
            && lower.as_bytes().get(10) == Some(&b't')
        {
            lower.replace_range(10..11, " ");
        }
        let words: Vec<&str> = lower.split_whitespace().collect();
        match words.as_slice() {
            ["now"] => Ok(self.now),
            [span @ .., "ago"] if !span.is_empty() => self.offset_from_now(span, |by| -by),
            ["in", span @ ..] if !span.is_empty() => self.offset_from_now(span, |by| by),
            words => {
                let (day, clock) = self.day(words)?;
                self.resolve(day, &self.join_time(clock)?)
            }
        }
    }

    fn offset_from_now(
        &self,
        span: &[&str],
        direction: impl Fn(TimeDelta) -> TimeDelta,
    ) -> Result<DateTime<Utc>, ParseTimeError> {
        let by = parse_duration::parse_words(&span.join(" "))?;
        self.now
            .checked_add_signed(direction(by))
            .ok_or_else(|| self.too_far())
    }

    /// Splits the words into a day, today if none is named, and the remaining
    /// time of day.
    fn day<'w>(&self, words: &'w [&'w str]) -> Result<(Day, &'w [&'w str]), ParseTimeError> {
        Ok(match words {
            [] => return Err(self.unreadable()),
            ["today", clock @ ..] => (Day::RelativeDate(self.date_from_today(0)?), clock),
            ["yesterday", clock @ ..] => (Day::RelativeDate(self.date_from_today(-1)?), clock),
            ["tomorrow", clock @ ..] => (Day::RelativeDate(self.date_from_today(1)?), clock),
            [which @ ("last" | "next"), name, clock @ ..] => {
                let day = weekday(name).ok_or_else(|| self.unreadable())?;
                let back = self.days_since(day);
                let days = if *which == "next" {
                    7 - back
                } else if back == 0 {
                    -7
                } else {
                    -back
                };
                (Day::RelativeDate(self.date_from_today(days)?), clock)
            }
            [word, clock @ ..] => {
                if let Some(day) = weekday(word) {
                    (Day::Weekday(day), clock)
                } else if let Some(date) = formats::date(word) {
                    (Day::Date(date?), clock)
                } else {
                    (Day::RelativeDate(self.date_from_today(0)?), words)
                }
            }
        })
    }

    /// Joins a time of day and its suffix (`2:30 pm`, `14:30 +01:00`) into one
    /// word. Empty for the start of the day.
    fn join_time(&self, words: &[&str]) -> Result<String, ParseTimeError> {
        match words {
            [] => Ok(String::new()),
            [clock] => Ok((*clock).to_owned()),
            [clock, more] if more.starts_with(['a', 'p', 'z', '+', '-']) => {
                Ok(format!("{clock}{more}"))
            }
            [_, ..] => Err(self.unreadable()),
        }
    }

    fn resolve(&self, day: Day, clock: &str) -> Result<DateTime<Utc>, ParseTimeError> {
        let (clock, offset) = match clock.find(['z', '+', '-']) {
            None => (clock, None),
            Some(cut) => {
                let (clock, offset) = clock.split_at(cut);
                (
                    clock,
                    Some(formats::offset(offset).ok_or_else(|| self.unreadable())?),
                )
            }
        };
        let time = match clock {
            "" if offset.is_none() => NaiveTime::MIN,
            clock => formats::time(clock).ok_or_else(|| self.unreadable())??,
        };
        let on = |date: NaiveDate| self.zone.map_local_time(date.and_time(time)).earliest();
        let day = match (day, offset) {
            (Day::Date(date), Some(offset)) => {
                let exact = date.and_time(time).and_local_timezone(offset).single();
                return exact
                    .map(|exact| exact.to_utc())
                    .ok_or_else(|| self.too_far());
            }
            (Day::Date(date) | Day::RelativeDate(date), None) => return Ok(on(date)),
            (Day::Weekday(day), None) => day,
            (Day::RelativeDate(_) | Day::Weekday(_), Some(_)) => return Err(self.unreadable()),
        };
        let back = self.days_since(day);
        let days = match self.prefer {
            Prefer::Past => -back,
            Prefer::Future if back == 0 && on(self.date_from_today(0)?) > self.now => 0,
            Prefer::Future => 7 - back,
        };
        Ok(on(self.date_from_today(days)?))
    }

    /// Returns how many days ago the weekday was last, 0 for today.
    fn days_since(&self, day: Weekday) -> i64 {
        i64::from(self.zone.local_time(self.now).weekday().days_since(day))
    }

    /// Returns the local date a number of days from today.
    fn date_from_today(&self, days: i64) -> Result<NaiveDate, ParseTimeError> {
        let today = self.zone.local_time(self.now).date();
        today
            .checked_add_signed(TimeDelta::days(days))
            .ok_or_else(|| self.too_far())
    }

    fn unreadable(&self) -> ParseTimeError {
        ParseTimeError::Unreadable {
            typed: self.typed.to_owned(),
        }
    }

    fn too_far(&self) -> ParseTimeError {
        ParseTimeError::TooFar {
            typed: self.typed.to_owned(),
        }
    }
}

/// Parses `monday` or `mon`.
fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" => Weekday::Tue,
        "wednesday" | "wed" => Weekday::Wed,
        "thursday" | "thu" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" | "sat" => Weekday::Sat,
        "sunday" | "sun" => Weekday::Sun,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
