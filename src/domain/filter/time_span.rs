//! Spans of time as filters write them: `today`, `<2h`, `>=2026-11-01`,
//! `2026-11`, `monday..friday`, `last-week`.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};

use crate::domain::Timestamp;
use crate::domain::query::TimeRange;
use crate::domain::time::parse_time::{self, ParseTimeError, Prefer};
use crate::domain::time::zone::Zone;
use crate::domain::time::{parse_duration, parse_duration::ParseDurationError};

/// Whether a duration without a sign reaches back from now or ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// `2h` is within the last two hours, `>3d` is longer ago than three days.
    Back,
    /// `2h` is up to two hours from now, whatever is past included.
    Ahead,
}

/// Why a text is not a span of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseSpanError {
    #[error(transparent)]
    Time(#[from] ParseTimeError),
    #[error(transparent)]
    Duration(#[from] ParseDurationError),
    #[error("the span '{typed}' ends before it begins")]
    Backwards { typed: String },
    #[error("'{typed}' is outside the years 1 to 9999")]
    TooFar { typed: String },
}

impl ParseSpanError {
    /// What to type instead.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Time(ParseTimeError::Unreadable { .. }) => FORMS.to_owned(),
            Self::Time(fault) => fault.hint(),
            Self::Duration(fault) => fault.hint().to_owned(),
            Self::Backwards { .. } => "write the earlier end first: 2026-11-01..2026-11-15".into(),
            Self::TooFar { .. } => "give a time within the years 1 to 9999".to_owned(),
        }
    }
}

const FORMS: &str = "use <2h, >3d, today, last-week, 2026-11, 2026-11-24, >=2026-11-01 or \
     2026-11-01..2026-11-15";

/// The present time and the zone of local times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock<'a> {
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a Zone,
}

/// Reads a span: of one moment the smallest unit that was written, a comparison
/// with `<`, `<=`, `>` or `>=`, or two moments with `..` between them.
///
/// # Errors
/// [`ParseSpanError`] with a hint.
pub(crate) fn parse(
    typed: &str,
    direction: Direction,
    clock: Clock<'_>,
) -> Result<TimeRange, ParseSpanError> {
    if let Some((from, to)) = typed.split_once("..") {
        let end = |text: &str| {
            let span = (!text.is_empty()).then(|| clock.span(text, direction));
            span.transpose()
        };
        let (from, to) = (end(from)?, end(to)?);
        let (from, to) = (from.map(|(from, _)| from), to.map(|(_, to)| to));
        if let (Some(from), Some(to)) = (from, to)
            && from >= to
        {
            let typed = typed.to_owned();
            return Err(ParseSpanError::Backwards { typed });
        }
        return Ok(TimeRange { from, to });
    }
    let comparison = ["<=", ">=", "<", ">"]
        .into_iter()
        .find_map(|sign| Some((sign, typed.strip_prefix(sign)?)));
    let (sign, rest) = comparison.unwrap_or(("", typed));
    if let Some(duration) = duration(rest) {
        return clock.within(sign, duration?, direction, typed);
    }
    let (from, to) = clock.span(rest, direction)?;
    Ok(match sign {
        "<" => range(None, Some(from)),
        "<=" => range(None, Some(to)),
        ">" => range(Some(to), None),
        ">=" => range(Some(from), None),
        _ => range(Some(from), Some(to)),
    })
}

const fn range(from: Option<Timestamp>, to: Option<Timestamp>) -> TimeRange {
    TimeRange { from, to }
}

/// A duration, if the text looks like one: digits and letters of units.
fn duration(typed: &str) -> Option<Result<TimeDelta, ParseDurationError>> {
    let looks_like_one = typed.starts_with(|c: char| c.is_ascii_digit())
        && typed.ends_with(|c: char| c.is_ascii_alphabetic())
        && !typed.contains([':', '-', '.', '/', '+']);
    looks_like_one.then(|| parse_duration::parse(typed))
}

