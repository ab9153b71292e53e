//! The use case of time passing: everything that is due by itself is done,
//! each thing once, in the order in which it was due.

use std::collections::BTreeMap;

use super::Desk;
use super::ticket_commands::{load, record};
use crate::domain::Timestamp;
use crate::domain::automation;
use crate::domain::decide::{self, Ctx};
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketUpdate;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::{AccessMode, StoreError, Transaction};

/// How many things are done in one transaction: few enough that agents who
/// write meanwhile do not wait long.
const AT_ONCE: usize = 100;

impl Desk<'_> {
    /// Does what is due by now and hands over each thing once it is on disk.
    /// Another sweep at the same time takes turns with this one; neither does
    /// what the other has done.
    ///
    /// # Errors
    /// The store's, or what `take` returns; what was handed over is done.
    pub(crate) fn sweep(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !self.has_ripe()? {
            return Ok(());
        }
        let mut told = Ok(());
        // One ticket from a machine whose clock was ahead must not keep all
        // others waiting.
        let mut refused: BTreeMap<TicketId, Error> = BTreeMap::new();
        loop {
            let mut txn = self.writer()?.begin(AccessMode::Write)?;
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.passing(&policies);
            let mut done = Vec::new();
            while done.len() < AT_ONCE
                && let Some(id) = ripest(txn.as_ref(), ctx.now, &refused)?
            {
                let ticket = load(txn.as_ref(), id)?;
                match decide::run_next_timer(&ticket, &ctx) {
                    // Its row says that something is due, its events do not:
                    // going on would never end.
                    Ok(events) if events.is_empty() => {
                        refused.insert(id, out_of_step(id));
                    }
                    Ok(events) => done.push(record(txn.as_mut(), ticket, events, &policies)?),
                    Err(refusal) => {
                        refused.insert(id, refusal.into());
                    }
                }
            }
            if done.is_empty() {
                let first = refused.into_values().next();
                return told.and(first.map_or(Ok(()), Err));
            }
            txn.commit()?;
            // That nobody listens any more is no reason to leave things undone.
            told = told.and_then(|()| done.iter().try_for_each(&mut *take));
        }
    }

    /// Tells what a sweep would do now, without doing it.
    ///
    /// # Errors
    /// The store's, or what `take` returns.
    pub(crate) fn rehearse(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(store) = self.reader()? else {
            return Ok(());
        };
        let txn = store.begin(AccessMode::Read)?;
        let policies = self.policies_in(txn.as_ref())?;
        let ctx = self.passing(&policies);
        let mut waiting: BTreeMap<(Timestamp, TicketId), Ticket> = BTreeMap::new();
        for id in txn.due_actions(ctx.now)? {
            queue(load(txn.as_ref(), id)?, &ctx, &mut waiting);
        }
        while let Some((_, mut ticket)) = waiting.pop_first() {
            let before = Summary::new(&ticket, &policies);
            // What a sweep would refuse, it would leave out.
            let Ok(events) = decide::run_next_timer(&ticket, &ctx) else {
                continue;
            };
            for event in &events {
                ticket.apply(event);
            }
            take(&TicketUpdate {
                before: Some(before),
                after: Summary::new(&ticket, &policies),
                events,
                requested: None,
            })?;
            queue(ticket, &ctx, &mut waiting);
        }
        Ok(())
    }

    /// Whether anything is due, without asking for the write lock.
    fn has_ripe(&self) -> Result<bool, Error> {
        let Some(store) = self.reader()? else {
            return Ok(false);
        };
        Ok(store
            .begin(AccessMode::Read)?
            .next_due_action(self.now())?
            .is_some())
    }

    /// The circumstances under which the desk acts by itself.
    fn passing<'p>(&self, policy: &'p PolicyHistory) -> Ctx<'p> {
        let ctx = self.acting(policy, Actor::Desk);
        Ctx {
            now: self.at.map_or(ctx.now, |at| at.min(ctx.now)),
            ..ctx
        }
    }
}

/// The ticket about which something has been due for the longest time, those
/// left out for which it was refused.
fn ripest(
    txn: &dyn Transaction,
    now: Timestamp,
    refused: &BTreeMap<TicketId, Error>,
) -> Result<Option<TicketId>, Error> {
    match txn.next_due_action(now)? {
        Some(id) if refused.contains_key(&id) => {
            let all = txn.due_actions(now)?;
            Ok(all.into_iter().find(|id| !refused.contains_key(id)))
        }
        first => Ok(first),
    }
}

fn out_of_step(id: TicketId) -> Error {
    StoreError::Damaged {
        detail: format!("the row of {id} does not follow from its events"),
    }
    .into()
}

/// Puts a ticket in its place among those about which something is due.
fn queue(ticket: Ticket, ctx: &Ctx<'_>, waiting: &mut BTreeMap<(Timestamp, TicketId), Ticket>) {
    let due =
        automation::next_timer(&ticket, ctx.policy).filter(|due| due.actionable_at <= ctx.now);
    if let Some(due) = due {
        waiting.insert((due.actionable_at, ticket.id), ticket);
    }
}
