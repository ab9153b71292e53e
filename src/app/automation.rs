//! The sweep: takes all due actions of the desk, each once, in the order in
//! which they were due.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::Desk;
use super::recording::record;
use super::ticket_commands::load;
use crate::domain::Timestamp;
use crate::domain::automation;
use crate::domain::decide::{self, Ctx};
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketUpdate;
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// A clock that shows so much more time than the last write or sweep is perhaps
/// wrong.
const CLOCK_JUMP: TimeDelta = TimeDelta::days(7);

/// How exactly the time of a sweep is kept, so that few sweeps write.
const CLOCK_KEPT: TimeDelta = TimeDelta::days(1);

/// The machine's clock, and what it showed at the last write or sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClockJump {
    pub(crate) last: Timestamp,
    pub(crate) now: Timestamp,
}

/// The number of actions in one transaction: few enough that agents who write
/// at the same time do not wait long.
const AT_ONCE: usize = 100;

impl Desk<'_> {
    /// Returns how far the machine's clock is past the last write or sweep, if that
    /// is so much that it is perhaps wrong.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn clock_jump(&self) -> Result<Option<ClockJump>, Error> {
        let now = self.instant();
        let last = self.last_clock_time()?;
        Ok(last
            .filter(|last| now.signed_duration_since(*last) > CLOCK_JUMP)
            .map(|last| ClockJump { last, now }))
    }

    fn last_clock_time(&self) -> Result<Option<Timestamp>, Error> {
        match self.read_everything()? {
            Some(txn) => Ok(txn.last_clock_time()?),
            None => Ok(None),
        }
    }

    /// Keeps the time of the machine's clock, unless about the same one is kept.
    fn keep_clock_time(&self) -> Result<(), Error> {
        let now = self.instant();
        let is_old = |last: Timestamp| now.signed_duration_since(last) > CLOCK_KEPT;
        if self.last_clock_time()?.is_some_and(is_old) {
            self.write_everything(self.writer()?, |mut txn| {
                txn.keep_clock_time(now)?;
                self.commit(txn)
            })?;
        }
        Ok(())
    }

    /// Takes all due actions, and passes each one to `take` after its commit. Two
    /// sweeps at the same time take turns, and no action is taken twice.
    ///
    /// # Errors
    /// Errors of the store, or what `take` returns. Actions passed to `take` are committed.
    pub(crate) fn sweep(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.check_time()?;
        self.keep_clock_time()?;
        // One that fails must not keep the others from being done.
        let mut not_understood = Ok(());
        let mails = self.resume_mails(&mut |outcome| match (outcome.fault, outcome.update) {
            (Some(fault), _) => {
                not_understood = std::mem::replace(&mut not_understood, Ok(())).and(Err(fault));
                Ok(())
            }
            (None, Some(update)) => take(&update),
            (None, None) => Ok(()),
        });
        let mails = mails.and(not_understood);
        let acted = self.sweep_actions(take);
        let erased = self.sweep_retention(take);
        mails.and(acted).and(erased).and(self.finish_scrub())
    }

    /// Takes all due actions.
    fn sweep_actions(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !self.has_due_action()? {
            return Ok(());
        }
        let mut output = Ok(());
        // A ticket whose action is refused must not block the others.
        let mut refused: BTreeMap<TicketId, Error> = BTreeMap::new();
        loop {
            let done = self.write_everything(self.writer()?, |mut txn| {
                let view = self.view(txn.as_ref())?;
                let policies = self.policies_in(txn.as_ref())?;
                let ctx = self.automation_ctx(&policies);
                let mut done = Vec::new();
                while done.len() < AT_ONCE
                    && let Some(id) = most_overdue(txn.as_ref(), ctx.at, &refused)?
                {
                    let ticket = load(txn.as_ref(), id)?;
                    match decide::run_next_timer(&ticket, &ctx) {
                        // The stored timer is due, but the events disagree: trying
                        // again would never end.
                        Ok(events) if events.is_empty() => {
                            refused.insert(id, timer_mismatch(id));
                        }
                        Ok(events) => {
                            let update = record(txn.as_mut(), ticket, events, &policies)?;
                            done.push(view.shown_update(update));
                        }
                        Err(refusal) => {
                            refused.insert(id, refusal.into());
                        }
                    }
                }
                if !done.is_empty() {
                    self.commit(txn)?;
                }
                Ok(done)
            })?;
            if done.is_empty() {
                let first = refused.into_values().next();
                return output.and(first.map_or(Ok(()), Err));
            }
            // If the output fails, the remaining actions are still taken.
            output = output.and_then(|()| done.iter().try_for_each(&mut *take));
        }
    }

    /// Passes the actions that a sweep would take to `take`, without taking them.
    ///
    /// # Errors
    /// Errors of the store, or what `take` returns.
    pub(crate) fn preview_sweep(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.check_time()?;
        let Some(txn) = self.read_everything()? else {
            return Ok(());
        };
        let view = self.view(txn.as_ref())?;
        let policies = self.policies_in(txn.as_ref())?;
        let ctx = self.automation_ctx(&policies);
        let mut waiting: BTreeMap<(Timestamp, TicketId), Ticket> = BTreeMap::new();
        for id in txn.due_actions(ctx.at)? {
            queue(load(txn.as_ref(), id)?, &ctx, &mut waiting);
        }
        // Who reads the output may be slow.
        drop(txn);
        while let Some((_, mut ticket)) = waiting.pop_first() {
            let before = Summary::new(&ticket, &policies);
            // A sweep would skip a ticket whose action is refused.
            let Ok(events) = decide::run_next_timer(&ticket, &ctx) else {
                continue;
            };
            for event in &events {
                ticket.apply(event);
            }
            let after = Summary::new(&ticket, &policies);
            take(&view.shown_update(TicketUpdate::new(Some(before), after, events)))?;
            queue(ticket, &ctx, &mut waiting);
        }
        self.preview_retention(take)
    }

    /// Refuses a time in the future, when nothing can have been done yet.
    fn check_time(&self) -> Result<(), Rejection> {
        let now = self.instant();
        Rejection::check_not_in_the_future(self.at.unwrap_or(now), now)
    }

    /// Returns whether any action is due, without taking the write lock.
    fn has_due_action(&self) -> Result<bool, Error> {
        match self.read_everything()? {
            Some(txn) => Ok(txn.next_due_action(self.now())?.is_some()),
            None => Ok(false),
        }
    }

    /// Returns the context of automatic actions, whose time is the one up to which
    /// they are taken.
    fn automation_ctx<'p>(&self, policy: &'p PolicyHistory) -> Ctx<'p> {
        self.dated(self.ctx_now(policy, Actor::Desk))
    }
}

/// Returns the ticket whose next action is the most overdue, except those whose
/// action was refused.
fn most_overdue(
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

fn timer_mismatch(id: TicketId) -> Error {
    StoreError::damaged(format!("the row of {id} does not follow from its events")).into()
}

/// Queues a ticket by the time of its next action, if one is due.
fn queue(ticket: Ticket, ctx: &Ctx<'_>, waiting: &mut BTreeMap<(Timestamp, TicketId), Ticket>) {
    let due = automation::next_timer(&ticket, ctx.policy).filter(|due| due.actionable_at <= ctx.at);
    if let Some(due) = due {
        waiting.insert((due.actionable_at, ticket.id), ticket);
    }
}
