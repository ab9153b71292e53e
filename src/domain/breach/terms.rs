//! The terms of an obligation to notify: who must be told of a breach, from
//! when on time counts, and how much of it there is. Time counts around the
//! clock and is never paused.

use std::fmt;

use chrono::{Months, TimeDelta};

use crate::domain::Timestamp;
use crate::domain::time::parse_duration;
use crate::domain::time::zone::Zone;
use crate::domain::vocabulary::{Recipient, Role};

/// What starts the time of an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// The organisation became aware of the breach.
    Aware,
    /// The incident was classified as one to report.
    Classified,
    /// The risk was decided to be high.
    RiskHigh,
    /// The notification of another stage of the same regime was sent.
    Stage(String),
}

/// How a trigger on a stage begins.
const STAGE: &str = "stage:";

impl Trigger {
    /// Parses `aware`, `classified`, `risk-high` or `stage:NAME`.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        match typed.trim() {
            "aware" => Some(Self::Aware),
            "classified" => Some(Self::Classified),
            "risk-high" => Some(Self::RiskHigh),
            other => {
                let name = other.strip_prefix(STAGE)?.trim();
                (!name.is_empty()).then(|| Self::Stage(name.to_owned()))
            }
        }
    }
}

/// Formats it as [`Trigger::parse`] reads it.
impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aware => f.write_str("aware"),
            Self::Classified => f.write_str("classified"),
            Self::RiskHigh => f.write_str("risk-high"),
            Self::Stage(name) => write!(f, "{STAGE}{name}"),
        }
    }
}

/// The longest span in months: a hundred years.
const MAX_MONTHS: u32 = 1_200;

/// How much time an obligation leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Elapsed time.
    Time(TimeDelta),
    /// Calendar months: the same clock time on the same day of a later month, or
    /// on its last day if it has no such day.
    Months(u32),
}

impl Within {
    /// Parses `72h`, `60d`, `1 month` or `3 months`; neither zero nor beyond a
    /// hundred years.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let lower = typed.trim().to_ascii_lowercase();
        let months = lower
            .strip_suffix("months")
            .or_else(|| lower.strip_suffix("month"));
        if let Some(number) = months {
            let months: u32 = number.trim().parse().ok()?;
            return (1..=MAX_MONTHS)
                .contains(&months)
                .then_some(Self::Months(months));
        }
        let span = parse_duration::parse(&lower).ok()?;
        let longest = TimeDelta::days(i64::from(MAX_MONTHS) * 31);
        (span > TimeDelta::zero() && span <= longest).then_some(Self::Time(span))
    }

    /// Returns when the time is used up that begins then. Months are counted in
    /// local time; an end that the clocks skip is the first instant after, of one
    /// that occurs twice it is the first.
    pub(crate) fn end(self, from: Timestamp, zone: &Zone) -> Timestamp {
        let end = match self {
            Self::Time(span) => from.checked_add_signed(span),
            Self::Months(months) => zone
                .local_time(from)
                .checked_add_months(Months::new(months))
                .map(|local| zone.map_local_time(local).earliest()),
        };
        end.unwrap_or(Timestamp::MAX_UTC)
    }
}

/// Formats it as [`Within::parse`] reads it: `72h`, `1 month`.
impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(span) => f.write_str(&hours(*span)),
            Self::Months(1) => f.write_str("1 month"),
            Self::Months(months) => write!(f, "{months} months"),
        }
    }
}

/// Formats a span in hours up to four days, as laws do: `72h`, `60d`, `1h30m`.
pub(crate) fn hours(span: TimeDelta) -> String {
    let seconds = span.num_seconds();
    if seconds >= 5 * 86_400 && seconds % 86_400 == 0 {
        return format!("{}d", seconds / 86_400);
    }
    let mut text = String::new();
    for (part, unit) in [
        (seconds / 3_600, "h"),
        (seconds % 3_600 / 60, "m"),
        (seconds % 60, "s"),
    ] {
        if part > 0 {
            text += &format!("{part}{unit}");
        }
    }
    text
}

/// Under which condition a notification is not required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unless {
    /// The decision is on record that the breach is unlikely to result in a risk
    /// (Art. 33(1) GDPR).
    RiskUnlikely,
    /// A condition that the person who decides has to judge.
    Other(String),
}

/// The word in a policy for [`Unless::RiskUnlikely`].
pub(crate) const RISK_UNLIKELY: &str = "risk-unlikely";

/// An obligation as a policy has it. A breach keeps the terms of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The law or contract, such as `gdpr`.
    pub(crate) regime: String,
    /// The step within it, unique there, such as `authority`.
    pub(crate) stage: String,
    pub(crate) to: Recipient,
    /// Where the obligation comes from, such as `Art. 33(1) GDPR`.
    pub(crate) basis: Option<String>,
    /// The ends of the time; the earliest of those that have begun counts. There
    /// is at least one.
    pub(crate) limits: Vec<(Trigger, Within)>,
    pub(crate) unless: Option<Unless>,
    /// Whether the law gives no span, so that this one is the organisation's own.
    pub(crate) is_own_span: bool,
    /// How long before its end the desk warns.
    pub(crate) warnings: Vec<TimeDelta>,
    /// The zone in which months are counted.
    pub(crate) zone: Zone,
}

