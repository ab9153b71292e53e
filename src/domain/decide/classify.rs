//! Identification, categorisation and prioritisation.

use super::decision::Decision;
use super::{Ratings, assignment, taken_back};
use crate::domain::category::Category;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::{Kind, Occurrence};

/// Records whether the ticket is an incident or a request.
pub(super) fn identify(decision: &mut Decision<'_>, kind: Kind, onset: Option<Occurrence>) {
    let onset = onset.unwrap_or(decision.ticket.onset);
    if decision.ticket.kind != Some(kind) || decision.ticket.onset != onset {
        let before = decision.ticket.clone();
        decision.record(Fact::Identified { kind, onset });
        decision.update_targets(&before);
    }
}

/// Records the category, which must be in the policy's tree.
pub(super) fn categorize(decision: &mut Decision<'_>, category: Category) -> Result<(), Rejection> {
    if decision.ticket.category.as_ref() != Some(&category) {
        decision.policy().check_category(&category)?;
        let before = decision.ticket.clone();
        decision.record(Fact::Categorized { category });
        decision.update_targets(&before);
    }
    Ok(())
}

/// Rates the ticket, updates its targets, and moves it to the tier that takes
/// its new priority at once. Ratings that are left out stay.
///
/// # Errors
/// An unknown level, or [`Rejection::RatingIncomplete`] for a first rating with
/// a part missing.
pub(super) fn prioritize(decision: &mut Decision<'_>, ratings: &Ratings) -> Result<(), Rejection> {
    let known = decision.ticket.rating.as_ref();
    let level = |typed: &Option<String>, known: Option<&str>| {
        let level = typed.clone().or_else(|| known.map(str::to_owned));
        level.ok_or(Rejection::RatingIncomplete {
            id: decision.ticket.id,
        })
    };
    let levels = known.and_then(|rating| rating.levels.as_ref());
    let users = level(&ratings.users, levels.map(|l| l.users.as_str()))?;
    let business = level(&ratings.business, levels.map(|l| l.business.as_str()))?;
    let urgency = level(&ratings.urgency, levels.map(|l| l.urgency.as_str()))?;
    let rating = decision.policy().matrix.rate(&users, &business, &urgency)?;
    if known == Some(&rating) {
        return Ok(());
    }
    let has_new_priority = known.map(|r| r.priority) != Some(rating.priority);
    let before = decision.ticket.clone();
    decision.record(Fact::Prioritized(rating));
    taken_back::take_back(decision, &before);
    if decision.ticket.clock_events.has_targets() {
        decision.update_targets(&before);
    } else {
        decision.set_targets();
    }
    if has_new_priority {
        assignment::escalate_by_priority(decision);
    }
    Ok(())
}
