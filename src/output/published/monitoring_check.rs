//! The result of a monitoring check.

use serde::Serialize;

use crate::domain::monitoring_check::{self, CheckStatus};
use crate::domain::vocabulary::Metric;

/// The state of the desk for a monitoring system.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct MonitoringCheck {
    /// `ok`, `warning`, `critical` or `unknown`.
    state: &'static str,
    exit_code: u8,
    /// The text of the plugin line, without performance data.
    message: String,
    /// The metric that the ranges apply to; like all that follows, `null` if
    /// the state is unknown.
    metric: Option<&'static str>,
    warning: Option<String>,
    critical: Option<String>,
    metrics: Option<Metrics>,
}

/// The open tickets, counted.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Metrics {
    overdue: u64,
    at_risk: u64,
    open: u64,
    unassigned: u64,
    /// How long the longest overdue ticket has been overdue.
    oldest_overdue_s: u64,
    /// How long ago the last mail was received; `null` before the first one.
    mail_age_s: Option<u64>,
    /// Mails that wait for a decision.
    quarantined: u64,
    /// How long the oldest mail has waited to be sent, or for somebody to decide;
    /// `null` if none does.
    outbox_age_s: Option<u64>,
}

impl MonitoringCheck {
    pub(crate) fn new(check: &monitoring_check::MonitoringCheck, message: String) -> Self {
        let status = check.status();
        Self {
            state: status.as_str(),
            exit_code: status.exit_code(),
            message,
            metric: Some(check.metric.as_str()),
            warning: check.warning.map(|range| range.to_string()),
            critical: check.critical.map(|range| range.to_string()),
            metrics: Some(Metrics {
                overdue: check.value(Metric::Overdue),
                at_risk: check.value(Metric::AtRisk),
                open: check.value(Metric::Open),
                unassigned: check.value(Metric::Unassigned),
                oldest_overdue_s: check.value(Metric::OldestOverdue),
                mail_age_s: check.mail.last.map(|_| check.value(Metric::MailAge)),
                quarantined: check.value(Metric::Quarantined),
                outbox_age_s: (check.mail.oldest_queued).map(|_| check.value(Metric::OutboxAge)),
            }),
        }
    }

    /// The result of a check that failed, with the reason.
    pub(crate) const fn unknown(message: String) -> Self {
        Self {
            state: CheckStatus::Unknown.as_str(),
            exit_code: CheckStatus::Unknown.exit_code(),
            message,
            metric: None,
            warning: None,
            critical: None,
            metrics: None,
        }
    }
}
