//! Identification, categorisation and prioritisation.

use super::super::category::Category;
use super::super::event::Fact;
use super::super::rejection::Rejection;
use super::super::vocabulary::{Kind, Occurrence, State};
use super::Ratings;
use super::decision::Decision;

pub(super) fn identify(deed: &mut Decision<'_>, kind: Kind, onset: Option<Occurrence>) {
    let onset = onset.unwrap_or(deed.ticket.onset);
    if deed.ticket.kind != Some(kind) || deed.ticket.onset != onset {
        let before = deed.ticket.clone();
        deed.push(Fact::Identified { kind, onset });
        deed.update_targets(&before);
    }
}

pub(super) fn categorize(deed: &mut Decision<'_>, category: Category) -> Result<(), Rejection> {
    if deed.ticket.category.as_ref() != Some(&category) {
        deed.policy().check_category(&category)?;
        let before = deed.ticket.clone();
        deed.push(Fact::Categorized { category });
        deed.update_targets(&before);
    }
    Ok(())
}

/// Rates the ticket, updates its targets, and hands it to the tier that takes
/// this priority at once.
pub(super) fn prioritize(deed: &mut Decision<'_>, ratings: &Ratings) -> Result<(), Rejection> {
    let known = deed.ticket.rating.clone();
    let level = |typed: &Option<String>, known: Option<&str>| {
        typed
            .clone()
            .or_else(|| known.map(str::to_owned))
            .ok_or(Rejection::RatingIncomplete { id: deed.ticket.id })
    };
    let known = known.as_ref();
    let users = level(&ratings.users, known.map(|r| r.users.as_str()))?;
    let business = level(&ratings.business, known.map(|r| r.business.as_str()))?;
    let urgency = level(&ratings.urgency, known.map(|r| r.urgency.as_str()))?;
    let rating = deed.policy().matrix.rate(&users, &business, &urgency)?;
    let priority = rating.priority;
    if deed.ticket.rating.as_ref() == Some(&rating) {
        return Ok(());
    }
    let moved = deed.ticket.rating.as_ref().map(|r| r.priority) != Some(priority);
    let before = deed.ticket.clone();
    deed.push(Fact::Prioritized(rating));
    if deed.ticket.clock_events.has_targets() {
        deed.update_targets(&before);
    } else {
        deed.set_targets();
    }
    if moved {
        hand_over_at_once(deed);
    }
    Ok(())
}

/// Hands the ticket to the tier that takes its priority at once.
pub(super) fn hand_over_at_once(deed: &mut Decision<'_>) {
    let policy = deed.policy();
    let Some(priority) = deed.ticket.rating.as_ref().map(|rating| rating.priority) else {
        return;
    };
    if let Some(tier) = policy.immediate_tier(priority)
        && deed.ticket.status.state() != State::Resolved
        && policy.tier_rank(&deed.ticket.tier) < policy.tier_rank(tier)
    {
        deed.push_by_rule(Fact::Escalated {
            to: tier.clone(),
            up: true,
            reason: format!("{priority} goes to {tier} at once"),
        });
    }
}
