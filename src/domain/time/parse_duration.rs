//! Parses durations as people type them: `90m`, `2h30m`, `3d`. Does not format
//! durations for display.

use chrono::TimeDelta;

/// The longest duration accepted: a hundred years, far above any target and far
/// below any overflow.
const MAX_S: i64 = 36_500 * 86_400;

/// The units from the largest to the smallest, in seconds, with their names. The
/// first name is the short one.
const UNITS: [(i64, &[&str]); 5] = [
    (604_800, &["w", "week", "weeks"]),
    (86_400, &["d", "day", "days"]),
    (3_600, &["h", "hour", "hours"]),
    (60, &["m", "min", "mins", "minute", "minutes"]),
    (1, &["s", "sec", "secs", "second", "seconds"]),
];

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParseDurationError {
    #[error("'{typed}' is not a duration: use 90m, 2h30m, 3d or 45s")]
    Unreadable { typed: String },
    #[error("'{typed}' has a number without a unit: use w, d, h, m or s, as in 90m or 2h30m")]
    NoUnit { typed: String },
    #[error("'{typed}' names its units out of order: each once and the largest first, as in 2h30m")]
    Order { typed: String },
    #[error("'{typed}' is longer than 36500d")]
    TooLong { typed: String },
}

impl ParseDurationError {
    /// Returns what to type instead.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } | Self::NoUnit { .. } => {
                "write whole numbers with their units: 1d12h, 2h30m, 90m, 45s"
            }
            Self::Order { .. } => "write the largest unit first: 2h30m",
            Self::TooLong { .. } => "give at most 36500d",
        }
    }
}

/// Parses a duration in whole seconds: numbers with `w` (7 d), `d` (24 h), `h`,
/// `m` and `s`, each at most once and the largest first, in any letter case and
/// with optional spaces. There is no sign; `0s` is valid.
pub(crate) fn parse(text: &str) -> Result<TimeDelta, ParseDurationError> {
    read(text, UnitNames::Short)
}

/// Parses what [`parse`] does, and units in words: `3 days`, `1 hour 30 minutes`, `5min`.
pub(super) fn parse_words(text: &str) -> Result<TimeDelta, ParseDurationError> {
    read(text, UnitNames::Any)
}

/// Formats a duration in whole seconds as [`parse`] reads it: `1d12h`, `0s`.
/// Weeks become days, fractions of a second are dropped, and a negative duration
/// gets a minus.
#[cfg(test)]
pub(crate) fn format(span: TimeDelta) -> String {
    let mut rest = span.num_seconds().unsigned_abs();
    let mut text = String::new();
    if span.num_seconds() < 0 {
        text.push('-');
    }
    for (seconds, unit) in [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")] {
        if rest >= seconds {
            text += &format!("{}{unit}", rest / seconds);
            rest %= seconds;
        }
    }
    if text.is_empty() {
        text.push_str("0s");
    }
    text
}

#[derive(Clone, Copy)]
enum UnitNames {
    Short,
    Any,
}

