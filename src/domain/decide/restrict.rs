//! Who sees a ticket.

use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::people::Agent;
use crate::domain::rejection::Rejection;

/// Lets only these agents see the ticket. Whoever has it must be one of them, or
/// could not work on it.
pub(super) fn restrict(
    decision: &mut Decision<'_>,
    mut to: Vec<Agent>,
    reason: Option<String>,
) -> Result<(), Rejection> {
    to.sort();
    to.dedup();
    for agent in &to {
        decision.policy().check_agent(agent)?;
    }
    let id = decision.ticket.id;
    let assignee = decision.ticket.assignee.clone();
    if let Some(agent) = assignee.filter(|agent| !to.contains(agent)) {
        return Err(Rejection::NotNamed { id, agent, to });
    }
    if decision.ticket.restricted_to != to || reason.is_some() {
        decision.record(Fact::Restricted { to, reason });
    }
    Ok(())
}

/// Lets every agent see the ticket again.
pub(super) fn lift(decision: &mut Decision<'_>, reason: String) -> Result<(), Rejection> {
    if decision.ticket.restricted_to.is_empty() {
        let id = decision.ticket.id;
        return Err(Rejection::NotRestricted { id });
    }
    decision.record(Fact::RestrictionLifted { reason });
    Ok(())
}