impl Clock<'_> {
    fn within(
        self,
        sign: &str,
        duration: TimeDelta,
        direction: Direction,
        typed: &str,
    ) -> Result<TimeRange, ParseSpanError> {
        let too_far = || ParseSpanError::TooFar {
            typed: typed.to_owned(),
        };
        let further = sign.starts_with('>');
        match direction {
            Direction::Back => {
                let at = self.now.checked_sub_signed(duration).ok_or_else(too_far)?;
                Ok(match further {
                    true => range(None, Some(at)),
                    false => range(Some(at), None),
                })
            }
            Direction::Ahead => {
                let at = self.now.checked_add_signed(duration).ok_or_else(too_far)?;
                Ok(match further {
                    true => range(Some(at), None),
                    false => range(None, Some(at)),
                })
            }
        }
    }

    /// The span that a moment stands for, its end excluded: a year, a month, a
    /// week, a day, a minute.
    fn span(
        self,
        typed: &str,
        direction: Direction,
    ) -> Result<(Timestamp, Timestamp), ParseSpanError> {
        let lower = typed.to_ascii_lowercase();
        if let Some((first, end)) = self.named(&lower).or_else(|| calendar_unit(&lower)) {
            return Ok((self.start_of(first), self.start_of(end)));
        }
        let prefer = match direction {
            Direction::Back => Prefer::Past,
            Direction::Ahead => Prefer::Future,
        };
        let at = parse_time::parse(typed, self.now, self.zone, prefer)?;
        let is_day = !lower.contains(':') && !lower.contains("now") && !lower.contains("ago");
        let end = match is_day && !has_time_of_day(&lower) {
            true => self.start_of(self.local_date(at) + Days::new(1)),
            false => at + TimeDelta::minutes(1),
        };
        Ok((at, end))
    }

    /// `this-week`, `last-month` and the like; `-` and a blank are the same.
    fn named(self, lower: &str) -> Option<(NaiveDate, NaiveDate)> {
        let today = self.local_date(self.now);
        let (which, unit) = lower.split_once(['-', ' '])?;
        let steps = match which {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        match unit {
            "week" => {
                let monday = today - Days::new(today.weekday().num_days_from_monday().into());
                let first = monday.checked_add_signed(TimeDelta::weeks(steps))?;
                Some((first, first + Days::new(7)))
            }
            "month" => {
                let first = moved(today.with_day(1)?, steps)?;
                Some((first, moved(first, 1)?))
            }
            "year" => {
                let first = moved(today.with_ordinal(1)?, 12 * steps)?;
                Some((first, moved(first, 12)?))
            }
            _ => None,
        }
    }

    fn local_date(self, at: DateTime<Utc>) -> NaiveDate {
        self.zone.local_time(at).date()
    }

    /// The first instant of a day.
    fn start_of(self, date: NaiveDate) -> Timestamp {
        self.zone
            .map_local_time(date.and_time(chrono::NaiveTime::MIN))
            .earliest()
    }
}

fn moved(date: NaiveDate, months: i64) -> Option<NaiveDate> {
    let by = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    match months < 0 {
        true => date.checked_sub_months(by),
        false => date.checked_add_months(by),
    }
}

