//! The work on a ticket: notes, hand-overs, investigation, calls,
//! pauses and messages.

use super::super::Timestamp;
use super::super::event::{Correction, Fact, Note};
use super::super::people::Agent;
use super::super::rejection::Rejection;
use super::super::ticket::{CallState, Status, Ticket, Verdict};
use super::super::vocabulary::{Channel, Gate, Medium, PauseReason, State, UnknownWord};
use super::decision::Decision;

pub(super) fn log(
    deed: &mut Decision<'_>,
    note: Note,
    correction: Correction,
) -> Result<(), Rejection> {
    let news = |new: &Option<String>, known: Option<&str>| {
        new.as_deref().is_some_and(|new| Some(new) != known)
    };
    let known = &deed.ticket.requester;
    let corrects = news(&correction.title, Some(&deed.ticket.title))
        || news(&correction.name, known.name.as_deref())
        || news(&correction.contact, known.contact.as_deref())
        || news(&correction.language, known.language.as_deref());
    see(deed, note)?;
    if corrects {
        deed.push(Fact::Corrected(correction));
    }
    Ok(())
}

/// Records what was seen; nothing can have begun later than it is told.
pub(super) fn see(deed: &mut Decision<'_>, note: Note) -> Result<(), Rejection> {
    if let Some(at) = note.began
        && at > deed.at
    {
        return Err(Rejection::BeganLater { at, now: deed.at });
    }
    if note != Note::default() {
        deed.push(Fact::Logged(note));
    }
    Ok(())
}

pub(super) fn assign(deed: &mut Decision<'_>, agent: Agent) -> Result<(), Rejection> {
    if deed.ticket.assignee.as_ref() != Some(&agent) {
        deed.policy().check_agent(&agent)?;
        deed.push(Fact::Assigned { agent });
    }
    Ok(())
}

/// Two agents may reach for the same ticket: the first has it.
pub(super) fn take(deed: &mut Decision<'_>, agent: Agent) -> Result<(), Rejection> {
    match &deed.ticket.assignee {
        Some(by) if *by != agent => Err(Rejection::Taken {
            id: deed.ticket.id,
            by: by.clone(),
        }),
        Some(_) | None => assign(deed, agent),
    }
}

pub(super) fn unassign(deed: &mut Decision<'_>, reason: Option<String>) {
    if deed.ticket.assignee.is_some() {
        deed.push(Fact::Unassigned { reason });
    }
}

pub(super) fn escalate(
    deed: &mut Decision<'_>,
    to: Option<&str>,
    reason: String,
    agent: Option<Agent>,
) -> Result<(), Rejection> {
    let tiers = &deed.policy().tiers;
    let here = deed.policy().tier_rank(&deed.ticket.tier);
    let there = match to {
        Some(typed) => tiers
            .iter()
            .position(|tier| tier.as_str().eq_ignore_ascii_case(typed))
            .ok_or_else(|| {
                UnknownWord::new("tier", typed, tiers.iter().map(ToString::to_string))
            })?,
        None if here + 1 < tiers.len() => here + 1,
        None => {
            return Err(Rejection::NoHigherTier {
                id: deed.ticket.id,
                tier: deed.ticket.tier.to_string(),
            });
        }
    };
    let tier = tiers[there].clone();
    if deed.ticket.tier != tier {
        deed.push(Fact::Escalated {
            to: tier,
            up: there > here,
            reason,
        });
    } else if agent
        .as_ref()
        .is_some_and(|agent| deed.ticket.assignee.as_ref() != Some(agent))
    {
        // Not another tier, only another agent: what was said is kept.
        deed.push(Fact::Logged(Note {
            text: Some(reason),
            ..Note::default()
        }));
    }
    if let Some(agent) = agent {
        assign(deed, agent)?;
    }
    Ok(())
}

pub(super) fn tell_manager(deed: &mut Decision<'_>, manager: String, reason: String) {
    deed.push(Fact::ManagerInformed { manager, reason });
}

pub(super) fn propose(deed: &mut Decision<'_>, text: String) {
    if deed.ticket.hypotheses.iter().any(|h| h.text == text) {
        return;
    }
    let hypothesis = next(deed.ticket.hypotheses.iter().map(|h| h.number));
    deed.push(Fact::Proposed { hypothesis, text });
}

pub(super) fn judge(
    deed: &mut Decision<'_>,
    hypothesis: Option<u32>,
    confirmed: bool,
    evidence: String,
) -> Result<(), Rejection> {
    let ticket = &deed.ticket;
    let open = ticket
        .hypotheses
        .iter()
        .filter(|h| h.verdict == Verdict::Open)
        .map(|h| h.number);
    let hypothesis = the_one(ticket, "hypothesis", "hypotheses", hypothesis, open)?;
    let known = ticket.hypotheses.iter().find(|h| h.number == hypothesis);
    let Some(known) = known else {
        return Err(no_such(ticket, "hypothesis", hypothesis));
    };
    let done = match &known.verdict {
        Verdict::Open => None,
        Verdict::Confirmed { .. } => Some(true),
        Verdict::Refuted { .. } => Some(false),
    };
    match done {
        Some(same) if same == confirmed => {}
        Some(_) => {
            return Err(Rejection::AlreadyDone {
                id: ticket.id,
                what: "hypothesis",
                number: hypothesis,
                done: known.verdict.as_str(),
            });
        }
        None if confirmed => deed.push(Fact::Confirmed {
            hypothesis,
            evidence,
        }),
        None => deed.push(Fact::Refuted {
            hypothesis,
            evidence,
        }),
    }
    Ok(())
}

