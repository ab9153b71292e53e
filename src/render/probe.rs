//! The one line that a monitoring system reads: a state, a text in ASCII, and
//! performance data as `label=value[unit];warning;critical;least;most`.

use chrono::TimeDelta;

use super::words;
use crate::domain::monitoring_check::{CheckStatus, MonitoringCheck};
use crate::domain::vocabulary::Metric;

/// The longest text; monitoring systems cut long ones.
const LONGEST: usize = 500;

/// The line of what was found, with its line break.
pub(super) fn line(probe: &MonitoringCheck) -> String {
    let data: Vec<String> = Metric::ALL.iter().map(|m| data(probe, *m)).collect();
    let (state, text) = (state(probe.status()), message(probe));
    format!("DESK {state} - {text} | {}\n", data.join(" "))
}

/// The line of what could not be found out, with its line break.
pub(super) fn unknown(reason: &str) -> String {
    format!("DESK {} - {}\n", state(CheckStatus::Unknown), plain(reason))
}

fn state(health: CheckStatus) -> String {
    health.as_str().to_uppercase()
}

/// What was found, in words.
pub(super) fn message(probe: &MonitoringCheck) -> String {
    let figure = |metric| probe.value(metric);
    let seconds = i64::try_from(figure(Metric::OldestOverdue)).unwrap_or(i64::MAX / 1_000);
    let oldest = match seconds {
        0 => String::new(),
        _ => format!(" (oldest {})", words::span(TimeDelta::seconds(seconds))),
    };
    let unassigned = match probe.metric {
        Metric::Unassigned => format!(", {} unassigned", figure(Metric::Unassigned)),
        Metric::Overdue | Metric::AtRisk | Metric::Open | Metric::OldestOverdue => String::new(),
    };
    plain(&format!(
        "{} open, {} overdue{oldest}, {} at risk{unassigned}",
        figure(Metric::Open),
        figure(Metric::Overdue),
        figure(Metric::AtRisk),
    ))
}

fn data(probe: &MonitoringCheck, metric: Metric) -> String {
    let (label, unit) = match metric {
        Metric::Overdue => ("overdue", ""),
        Metric::AtRisk => ("at_risk", ""),
        Metric::Open => ("open", ""),
        Metric::Unassigned => ("unassigned", ""),
        Metric::OldestOverdue => ("oldest_overdue", "s"),
    };
    let asked = metric == probe.metric;
    let range = |range: Option<_>| match range {
        Some(range) if asked => format!("{range}"),
        Some(_) | None => String::new(),
    };
    format!(
        "{label}={}{unit};{};{};0",
        probe.value(metric),
        range(probe.warning),
        range(probe.critical),
    )
}

/// A text that neither ends the line nor begins performance data.
pub(super) fn plain(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '|' => '/',
        ' '..='~' => c,
        c if c.is_whitespace() || c.is_control() => ' ',
        _ => '?',
    });
    plain.take(LONGEST).collect()
}
