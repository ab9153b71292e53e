//! A priority that is taken back takes its consequences back: the tier, the
//! assignee and, if the earlier rating returns, the targets.

use super::decision::Decision;
use super::unfounded;
use crate::domain::event::Fact;
use crate::domain::people::Tier;
use crate::domain::policy::Policy;
use crate::domain::ticket::{RatingChange, Ticket};

/// Takes back what followed from the rating before the one just recorded, unless
/// somebody of the tier that it went to has acted since.
pub(super) fn take_back(decision: &mut Decision<'_>, before: &Ticket) {
    let Some(change) = before.last_rating() else {
        return;
    };
    let policy = decision.policy();
    let Some(rating) = decision.ticket.rating.clone() else {
        return;
    };
    let mut events = Vec::new();
    if let Some((escalation, tier)) = &change.escalation {
        if has_acted(&change, tier, policy) {
            return;
        }
        let goes_at_once = policy.immediate_tier(rating.priority);
        let goes_there =
            goes_at_once.is_some_and(|to| policy.tier_rank(to) >= policy.tier_rank(tier));
        if !goes_there && before.tier == *tier {
            events.push(*escalation);
        }
    } else if !change.since.is_empty() {
        return;
    }
    let mut is_applied = false;
    if change.previous.as_ref() == Some(&rating) {
        events.extend(&change.targets);
        // A policy that was applied meanwhile is applied again.
        let applied = change.since.iter();
        let applied = applied.filter(|event| matches!(event.fact, Fact::TargetSet { .. }));
        let applied: Vec<u32> = applied.map(|event| event.n).collect();
        is_applied = !applied.is_empty();
        events.extend(applied);
    }
    if events.is_empty() {
        return;
    }
    events.extend(unfounded::unfounded_without(
        before, &events, change.at, decision,
    ));
    events.sort_unstable();
    events.dedup();
    decision.record_by_desk(Fact::Unfounded { events });
    if is_applied {
        decision.replace_targets();
    }
}

/// Returns whether somebody of a tier, or perhaps of it, has done anything since
/// a rating, or whether the ticket has gone on to somebody since.
fn has_acted(change: &RatingChange, tier: &Tier, policy: &Policy) -> bool {
    change.since.iter().any(|event| {
        let hands_over = matches!(event.fact, Fact::Assigned { .. } | Fact::Escalated { .. });
        let agent = event.actor.agent();
        let of_tier = match agent.and_then(|agent| policy.tier_of(agent)) {
            Some(known) => known == tier,
            None => agent != change.by.agent(),
        };
        hands_over || of_tier
    })
}