/// `2026` or `2026-11`.
fn calendar_unit(lower: &str) -> Option<(NaiveDate, NaiveDate)> {
    let digits = |text: &str, count: usize| {
        let all = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        all.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (year, month) = match lower.split_once('-') {
        None => (digits(lower, 4)?, None),
        Some((year, month)) => (digits(year, 4)?, Some(digits(month, 2)?)),
    };
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    Some((first, moved(first, if month.is_some() { 1 } else { 12 })?))
}

/// Whether a time of day such as `9pm` follows the day.
fn has_time_of_day(lower: &str) -> bool {
    let is_clock = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            && (word.ends_with("am") || word.ends_with("pm"))
    };
    lower.split_whitespace().any(is_clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    fn read(typed: &str, direction: Direction) -> String {
        // A Saturday.
        let now = at("2026-11-28T14:30:00Z");
        let zone = Zone::from_name("Europe/Berlin").unwrap();
        let clock = Clock { now, zone: &zone };
        match parse(typed, direction, clock) {
            Ok(TimeRange { from, to }) => {
                let end = |at: Option<Timestamp>| match at {
                    Some(at) => at.format("%Y-%m-%d %H:%M").to_string(),
                    None => "*".to_owned(),
                };
                format!("{} to {}", end(from), end(to))
            }
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn a_moment_is_the_smallest_unit_that_was_written() {
        for (typed, expected) in [
            ("today", "2026-11-27 23:00 to 2026-11-28 23:00"),
            ("yesterday", "2026-11-26 23:00 to 2026-11-27 23:00"),
            ("2026-11-24", "2026-11-23 23:00 to 2026-11-24 23:00"),
            ("2026-11", "2026-10-31 23:00 to 2026-11-30 23:00"),
            ("2026", "2025-12-31 23:00 to 2026-12-31 23:00"),
            ("2026-11-24 9:00", "2026-11-24 08:00 to 2026-11-24 08:01"),
            ("yesterday 9pm", "2026-11-27 20:00 to 2026-11-27 20:01"),
            ("this-week", "2026-11-22 23:00 to 2026-11-29 23:00"),
            ("last week", "2026-11-15 23:00 to 2026-11-22 23:00"),
            ("last-month", "2026-09-30 22:00 to 2026-10-31 23:00"),
            ("next-year", "2026-12-31 23:00 to 2027-12-31 23:00"),
            // The day on which the clock is set back has 25 hours.
            ("2026-10-25", "2026-10-24 22:00 to 2026-10-25 23:00"),
        ] {
            assert_eq!(read(typed, Direction::Back), expected, "{typed}");
        }
    }

    #[test]
    fn a_weekday_is_the_last_or_the_next_one() {
        let monday = |direction| read("monday", direction);
        assert_eq!(
            monday(Direction::Back),
            "2026-11-22 23:00 to 2026-11-23 23:00"
        );
        assert_eq!(
            monday(Direction::Ahead),
            "2026-11-29 23:00 to 2026-11-30 23:00"
        );
    }

    #[test]
    fn a_comparison_leaves_one_end_open() {
        for (typed, expected) in [
            ("<2026-11-24", "* to 2026-11-23 23:00"),
            ("<=2026-11-24", "* to 2026-11-24 23:00"),
            (">2026-11-24", "2026-11-24 23:00 to *"),
            (">=2026-11-24", "2026-11-23 23:00 to *"),
            (
                "2026-11-01..2026-11-02",
                "2026-10-31 23:00 to 2026-11-02 23:00",
            ),
            ("2026-11-01..", "2026-10-31 23:00 to *"),
            ("..today", "* to 2026-11-28 23:00"),
        ] {
            assert_eq!(read(typed, Direction::Back), expected, "{typed}");
        }
    }

    #[test]
    fn a_duration_reaches_back_or_ahead() {
        let both = |typed: &str| (read(typed, Direction::Back), read(typed, Direction::Ahead));
        assert_eq!(both("2h").0, "2026-11-28 12:30 to *");
        assert_eq!(both("<2h"), both("2h"));
        assert_eq!(both("<=2h"), both("2h"));
        assert_eq!(both("2h").1, "* to 2026-11-28 16:30");
        assert_eq!(both(">3d").0, "* to 2026-11-25 14:30");
        assert_eq!(both(">3d").1, "2026-12-01 14:30 to *");
    }

    #[test]
    fn what_is_no_span_says_what_to_type() {
        insta::assert_snapshot!(
            [
                "<2x",
                "soon",
                "2026-13",
                "2026-02-30",
                "2026-11-15..2026-11-01",
                "",
                "<",
                "3/4/2026"
            ]
            .map(|typed| read(typed, Direction::Back))
            .join("\n"),
            @"
        '2x' is not a duration: use 90m, 2h30m, 3d or 45s
        'soon' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
        '2026-13' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
        the date '2026-02-30' does not exist
        the span '2026-11-15..2026-11-01' ends before it begins
        '' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
        '' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
        '3/4/2026' could be 2026-04-03 or 2026-03-04
        "
        );
    }
}
