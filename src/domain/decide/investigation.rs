//! Hypotheses about the cause, confirmed or refuted with evidence.

use super::decision::Decision;
use super::numbering::{given_or_only_open, next_number, no_such};
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Verdict;

/// Records a hypothesis, unless the same text was proposed before.
pub(super) fn propose(decision: &mut Decision<'_>, text: String) {
    let known = &decision.ticket.hypotheses;
    if known.iter().any(|hypothesis| hypothesis.text == text) {
        return;
    }
    let hypothesis = next_number(known.iter().map(|hypothesis| hypothesis.number));
    decision.record(Fact::Proposed { hypothesis, text });
}

/// Confirms or refutes a hypothesis; the only open one if no number is given.
pub(super) fn judge(
    decision: &mut Decision<'_>,
    hypothesis: Option<u32>,
    confirmed: bool,
    evidence: String,
) -> Result<(), Rejection> {
    let ticket = &decision.ticket;
    let open = ticket
        .hypotheses
        .iter()
        .filter(|h| h.verdict == Verdict::Open)
        .map(|h| h.number);
    let hypothesis = given_or_only_open(ticket, "hypothesis", "hypotheses", hypothesis, open)?;
    let known = ticket.hypotheses.iter().find(|h| h.number == hypothesis);
    let Some(known) = known else {
        return Err(no_such(ticket, "hypothesis", hypothesis));
    };
    let was_confirmed = match &known.verdict {
        Verdict::Open => None,
        Verdict::Confirmed { .. } => Some(true),
        Verdict::Refuted { .. } => Some(false),
    };
    let same_evidence = known.verdict.evidence() == Some(evidence.as_str());
    match was_confirmed {
        Some(before) if before == confirmed && same_evidence => {}
        Some(_) => {
            return Err(Rejection::AlreadyDone {
                id: ticket.id,
                what: "hypothesis",
                number: hypothesis,
                done: known.verdict.as_str(),
            });
        }
        None if confirmed => decision.record(Fact::Confirmed {
            hypothesis,
            evidence,
        }),
        None => decision.record(Fact::Refuted {
            hypothesis,
            evidence,
        }),
    }
    Ok(())
}
