//! Ending a ticket that was a mistake.

use super::breach;
use super::decision::Decision;
use crate::domain::event::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::{Closure, Status};
use crate::domain::vocabulary::State;

/// Ends a ticket that was a mistake: its clocks are cancelled, and it counts nowhere.
///
/// # Errors
/// [`Rejection::WrongState`] if it is void for another reason, or if other tickets
/// were merged into it; [`Rejection::Breach`] while a breach of personal data is open.
pub(super) fn void(decision: &mut Decision<'_>, reason: String) -> Result<(), Rejection> {
    let ticket = &decision.ticket;
    let id = ticket.id.0;
    let refused = |rule, help| {
        Err(Rejection::WrongState {
            id: ticket.id,
            state: ticket.status.state(),
            rule,
            help,
        })
    };
    if let Status::Closed(Closure::Void { reason: known }) = &ticket.status {
        return match *known == reason {
            true => Ok(()),
            false => refused(
                "it is void already, for another reason",
                format!("reopen {id} REASON, then desk void it again"),
            ),
        };
    }
    if let Some(merged) = ticket.merged_tickets.first() {
        return refused(
            "other tickets were merged into it",
            format!("reopen {} REASON", merged.id.0),
        );
    }
    breach::check_closed(ticket, State::Closed.as_str())?;
    decision.record(Fact::Voided { reason });
    Ok(())
}
