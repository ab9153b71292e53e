//! The line that confirms a write: what was done to a ticket, and the due times
//! that it changed. Events that only follow from others are left out.

mod mail;
mod undone;

use chrono::TimeDelta;

use super::alarms;
use super::event_text::{self, EventContext};
use super::options::RenderOptions;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::people::Requester;
use crate::domain::read_models::{Requested, TicketUpdate};
use crate::domain::sla::clock::{Clock, ClockState};
use crate::domain::summary::Summary;
use crate::domain::vocabulary::{Channel, ClockName, State};

fn received(via: Channel) -> String {
    format!("message{} recorded", humanize::by_channel(via))
}

/// Confirms what was done to a ticket.
#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
pub(super) fn confirmation(update: &TicketUpdate, options: &RenderOptions<'_>) -> String {
    let TicketUpdate {
        before,
        after,
        events,
        requested: named,
        alarm,
        addressed,
        mails,
    } = update;
    let fields = before
        .iter()
        .map(|row| event_text::field_values(&row.fields));
    let mut context = EventContext {
        fields: fields.flatten().collect(),
        tier: before.as_ref().map(|b| b.tier.clone()),
        priority: (before.as_ref()).and_then(|b| b.rating.as_ref().map(|r| r.priority)),
        ..EventContext::default()
    };
    let opened = matches!(events.first().map(|e| &e.fact), Some(Fact::Opened(_)));
    let time = |at| humanize::time(at, options.now, options.zone);
    let (mut parts, mut last_parts, mut due_changed) = (Vec::new(), Vec::new(), opened);
    for event in events {
        due_changed |= changes_due_times(&event.fact);
        let text = match &event.fact {
            Fact::Opened(_) => Some(opening(update)),
            // Part of the opening.
            Fact::Identified { .. } | Fact::Prioritized(_) if opened => None,
            Fact::Resolved { code, .. } => {
                Some(format!("resolved ({code}){}", result(update, options)))
            }
            Fact::Replied { via, .. } => {
                let to = recipients(after, addressed);
                Some(mail::reply(update, *via, &to, options))
            }
            Fact::MessageReceived { via, .. } => Some(received(*via)),
            Fact::Logged(_) => Some("logged".to_owned()),
            Fact::Unfounded { .. } => returned(update)
                .or_else(|| event_text::headline(event, None, &context, &time, options)),
            Fact::Undone { .. } => Some(undone::what_came_back(update)),
            Fact::Identified { .. }
            | Fact::Corrected(_)
            | Fact::Voided { .. }
            | Fact::Categorized { .. }
            | Fact::Prioritized(_)
            | Fact::TargetSet { .. }
            | Fact::DuePromised { .. }
            | Fact::PromiseWithdrawn { .. }
            | Fact::TimeSpent { .. }
            | Fact::Diagnosed { .. }
            | Fact::Assigned { .. }
            | Fact::Unassigned { .. }
            | Fact::Escalated { .. }
            | Fact::ManagerInformed { .. }
            | Fact::Proposed { .. }
            | Fact::Confirmed { .. }
            | Fact::Refuted { .. }
            | Fact::CallArranged { .. }
            | Fact::CallMoved { .. }
            | Fact::CallAnswered { .. }
            | Fact::CallHeld { .. }
            | Fact::CallCancelled { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::WorkStarted
            | Fact::ImportUndone { .. }
            | Fact::Erased(_)
            | Fact::KnownErrorMarked { .. }
            | Fact::KnownErrorWithdrawn { .. }
            | Fact::Restored { .. }
            | Fact::Closed { .. }
            | Fact::Reopened { .. }
            | Fact::Merged { .. }
            | Fact::MergedFrom { .. }
            | Fact::Unmerged { .. }
            | Fact::AnsweredElsewhere { .. }
            | Fact::ParticipantAdded { .. }
            | Fact::ParticipantRemoved { .. }
            | Fact::Linked { .. }
            | Fact::Unlinked { .. }
            | Fact::Warned { .. }
            | Fact::GatePassed { .. }
            | Fact::Restricted { .. }
            | Fact::RestrictionLifted { .. }
            | Fact::Tagged { .. }
            | Fact::FieldsSet { .. }
            | Fact::ChecklistAdded { .. }
            | Fact::ChecklistMarked { .. }
            | Fact::Breach(_)
            | Fact::ContactLogged(_)
            | Fact::Attached(_)
            | Fact::Imported { .. } => event_text::headline(event, None, &context, &time, options),
        };
        context.update(&event.fact);
        if comes_last(&event.fact) {
            last_parts.extend(text.filter(|text| !last_parts.contains(text)));
        } else {
            parts.extend(text);
        }
    }
    parts.extend(is_back_in_queue(update).then(|| "unassigned".to_owned()));
    parts.append(&mut last_parts);
    let counted = alarm.filter(|alarm| alarm.counted);
    parts.extend(counted.map(|alarm| alarms::seen(alarm.total, &time)));
    let id = ticket_named(after, *named, options);
    if parts.is_empty() {
        return format!("{id} unchanged");
    }
    let mut text = format!("{id} {}", parts.join(", "));
    if due_changed {
        text.extend(due_times(update, opened, options));
    }
    text + &reopening_hint(update, options) + &mail::trouble(mails)
}

/// The number of a ticket, and of the one that was requested in its place.
fn ticket_named(after: &Summary, named: Option<Requested>, options: &RenderOptions<'_>) -> String {
    let id = Style::Bold.paint(&after.id.to_string(), options.color);
    match named {
        Some(Requested::Merged(named)) => format!("{id} ({named} was merged into it)"),
        Some(Requested::FollowedUp(named)) => format!("{id} ({named} is closed, it follows up)"),
        None => id,
    }
}

/// How to reopen a ticket that stays as it is although somebody wrote.
fn reopening_hint(update: &TicketUpdate, options: &RenderOptions<'_>) -> String {
    let TicketUpdate { after, events, .. } = update;
    let heard = |event: &Event| matches!(event.fact, Fact::MessageReceived { thanks: false, .. });
    if options.quiet || !events.iter().any(heard) {
        return String::new();
    }
    let id = after.id.0;
    match after.state {
        State::Resolved => format!("; it is resolved; if not: desk reopen {id} REASON"),
        State::Closed => format!("; it stays closed; if not: desk reopen {id} REASON"),
        State::New | State::Active | State::Paused => String::new(),
    }
}

/// Names the requesters whom a message answers: ` to Mia, Tom (#2)`. Nothing if
/// there is only one.
fn recipients(after: &Summary, addressed: &[(TicketId, Requester)]) -> String {
    let people = addressed.iter().map(|(id, person)| {
        let name = person.label().unwrap_or("requester");
        let name = untrusted::line(name);
        if *id == after.id {
            name.into_owned()
        } else {
            format!("{name} ({id})")
        }
    });
    let people: Vec<String> = people.collect();
    if people.is_empty() {
        String::new()
    } else {
        format!(" to {}", humanize::list(&people))
    }
}

/// Whether an escalation took the ticket from its agent and gave it to nobody.
fn is_back_in_queue(update: &TicketUpdate) -> bool {
    let had_one = update.before.as_ref().is_some_and(|b| b.assignee.is_some());
    let escalated = |event: &Event| matches!(event.fact, Fact::Escalated { .. });
    had_one && update.after.assignee.is_none() && update.events.iter().any(escalated)
}

/// `back to L1, ben`, where an escalation proved unfounded.
fn returned(update: &TicketUpdate) -> Option<String> {
    let (before, after) = (update.before.as_ref()?, &update.after);
    let returned = before.tier != after.tier;
    let assignee = after
        .assignee
        .as_ref()
        .filter(|_| before.assignee.is_none());
    let mut parts = vec![format!("back to {}", after.tier)];
    parts.extend(assignee.map(|agent| untrusted::line(agent.as_str()).into_owned()));
    returned.then(|| parts.join(", "))
}

/// Whether a fact is named after the others of its command.
const fn comes_last(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Replied { .. } | Fact::GatePassed { .. } | Fact::Unfounded { .. }
    )
}

