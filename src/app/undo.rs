//! Taking back one's own last step on a ticket, and on those that it concerned too.

use std::collections::BTreeMap;

use super::Desk;
use super::ticket_commands::{load, record_all};
use crate::domain::decide::{self, Ctx, UndoRefusal};
use crate::domain::event::TicketId;
use crate::domain::mail::outgoing::{AfterAttempt, OutboxQuery};
use crate::domain::privacy::person_files;
use crate::domain::read_models::TicketUpdate;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::OutboxState;
use crate::error::Error;
use crate::store::Transaction;

impl Desk<'_> {
    /// Takes back the agent's own last step on a ticket. Mails about it that have not
    /// left the desk are cancelled.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`UndoRefusal`] as a [`Rejection`], or an error of the
    /// store.
    pub(crate) fn undo(&self, id: TicketId) -> Result<TicketUpdate, Error> {
        self.write(self.store_of(id)?, |mut txn, view| {
            let ticket = load(txn.as_ref(), id)?;
            let others = others(txn.as_ref(), &ticket)?;
            let policies = self.policies_in(txn.as_ref())?;
            // What is taken back is so from now on, whatever --at says.
            let ctx = self.ctx_now(&policies, self.acting(&policies)?);
            let events = decide::undo(&ticket, &others, &ctx)?;
            for (about, _) in &events {
                let concerned = others.iter().chain([&ticket]);
                for one in concerned.filter(|one| one.id == *about) {
                    cancel_mails(txn.as_mut(), one, &ctx)?;
                }
            }
            let mut done = record_all(txn.as_mut(), ticket, events, &policies)?;
            self.commit_update(txn, &mut done)?;
            Ok(view.shown_update(done))
        })
    }
}

/// Loads the tickets that the last step on a ticket concerned too, and those that
/// it concerned through them.
fn others(txn: &dyn Transaction, ticket: &Ticket) -> Result<Vec<Ticket>, Error> {
    let mut known: BTreeMap<TicketId, Ticket> = BTreeMap::new();
    let mut next = decide::concerned(ticket);
    while let Some(id) = next.pop() {
        if id == ticket.id || known.contains_key(&id) {
            continue;
        }
        let other = load(txn, id)?;
        next.extend(decide::concerned(&other));
        known.insert(id, other);
        // Links lead on and on, and one step concerns few tickets.
        if known.len() > 100 {
            break;
        }
    }
    Ok(known.into_values().collect())
}

/// Cancels the mails about the last step on a ticket.
///
/// # Errors
/// [`UndoRefusal::Sent`] if one has left the desk, or is just leaving it.
fn cancel_mails(txn: &mut dyn Transaction, ticket: &Ticket, ctx: &Ctx<'_>) -> Result<(), Error> {
    let Some(step) = decide::last_step(ticket) else {
        return Ok(());
    };
    let events: Vec<u32> = step.events().map(|event| event.n).collect();
    let query = OutboxQuery {
        ticket: Some(ticket.id),
        finished: true,
    };
    let mails = txn.outbox(query)?.into_iter();
    for entry in mails.filter(|entry| events.contains(&entry.mail.event)) {
        match entry.state {
            OutboxState::Queued | OutboxState::Held | OutboxState::Failed => {
                let after = AfterAttempt {
                    state: OutboxState::Cancelled,
                    not_before: ctx.now,
                    error: None,
                };
                txn.move_mail(entry.id, entry.state, &after)?;
            }
            OutboxState::Claimed
            | OutboxState::Handing
            | OutboxState::Unknown
            | OutboxState::Sent => {
                // What somebody of the desk was told does not keep the step.
                if person_files::is_about_its_recipient(entry.mail.kind) {
                    let recipient = entry.mail.recipient;
                    let id = ticket.id;
                    return Err(Rejection::from(UndoRefusal::Sent { id, recipient }).into());
                }
            }
            OutboxState::Cancelled => {}
        }
    }
    Ok(())
}
