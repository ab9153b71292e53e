//! The figures of the desk in the text format of Prometheus (version 0.0.4).

use std::fmt::Write as _;

use super::Output;
use super::printer::Printer;
use super::published::metrics as published;
use crate::domain::Timestamp;
use crate::domain::metrics::Metrics;
use crate::domain::report::figures::{Measure, TargetFigures};
use crate::error::Error;

/// How every page begins, so that it is told from other files.
pub(crate) const METRICS_START: &str = "# HELP desk_";

/// The figures of the desk at a moment.
pub(crate) struct MetricsPage(pub(crate) Metrics);

/// The figures as a page.
pub(crate) fn metrics_text(page: &MetricsPage) -> String {
    let mut text = String::new();
    for family in families(&page.0) {
        let Family { name, help, .. } = family;
        let kind = family.kind;
        let _ = writeln!(
            text,
            "# HELP {name} {}\n# TYPE {name} {kind}",
            escaped(help, false)
        );
        for Sample { labels, value } in family.samples {
            let labels: Vec<String> = labels
                .iter()
                .map(|(label, value)| format!("{label}=\"{}\"", escaped(value, true)))
                .collect();
            let labels = match labels.is_empty() {
                true => String::new(),
                false => format!("{{{}}}", labels.join(",")),
            };
            let _ = writeln!(text, "{name}{labels} {value}");
        }
    }
    text
}

/// A text as the format has it: backslash and line break, and in the value of a
/// label the quote, are escaped.
fn escaped(text: &str, label: bool) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n");
    match label {
        true => text.replace('"', "\\\""),
        false => text,
    }
}

/// A metric with all its values.
struct Family {
    name: &'static str,
    help: &'static str,
    kind: &'static str,
    samples: Vec<Sample>,
}

struct Sample {
    labels: Vec<(&'static str, String)>,
    value: f64,
}

impl Family {
    fn gauge(name: &'static str, help: &'static str) -> Self {
        Self {
            name,
            help,
            kind: "gauge",
            samples: Vec::new(),
        }
    }

