//! The one line that a write says of a ticket: what was done, and what is due
//! because of it. What merely follows from a fact is not told.

use super::style::Tone;
use super::telling::{self, Before};
use super::{RenderOptions, TicketUpdate, words};
use crate::domain::event::{Event, Fact};
use crate::domain::sla::clock::{Clock, ClockState};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{ClockName, State};

/// Says what was done to a ticket.
pub(super) fn of(done: &TicketUpdate, look: &RenderOptions<'_>) -> String {
    let TicketUpdate {
        before,
        after,
        events,
        requested: named,
    } = done;
    let mut sofar = Before {
        tier: before.as_ref().map(|b| b.tier.clone()),
        priority: (before.as_ref()).and_then(|b| b.rating.as_ref().map(|r| r.priority)),
    };
    let opened = matches!(events.first().map(|e| &e.fact), Some(Fact::Opened(_)));
    let moment = |at| words::moment(at, look.now, look.zone);
    let mut parts = Vec::new();
    let mut asides = Vec::new();
    let mut dues = opened;
    for event in events {
        dues |= moves_due(&event.fact);
        let said = match &event.fact {
            Fact::Opened(_) => Some(opening(done)),
            // The opening has told them.
            Fact::Identified { .. } | Fact::Prioritized(_) if opened => None,
            Fact::Resolved { code, .. } => Some(format!("resolved ({code}){}", result(done, look))),
            Fact::Replied { via, .. } => Some(format!("replied{}", words::by(*via))),
            Fact::MessageReceived { via, .. } => {
                Some(format!("message{} recorded", words::by(*via)))
            }
            Fact::Logged(_) => Some("logged".to_owned()),
            Fact::Identified { .. }
            | Fact::Corrected(_)
            | Fact::Categorized { .. }
            | Fact::Prioritized(_)
            | Fact::TargetSet { .. }
            | Fact::Diagnosed { .. }
            | Fact::Assigned { .. }
            | Fact::Unassigned { .. }
            | Fact::Escalated { .. }
            | Fact::ManagerInformed { .. }
            | Fact::Proposed { .. }
            | Fact::Confirmed { .. }
            | Fact::Refuted { .. }
            | Fact::CallArranged { .. }
            | Fact::CallHeld { .. }
            | Fact::CallCancelled { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::KnownErrorMarked { .. }
            | Fact::KnownErrorWithdrawn { .. }
            | Fact::Restored { .. }
            | Fact::Closed { .. }
            | Fact::Reopened { .. }
            | Fact::Merged { .. }
            | Fact::MergedFrom { .. }
            | Fact::Unmerged { .. }
            | Fact::Linked { .. }
            | Fact::Unlinked { .. }
            | Fact::Warned { .. }
            | Fact::GatePassed { .. }
            | Fact::Imported { .. } => telling::fact(event, &sofar, &moment, look),
        };
        sofar.pass(&event.fact);
        if is_aside(&event.fact) {
            asides.extend(said);
        } else {
            parts.extend(said);
        }
    }
    if is_left_to_the_queue(done) {
        parts.push("unassigned".to_owned());
    }
    parts.append(&mut asides);
    let mut id = Tone::Strong.paint(&after.id.to_string(), look.color);
    if let Some(named) = named {
        id += &format!(" (into which {named} was merged)");
    }
    if parts.is_empty() {
        return format!("{id} unchanged");
    }
    let mut said = format!("{id} {}", parts.join(", "));
    let heard = |event: &Event| matches!(event.fact, Fact::MessageReceived { .. });
    if after.state == State::Resolved && events.iter().any(heard) && !look.quiet {
        said += &format!(
            "; it is resolved: if it is not, desk reopen {} REASON",
            after.id.0
        );
    }
    if dues {
        for due in due(done, opened, look) {
            said += &due;
        }
    }
    said
}

/// Whether an escalation took the ticket from its agent and gave it to nobody.
fn is_left_to_the_queue(done: &TicketUpdate) -> bool {
    let had_one = done.before.as_ref().is_some_and(|b| b.assignee.is_some());
    let escalated = |event: &Event| matches!(event.fact, Fact::Escalated { .. });
    had_one && done.after.assignee.is_none() && done.events.iter().any(escalated)
}

/// Whether a fact is told after the others of its command.
const fn is_aside(fact: &Fact) -> bool {
    matches!(fact, Fact::Replied { .. } | Fact::GatePassed { .. })
}

/// `opened as P2 incident`.
fn opening(done: &TicketUpdate) -> String {
    let priority = done.after.rating.as_ref().map(|r| r.priority.to_string());
    let kind = done.after.kind.map(|kind| kind.as_str().to_owned());
    match [priority, kind].into_iter().flatten().collect::<Vec<_>>() {
        what if what.is_empty() => "opened".to_owned(),
        what => format!("opened as {}", what.join(" ")),
    }
}

/// Whether a fact may have moved what is due.
const fn moves_due(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Prioritized(_)
            | Fact::TargetSet { .. }
            | Fact::Escalated { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::Reopened { .. }
            | Fact::MessageReceived { .. }
    )
}

/// What is due now, each with what separates it from what was said before.
fn due(done: &TicketUpdate, opened: bool, look: &RenderOptions<'_>) -> Vec<String> {
    let clocks = &done.after.clocks;
    match done.after.state {
        State::Resolved | State::Closed => return Vec::new(),
        State::Paused => {
            let left = clocks
                .get(ClockName::Resolution)
                .map(|c| c.read_at(look.now, look.policy));
            return left
                .map(|r| format!("; {}", words::left(r.remaining)))
                .into_iter()
                .collect();
        }
        State::New | State::Active => {}
    }
    let said = |name: &str, clock: Option<&Clock>| {
        let reading = clock?.read_at(look.now, look.policy);
        let due = words::due(&reading, look.now, look.zone)?;
        Some(format!(", {name} {due}"))
    };
    let first = said("first response", clocks.get(ClockName::Response));
    let update = said("update", clocks.get(ClockName::Update));
    [
        first.filter(|_| opened || before_response(done)),
        update.filter(|_| !opened),
        said("resolution", clocks.get(ClockName::Resolution)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether the target of the first response was moved by what was done.
fn before_response(done: &TicketUpdate) -> bool {
    let due = |row: &Summary| row.clocks.get(ClockName::Response)?.next_due();
    done.before.as_ref().and_then(due) != due(&done.after)
}

/// ` after 3h 12m of 8h: met`.
fn result(done: &TicketUpdate, look: &RenderOptions<'_>) -> String {
    let Some(clock) = done.after.clocks.get(ClockName::Resolution) else {
        return String::new();
    };
    let reading = clock.read_at(look.now, look.policy);
    let spent = format!(
        " after {} of {}",
        words::span(reading.used),
        words::span(clock.target.span)
    );
    match reading.state {
        ClockState::Met | ClockState::Missed => format!("{spent}: {}", reading.state.as_str()),
        ClockState::Paused => spent,
        ClockState::None | ClockState::Running | ClockState::Cancelled => String::new(),
    }
}
