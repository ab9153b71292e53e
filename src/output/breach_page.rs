//! The page of a breach: what is known, what is due, and what was decided.

use super::options::RenderOptions;
use super::style::page_writer::PageWriter;
use super::style::palette::{self, Style};
use super::style::table_layout::{Cell, TableLayout};
use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::breach::Breach;
use crate::domain::breach::fact::Decided;
use crate::domain::breach::obligation::{Obligation, ObligationState};
use crate::domain::read_models::BreachEntry;
use crate::domain::sla::clock::DisplayState;

/// What stands for a part of the register that nobody filled in.
const UNKNOWN: &str = "not known yet";

pub(super) fn render(entry: &BreachEntry, options: &RenderOptions<'_>) -> String {
    let mut to = PageWriter::new(options);
    let breach: &Breach = &entry.breach;
    let title = untrusted::line(&entry.summary.title);
    to.hanging(&format!("{} ", entry.summary.id), &title, Style::Bold);
    let state = if breach.is_open() { "open" } else { "closed" };
    let by = untrusted::line(breach.opened_by.as_str());
    let opened = to.time(breach.opened);
    to.line(&format!(
        "  breach of personal data, {state}; on record {opened} by {by}, as {}",
        breach.role
    ));
    notifications(breach, &mut to);
    decisions(breach, &mut to);
    register(breach, &mut to);
    if let Some(closing) = &breach.closing {
        to.heading("Closed");
        let by = untrusted::line(closing.by.as_str());
        to.line(&format!("  {} by {by}", to.time(closing.at)));
        row("lessons", Some(&closing.lessons), &mut to);
        if let Some(reason) = &closing.reason {
            row("by force", Some(reason), &mut to);
        }
    }
    to.text
}

/// Writes a value with its label; what is absent is not known yet.
fn row(label: &str, value: Option<&str>, to: &mut PageWriter<'_, '_>) {
    let text = value.map_or(UNKNOWN.into(), untrusted::line);
    let style = if value.is_some() {
        Style::Plain
    } else {
        Style::Dim
    };
    to.hanging(&format!("  {label:<16} "), &text, style);
}

fn notifications(breach: &Breach, to: &mut PageWriter<'_, '_>) {
    if breach.obligations.is_empty() {
        return;
    }
    to.heading("Notifications");
    let rows: Vec<Vec<Cell>> = breach
        .obligations
        .iter()
        .map(|one| notification(one, breach, to))
        .collect();
    let headings = [
        "NO",
        "NOTIFICATION",
        "TO",
        "STATE",
        "DUE",
        "WITHIN",
        "BASIS",
    ];
    to.table(TableLayout::new(headings).indent("  "), &rows);
    for one in &breach.obligations {
        outcome(one, breach, to);
    }
}

fn notification(one: &Obligation, breach: &Breach, to: &PageWriter<'_, '_>) -> Vec<Cell> {
    let clock = one.clock(breach).map(|one| one.clock);
    let shown = clock.map_or(DisplayState::None, |clock| {
        clock.display_state(to.options.now)
    });
    let state = one.state(breach);
    let word = match (&state, shown) {
        (ObligationState::Open, DisplayState::Overdue) => "overdue",
        (ObligationState::Sent, DisplayState::Missed) => "sent late",
        (_, _) => state.as_str(),
    };
    let due = one
        .span(breach)
        .map(|span| humanize::time_with_day(span.due, to.options.now, to.options.zone));
    let due = due.filter(|_| state != ObligationState::NotRequired);
    let own = if one.terms.is_own_span { " (own)" } else { "" };
    vec![
        Cell::plain(one.number.to_string()),
        Cell::untrusted(&one.terms.name()),
        Cell::plain(one.terms.to.as_str()),
        Cell::new(
            format!("{} {word}", palette::symbol(shown)),
            palette::clock_style(shown),
        ),
        Cell::plain(due.unwrap_or_default()),
        Cell::untrusted(&format!("{}{own}", one.terms.limits_text())),
        Cell::untrusted(one.terms.basis.as_deref().unwrap_or_default()),
    ]
}

