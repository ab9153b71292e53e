//! Who works on a ticket: assignment, functional escalation to a tier, and
//! hierarchical escalation to a manager.

use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::people::Agent;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::State;

pub(super) fn assign(decision: &mut Decision<'_>, agent: Agent) -> Result<(), Rejection> {
    if decision.ticket.assignee.as_ref() != Some(&agent) {
        decision.policy().check_agent(&agent)?;
        let to = &decision.ticket.restricted_to;
        if !to.is_empty() && !to.contains(&agent) {
            return Err(Rejection::NotNamed {
                id: decision.ticket.id,
                agent,
                to: to.clone(),
            });
        }
        decision.record(Fact::Assigned { agent });
    }
    Ok(())
}

/// Assigns a ticket that nobody else has. Of two agents who take the same
/// ticket, the first one gets it.
pub(super) fn take(decision: &mut Decision<'_>, agent: Agent) -> Result<(), Rejection> {
    match &decision.ticket.assignee {
        Some(by) if *by != agent => Err(Rejection::Taken {
            id: decision.ticket.id,
            by: by.clone(),
        }),
        Some(_) | None => assign(decision, agent),
    }
}

pub(super) fn unassign(decision: &mut Decision<'_>, reason: Option<String>) {
    if decision.ticket.assignee.is_some() {
        decision.record(Fact::Unassigned { reason });
    } else {
        decision.record_note(reason);
    }
}

/// Moves the ticket to another tier, the next one up by default, and then
/// assigns it if an agent is given.
pub(super) fn escalate(
    decision: &mut Decision<'_>,
    to: Option<&str>,
    reason: String,
    agent: Option<Agent>,
) -> Result<(), Rejection> {
    let policy = decision.policy();
    let current = policy.tier_rank(&decision.ticket.tier);
    let next = match to {
        Some(typed) => policy.find_tier(typed)?,
        None => policy
            .tiers
            .get(current + 1)
            .ok_or_else(|| Rejection::NoHigherTier {
                id: decision.ticket.id,
                tier: decision.ticket.tier.to_string(),
            })?,
    };
    if decision.ticket.tier != *next {
        decision.record(Fact::Escalated {
            to: next.clone(),
            up: policy.tier_rank(next) > current,
            reason,
        });
    } else {
        // The tier stays, so the reason is kept as a note.
        decision.record_note(Some(reason));
    }
    if let Some(agent) = agent {
        assign(decision, agent)?;
    }
    Ok(())
}

/// Moves the ticket to the tier that takes its priority at once, if the policy
/// names a higher one.
pub(super) fn escalate_by_priority(decision: &mut Decision<'_>) {
    let policy = decision.policy();
    let Some(priority) = decision
        .ticket
        .rating
        .as_ref()
        .map(|rating| rating.priority)
    else {
        return;
    };
    if let Some(tier) = policy.immediate_tier(priority)
        && decision.ticket.status.state() != State::Resolved
        && policy.tier_rank(&decision.ticket.tier) < policy.tier_rank(tier)
    {
        decision.record_by_desk(Fact::Escalated {
            to: tier.clone(),
            up: true,
            reason: format!("{priority} goes to {tier} at once"),
        });
    }
}

pub(super) fn inform_manager(decision: &mut Decision<'_>, manager: String, reason: String) {
    decision.record(Fact::ManagerInformed { manager, reason });
}