fn read(text: &str, names: UnitNames) -> Result<TimeDelta, ParseDurationError> {
    let typed = || text.trim().to_owned();
    let unreadable = || ParseDurationError::Unreadable { typed: typed() };
    let too_long = || ParseDurationError::TooLong { typed: typed() };
    let lower = text.trim().to_ascii_lowercase();
    let mut rest = lower.as_str();
    if rest.is_empty() {
        return Err(unreadable());
    }
    let (mut total_s, mut last_unit_s) = (0_i64, i64::MAX);
    while !rest.is_empty() {
        let (digits, after) = leading(rest, |c| c.is_ascii_digit());
        if digits.is_empty() {
            return Err(unreadable());
        }
        let (name, after) = leading(after.trim_start(), |c| c.is_ascii_alphabetic());
        if name.is_empty() && after.chars().next().is_none_or(|c| c.is_ascii_digit()) {
            return Err(ParseDurationError::NoUnit { typed: typed() });
        }
        let unit_s = unit(name, names).ok_or_else(unreadable)?;
        if unit_s >= last_unit_s {
            return Err(ParseDurationError::Order { typed: typed() });
        }
        // `digits` has only digits, so parsing fails only for numbers too large.
        let count: i64 = digits.parse().map_err(|_| too_long())?;
        total_s = count
            .checked_mul(unit_s)
            .and_then(|part_s| part_s.checked_add(total_s))
            .filter(|&total_s| total_s <= MAX_S)
            .ok_or_else(too_long)?;
        last_unit_s = unit_s;
        rest = after.trim_start();
    }
    Ok(TimeDelta::seconds(total_s))
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

fn unit(name: &str, names: UnitNames) -> Option<i64> {
    let known = |all: &[&str]| match names {
        UnitNames::Short => all.first() == Some(&name),
        UnitNames::Any => all.contains(&name),
    };
    let (seconds, _) = UNITS.iter().find(|(_, all)| known(all))?;
    Some(*seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seconds(text: &str) -> i64 {
        parse(text).unwrap().num_seconds()
    }

    fn error(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn numbers_with_units_are_added_up() {
        assert_eq!(seconds("90m"), 5_400);
        assert_eq!(seconds("2h30m"), 9_000);
        assert_eq!(seconds(" 2h 30m "), 9_000);
        assert_eq!(seconds("3d"), 259_200);
        assert_eq!(seconds("45s"), 45);
        assert_eq!(seconds("1D12H"), 129_600);
        assert_eq!(seconds("2w"), 1_209_600);
        assert_eq!(seconds("0m"), 0);
        assert_eq!(seconds("36500d"), MAX_S);
    }

    #[test]
    fn anything_else_is_refused_with_the_accepted_forms() {
        for text in [
            "", " ", "soon", "1.5h", "-2h", "+2h", "2h,30m", "2hours", "h", "2½h", "٣d",
        ] {
            assert_eq!(
                error(text),
                format!(
                    "'{}' is not a duration: use 90m, 2h30m, 3d or 45s",
                    text.trim()
                )
            );
        }
    }

    #[test]
    fn a_number_needs_a_unit() {
        let no_unit = "has a number without a unit: use w, d, h, m or s, as in 90m or 2h30m";
        assert_eq!(error("90"), format!("'90' {no_unit}"));
        assert_eq!(error("2h30"), format!("'2h30' {no_unit}"));
        assert_eq!(error("2 30m"), format!("'2 30m' {no_unit}"));
    }

    #[test]
    fn units_come_once_and_largest_first() {
        let order = "names its units out of order: each once and the largest first, as in 2h30m";
        assert_eq!(error("30m2h"), format!("'30m2h' {order}"));
        assert_eq!(error("1h1h"), format!("'1h1h' {order}"));
    }

    #[test]
    fn more_than_a_hundred_years_is_refused() {
        assert_eq!(error("36500d1s"), "'36500d1s' is longer than 36500d");
        assert_eq!(
            error("9223372036854775807w"),
            "'9223372036854775807w' is longer than 36500d"
        );
        assert_eq!(
            error("99999999999999999999s"),
            "'99999999999999999999s' is longer than 36500d"
        );
    }

    #[test]
    fn words_are_accepted_where_allowed() {
        let seconds = |text| parse_words(text).map(|span| span.num_seconds());
        assert_eq!(seconds("3 days"), Ok(259_200));
        assert_eq!(seconds("1 Hour 30 minutes"), Ok(5_400));
        assert_eq!(seconds("5min"), Ok(300));
        assert_eq!(seconds("2h30m"), Ok(9_000));
        assert!(seconds("3").is_err());
        assert!(seconds("three days").is_err());
    }

    #[test]
    fn durations_are_formatted_in_days_and_smaller_units() {
        let formatted = |seconds| format(TimeDelta::seconds(seconds));
        assert_eq!(formatted(0), "0s");
        assert_eq!(formatted(9_000), "2h30m");
        assert_eq!(formatted(604_800 + 61), "7d1m1s");
        assert_eq!(formatted(-90), "-1m30s");
        assert_eq!(format(TimeDelta::milliseconds(1_999)), "1s");
    }

    proptest! {
        #[test]
        fn a_formatted_duration_round_trips(seconds in 0..=MAX_S) {
            let span = TimeDelta::seconds(seconds);
            prop_assert_eq!(parse(&format(span)), Ok(span));
        }

        #[test]
        fn no_text_panics(text in "\\PC*", near in "[0-9wdhms ]{0,12}") {
            let _ = (parse(&text), parse_words(&text), parse_words(&near));
            prop_assert!(parse(&near).is_ok() <= parse_words(&near).is_ok());
        }
    }
}
