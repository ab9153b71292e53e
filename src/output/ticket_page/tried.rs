//! What was tried on a ticket: hypotheses and calls.

use crate::domain::ticket::{Call, Hypothesis, Ticket, Verdict};
use crate::output::style::page_writer::PageWriter;
use crate::output::style::palette::Style;
use crate::output::style::untrusted;

pub(super) fn tried(ticket: &Ticket, to: &mut PageWriter<'_, '_>) {
    if ticket.hypotheses.is_empty() && ticket.calls.is_empty() {
        return;
    }
    to.heading("Tried");
    for one in &ticket.hypotheses {
        hypothesis(one, to);
    }
    for one in &ticket.calls {
        call(one, to);
    }
}

/// Writes a hypothesis with its verdict and evidence.
pub(in crate::output) fn hypothesis(hypothesis: &Hypothesis, to: &mut PageWriter<'_, '_>) {
    let verdict = &hypothesis.verdict;
    let evidence = verdict.evidence();
    let (symbol, style) = match verdict {
        Verdict::Open => ('?', Style::Info),
        Verdict::Confirmed { .. } => ('✓', Style::Success),
        Verdict::Refuted { .. } => ('✗', Style::Dim),
    };
    let verdict = style.paint(&format!("{symbol} {}", verdict.as_str()), to.options.color);
    let by = untrusted::line(hypothesis.by.as_str());
    to.line(&format!(
        "  hypothesis {} by {by}: {verdict}",
        hypothesis.number
    ));
    to.quote(4, &hypothesis.text);
    if let Some(evidence) = evidence {
        to.line("    evidence:");
        to.quote(4, evidence);
    }
}

fn call(call: &Call, to: &mut PageWriter<'_, '_>) {
    let (when, state) = (to.time(call.when), call.state.as_str());
    let answers = call.answers.iter().map(|known| {
        let who = known.person.as_ref().map_or("requester".into(), |person| {
            untrusted::line(person.label().unwrap_or("-"))
        });
        format!(", {} by {who}", known.answer)
    });
    let answers: String = answers.collect();
    to.line(&format!(
        "  {} call {} at {when}: {state}{answers}",
        call.medium, call.number
    ));
    let earlier: Vec<String> = call.earlier.iter().map(|at| to.time(*at)).collect();
    if !earlier.is_empty() {
        to.line(&format!("    moved, was at {}", earlier.join(", then ")));
    }
    for text in [call.note.as_deref(), call.state.outcome()]
        .into_iter()
        .flatten()
    {
        to.quote(4, text);
    }
}
