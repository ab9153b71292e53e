//! Use cases that read. They answer for the present, or for another moment:
//! a ticket as of then is the replay of what had happened by then.

use std::ops::ControlFlow;

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::group_counts::{GroupCount, GroupCounts};
use crate::domain::query::{Query, SortKey};
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Grouping;
use crate::error::Error;
use crate::store::{AccessMode, Transaction};

impl Desk<'_> {
    /// Hands over the tickets asked for, in order, one by one.
    ///
    /// # Errors
    /// The store's, or what `take` returns.
    pub(crate) fn each(
        &self,
        query: &Query,
        take: &mut dyn FnMut(&Summary) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(store) = self.reader()? else {
            return Ok(());
        };
        let txn = store.begin(AccessMode::Read)?;
        if let Some(moment) = self.past() {
            return rows_at(txn.as_ref(), query, moment, self)?
                .iter()
                .take(query.limit.map_or(usize::MAX, |n| n as usize))
                .try_for_each(take);
        }
        let mut outcome = Ok(());
        txn.each(query, self.now(), &mut |row| match take(&row) {
            Ok(()) => ControlFlow::Continue(()),
            Err(fault) => {
                outcome = Err(fault);
                ControlFlow::Break(())
            }
        })?;
        outcome
    }

    /// The tickets asked for, all in memory.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn find(&self, query: &Query) -> Result<Vec<Summary>, Error> {
        let mut rows = Vec::new();
        self.each(query, &mut |row| {
            rows.push(row.clone());
            Ok(())
        })?;
        Ok(rows)
    }

    /// How many tickets are asked for, whatever the limit.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn count(&self, query: &Query) -> Result<u64, Error> {
        let Some(store) = self.reader()? else {
            return Ok(0);
        };
        let txn = store.begin(AccessMode::Read)?;
        match self.past() {
            Some(moment) => Ok(rows_at(txn.as_ref(), query, moment, self)?.len() as u64),
            None => Ok(txn.count(query, self.now())?),
        }
    }

    /// The open ones of the tickets asked for, counted by what they have in
    /// common, whatever the limit.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn tally(&self, query: &Query, by: Grouping) -> Result<GroupCounts, Error> {
        let Some(store) = self.reader()? else {
            return Ok(GroupCounts::count(&[], by, self.now()));
        };
        let txn = store.begin(AccessMode::Read)?;
        match self.past() {
            Some(moment) => {
                let rows = rows_at(txn.as_ref(), query, moment, self)?;
                Ok(GroupCounts::count(&rows, by, moment))
            }
            None => Ok(txn.group_counts(query, by, self.now())?),
        }
    }

    /// The open ones of the tickets asked for, counted together. Unlike in other
    /// reads, a store that is not there is not taken for an empty one.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn standing(&self, query: &Query) -> Result<GroupCount, Error> {
        if self.reader()?.is_none() {
            return Err(self.missing().into());
        }
        Ok(self.tally(query, Grouping::Priority)?.total())
    }

    /// All about a ticket.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a ticket not yet opened at the moment
    /// asked about.
    pub(crate) fn page(&self, id: TicketId) -> Result<TicketDetails, Error> {
        let store = self.reader()?.ok_or(Error::NotFound(id))?;
        let txn = store.begin(AccessMode::Read)?;
        let policies = self.policies_in(txn.as_ref())?;
        let mut history = txn.history(id)?;
        if let Some(moment) = self.past() {
            history.retain(|event| event.at <= moment);
        }
        if history.is_empty() {
            return Err(Error::NotFound(id));
        }
        let ticket = replay(&history)?;
        Ok(TicketDetails {
            summary: Summary::new(&ticket, &policies),
            ticket,
            history,
        })
    }

    /// The past moment that is asked about, if it is one.
    pub(super) fn past(&self) -> Option<Timestamp> {
        self.at.filter(|at| *at < self.instant())
    }
}

/// The rows asked for as they were at a moment: those that have not changed
/// since as they are, the others replayed up to it.
pub(super) fn rows_at(
    txn: &dyn Transaction,
    query: &Query,
    moment: Timestamp,
    desk: &Desk<'_>,
) -> Result<Vec<Summary>, Error> {
    let policies = desk.policies_in(txn)?;
    let mut rows = Vec::new();
    let mut changed = Vec::new();
    let every = Query {
        sort: SortKey::Id,
        ..Query::all()
    };
    txn.each(&every, moment, &mut |row| {
        if row.opened <= moment {
            if row.updated <= moment {
                rows.push(row);
            } else {
                changed.push(row.id);
            }
        }
        ControlFlow::Continue(())
    })?;
    for id in changed {
        let mut history = txn.history(id)?;
        history.retain(|event| event.at <= moment);
        rows.push(Summary::new(&replay(&history)?, &policies));
    }
    rows.retain(|row| query.matches(row, moment));
    rows.sort_by(|a, b| query.compare(a, b));
    Ok(rows)
}
