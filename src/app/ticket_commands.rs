//! Use cases that write: one transaction each, committed before anything is
//! reported.

use super::Desk;
use super::attachments::{MeasuredFile, attach};
use super::recording::{record, record_and_notify, record_new};
use super::writing::concerns_one_ticket;
use crate::domain::category::Category;
use crate::domain::decide::{self, Ancestry, Command, Ctx, Surroundings};
use crate::domain::event::{Event, TicketId};
use crate::domain::mail::notices::Circumstances;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::view::View;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::read_models::{Requested, TicketUpdate};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Relation, State};
use crate::error::Error;
use crate::store::{StoreError, Transaction};

impl Desk<'_> {
    /// Executes a command on a ticket. Messages to or from the requester of a
    /// merged ticket are recorded on its survivor, and those from the requester
    /// of a closed one on the ticket that follows it up, if need be a new one.
    ///
    /// # Errors
    /// [`Error::NotFound`], a [`Rejection`], or an error of the store.
    pub(crate) fn execute(&self, id: TicketId, command: &Command) -> Result<TicketUpdate, Error> {
        self.execute_with_files(id, command, &[])
    }

    /// As [`Self::execute`], and keeps files with what the command writes.
    ///
    /// # Errors
    /// As [`Self::execute`], and as [`MeasuredFile::measure`].
    pub(crate) fn execute_with_files(
        &self,
        id: TicketId,
        command: &Command,
        files: &[MeasuredFile<'_>],
    ) -> Result<TicketUpdate, Error> {
        let execute = |mut txn: Box<dyn Transaction + '_>, view: View| {
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = || self.ctx(&policies);
            let circumstances = self.circumstances.get();
            let command = command.clone();
            let mut done = execute_in(txn.as_mut(), &view, id, command, ctx, circumstances)?;
            if !files.is_empty() {
                attach(txn.as_mut(), &mut done, files, &ctx()?)?;
            }
            self.commit_update(txn, &mut done)?;
            Ok(view.shown_update(done))
        };
        let store = self.store_of(id)?;
        // Two files with one content are stored once.
        match concerns_one_ticket(command) && files.is_empty() {
            true => self.write_tickets(store, execute),
            false => self.write(store, execute),
        }
    }

    /// Checks whether a command would be accepted, without executing it.
    ///
    /// # Errors
    /// As [`Self::execute`].
    pub(crate) fn check_command(&self, id: TicketId, command: Command) -> Result<(), Error> {
        let txn = self.read_to_act()?.ok_or(Error::NotFound(id))?;
        let ticket = load(txn.as_ref(), id)?;
        let policies = self.policies_in(txn.as_ref())?;
        decide::decide(&ticket, command, &self.ctx(&policies)?)?;
        Ok(())
    }

    /// Merges a ticket into another one, or into the survivor of that one.
    ///
    /// # Errors
    /// [`Error::NotFound`], a [`Rejection`], or an error of the store.
    pub(crate) fn merge(&self, id: TicketId, into: TicketId) -> Result<TicketUpdate, Error> {
        self.write(self.store_of(id)?, |mut txn, view| {
            let ticket = load(txn.as_ref(), id)?;
            let stays = survivor(txn.as_ref(), load(txn.as_ref(), into)?)?;
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx(&policies)?;
            if stays.id == id && stays.id != into {
                // The other one was merged into this one.
                return Err(Rejection::Merged { id: into, into: id }.into());
            }
            let indirectly =
                ticket.id != stays.id && survivor(txn.as_ref(), ticket.clone())?.id == stays.id;
            let events = if indirectly {
                Vec::new()
            } else {
                let linked = ticket.links.iter();
                let linked = linked.map(|(_, other)| load(txn.as_ref(), *other));
                let around = Surroundings {
                    linked: linked.collect::<Result<_, _>>()?,
                    above_merged: ancestry(txn.as_ref(), &[ticket.id])?,
                    above_survivor: ancestry(txn.as_ref(), &[stays.id])?,
                    is_limited: view.limits_history(ticket.history()).is_some(),
                };
                decide::merge(&ticket, &stays, &around, &ctx)?
            };
            let mut done = record_all(txn.as_mut(), ticket, events, &policies)?;
            self.commit_update(txn, &mut done)?;
            Ok(view.shown_update(done))
        })
    }

    /// Links another ticket to this one, or removes a link.
    ///
    /// # Errors
    /// [`Error::NotFound`], a [`Rejection`], or an error of the store.
    pub(crate) fn link(
        &self,
        id: TicketId,
        relation: Relation,
        other: TicketId,
        remove: bool,
    ) -> Result<TicketUpdate, Error> {
        self.both(id, other, |ticket, other, txn, ctx| {
            let events = if remove {
                decide::unlink(ticket, relation, &other, ctx)?
            } else {
                let parent = decide::parent_in(ticket.id, relation, other.id);
                // Read under the write lock, so that two agents cannot close a
                // cycle together.
                let ancestry = parent.map(|parent| ancestry(txn, &[parent])).transpose()?;
                let ancestry = ancestry.unwrap_or_default();
                decide::link(ticket, relation, &other, &ancestry, ctx)?
            };
            Ok((other, events))
        })
    }

    /// Decides on two tickets in one transaction.
    fn both(
        &self,
        id: TicketId,
        other: TicketId,
        decide: impl Fn(
            &Ticket,
            Ticket,
            &dyn Transaction,
            &Ctx<'_>,
        ) -> Result<(Ticket, (Vec<Event>, Vec<Event>)), Error>,
    ) -> Result<TicketUpdate, Error> {
        self.write(self.store_of(id)?, |mut txn, view| {
            let here = load(txn.as_ref(), id)?;
            let there = load(txn.as_ref(), other)?;
            let policies = self.policies_in(txn.as_ref())?;
            let ctx = self.ctx(&policies)?;
            let (there, (ours, theirs)) = decide(&here, there, txn.as_ref(), &ctx)?;
            let mut done = record(txn.as_mut(), here, ours, &policies)?;
            record(txn.as_mut(), there, theirs, &policies)?;
            self.commit_update(txn, &mut done)?;
            Ok(view.shown_update(done))
        })
    }
}