/// Writes what was sent, or why nothing is.
fn outcome(one: &Obligation, breach: &Breach, to: &mut PageWriter<'_, '_>) {
    let name = one.terms.name();
    for sent in &one.sent {
        let sent = &sent.notification;
        let mut text = format!(
            "{name} sent {} by {}, {}",
            to.time(sent.at),
            sent.by,
            sent.how
        );
        if let Some(reference) = &sent.reference {
            text += &format!(", reference {reference}");
        }
        if let Some(delay) = &sent.delay {
            text += &format!("; reason of the delay: {delay}");
        }
        if sent.more_follows {
            text += "; more follows";
        }
        to.hanging("  ", &untrusted::line(&text), Style::Plain);
    }
    if let (ObligationState::NotRequired, Some(waiver)) = (one.state(breach), &one.waiver) {
        let at = to.time(waiver.at);
        let text = format!(
            "{name} not required, decided {at} by {}: {}",
            waiver.by, waiver.reason
        );
        to.hanging("  ", &untrusted::line(&text), Style::Plain);
    }
}

fn decisions(breach: &Breach, to: &mut PageWriter<'_, '_>) {
    to.heading("Decisions");
    let decided = |known: &Option<(Decided, Timestamp)>, to: &PageWriter<'_, '_>| {
        let (decided, _) = known.as_ref()?;
        let reason = decided.reason.as_ref();
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        Some(format!(
            "since {}, decided by {}{reason}",
            to.time(decided.at),
            decided.by
        ))
    };
    let aware = decided(&breach.aware, to);
    row(
        "aware",
        Some(aware.as_deref().unwrap_or("not decided: no time runs yet")),
        to,
    );
    if let Some(classified) = decided(&breach.classified, to) {
        row("classified", Some(&classified), to);
    }
    if let Some(last) = &breach.assessment {
        let scores = last.scores;
        let text = format!(
            "{}, score {} = {} x {} + {}; an aid, not a decision",
            scores.severity(),
            scores.total(),
            scores.context,
            scores.identification,
            scores.circumstances
        );
        row("severity", Some(&text), to);
        let flagged = last.answers.iter();
        let flagged = flagged.filter(|one| one.answer == "yes" && one.key != "malicious");
        for flag in flagged {
            row("", Some(&format!("{} yes", flag.question)), to);
        }
    }
    if breach.risks.is_empty() {
        row("risk", Some("not decided"), to);
    }
    for decision in &breach.risks {
        let at = to.time(decision.at);
        let text = format!(
            "{}, decided {at} by {}: {}",
            decision.risk, decision.by, decision.reason
        );
        row("risk", Some(&text), to);
    }
}

fn register(breach: &Breach, to: &mut PageWriter<'_, '_>) {
    to.heading("Register");
    let details = &breach.details;
    let list = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
    row("facts", details.facts.as_deref(), to);
    let natures: Vec<&str> = details.natures.iter().map(|one| one.as_str()).collect();
    row(
        "nature",
        (!natures.is_empty()).then(|| natures.join(", ")).as_deref(),
        to,
    );
    row("cause", details.cause.as_deref(), to);
    let time = |at: Option<Timestamp>, to: &PageWriter<'_, '_>| {
        at.map(|at| humanize::full_time(at, to.options.zone))
    };
    let happened = match (
        time(details.happened_from, to),
        time(details.happened_to, to),
    ) {
        (Some(from), Some(end)) => Some(format!("{from} to {end}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    };
    row("happened", happened.as_deref(), to);
    row("first sign", time(details.detected, to).as_deref(), to);
    let count = |categories: &[String], number: Option<String>| match (list(categories), number) {
        (Some(categories), Some(number)) => Some(format!("{number}: {categories}")),
        (categories, number) => categories.or(number),
    };
    let persons = details.persons.map(|range| range.to_string());
    row(
        "persons",
        count(&details.person_categories, persons).as_deref(),
        to,
    );
    let records = details.records.map(|range| range.to_string());
    row(
        "records",
        count(&details.record_categories, records).as_deref(),
        to,
    );
    row("states", list(&details.states).as_deref(), to);
    row("effects", details.effects.as_deref(), to);
    row("protected by", details.measures_before.as_deref(), to);
    row("measures", details.measures.as_deref(), to);
    row("contact", details.contact.as_deref(), to);
    if let Some(controller) = &details.controller {
        row("controller", Some(controller), to);
    }
    if !breach.containment.is_empty() {
        to.heading("Containment");
    }
    for step in &breach.containment {
        let at = to.time(step.at);
        to.hanging(
            &format!("  {at}  "),
            &untrusted::line(&step.measure),
            Style::Plain,
        );
    }
    if !breach.notes.is_empty() {
        to.heading("Notes");
    }
    for note in &breach.notes {
        let by = untrusted::line(note.by.as_str());
        to.line(&format!("  {} {by}", to.time(note.at)));
        to.quote(4, &note.text);
    }
}