pub(super) fn arrange_call(
    deed: &mut Decision<'_>,
    medium: Medium,
    when: Timestamp,
    note: Option<String>,
) -> Result<(), Rejection> {
    if when < deed.at {
        return Err(Rejection::NotLater {
            what: "the time of the call",
            at: when,
            now: deed.at,
        });
    }
    let call = next(deed.ticket.calls.iter().map(|c| c.number));
    deed.push(Fact::CallArranged {
        call,
        medium,
        when,
        note,
    });
    Ok(())
}

pub(super) fn end_call(
    deed: &mut Decision<'_>,
    call: Option<u32>,
    held: bool,
    note: Option<String>,
) -> Result<(), Rejection> {
    let ticket = &deed.ticket;
    let arranged = ticket
        .calls
        .iter()
        .filter(|c| c.state == CallState::Arranged)
        .map(|c| c.number);
    let call = the_one(ticket, "call", "calls", call, arranged)?;
    let Some(known) = ticket.calls.iter().find(|c| c.number == call) else {
        return Err(no_such(ticket, "call", call));
    };
    let done = match known.state {
        CallState::Arranged => None,
        CallState::Held { .. } => Some(true),
        CallState::Cancelled { .. } => Some(false),
    };
    match done {
        Some(same) if same == held => {}
        Some(_) => {
            return Err(Rejection::AlreadyDone {
                id: ticket.id,
                what: "call",
                number: call,
                done: known.state.as_str(),
            });
        }
        None if held => deed.push(Fact::CallHeld { call, note }),
        None => deed.push(Fact::CallCancelled { call, reason: note }),
    }
    Ok(())
}

/// What a ticket is to wait for.
pub(super) struct Wait {
    pub(super) awaited: PauseReason,
    pub(super) until: Option<Timestamp>,
    pub(super) note: Option<String>,
}

/// Pauses; waiting for the requester needs a public message that asks.
pub(super) fn pause(
    deed: &mut Decision<'_>,
    wait: Wait,
    ask: Option<String>,
    force: Option<String>,
) -> Result<(), Rejection> {
    let Wait {
        awaited,
        mut until,
        mut note,
    } = wait;
    // Pausing again for the same reason keeps what is not said anew.
    if let Status::Paused {
        reason: known,
        until: since_until,
        note: since_note,
    } = &deed.ticket.status
        && *known == awaited
    {
        until = until.or(*since_until);
        note = note.or_else(|| since_note.clone());
    }
    let paused = Status::Paused {
        reason: awaited,
        until,
        note: note.clone(),
    };
    if ask.is_none() && deed.ticket.status == paused {
        return Ok(());
    }
    if let Some(at) = until
        && at <= deed.at
    {
        return Err(Rejection::NotLater {
            what: "the wake time",
            at,
            now: deed.at,
        });
    }
    if let Some(text) = ask {
        reply(deed, text, None);
    }
    let asked = deed.ticket.messages.last().is_some_and(|m| !m.inbound);
    let lacks = awaited == PauseReason::Requester && !asked;
    deed.pass(&[(lacks, Gate::RequesterAsked)], force)?;
    if deed.ticket.status != paused {
        deed.push(Fact::Paused {
            reason: awaited,
            until,
            note,
        });
    }
    Ok(())
}

pub(super) fn resume(deed: &mut Decision<'_>, note: Option<String>) {
    if deed.ticket.status.state() == State::Paused {
        deed.push(Fact::Resumed { note });
    }
}

pub(super) fn reply(deed: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(deed.ticket.channel);
    deed.push(Fact::Replied { text, via });
}

/// Takes what the requester said; it wakes a pause.
pub(super) fn hear(deed: &mut Decision<'_>, text: String, via: Option<Channel>) {
    let via = via.unwrap_or(deed.ticket.channel);
    deed.push(Fact::MessageReceived { text, via });
    if deed.ticket.status.state() == State::Paused {
        deed.push_by_rule(Fact::Resumed {
            note: Some("the requester wrote".to_owned()),
        });
    }
}

fn next(numbers: impl Iterator<Item = u32>) -> u32 {
    numbers.max().unwrap_or(0) + 1
}

/// The number given, or the only one that is open.
fn the_one(
    ticket: &Ticket,
    one: &'static str,
    many: &'static str,
    given: Option<u32>,
    mut open: impl Iterator<Item = u32>,
) -> Result<u32, Rejection> {
    match (given, open.next(), open.next()) {
        (Some(number), _, _) | (None, Some(number), None) => Ok(number),
        (None, None, _) => Err(Rejection::NoneOpen {
            id: ticket.id,
            what: one,
        }),
        (None, Some(_), Some(_)) => Err(Rejection::Which {
            id: ticket.id,
            what: many,
            count: 2 + open.count(),
        }),
    }
}

const fn no_such(ticket: &Ticket, what: &'static str, number: u32) -> Rejection {
    Rejection::NoSuch {
        id: ticket.id,
        what,
        number,
    }
}