/// Executes a command on a ticket within a transaction; see [`Desk::execute`].
pub(super) fn execute_in<'p>(
    txn: &mut dyn Transaction,
    view: &View,
    id: TicketId,
    mut command: Command,
    ctx: impl FnOnce() -> Result<Ctx<'p>, Error>,
    circumstances: Circumstances,
) -> Result<TicketUpdate, Error> {
    let mut ticket = load(txn, id)?;
    let requester = ticket.requester.clone();
    let is_message = matches!(command, Command::RecordMessage { .. });
    if is_message || matches!(command.untimed(), Command::Reply { .. }) {
        ticket = survivor(txn, ticket)?;
    }
    let mut requested = (ticket.id != id).then_some(Requested::Merged(id));
    if is_message {
        let addressed = ticket.id;
        ticket = follow_up(txn, ticket)?;
        if ticket.id != addressed {
            requested = Some(Requested::FollowedUp(id));
        }
    }
    if let Command::RecordMessage { written_to, .. } = &mut command
        && ticket.id != id
    {
        *written_to = Some(requester);
    }
    let ctx = ctx()?;
    if decide::needs_follow_up(&ticket, &command, &ctx)
        && let Command::RecordMessage {
            text,
            via,
            sender,
            written_to,
            thanks: _,
        } = command
    {
        let next = txn.next_id()?;
        let sender = decide::Sender {
            typed: sender.as_deref(),
            written_to: written_to.as_ref(),
        };
        let (events, links) = decide::follow_up(next, &ticket, text, via, sender, &ctx)?;
        let mut done = record_new(txn, events, ctx.policy, circumstances)?;
        record(txn, ticket, links, ctx.policy)?;
        done.requested = Some(Requested::FollowedUp(id));
        return Ok(done);
    }
    if let Command::Diagnose(diagnosis) = &mut command
        && let Some(category) = &ticket.category
    {
        diagnosis.workarounds = workarounds(txn, view, category, ctx.policy)?;
    }
    let mut done = if let Command::Reopen { reason } = &command
        && ticket.merged_into().is_some()
    {
        undo_merge(txn, ticket, reason.clone(), &ctx)?
    } else {
        let events = decide::decide(&ticket, command, &ctx)?;
        record_and_notify(txn, ticket, events, ctx.policy, circumstances)?
    };
    done.requested = requested;
    Ok(done)
}

/// Returns the workarounds of the known errors that the findings of a category
/// name.
pub(super) fn workarounds(
    txn: &dyn Transaction,
    view: &View,
    category: &Category,
    policies: &PolicyHistory,
) -> Result<Vec<(TicketId, String)>, Error> {
    let mut known = Vec::new();
    for finding in Questionnaire::for_category(policies, category).findings {
        let Some(id) = finding.advice.known_error else {
            continue;
        };
        if view.hides(id).is_some() {
            continue;
        }
        let history = txn.history(id)?;
        if view.limits_history(&history).is_some() {
            continue;
        }
        let other = Ticket::replay(&history);
        known.extend(other.and_then(|other| Some((id, other.known_error?.workaround))));
    }
    Ok(known)
}

