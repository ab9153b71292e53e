//! Everything about one ticket, as of now or as of a past time.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::Desk;
use super::alarms::all_alarms;
use super::ticket_commands::{load, replay};
use crate::domain::Timestamp;
use crate::domain::alarms::Alarms;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::mail::outgoing::{OutboxEntry, OutboxQuery};
use crate::domain::priority::Rating;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::ticket::{Ticket, history_until, without_effect};
use crate::error::Error;
use crate::store::{StoreError, Transaction};

impl Desk<'_> {
    /// Returns everything about a ticket that the agent may see.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a ticket that was not yet opened at that time.
    pub(crate) fn details(&self, id: TicketId) -> Result<TicketDetails, Error> {
        let mut page = self.whole_details(id)?;
        if let Some(txn) = self.read()? {
            let view = self.view(txn.as_ref())?;
            page.remove_tickets(&|id| view.hides(id).is_some());
        }
        Ok(page)
    }

    /// As [`Self::details`], with what the ticket has to do with others that are
    /// restricted: clocks depend on it.
    ///
    /// # Errors
    /// As [`Self::details`].
    pub(super) fn whole_details(&self, id: TicketId) -> Result<TicketDetails, Error> {
        let txn = self.read()?.ok_or(Error::NotFound(id))?;
        let policies = self.policies_in(txn.as_ref())?;
        let mut history = txn.history(id)?;
        if let Some(moment) = self.past() {
            history = history_until(history, moment);
        }
        if history.is_empty() {
            return Err(Error::NotFound(id));
        }
        let ticket = replay(history.clone())?.at(self.now());
        // How many they were at a time in the past is not known.
        let past = self.past();
        let merged = merged_tickets(txn.as_ref(), &ticket, past)?;
        let tickets = std::iter::once(&ticket).chain(merged.iter().map(|(merged, _)| merged));
        let alarms = all_alarms(txn.as_ref(), tickets)?
            .filter(|alarms| past.is_none_or(|moment| alarms.total.last <= moment));
        let limit = txn.limit_on(id)?;
        let merged_time = merged.iter().filter_map(|(merged, _)| {
            let spent: TimeDelta = merged.time_spent.values().sum();
            (!spent.is_zero()).then_some((merged.id, spent))
        });
        let mut merged_time: Vec<(TicketId, TimeDelta)> = merged_time.collect();
        merged_time.sort_unstable();
        let merged_events = merged_events(merged.into_iter().map(|(_, history)| history));
        let contact = ticket.requester.contact.as_deref();
        let contact = contact.filter(|_| limit.is_none() && past.is_none());
        let undeliverable = match contact {
            Some(contact) => txn.undeliverable(contact)?,
            None => None,
        };
        let mut undelivered = Vec::new();
        if past.is_none() && limit.is_none() {
            let query = OutboxQuery {
                ticket: Some(id),
                finished: false,
            };
            undelivered = txn.outbox(query)?;
            undelivered.retain(OutboxEntry::is_undelivered);
        }
        Ok(TicketDetails {
            undelivered,
            undeliverable,
            alarms: alarms.map(|alarms| match limit {
                Some(_) => Alarms::new(alarms.total, Vec::new()),
                None => alarms,
            }),
            limit,
            merged_events,
            merged_time,
            summary: Summary::new(&ticket, &policies),
            ticket,
            history,
        })
    }

    /// Returns the rating that a ticket has now.
    ///
    /// # Errors
    /// [`Error::NotFound`], or an error of the store.
    pub(crate) fn rating(&self, id: TicketId) -> Result<Option<Rating>, Error> {
        let txn = self.read()?.ok_or(Error::NotFound(id))?;
        Ok(load(txn.as_ref(), id)?.rating)
    }
}

/// Returns the tickets that were merged into one, and those that were merged into
/// these, each with its history.
fn merged_tickets(
    txn: &dyn Transaction,
    ticket: &Ticket,
    until: Option<Timestamp>,
) -> Result<Vec<(Ticket, Vec<Event>)>, Error> {
    let mut seen = BTreeSet::from([ticket.id]);
    let ids = |ticket: &Ticket| -> Vec<TicketId> {
        let merged = ticket.merged_tickets.iter();
        merged.map(|merged| merged.id).collect()
    };
    let mut open = ids(ticket);
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let mut history = match txn.history(id) {
            Err(StoreError::Restricted(_)) => continue,
            history => history?,
        };
        if let Some(until) = until {
            history = history_until(history, until);
        }
        if let Some(merged) = Ticket::replay(&history) {
            open.extend(ids(&merged));
            found.push((merged, history));
        }
    }
    Ok(found)
}

/// Returns the openings, the public messages and the values of fields among the
/// events of some tickets, in order, without what was taken back.
fn merged_events(histories: impl Iterator<Item = Vec<Event>>) -> Vec<Event> {
    let is_shown = |event: &Event| {
        matches!(
            event.fact,
            Fact::Opened(_)
                | Fact::Replied { .. }
                | Fact::MessageReceived { .. }
                | Fact::FieldsSet { .. }
        )
    };
    let mut events: Vec<Event> = histories
        .flat_map(|history| {
            let nothing = without_effect(&history);
            let effective = history.into_iter();
            effective.filter(move |event| is_shown(event) && !nothing.contains(&event.n))
        })
        .collect();
    events.sort_by_key(|event| (event.at, event.ticket, event.n));
    events
}
