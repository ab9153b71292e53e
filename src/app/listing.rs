//! The tickets of a query, as of now or as of a past time. A past ticket is the
//! replay of its events up to that time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::group_counts::{GroupCount, GroupCounts};
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::{Query, SortKey};
use crate::domain::summary::Summary;
use crate::domain::ticket::{Ticket, history_until};
use crate::domain::vocabulary::Grouping;
use crate::error::Error;
use crate::store::Transaction;

/// The tickets of a list that are still to be read, as they were at a link of
/// the chain.
#[derive(Default)]
struct Rest {
    ids: Vec<TicketId>,
    last_link: i64,
}

/// What is counted besides the rows of a list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counted {
    /// Whether all tickets are counted, where the limit may leave some out.
    pub(crate) total: bool,
    /// What the open ones are counted by.
    pub(crate) by: Option<Grouping>,
}

/// The tickets of a query up to its limit, and what was counted.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) rows: Vec<Summary>,
    pub(crate) total: Option<u64>,
    pub(crate) counts: Option<GroupCounts>,
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
        let Some(txn) = self.read()? else {
            return Ok(());
        };
        let (rows, rest) = self.first_page(txn.as_ref(), query)?;
        drop(txn);
        rows.iter().try_for_each(&mut *take)?;
        self.each_of_the_rest(&rest, query, take)
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
    fn first_page(
        &self,
        txn: &dyn Transaction,
        query: &Query,
    ) -> Result<(Vec<Summary>, Rest), Error> {
        let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
        if let Some(moment) = self.past() {
            let mut rows = rows_at(txn, query, moment, self)?;
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

    fn each_of_the_rest(
        &self,
        rest: &Rest,
        query: &Query,
        take: &mut dyn FnMut(&Summary) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for page in rest.ids.chunks(PAGE) {
            let rows = self.rows_as_they_were(page, rest.last_link, query.restricted_tickets())?;
            rows.iter().try_for_each(&mut *take)?;
        }
        Ok(())
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
        Ok(self.listing(query, Counted::default())?.rows)
    }

    /// Returns the tickets of a query with what is counted of them, as of one
    /// moment.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn listing(&self, query: &Query, counted: Counted) -> Result<Listing, Error> {
        let now = self.now();
        let Some(txn) = self.read()? else {
            return Ok(Listing {
                counts: counted.by.map(|by| GroupCounts::count(&[], by, now)),
                ..Listing::default()
            });
        };
        let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
        if let Some(moment) = self.past() {
            let mut rows = rows_at(txn.as_ref(), query, moment, self)?;
            let total = (counted.total && rows.len() >= limit).then_some(rows.len() as u64);
            let counts = counted.by.map(|by| GroupCounts::count(&rows, by, now));
            rows.truncate(limit);
            return Ok(Listing {
                rows,
                total,
                counts,
            });
        }
        // The calendars of the clocks, which are shown later.
        self.policies_once(txn.as_ref())?;
        let counts = counted.by.map(|by| txn.group_counts(query, by, now));
        let counts = counts.transpose()?;
        let (mut rows, rest) = self.first_page(txn.as_ref(), query)?;
        let may_be_more = rows.len() + rest.ids.len() >= limit;
        let total = match &counts {
            _ if !counted.total || !may_be_more => None,
            Some(counts) if query.only_open() => Some(counts.total().open),
            _ => Some(txn.count(query, now)?),
        };
        drop(txn);
        self.each_of_the_rest(&rest, query, &mut |row| {
            rows.push(row.clone());
            Ok(())
        })?;
        Ok(Listing {
            rows,
            total,
            counts,
        })
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
