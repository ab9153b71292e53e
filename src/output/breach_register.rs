//! The register of breaches as an HTML page: one file without scripts or
//! anything to fetch, for screens and for paper.

use maud::{Markup, html};

use super::style::html_document::html_document;
use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::breach::Breach;
use crate::domain::breach::obligation::{Obligation, ObligationState};
use crate::domain::read_models::BreachEntry;
use crate::domain::time::zone::Zone;

/// The style of reports, with what the register has besides.
const CSS: &str = concat!(
    include_str!("report/style.css"),
    "table.register { white-space: normal; width: 100%; }\n",
    ".register th, .register td { text-align: left; vertical-align: top; }\n",
    ".register th { width: 12rem; color: var(--soft); }\n",
    ".register td { white-space: pre-wrap; overflow-wrap: anywhere; }\n",
);

/// Renders the page, as of this time.
pub(crate) fn register_page(all: &[BreachEntry], now: Timestamp, zone: &Zone) -> String {
    let body = html! {
        header {
            h1 { "Register of personal data breaches" }
            p { "Documentation under Art. 33(5) GDPR. Times in " (zone.name()) "." }
        }
        @for entry in all { (breach(entry, zone)) }
        @if all.is_empty() { p { "No breaches on record." } }
        footer {
            p { "As of " (humanize::full_time(now, zone)) ". Made by desk." }
        }
    };
    html_document("Register of personal data breaches", CSS, &body)
}

fn breach(entry: &BreachEntry, zone: &Zone) -> Markup {
    let rows = rows(&entry.breach, zone);
    html! {
        section {
            h2 { (entry.summary.id) " " (untrusted::line(&entry.summary.title)) }
            table.register {
                tbody {
                    @for (label, value) in rows {
                        tr { th scope="row" { (label) } td { (value) } }
                    }
                }
            }
        }
    }
}

/// The rows of a breach: facts, effects, remedial action, and who was told.
fn rows(breach: &Breach, zone: &Zone) -> Vec<(String, String)> {
    let details = &breach.details;
    let safe = |text: &Option<String>| {
        text.as_deref()
            .map(|text| untrusted::block(text).into_owned())
    };
    let time = |at: Timestamp| humanize::full_time(at, zone);
    let list = |list: &[String]| {
        let text = list.join(", ");
        (!list.is_empty()).then(|| untrusted::line(&text).into_owned())
    };
    let natures: Vec<&str> = details.natures.iter().map(|one| one.as_str()).collect();
    let steps: Vec<String> = breach
        .containment
        .iter()
        .map(|step| format!("{} {}", time(step.at), untrusted::block(&step.measure)))
        .collect();
    let lines = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join("\n"));
    let aware = breach.aware.as_ref().map(|(decided, _)| {
        let by = untrusted::line(&decided.by);
        format!("since {}, decided by {by}", time(decided.at))
    });
    let severity = breach.assessment.as_ref().map(|last| {
        let scores = last.scores;
        format!("{} (score {}, an aid)", scores.severity(), scores.total())
    });
    let risks = breach.risks.iter().map(|one| {
        let (by, reason) = (untrusted::line(&one.by), untrusted::line(&one.reason));
        format!("{}, {} by {by}: {reason}", one.risk, time(one.at))
    });
    let closed = breach.closing.as_ref().map(|closing| {
        let mut text = time(closing.at);
        if let Some(reason) = &closing.reason {
            text += &format!(", by force: {}", untrusted::line(reason));
        }
        text
    });
    let lessons = breach.closing.as_ref();
    let lessons = lessons.map(|closing| untrusted::block(&closing.lessons).into_owned());
    let range = |range: Option<crate::domain::breach::details::NumberRange>| {
        range.map(|range| range.to_string())
    };
    let mut rows = vec![
        ("Facts", safe(&details.facts)),
        ("Nature", (!natures.is_empty()).then(|| natures.join(", "))),
        ("Cause", safe(&details.cause)),
        ("Happened from", details.happened_from.map(time)),
        ("Happened until", details.happened_to.map(time)),
        ("First sign", details.detected.map(time)),
        ("Aware", aware),
        ("Categories of persons", list(&details.person_categories)),
        ("Number of persons", range(details.persons)),
        ("Categories of records", list(&details.record_categories)),
        ("Number of records", range(details.records)),
        ("States concerned", list(&details.states)),
        ("Effects", safe(&details.effects)),
        ("Measures before", safe(&details.measures_before)),
        ("Containment", lines(steps)),
        ("Remedial action", safe(&details.measures)),
        ("Severity", severity),
        ("Risk", lines(risks.collect())),
    ];
    if details.controller.is_some() {
        rows.push(("Controller", safe(&details.controller)));
    }
    let mut rows: Vec<(String, String)> = rows
        .into_iter()
        .map(|(label, value)| {
            let value = value.unwrap_or_else(|| "not known yet".to_owned());
            (label.to_owned(), value)
        })
        .collect();
    let obligations = breach.obligations.iter();
    rows.extend(obligations.map(|one| (one.terms.name(), outcome(one, breach, zone))));
    rows.push((
        "Closed".to_owned(),
        closed.unwrap_or_else(|| "no".to_owned()),
    ));
    rows.extend(lessons.map(|lessons| ("Lessons".to_owned(), lessons)));
    rows
}

/// Who was told and when, or why not.
fn outcome(one: &Obligation, breach: &Breach, zone: &Zone) -> String {
    let time = |at: Timestamp| humanize::full_time(at, zone);
    let safe = |text: &str| untrusted::line(text).into_owned();
    let mut lines = Vec::new();
    if let Some(span) = one.span(breach) {
        lines.push(format!("due {}", time(span.due)));
    }
    for sent in &one.sent {
        let sent = &sent.notification;
        let mut text = format!(
            "sent {} by {}, {}",
            time(sent.at),
            safe(&sent.by),
            safe(&sent.how)
        );
        if let Some(reference) = &sent.reference {
            text += &format!(", reference {}", safe(reference));
        }
        if let Some(delay) = &sent.delay {
            text += &format!("\nreasons for the delay: {}", safe(delay));
        }
        lines.push(text);
    }
    match (one.state(breach), &one.waiver) {
        (ObligationState::NotRequired, Some(waiver)) => {
            let (by, reason) = (safe(&waiver.by), safe(&waiver.reason));
            lines.push(format!(
                "not required, decided {} by {by}: {reason}",
                time(waiver.at)
            ));
        }
        (ObligationState::Waiting, _) => lines.push("its time has not begun".to_owned()),
        (ObligationState::Open, _) => lines.push("open".to_owned()),
        (ObligationState::LeftOpen, _) => lines.push("left open at the closing".to_owned()),
        (ObligationState::Sent | ObligationState::NotRequired, _) => {}
    }
    lines.join("\n")
}
