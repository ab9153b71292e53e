//! Checks for a monitoring system: metrics, thresholds and a status, according
//! to the Monitoring Plugins Development Guidelines.

use std::fmt;

use super::Timestamp;
use super::group_counts::GroupCount;
use super::mail::incoming::MailChannel;
use super::time::parse_duration;
use super::vocabulary::Metric;

/// The status of a service check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckStatus {
    Ok,
    Warning,
    Critical,
    Unknown,
}

impl CheckStatus {
    /// Returns the exit code of a plugin with this status.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Warning => 1,
            Self::Critical => 2,
            Self::Unknown => 3,
        }
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Critical => "critical",
            Self::Unknown => "unknown",
        }
    }
}

/// A range of acceptable values, including both ends. With `@` the values
/// inside the range are the ones that alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Threshold {
    /// Absent for `~`: no lower end.
    low: Option<u64>,
    high: Option<u64>,
    /// Whether values inside the range alert, instead of those outside.
    inside: bool,
}

/// A text that is not a valid range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ThresholdError {
    #[error("'{0}' is not a range")]
    Unreadable(String),
    #[error("the range '{0}' ends before it begins")]
    Backwards(String),
}

impl ThresholdError {
    /// Returns what to type instead.
    pub(crate) const fn hint(&self, metric: Metric) -> &'static str {
        match (self, metric) {
            (Self::Backwards(_), _) => "give the smaller end first: 10:20",
            (Self::Unreadable(_), Metric::OldestOverdue | Metric::MailAge | Metric::OutboxAge) => {
                "write 2h (over 2h), 2h: (under 2h), 1h:2h (outside) or @1h:2h (inside); ends are seconds or durations"
            }
            (
                Self::Unreadable(_),
                Metric::Overdue
                | Metric::AtRisk
                | Metric::Open
                | Metric::Unassigned
                | Metric::Quarantined,
            ) => {
                "write 10 (over 10), 10: (under 10), 10:20 (outside) or @10:20 (inside); ends are whole numbers"
            }
        }
    }
}

impl Threshold {
    /// The default threshold: every value above zero alerts.
    pub(crate) const ABOVE_ZERO: Self = Self {
        low: Some(0),
        high: Some(0),
        inside: false,
    };

    /// Parses `10`, `10:`, `~:10`, `10:20` or `@10:20`. If the metric is a time,
    /// the ends are seconds or durations such as `2h`.
    ///
    /// # Errors
    /// [`ThresholdError`].
    pub(crate) fn parse(typed: &str, metric: Metric) -> Result<Self, ThresholdError> {
        let unreadable = || ThresholdError::Unreadable(typed.to_owned());
        let end = |text: &str| parse_end(text, metric).ok_or_else(unreadable);
        let text = typed.trim();
        let (inside, text) = match text.strip_prefix('@') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (low, high) = match text.split_once(':') {
            None => (Some(0), Some(end(text)?)),
            Some(("", "")) => return Err(unreadable()),
            Some((low, high)) => {
                let low = match low {
                    "~" => None,
                    "" => Some(0),
                    low => Some(end(low)?),
                };
                let high = (!high.is_empty()).then(|| end(high)).transpose()?;
                (low, high)
            }
        };
        if low.zip(high).is_some_and(|(low, high)| low > high) {
            return Err(ThresholdError::Backwards(typed.to_owned()));
        }
        Ok(Self { low, high, inside })
    }

    /// Returns whether a value raises an alert.
    pub(crate) fn alerts(self, value: u64) -> bool {
        let within =
            self.low.is_none_or(|low| value >= low) && self.high.is_none_or(|high| value <= high);
        within == self.inside
    }
}

fn parse_end(text: &str, metric: Metric) -> Option<u64> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    match metric {
        Metric::OldestOverdue | Metric::MailAge | Metric::OutboxAge => {
            u64::try_from(parse_duration::parse(text).ok()?.num_seconds()).ok()
        }
        Metric::Overdue
        | Metric::AtRisk
        | Metric::Open
        | Metric::Unassigned
        | Metric::Quarantined => None,
    }
}

/// Prints the notation of the guidelines, with times in seconds.
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.inside {
            f.write_str("@")?;
        }
        match (self.low, self.high) {
            (Some(0), Some(high)) => write!(f, "{high}"),
            (Some(low), Some(high)) => write!(f, "{low}:{high}"),
            (Some(low), None) => write!(f, "{low}:"),
            (None, Some(high)) => write!(f, "~:{high}"),
            (None, None) => f.write_str("~:"),
        }
    }
}

/// The values of a check, with its thresholds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MonitoringCheck {
    pub(crate) counts: GroupCount,
    pub(crate) mail: MailChannel,
    pub(crate) now: Timestamp,
    /// The metric that the thresholds apply to.
    pub(crate) metric: Metric,
    pub(crate) warning: Option<Threshold>,
    pub(crate) critical: Option<Threshold>,
}

impl MonitoringCheck {
    /// Returns the value of a metric; a time is in seconds, rounded up.
    pub(crate) fn value(&self, metric: Metric) -> u64 {
        match metric {
            Metric::Overdue => self.counts.overdue,
            Metric::AtRisk => self.counts.at_risk,
            Metric::Open => self.counts.open,
            Metric::Unassigned => self.counts.unassigned,
            Metric::OldestOverdue => self.counts.first_due.map_or(0, |due| self.since(due)),
            Metric::MailAge => self.mail.last.map_or(0, |last| self.since(last)),
            Metric::Quarantined => self.mail.quarantined,
            Metric::OutboxAge => self
                .mail
                .oldest_queued
                .map_or(0, |oldest| self.since(oldest)),
        }
    }

