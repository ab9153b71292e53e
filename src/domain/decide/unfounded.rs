//! What the desk did by itself and would not do any more, because of something
//! that was recorded later but happened before.

use chrono::TimeDelta;

use super::automation::is_open;
use super::decision::Decision;
use crate::domain::Timestamp;
use crate::domain::automation;
use crate::domain::event::{Event, Fact};
use crate::domain::people::Tier;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::sla::level::Level;
use crate::domain::ticket::{LaterEvent, Status, Ticket, TicketAt};

/// Why the desk did something by itself: as long as that is the same, it stands.
#[derive(Debug, PartialEq, Eq)]
enum Reason {
    /// When the clock reached the level.
    Level(Option<Timestamp>),
    /// Whether the ticket is to be resolved, and the tier.
    Tier(bool, Tier),
    /// The tier and, if nobody has the ticket, since when.
    Unassigned(Tier, Option<Timestamp>),
    /// When the pause was to end.
    PauseUntil(Option<Timestamp>),
    /// Since when nobody has written about the resolved ticket.
    Quiet(Option<Timestamp>),
    /// It follows from what somebody else did.
    Other,
}

/// Returns the numbers of the desk's later events that are unfounded after a
/// decision.
pub(super) fn unfounded_after(decision: &Decision<'_>) -> Vec<u32> {
    let (old, new) = (decision.found.clone(), decision.ticket.clone());
    unfounded_among(&decision.later, old, new, &[], decision)
}

/// Returns the numbers of those of these events that count from that time on, and
/// of the desk's events that are unfounded without them.
pub(super) fn unfounded_without(
    ticket: &Ticket,
    events: &[u32],
    at: Timestamp,
    decision: &Decision<'_>,
) -> Vec<u32> {
    // What the desk did at the same time came after these events.
    let before = at - TimeDelta::milliseconds(1);
    let TicketAt { ticket, later } = ticket.found_at(before, decision.now());
    unfounded_among(&later, ticket.clone(), ticket, events, decision)
}

/// Returns the numbers of those later events of the desk for which there was a
/// reason in the old ticket and is none in the new one, and of those that do not
/// count in the new one anyway.
fn unfounded_among(
    later: &[LaterEvent],
    mut old: Ticket,
    mut new: Ticket,
    without: &[u32],
    decision: &Decision<'_>,
) -> Vec<u32> {
    let mut unfounded = Vec::new();
    let mut last: Option<(&Event, bool)> = None;
    for LaterEvent {
        from,
        is_automatic,
        event,
    } in later
    {
        let cause = last.filter(|(last, _)| last.is_together_with(event));
        let follows = cause.is_some();
        let reason = |ticket: &Ticket| reason(ticket, event, follows, *from, decision.policy());
        let is_unfounded = without.contains(&event.n)
            || *is_automatic
                && (cause.is_some_and(|(_, is_unfounded)| is_unfounded)
                    || *from > decision.now()
                    || reason(&old) != reason(&new));
        old.apply(event);
        if is_unfounded {
            unfounded.push(event.n);
        } else {
            new.apply(event);
        }
        last = Some((event, is_unfounded));
    }
    unfounded
}

/// Returns why the desk did something at a time; `follows` if it did so because
/// of what it had done just before.
fn reason(
    ticket: &Ticket,
    event: &Event,
    follows: bool,
    from: Timestamp,
    policies: &PolicyHistory,
) -> Reason {
    let then = ticket.clone().at(from);
    if let Fact::Warned {
        clock,
        percent,
        offset,
    } = &event.fact
    {
        let level = Level::of_warning(*percent, *offset);
        let reached = automation::level_reached_by(&then, *clock, level, from, policies);
        Reason::Level(reached)
    } else if let Fact::Escalated { .. } = &event.fact {
        if follows {
            Reason::Tier(is_open(&then), then.tier)
        } else {
            let waits = then.assignee.is_none().then_some(then.unassigned_since);
            Reason::Unassigned(then.tier, waits)
        }
    } else if let Fact::Resumed { .. } = &event.fact {
        Reason::PauseUntil(match ticket.status {
            Status::Paused { until, .. } => until,
            Status::New | Status::Active | Status::Resolved(_) | Status::Closed(_) => None,
        })
    } else if let Fact::Closed { .. } | Fact::GatePassed { .. } = &event.fact {
        Reason::Quiet(automation::quiet_since(&then))
    } else {
        Reason::Other
    }
}