    fn with(mut self, labels: &[(&'static str, &str)], value: f64) -> Self {
        let labels = labels
            .iter()
            .map(|(label, text)| (*label, (*text).to_owned()));
        self.samples.push(Sample {
            labels: labels.collect(),
            value,
        });
        self
    }

    /// A value that may be absent.
    fn maybe(self, labels: &[(&'static str, &str)], value: Option<f64>) -> Self {
        match value {
            Some(value) => self.with(labels, value),
            None => self,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the format has floating-point numbers"
)]
fn float(count: u64) -> f64 {
    count as f64
}

fn seconds(from: Option<Timestamp>, to: Timestamp) -> f64 {
    let span = from.map(|from| to.signed_duration_since(from));
    let span = span.and_then(|span| span.to_std().ok());
    span.map_or(0.0, |span| float(span.as_secs()))
}

fn moment(at: Timestamp) -> f64 {
    float(u64::try_from(at.timestamp()).unwrap_or(0))
}

/// Every metric that has a value.
fn families(metrics: &Metrics) -> Vec<Family> {
    let mut all = tickets(metrics);
    all.extend(queues(metrics));
    all.extend(report(metrics));
    all.retain(|family| !family.samples.is_empty());
    all
}

fn tickets(metrics: &Metrics) -> Vec<Family> {
    let mut tickets = Family::gauge("desk_tickets", "Tickets by status and priority.");
    for ((state, priority), count) in &metrics.tickets {
        let priority = priority.map_or_else(|| "none".to_owned(), |one| one.to_string());
        let labels = [("status", state.as_str()), ("priority", priority.as_str())];
        tickets = tickets.with(&labels, float(*count));
    }
    let mut overdue = Family::gauge(
        "desk_tickets_overdue",
        "Open tickets with a clock past its due time, by clock.",
    );
    let mut at_risk = Family::gauge(
        "desk_tickets_at_risk",
        "Open tickets with a clock past its first warning level, by clock.",
    );
    for (clock, count) in &metrics.overdue {
        overdue = overdue.with(&[("clock", clock.as_str())], float(*count));
    }
    for (clock, count) in &metrics.at_risk {
        at_risk = at_risk.with(&[("clock", clock.as_str())], float(*count));
    }
    let unassigned = "Open tickets that are assigned to nobody.";
    let oldest = "How long the clock is overdue that is so for the longest time; 0 if none is.";
    let unanswered =
        "How long the ticket waits that waits for its first response for the longest time.";
    vec![
        tickets,
        Family::gauge("desk_tickets_unassigned", unassigned).with(&[], float(metrics.unassigned)),
        overdue,
        at_risk,
        Family::gauge("desk_oldest_overdue_seconds", oldest)
            .with(&[], seconds(metrics.oldest_overdue, metrics.now)),
        Family::gauge("desk_oldest_unanswered_seconds", unanswered)
            .with(&[], seconds(metrics.oldest_unanswered, metrics.now)),
    ]
}

fn queues(metrics: &Metrics) -> Vec<Family> {
    let mut mails = Family::gauge(
        "desk_outbox_mails",
        "Mails on their way out, by state; without those that were sent.",
    );
    for (state, count) in &metrics.mails {
        mails = mails.with(&[("state", state.as_str())], float(*count));
    }
    let deliveries = metrics.deliveries;
    let last_mail = "When the last mail was received, in seconds since 1970.";
    let last_write = "What the clock showed at the last write, or within a day of the last sweep.";
    let mail_age = "How long the mail waits that waits for the longest time; 0 if none does.";
    let hook_age = "How long the event waits that waits for a hook for the longest time.";
    vec![
        mails,
        Family::gauge("desk_outbox_oldest_seconds", mail_age)
            .with(&[], seconds(metrics.mail.oldest_queued, metrics.now)),
        Family::gauge(
            "desk_quarantined_mails",
            "Received mails that wait for a decision.",
        )
        .with(&[], float(metrics.mail.quarantined)),
        Family::gauge("desk_last_mail_timestamp_seconds", last_mail)
            .maybe(&[], metrics.mail.last.map(moment)),
        Family::gauge(
            "desk_hook_deliveries",
            "Events on their way to hooks, by state.",
        )
        .with(&[("state", "waiting")], float(deliveries.waiting))
        .with(&[("state", "failed")], float(deliveries.failed)),
        Family::gauge("desk_hook_oldest_seconds", hook_age)
            .with(&[], seconds(deliveries.oldest, metrics.now)),
        Family::gauge(
            "desk_due_actions",
            "Actions that the next desk sweep would take.",
        )
        .with(&[], float(metrics.due_actions)),
        Family::gauge("desk_last_write_timestamp_seconds", last_write)
            .maybe(&[], metrics.last_write.map(moment)),
        Family {
            kind: "counter",
            ..Family::gauge("desk_events_total", "Events that were ever recorded.")
        }
        .with(&[], float(u64::try_from(metrics.last_link).unwrap_or(0))),
    ]
}

fn report(metrics: &Metrics) -> Vec<Family> {
    let total = &metrics.report.total;
    let clocks = [
        ("response", total.response_targets()),
        ("resolution", total.resolution_targets()),
    ];
    let mut targets = Family::gauge(
        "desk_report_targets",
        "Clocks that ended or were late in the period, by result.",
    );
    let mut met = Family::gauge(
        "desk_report_met_ratio",
        "Share of the clocks of the period that met their targets.",
    );
    let mut mean = Family::gauge(
        "desk_report_mean_seconds",
        "Mean elapsed time to the first response, and to the resolution.",
    );
    for (clock, figures) in clocks {
        let TargetFigures { ended, .. } = figures;
        let Measure { met: in_time, .. } = ended;
        for (result, count) in [
            ("met", *in_time),
            ("missed", figures.missed()),
            ("reclassified", figures.reclassified()),
        ] {
            targets = targets.with(&[("clock", clock), ("result", result)], float(count));
        }
        let share = figures.share_met();
        let ratio = (share.whole > 0).then(|| float(share.part) / float(share.whole));
        met = met.maybe(&[("clock", clock)], ratio);
        let elapsed = ended.elapsed.mean().and_then(|mean| mean.to_std().ok());
        mean = mean.maybe(&[("clock", clock)], elapsed.map(|mean| mean.as_secs_f64()));
    }
    let within = |hours: i64| {
        let share = total.share_answered_within(chrono::TimeDelta::hours(hours));
        (share.whole > 0).then(|| float(share.part) / float(share.whole))
    };
    let period = metrics.period.to_std().unwrap_or_default();
    vec![
        Family::gauge(
            "desk_report_period_seconds",
            "How far back the report goes.",
        )
        .with(&[], float(period.as_secs())),
        Family::gauge(
            "desk_report_tickets",
            "What happened to tickets in the period.",
        )
        .with(&[("what", "opened")], float(total.opened))
        .with(&[("what", "resolved")], float(total.resolved))
        .with(&[("what", "closed")], float(total.closed))
        .with(&[("what", "reopened")], float(total.reopened)),
        targets,
        met,
        mean,
        Family::gauge(
            "desk_report_answered_within_ratio",
            "Share of first responses that came within the published hours.",
        )
        .maybe(&[("hours", "1")], within(1))
        .maybe(&[("hours", "3")], within(3)),
    ]
}

impl MetricsPage {
    fn published(&self) -> Vec<published::Metric> {
        let samples = |family: Family| {
            let Family { name, help, .. } = family;
            let samples = family.samples.into_iter();
            samples.map(move |Sample { labels, value }| published::Metric {
                name,
                help,
                labels: labels.into_iter().collect(),
                value,
            })
        };
        families(&self.0).into_iter().flat_map(samples).collect()
    }
}

impl Output for MetricsPage {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&metrics_text(self))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_end_a_label_or_a_line() {
        assert_eq!(escaped("a\"b\\c\nd", true), "a\\\"b\\\\c\\nd");
        assert_eq!(escaped("a\"b\\c\nd", false), "a\"b\\\\c\\nd");
    }
}