/// Saves the events of several tickets. Returns the update of the first one.
pub(super) fn record_all(
    txn: &mut dyn Transaction,
    ticket: Ticket,
    events: Vec<(TicketId, Vec<Event>)>,
    policies: &PolicyHistory,
) -> Result<TicketUpdate, Error> {
    let mut own = Vec::new();
    for (id, events) in events {
        if id == ticket.id {
            own = events;
        } else {
            let other = load(txn, id)?;
            record(txn, other, events, policies)?;
        }
    }
    record(txn, ticket, own, policies)
}

/// Undoes the merge of a ticket by reopening it.
fn undo_merge(
    txn: &mut dyn Transaction,
    ticket: Ticket,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<TicketUpdate, Error> {
    let mut chain: Vec<Ticket> = Vec::new();
    let mut next = ticket.merged_into();
    while let Some(into) = next.filter(|into| chain.iter().all(|known| known.id != *into)) {
        let holder = load(txn, into)?;
        next = holder.merged_into();
        chain.push(holder);
    }
    let linked = ticket.moved_away.links.iter();
    let linked = linked.map(|(_, id)| Ok((*id, survivor(txn, load(txn, *id)?)?)));
    let linked = linked.collect::<Result<Vec<_>, Error>>()?;
    let around = linked.iter().map(|(_, now)| now.id);
    let around: Vec<TicketId> = around.chain(chain.last().map(|last| last.id)).collect();
    let above = ancestry(txn, &around)?;
    // What these carry stays where everybody sees it already.
    let still_merged = decide::still_merged(&ticket, &chain).into_iter();
    let still_merged = still_merged.map(|id| replay(txn.hidden_history(id)?));
    let still_merged: Vec<Ticket> = still_merged.collect::<Result<_, _>>()?;
    let merges = (chain.as_slice(), still_merged.as_slice());
    let events = decide::undo_merge(&ticket, reason, merges, &linked, above, ctx)?;
    record_all(txn, ticket, events, ctx.policy)
}

/// Loads a ticket by replaying its history.
pub(super) fn load(txn: &dyn Transaction, id: TicketId) -> Result<Ticket, Error> {
    let history = txn.history(id)?;
    if history.is_empty() {
        return Err(Error::NotFound(id));
    }
    replay(history)
}

pub(super) fn replay(history: Vec<Event>) -> Result<Ticket, Error> {
    Ticket::from_history(history)
        .ok_or_else(|| StoreError::damaged("a history does not begin with an opening").into())
}

/// Returns the tickets above some tickets. One that is missing has no parents.
fn ancestry(txn: &dyn Transaction, starts: &[TicketId]) -> Result<Ancestry, Error> {
    Ancestry::above(starts, |id| {
        // Only the numbers of tickets come of it, in a refusal.
        let ticket = Ticket::from_history(txn.hidden_history(id)?);
        let links = ticket.map(|ticket| ticket.links).unwrap_or_default();
        let parents = links.into_iter();
        let parents = parents.filter(|(relation, _)| *relation == Relation::Parent);
        Ok(parents.map(|(_, parent)| parent).collect())
    })
}

/// Returns the ticket to which a message of the requester belongs: the last one
/// that follows up a closed one.
pub(super) fn follow_up(txn: &dyn Transaction, mut ticket: Ticket) -> Result<Ticket, Error> {
    let mut seen = vec![ticket.id];
    while ticket.status.state() == State::Closed {
        let links = ticket.links.iter().rev();
        let next = links
            .filter(|(relation, _)| *relation == Relation::FollowUp)
            .map(|(_, next)| *next)
            .find(|next| !seen.contains(next));
        let Some(next) = next else { break };
        ticket = survivor(txn, load(txn, next)?)?;
        seen.extend([next, ticket.id]);
    }
    Ok(ticket)
}

/// Returns the ticket at the end of a chain of merges.
pub(super) fn survivor(txn: &dyn Transaction, ticket: Ticket) -> Result<Ticket, Error> {
    let merged = |ticket: &Ticket| (ticket.id, ticket.merged_into());
    end_of_merges(ticket, merged, |into| load(txn, into))
}

/// Follows a chain of merges to its end; `merged` tells which ticket one is, and
/// into which it was merged.
pub(super) fn end_of_merges<T>(
    start: T,
    merged: impl Fn(&T) -> (TicketId, Option<TicketId>),
    load: impl Fn(TicketId) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut found = start;
    // Merges never form a cycle, but a damaged store must not cause an endless loop.
    for _ in 0..1_000 {
        match merged(&found) {
            (_, Some(into)) => found = load(into)?,
            (_, None) => return Ok(found),
        }
    }
    let cycle = format!("the merges of {} form a cycle", merged(&found).0);
    Err(StoreError::damaged(cycle).into())
}

/// Reads the row of a ticket.
pub(super) fn row(txn: &dyn Transaction, id: TicketId) -> Result<Summary, Error> {
    txn.summary(id)?.ok_or(Error::NotFound(id))
}
