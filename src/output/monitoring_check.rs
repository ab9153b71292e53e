//! The line that a monitoring system reads: a state, a text in ASCII, and
//! performance data as `label=value[unit];warning;critical;min;max`, after the
//! guidelines for monitoring plugins.

use chrono::TimeDelta;

use super::Output;
use super::printer::Printer;
use super::published::monitoring_check as published;
use super::style::humanize;
use crate::domain::monitoring_check::{CheckStatus, MonitoringCheck};
use crate::domain::vocabulary::Metric;
use crate::error::Error;

/// The longest text; monitoring systems cut long ones.
const MAX_LENGTH: usize = 500;

impl Output for MonitoringCheck {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&line(self))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::MonitoringCheck::new(self, message(self)))
    }
}

/// The plugin line with its line break.
fn line(check: &MonitoringCheck) -> String {
    let reported = Metric::ALL.iter().filter(|m| check.is_reported(**m));
    let data: Vec<String> = reported.map(|m| data(check, *m)).collect();
    let (state, text) = (state(check.status()), message(check));
    format!("DESK {state} - {text} | {}\n", data.join(" "))
}

/// The plugin line of a failed check, with its line break.
pub(super) fn unknown(reason: &str) -> String {
    format!("DESK {} - {}\n", state(CheckStatus::Unknown), ascii(reason))
}

fn state(status: CheckStatus) -> String {
    status.as_str().to_uppercase()
}

/// The state in words.
fn message(check: &MonitoringCheck) -> String {
    let figure = |metric| check.value(metric);
    let seconds = i64::try_from(figure(Metric::OldestOverdue)).unwrap_or(i64::MAX / 1_000);
    let oldest = match seconds {
        0 => String::new(),
        _ => format!(
            " (oldest {})",
            humanize::duration(TimeDelta::seconds(seconds))
        ),
    };
    let asked = match check.metric {
        Metric::Unassigned => format!(", {} unassigned", figure(Metric::Unassigned)),
        Metric::Quarantined => format!(
            ", {} waiting",
            humanize::plural(figure(Metric::Quarantined), "mail")
        ),
        Metric::OutboxAge => match check.mail.oldest_queued {
            Some(oldest) => format!(
                ", mail not sent for {}",
                humanize::duration(check.now - oldest)
            ),
            None => ", no mail waits".to_owned(),
        },
        Metric::MailAge => match check.mail.last {
            Some(last) => format!(", last mail {} ago", humanize::duration(check.now - last)),
            None => ", no mail yet".to_owned(),
        },
        Metric::Overdue | Metric::AtRisk | Metric::Open | Metric::OldestOverdue => String::new(),
    };
    ascii(&format!(
        "{} open, {} overdue{oldest}, {} at risk{asked}",
        figure(Metric::Open),
        figure(Metric::Overdue),
        figure(Metric::AtRisk),
    ))
}

fn data(check: &MonitoringCheck, metric: Metric) -> String {
    let (label, unit) = match metric {
        Metric::Overdue => ("overdue", ""),
        Metric::AtRisk => ("at_risk", ""),
        Metric::Open => ("open", ""),
        Metric::Unassigned => ("unassigned", ""),
        Metric::OldestOverdue => ("oldest_overdue", "s"),
        Metric::MailAge => ("mail_age", "s"),
        Metric::Quarantined => ("quarantined", ""),
        Metric::OutboxAge => ("outbox_age", "s"),
    };
    let asked = metric == check.metric;
    let range = |range: Option<_>| match range {
        Some(range) if asked => format!("{range}"),
        Some(_) | None => String::new(),
    };
    format!(
        "{label}={}{unit};{};{};0",
        check.value(metric),
        range(check.warning),
        range(check.critical),
    )
}

/// Makes a text ASCII that neither ends the line nor starts performance data.
pub(super) fn ascii(text: &str) -> String {
    let ascii = text.chars().map(|c| match c {
        '|' => '/',
        ' '..='~' => c,
        c if c.is_whitespace() || c.is_control() => ' ',
        _ => '?',
    });
    ascii.take(MAX_LENGTH).collect()
}
