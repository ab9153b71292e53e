//! The time that agents spend on a ticket.

use chrono::TimeDelta;

use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;

/// Records the time that was spent. A negative one corrects what the same agent
/// recorded before.
///
/// # Errors
/// [`Rejection::LessThanNoTime`] if it takes away more than there is.
pub(super) fn spend(
    decision: &mut Decision<'_>,
    time: TimeDelta,
    note: Option<String>,
) -> Result<(), Rejection> {
    if time < TimeDelta::zero() {
        let agent = decision.actor().agent();
        let known = agent.and_then(|agent| decision.ticket.time_spent.get(agent));
        let known = known.copied().unwrap_or_default();
        if known + time < TimeDelta::zero() {
            return Err(Rejection::LessThanNoTime {
                id: decision.ticket.id,
                agent: agent.cloned(),
                known,
            });
        }
    }
    decision.record(Fact::TimeSpent { time, note });
    Ok(())
}