impl Terms {
    /// Returns the name of the obligation: `gdpr/authority`.
    pub(crate) fn name(&self) -> String {
        format!("{}/{}", self.regime, self.stage)
    }

    /// Returns whether it follows on a notification of another stage.
    pub(crate) fn follows_a_stage(&self) -> bool {
        let mut limits = self.limits.iter();
        limits.any(|(trigger, _)| matches!(trigger, Trigger::Stage(_)))
    }

    /// Formats when it ends: `72h from aware`.
    pub(crate) fn limits_text(&self) -> String {
        let limit = |(trigger, within): &(Trigger, Within)| format!("{within} from {trigger}");
        let limits: Vec<String> = self.limits.iter().map(limit).collect();
        limits.join(", at most ")
    }
}

/// An entry `[[notifications]]` of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotificationRule {
    pub(crate) terms: Terms,
    /// The role in which it applies; in both if absent.
    pub(crate) role: Option<Role>,
}

impl NotificationRule {
    /// Returns the rules of a policy that has none of its own: the GDPR.
    pub(crate) fn built_in() -> Vec<Self> {
        let hours = |hours| Within::Time(TimeDelta::hours(hours));
        let rule = |stage: &str, to, basis: &str, trigger, within, role| Self {
            role: Some(role),
            terms: Terms {
                regime: "gdpr".to_owned(),
                stage: stage.to_owned(),
                to,
                basis: Some(basis.to_owned()),
                limits: vec![(trigger, within)],
                unless: None,
                is_own_span: true,
                warnings: default_warnings(),
                zone: Zone::utc(),
            },
        };
        let authority = rule(
            "authority",
            Recipient::Authority,
            "Art. 33(1) GDPR",
            Trigger::Aware,
            hours(72),
            Role::Controller,
        );
        vec![
            Self {
                terms: Terms {
                    unless: Some(Unless::RiskUnlikely),
                    is_own_span: false,
                    ..authority.terms
                },
                ..authority
            },
            rule(
                "supplements",
                Recipient::Authority,
                "Art. 33(4) GDPR",
                Trigger::Stage("authority".to_owned()),
                hours(14 * 24),
                Role::Controller,
            ),
            rule(
                "persons",
                Recipient::Persons,
                "Art. 34(1) GDPR",
                Trigger::RiskHigh,
                hours(72),
                Role::Controller,
            ),
            rule(
                "controller",
                Recipient::Controller,
                "Art. 33(2) GDPR",
                Trigger::Aware,
                hours(24),
                Role::Processor,
            ),
        ]
    }
}

/// How long before the end of an obligation the desk warns, unless the policy
/// says otherwise.
pub(crate) fn default_warnings() -> Vec<TimeDelta> {
    vec![TimeDelta::hours(24), TimeDelta::hours(6)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for text in ["72h", "60d", "4h", "1h30m", "1 month", "3 months"] {
            assert_eq!(Within::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Within::parse("2w"), Some(Within::Time(TimeDelta::days(14))));
        for text in [
            "",
            "0h",
            "0 months",
            "month",
            "-1 months",
            "1.5 months",
            "soon",
            "2000 months",
        ] {
            assert_eq!(Within::parse(text), None, "{text}");
        }
        for text in ["aware", "classified", "risk-high", "stage:authority"] {
            assert_eq!(Trigger::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "stage:", "risk", "Aware of it"] {
            assert_eq!(Trigger::parse(text), None, "{text}");
        }
    }

    #[test]
    fn hours_elapse_across_a_clock_change_and_months_keep_the_clock_time() {
        let zone = Zone::from_name("Europe/Berlin").unwrap();
        // Clocks go back on 2026-10-25: 72 hours later it is an hour earlier.
        let before = at("2026-10-23T10:00:00Z");
        let end = Within::Time(TimeDelta::hours(72)).end(before, &zone);
        assert_eq!(end, at("2026-10-26T10:00:00Z"));
        assert_eq!(zone.local_time(before).to_string(), "2026-10-23 12:00:00");
        assert_eq!(zone.local_time(end).to_string(), "2026-10-26 11:00:00");
        let end = Within::Months(1).end(before, &zone);
        assert_eq!(zone.local_time(end).to_string(), "2026-11-23 12:00:00");
        assert_eq!(end, at("2026-11-23T11:00:00Z"));
    }

    #[test]
    fn a_month_after_the_last_day_ends_on_the_last_day() {
        let berlin = Zone::from_name("Europe/Berlin").unwrap();
        let month = |from: &str| Within::Months(1).end(at(from), &berlin);
        assert_eq!(month("2026-01-31T09:00:00Z"), at("2026-02-28T09:00:00Z"));
        assert_eq!(month("2028-01-31T09:00:00Z"), at("2028-02-29T09:00:00Z"));
        // In Berlin it is 31 January already, in UTC it is not.
        let late = "2026-01-30T23:30:00Z";
        assert_eq!(month(late), at("2026-02-27T23:30:00Z"));
        let utc = Within::Months(1).end(at(late), &Zone::utc());
        assert_eq!(utc, at("2026-02-28T23:30:00Z"));
        // 02:30 does not exist on 2026-03-29.
        assert_eq!(month("2026-02-28T01:30:00Z"), at("2026-03-28T01:30:00Z"));
        let skipped = Within::Months(1).end(at("2027-02-28T01:30:00Z"), &berlin);
        assert_eq!(skipped, at("2027-03-28T01:00:00Z"));
    }
}
