//! Spans of working time as people type them: a duration of counted time, such
//! as `4h`, or business days, such as `5bd`. What a business day is, the
//! calendar decides.

use std::fmt;

use chrono::TimeDelta;

use super::parse_duration::{self, ParseDurationError};

/// The most business days that are accepted, about four years.
const MAX_DAYS: u32 = 1_000;

/// A span of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkingSpan {
    /// Counted time, in whole seconds.
    Time(TimeDelta),
    /// Business days of a calendar.
    Days(u32),
}

/// Why a text is not a span of working time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseSpanError {
    #[error(transparent)]
    Duration(#[from] ParseDurationError),
    #[error("'{typed}' mixes business days with other units: use bd alone, as in 5bd")]
    Mixed { typed: String },
    #[error("'{typed}' is longer than {MAX_DAYS}bd")]
    TooManyDays { typed: String },
}

impl ParseSpanError {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Duration(
                ParseDurationError::Unreadable { .. } | ParseDurationError::NoUnit { .. },
            ) => "write whole numbers with their units: 2h30m, 90m, or 5bd for business days",
            Self::Duration(fault) => fault.hint(),
            Self::Mixed { .. } => "write business days alone: 5bd",
            Self::TooManyDays { .. } => "give at most 1000bd",
        }
    }
}

impl WorkingSpan {
    /// Parses a number with the unit `bd`, or what [`parse_duration::parse`]
    /// accepts.
    ///
    /// # Errors
    /// [`ParseSpanError`], with what is accepted.
    pub(crate) fn parse(text: &str) -> Result<Self, ParseSpanError> {
        let typed = text.trim();
        let lower = typed.to_ascii_lowercase();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if let Some(count) = lower.strip_suffix("bd").map(str::trim_end)
            && is_number(count)
        {
            // Only a number that is too large cannot be parsed.
            let days = count.parse().ok().filter(|days| *days <= MAX_DAYS);
            return days.map(Self::Days).ok_or_else(|| {
                let typed = typed.to_owned();
                ParseSpanError::TooManyDays { typed }
            });
        }
        // What only looks like several units is not a duration at all.
        let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
        let has_days = lower.split_once("bd").is_some_and(|(before, _)| {
            before.starts_with(|c: char| c.is_ascii_digit()) && before.chars().all(plain)
        });
        if has_days {
            let typed = typed.to_owned();
            return Err(ParseSpanError::Mixed { typed });
        }
        Ok(Self::Time(parse_duration::parse(text)?))
    }

    pub(crate) fn is_zero(self) -> bool {
        match self {
            Self::Time(span) => span.is_zero(),
            Self::Days(days) => days == 0,
        }
    }
}

/// Formats the span as [`WorkingSpan::parse`] reads it, in hours rather than
/// days: `36h`, `1h30m`, `5bd`.
impl fmt::Display for WorkingSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = match self {
            Self::Days(days) => return write!(f, "{days}bd"),
            Self::Time(span) => span.num_seconds().unsigned_abs(),
        };
        if s == 0 {
            return f.write_str("0s");
        }
        for (count, unit) in [(s / 3_600, "h"), (s % 3_600 / 60, "m"), (s % 60, "s")] {
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn business_days_are_a_number_with_bd() {
        for (text, days) in [("5bd", 5), (" 12 BD ", 12), ("0bd", 0), ("1000bd", 1_000)] {
            assert_eq!(
                WorkingSpan::parse(text),
                Ok(WorkingSpan::Days(days)),
                "{text}"
            );
        }
        assert_eq!(
            WorkingSpan::parse("1d12h"),
            Ok(WorkingSpan::Time(TimeDelta::hours(36)))
        );
    }

    #[test]
    fn anything_else_is_refused_with_what_is_accepted() {
        let error = |text| WorkingSpan::parse(text).unwrap_err().to_string();
        for text in [
            "5wd",
            "bd",
            "-2bd",
            "1.5bd",
            "+1bd",
            "5 business days",
            "5bdd",
        ] {
            let fault = error(text);
            assert!(
                fault.contains("use 90m, 2h30m, 3d or 45s") || fault.contains("use bd alone"),
                "{fault}"
            );
        }
        assert_eq!(
            error("1bd4h"),
            "'1bd4h' mixes business days with other units: use bd alone, as in 5bd"
        );
        assert_eq!(
            error("1w2bd"),
            "'1w2bd' mixes business days with other units: use bd alone, as in 5bd"
        );
        for text in ["1001bd", "99999999999bd"] {
            assert_eq!(error(text), format!("'{text}' is longer than 1000bd"));
        }
    }

    proptest! {
        #[test]
        fn a_formatted_span_round_trips(seconds in 0_i64..40_000_000, days in 0..=MAX_DAYS) {
            for span in [WorkingSpan::Time(TimeDelta::seconds(seconds)), WorkingSpan::Days(days)] {
                prop_assert_eq!(WorkingSpan::parse(&span.to_string()), Ok(span));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9wdhmsb ]{0,12}") {
            let _ = (WorkingSpan::parse(&text), WorkingSpan::parse(&near));
        }
    }
}