/// `opened as P2 incident`.
fn opening(update: &TicketUpdate) -> String {
    let priority = update.after.rating.as_ref().map(|r| r.priority.to_string());
    let kind = update.after.kind.map(|kind| kind.as_str().to_owned());
    match [priority, kind].into_iter().flatten().collect::<Vec<_>>() {
        what if what.is_empty() => "opened".to_owned(),
        what => format!("opened as {}", what.join(" ")),
    }
}

/// Whether a fact may have changed due times.
const fn changes_due_times(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Prioritized(_)
            | Fact::TargetSet { .. }
            | Fact::DuePromised { .. }
            | Fact::PromiseWithdrawn { .. }
            | Fact::Escalated { .. }
            | Fact::Paused { .. }
            | Fact::Resumed { .. }
            | Fact::Reopened { .. }
            | Fact::MessageReceived { .. }
            | Fact::Undone { .. }
    )
}

/// The moment that due times are counted from: that of the last event, unless it was
/// recorded for an earlier time. The milliseconds of writing it would turn 3h into
/// 2h 59m.
fn counted_from(update: &TicketUpdate, options: &RenderOptions<'_>) -> Timestamp {
    let at = update.events.last().map_or(options.now, |event| event.at);
    let is_now = (options.now - at).abs() < TimeDelta::seconds(1);
    if is_now { at } else { options.now }
}

