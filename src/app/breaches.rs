//! Use cases of breaches of personal data: putting one on record together with
//! a new ticket, and the register.

use super::Desk;
use super::recording::record_new;
use super::ticket_commands::replay;
use crate::domain::breach::OpenNotification;
use crate::domain::breach::refusal::BreachRefusal;
use crate::domain::decide::{self, BreachCommand, Command, NewTicket};
use crate::domain::event::TicketId;
use crate::domain::read_models::{BreachEntry, TicketUpdate};
use crate::domain::rejection::Rejection;
use crate::error::Error;

impl Desk<'_> {
    /// Opens a ticket about a breach: both are on record, or neither.
    ///
    /// # Errors
    /// A [`Rejection`], or an error of the store.
    pub(crate) fn open_with_breach(
        &self,
        new: &NewTicket,
        breach: &BreachCommand,
    ) -> Result<TicketUpdate, Error> {
        // A command without an actor must not create a store.
        self.agent()?;
        self.write_everything(self.writer()?, |mut txn| {
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx(&policies)?;
            let id = txn.next_id()?;
            let mut events = decide::open(id, new.clone(), &ctx)?;
            let ticket = replay(events.clone())?;
            events.extend(decide::decide(
                &ticket,
                Command::Breach(breach.clone()),
                &ctx,
            )?);
            let circumstances = self.circumstances.get();
            let mut done = record_new(txn.as_mut(), events, &policies, circumstances)?;
            self.commit_update(txn, &mut done)?;
            Ok(done)
        })
    }

    /// Returns the breach of a ticket.
    ///
    /// # Errors
    /// [`Error::NotFound`], or a [`Rejection`] for a ticket without a breach.
    pub(crate) fn breach(&self, id: TicketId) -> Result<BreachEntry, Error> {
        let page = self.details(id)?;
        let missing = || Rejection::from(BreachRefusal::None { id });
        Ok(BreachEntry {
            breach: page.ticket.breach.ok_or_else(missing)?,
            summary: page.summary,
        })
    }

    /// Returns the register: every breach, in the order of tickets.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn breaches(&self) -> Result<Vec<BreachEntry>, Error> {
        let ids = match self.read()? {
            Some(txn) => txn.breaches()?,
            None => Vec::new(),
        };
        let mut all = Vec::new();
        for id in ids {
            match self.breach(id) {
                Ok(entry) => all.push(entry),
                // It was not on record yet at the time of --at.
                Err(Error::NotFound(_) | Error::Rejected(Rejection::Breach(_))) => {}
                // It is not for this agent.
                Err(Error::Rejected(Rejection::Restricted { .. })) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(all)
    }

    /// Returns the notifications that are to be sent, the next due first.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn open_notifications(&self) -> Result<Vec<OpenNotification>, Error> {
        if self.past().is_none() {
            return match self.read()? {
                Some(txn) => Ok(txn.open_notifications()?),
                None => Ok(Vec::new()),
            };
        }
        let mut open = Vec::new();
        for entry in self.breaches()? {
            open.extend(entry.open_notifications());
        }
        open.sort_by_key(|one| (one.due, one.ticket, one.number));
        Ok(open)
    }
}