    /// Returns the seconds since a moment, rounded up.
    fn since(&self, then: Timestamp) -> u64 {
        let passed = (self.now - then).num_milliseconds();
        u64::try_from(passed).unwrap_or(0).div_ceil(1_000)
    }

    /// Returns whether a metric is reported though it was not asked for.
    pub(crate) fn is_reported(&self, metric: Metric) -> bool {
        match metric {
            Metric::Overdue
            | Metric::AtRisk
            | Metric::Open
            | Metric::Unassigned
            | Metric::OldestOverdue => true,
            // Only where mail is received.
            Metric::MailAge | Metric::Quarantined => {
                self.mail.last.is_some() || metric == self.metric
            }
            Metric::OutboxAge => self.mail.oldest_queued.is_some() || metric == self.metric,
        }
    }

    /// Returns the status that follows from the thresholds.
    pub(crate) fn status(&self) -> CheckStatus {
        let value = self.value(self.metric);
        let alerts = |range: Option<Threshold>| range.is_some_and(|range| range.alerts(value));
        if alerts(self.critical) {
            CheckStatus::Critical
        } else if alerts(self.warning) {
            CheckStatus::Warning
        } else {
            CheckStatus::Ok
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn range(typed: &str) -> Threshold {
        Threshold::parse(typed, Metric::Overdue).unwrap()
    }

    /// The values up to 25 that alert, as runs.
    fn alerting(typed: &str) -> String {
        let all: Vec<u64> = (0..=25).filter(|n| range(typed).alerts(*n)).collect();
        let runs = all.chunk_by(|a, b| a + 1 == *b);
        let runs: Vec<String> = runs
            .map(|run| format!("{}-{}", run[0], run[run.len() - 1]))
            .collect();
        runs.join(" ")
    }

    #[test]
    fn ranges_alert_as_the_guidelines_say() {
        assert_eq!(alerting("10"), "11-25");
        assert_eq!(alerting("0"), "1-25");
        assert_eq!(alerting("10:"), "0-9");
        assert_eq!(alerting("~:10"), "11-25");
        assert_eq!(alerting("10:20"), "0-9 21-25");
        assert_eq!(alerting("@10:20"), "10-20");
        assert_eq!(alerting("@0"), "0-0");
        assert_eq!(alerting("~:"), "");
        assert_eq!(alerting(":10"), "11-25");
    }

    #[test]
    fn a_text_that_is_not_a_range_is_rejected() {
        for typed in [
            "",
            ":",
            "@",
            "~",
            "@:",
            "x",
            "1.5",
            "-1",
            "+1",
            "1:2:3",
            "2h",
            "10:~",
            "٣",
            "99999999999999999999",
        ] {
            let fault = Threshold::parse(typed, Metric::Overdue).unwrap_err();
            assert_eq!(fault, ThresholdError::Unreadable(typed.to_owned()));
        }
        let fault = Threshold::parse("20:10", Metric::Overdue).unwrap_err();
        assert_eq!(fault, ThresholdError::Backwards("20:10".to_owned()));
    }

    #[test]
    fn a_range_of_times_accepts_durations() {
        let range = Threshold::parse("@90m:2h", Metric::OldestOverdue).unwrap();
        assert_eq!(range.to_string(), "@5400:7200");
        let range = Threshold::parse("60", Metric::OldestOverdue).unwrap();
        assert_eq!(range.to_string(), "60");
    }

    #[test]
    fn overdue_seconds_are_rounded_up() {
        let now = Timestamp::UNIX_EPOCH;
        let late = |millis| {
            let check = MonitoringCheck {
                counts: GroupCount {
                    first_due: Some(now - TimeDelta::milliseconds(millis)),
                    ..GroupCount::default()
                },
                mail: MailChannel::default(),
                now,
                metric: Metric::OldestOverdue,
                warning: Some(Threshold::ABOVE_ZERO),
                critical: None,
            };
            (check.value(Metric::OldestOverdue), check.status())
        };
        assert_eq!(late(-5_000), (0, CheckStatus::Ok));
        assert_eq!(late(0), (0, CheckStatus::Ok));
        assert_eq!(late(1), (1, CheckStatus::Warning));
        assert_eq!(late(1_001), (2, CheckStatus::Warning));
    }

    #[test]
    fn the_worse_status_wins() {
        let check = |overdue| MonitoringCheck {
            counts: GroupCount {
                overdue,
                ..GroupCount::default()
            },
            mail: MailChannel::default(),
            now: Timestamp::UNIX_EPOCH,
            metric: Metric::Overdue,
            warning: Some(range("2")),
            critical: Some(range("5")),
        };
        assert_eq!(check(2).status(), CheckStatus::Ok);
        assert_eq!(check(3).status(), CheckStatus::Warning);
        assert_eq!(check(6).status(), CheckStatus::Critical);
    }

    proptest! {
        #[test]
        fn a_printed_range_parses_back(
            low in proptest::option::of(0_u64..50),
            high in proptest::option::of(50_u64..100),
            inside in any::<bool>(),
        ) {
            let threshold = Threshold { low, high, inside };
            prop_assert_eq!(range(&threshold.to_string()), threshold);
        }
    }
}
