//! Use cases that read, as of now or as of a past time. A past ticket is the
//! replay of its events up to that time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use chrono::TimeDelta;

use super::Desk;
use super::alarms::all_alarms;
use super::ticket_commands::{load, replay};
use crate::domain::Timestamp;
use crate::domain::alarms::Alarms;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::group_counts::{GroupCount, GroupCounts};
use crate::domain::mail::outgoing::{OutboxEntry, OutboxQuery};
use crate::domain::priority::Rating;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::{Query, SortKey};
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::ticket::{Ticket, history_until, without_effect};
use crate::domain::vocabulary::Grouping;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// The tickets of a list that are still to be read, as they were at a link of
/// the chain.
#[derive(Default)]
struct Rest {
    ids: Vec<TicketId>,
    last_link: i64,
}

/// How many rows are read in one transaction; few in tests, so that they turn
/// pages.
const PAGE: usize = if cfg!(test) { 10 } else { 500 };

impl Desk<'_> {
    /// Passes the tickets of a query to `take`, in order, as they were at the
    /// beginning. Reads page by page, and no transaction is open meanwhile.
    ///
    /// # Errors
    /// Errors of the store, or what `take` returns.
    pub(crate) fn each(
        &self,
        query: &Query,
        take: &mut dyn FnMut(&Summary) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (rows, rest) = self.first_page(query)?;
        rows.iter().try_for_each(&mut *take)?;
        for page in rest.ids.chunks(PAGE) {
            let rows = self.rows_as_they_were(page, rest.last_link, query.restricted_tickets())?;
            rows.iter().try_for_each(&mut *take)?;
        }
        Ok(())
    }

    /// As [`Self::each`], with all that is known of each ticket. No transaction is
    /// open while `take` runs.
    ///
    /// # Errors
    /// As [`Self::each`].
    pub(crate) fn each_in_full(
        &self,
        query: &Query,
        take: &mut dyn FnMut(&Summary, &Ticket) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.each(query, &mut |row| {
            let history = match self.read()? {
                Some(txn) => txn.history(row.id)?,
                None => return Ok(()),
            };
            take(row, &replay(history)?)
        })
    }

    /// Reads the first rows of a query, and which tickets come after them.
    fn first_page(&self, query: &Query) -> Result<(Vec<Summary>, Rest), Error> {
        let Some(txn) = self.read()? else {
            return Ok((Vec::new(), Rest::default()));
        };
        let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
        if let Some(moment) = self.past() {
            let mut rows = rows_at(txn.as_ref(), query, moment, self)?;
            rows.truncate(limit);
            return Ok((rows, Rest::default()));
        }
        let mut rows = Vec::new();
        let first = Query {
            limit: u32::try_from(PAGE.min(limit)).ok(),
            ..query.clone()
        };
        txn.each(&first, self.now(), &mut |row| {
            rows.push(row.at(self.now()));
            ControlFlow::Continue(())
        })?;
        let mut rest = Rest::default();
        if rows.len() == PAGE && limit > PAGE {
            rest.ids = txn.matching(query, self.now())?.split_off(PAGE);
            rest.last_link = txn.last_link()?;
        }
        Ok((rows, rest))
    }

    /// Reads rows as they were at a link of the chain.
    fn rows_as_they_were(
        &self,
        page: &[TicketId],
        last_link: i64,
        restricted: RestrictedTickets,
    ) -> Result<Vec<Summary>, Error> {
        let txn = self.read()?.ok_or_else(|| self.missing())?;
        let view = self.view(txn.as_ref())?;
        let changed: BTreeSet<TicketId> = txn.changed_since(last_link)?.into_iter().collect();
        let rows = txn.summaries(page)?.into_iter();
        let mut rows: BTreeMap<TicketId, Summary> = rows.map(|row| (row.id, row)).collect();
        let row = |id: &TicketId| {
            let row = rows.remove(id).ok_or(Error::NotFound(*id))?;
            if !changed.contains(id) || view.hides(*id).is_some() {
                return Ok(row.at(self.now()));
            }
            let history = txn.history_until(*id, last_link)?;
            let policies = self.policies_in(txn.as_ref())?;
            Ok(Summary::new(&replay(history)?, &policies).at(self.now()))
        };
        // One that was restricted since then is not shown either.
        let leaves_out = restricted == RestrictedTickets::LeaveOut;
        let shown = |id: &&TicketId| !leaves_out || view.hides(**id).is_none();
        page.iter().filter(shown).map(row).collect()
    }

    /// Returns the tickets of a query.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn find(&self, query: &Query) -> Result<Vec<Summary>, Error> {
        let mut rows = Vec::new();
        self.each(query, &mut |row| {
            rows.push(row.clone());
            Ok(())
        })?;
        Ok(rows)
    }

    /// Counts the tickets of a query, regardless of its limit.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn count(&self, query: &Query) -> Result<u64, Error> {
        let Some(txn) = self.read()? else {
            return Ok(0);
        };
        match self.past() {
            Some(moment) => Ok(rows_at(txn.as_ref(), query, moment, self)?.len() as u64),
            None => Ok(txn.count(query, self.now())?),
        }
    }

    /// Counts the open tickets of a query by group, regardless of its limit.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn group_counts(&self, query: &Query, by: Grouping) -> Result<GroupCounts, Error> {
        let Some(txn) = self.read()? else {
            return Ok(GroupCounts::count(&[], by, self.now()));
        };
        match self.past() {
            Some(moment) => {
                let rows = rows_at(txn.as_ref(), query, moment, self)?;
                Ok(GroupCounts::count(&rows, by, moment))
            }
            None => Ok(txn.group_counts(query, by, self.now())?),
        }
    }

    /// Counts the open tickets of a query. Unlike in other reads, a missing store
    /// is an error.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn open_counts(&self, query: &Query) -> Result<GroupCount, Error> {
        if self.reader()?.is_none() {
            return Err(self.missing().into());
        }
        let query = Query {
            restricted: RestrictedTickets::Count,
            ..query.clone()
        };
        Ok(self.group_counts(&query, Grouping::Priority)?.total())
    }

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

    /// Returns the time given with `--at`, if it is in the past.
    pub(super) fn past(&self) -> Option<Timestamp> {
        self.at.filter(|at| *at < self.instant())
    }
}

/// Returns the tickets of a query as of a past time. Tickets that changed since
/// are replayed up to that time.
pub(super) fn rows_at(
    txn: &dyn Transaction,
    query: &Query,
    moment: Timestamp,
    desk: &Desk<'_>,
) -> Result<Vec<Summary>, Error> {
    let policies = desk.policies_in(txn)?;
    let view = desk.view(txn)?;
    let restricted = query.restricted_tickets();
    let mut rows = Vec::new();
    let mut changed = Vec::new();
    let every = Query {
        restricted,
        sort: SortKey::Id,
        ..Query::all()
    };
    txn.each(&every, moment, &mut |row| {
        if row.opened <= moment {
            if row.updated <= moment {
                rows.push(row.at(moment));
            } else {
                changed.push(row.id);
            }
        }
        ControlFlow::Continue(())
    })?;
    for id in changed {
        let history = history_until(txn.hidden_history(id)?, moment);
        let row = Summary::new(&replay(history)?, &policies).at(moment);
        rows.push(view.shown_as(row, restricted));
    }
    rows.retain(|row| query.matches(row, moment));
    rows.sort_by(|a, b| query.compare(a, b));
    Ok(rows)
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