/// The due times, each with its separator.
fn due_times(update: &TicketUpdate, opened: bool, options: &RenderOptions<'_>) -> Vec<String> {
    let clocks = &update.after.clocks;
    let now = counted_from(update, options);
    let part = |name: &str, clock: Option<&Clock>| {
        let reading = clock?.read_at(now, options.policy);
        let due = humanize::due(&reading, now, options.zone)?;
        Some(format!(", {name} {due}"))
    };
    let next_update = part("update", clocks.get(ClockName::Update));
    match update.after.state {
        State::Closed => return Vec::new(),
        // Nothing is due on a resolved ticket but an answer.
        State::Resolved => return next_update.into_iter().collect(),
        State::Paused => {
            let resolution = clocks.get(ClockName::Resolution);
            let left = |clock: &Clock| {
                let reading = clock.read_at(now, options.policy);
                format!("; {}", humanize::left(&reading, &clock.target))
            };
            return resolution.map(left).into_iter().collect();
        }
        State::New | State::Active => {}
    }
    let first = part("first response", clocks.get(ClockName::Response));
    [
        first.filter(|_| opened || response_due_changed(update)),
        next_update.filter(|_| !opened),
        part("resolution", clocks.get(ClockName::Resolution)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether the due time of the first response changed.
fn response_due_changed(update: &TicketUpdate) -> bool {
    let due = |row: &Summary| {
        row.clocks
            .get(ClockName::Response)
            .and_then(Clock::next_due)
    };
    update.before.as_ref().and_then(due) != due(&update.after)
}

/// ` after 3h 12m of 8h: met`.
fn result(update: &TicketUpdate, options: &RenderOptions<'_>) -> String {
    let Some(clock) = update.after.clocks.get(ClockName::Resolution) else {
        return String::new();
    };
    let reading = clock.read_at(options.now, options.policy);
    let spent = format!(
        " after {} of {}",
        humanize::working_time(reading.used, &clock.target),
        humanize::target(&clock.target)
    );
    match reading.state {
        ClockState::Met | ClockState::Missed => format!("{spent}: {}", reading.state.as_str()),
        ClockState::Paused => spent,
        ClockState::None | ClockState::Running | ClockState::Cancelled => String::new(),
    }
}
