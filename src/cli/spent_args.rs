//! The time that was spent with a command.

use chrono::TimeDelta;
use clap::Args;

use crate::cli::clap_errors::InvalidValue;
use crate::domain::time::parse_duration;

/// `--spent`, as several commands take it.
#[derive(Debug, Clone, Args)]
pub(crate) struct SpentArgs {
    /// The time that you spent with it, such as 25m or 1h30m
    #[arg(long, value_name = "DURATION", value_parser = TimeSpent::parse, allow_hyphen_values = true)]
    spent: Option<TimeSpent>,
}

impl SpentArgs {
    /// The time, if it was given.
    pub(crate) fn time(&self) -> Option<TimeDelta> {
        self.spent.map(|TimeSpent(time)| time)
    }
}

/// Time of work. Days are refused: how long one is differs between desks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimeSpent(pub(crate) TimeDelta);

/// The longest time that is recorded at once.
const LONGEST: TimeDelta = TimeDelta::hours(1_000);

impl TimeSpent {
    /// Parses a time above zero.
    pub(crate) fn parse(typed: &str) -> Result<Self, InvalidValue> {
        let lower = typed.to_ascii_lowercase();
        if lower.contains(['d', 'w']) && parse_duration::parse(typed).is_ok() {
            return Err(InvalidValue::new(
                format!("'{typed}' is not a time of work: days of work differ in length"),
                "write hours and minutes, such as 8h or 1h30m",
            ));
        }
        let time = parse_duration::parse(typed)
            .map_err(|fault| InvalidValue::new(fault.to_string(), "write 25m, 2h or 1h30m"))?;
        if time.is_zero() {
            return Err(InvalidValue::new(
                format!("'{typed}' is no time at all"),
                "write 25m, 2h or 1h30m, or leave it out",
            ));
        }
        if time > LONGEST {
            return Err(InvalidValue::new(
                format!("'{typed}' is longer than 1000h"),
                "give at most 1000h at once",
            ));
        }
        Ok(Self(time))
    }

    /// Parses a time, or one with a minus before it, which corrects.
    pub(crate) fn parse_signed(typed: &str) -> Result<Self, InvalidValue> {
        match typed.trim().strip_prefix('-') {
            Some(time) => Self::parse(time).map(|Self(time)| Self(-time)),
            None => Self::parse(typed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_minutes_are_times_of_work() {
        let minutes = |typed| TimeSpent::parse_signed(typed).map(|time| time.0.num_minutes());
        assert_eq!(minutes("25m").ok(), Some(25));
        assert_eq!(minutes(" 1h30m ").ok(), Some(90));
        assert_eq!(minutes("-10m").ok(), Some(-10));
        assert_eq!(minutes("1000h").ok(), Some(60_000));
    }

    #[test]
    fn days_nothing_and_rubbish_are_refused() {
        for typed in [
            "1d", "1w", "1d2h", "0m", "", "-", "--5m", "soon", "90", "1001h",
        ] {
            assert!(TimeSpent::parse_signed(typed).is_err(), "{typed}");
        }
        let fault = TimeSpent::parse("1d").unwrap_err().into_usage();
        assert_eq!(
            fault.hint().as_deref(),
            Some("write hours and minutes, such as 8h or 1h30m")
        );
    }
}
