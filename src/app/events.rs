//! Use cases that read what happened, on all tickets, in the order of the chain.

use std::collections::BTreeSet;

use super::Desk;
use crate::domain::event::{Event, TicketId};
use crate::domain::query::{Query, SortKey};
use crate::error::Error;
use crate::store::Transaction;

/// How many events are read in one transaction; few in tests, so that they turn
/// pages.
const PAGE: u32 = if cfg!(test) { 10 } else { 500 };

/// Of so many tickets at most, the events are found by their numbers.
const FEW: usize = 100;

/// Tickets of a query, as of the newest ticket that there was.
struct Matching {
    ids: BTreeSet<TicketId>,
    newest: TicketId,
}

impl Desk<'_> {
    /// Passes the events of tickets after a link of the chain to `take`, each with
    /// its number in the chain, and returns the link after which to go on. With a
    /// query, only those of tickets that it selects now. No transaction is open
    /// while `take` runs.
    ///
    /// # Errors
    /// Errors of the store, or what `take` returns.
    pub(crate) fn each_event(
        &self,
        after: i64,
        query: Option<&Query>,
        take: &mut dyn FnMut(i64, &Event) -> Result<(), Error>,
    ) -> Result<i64, Error> {
        let mut after = after;
        let mut matching: Option<Matching> = None;
        loop {
            let Some(txn) = self.read()? else {
                return Ok(after);
            };
            if let (Some(query), None) = (query, &matching) {
                matching = Some(self.matching_now(query, txn.as_ref())?);
            }
            let few = matching.as_ref().filter(|all| all.ids.len() <= FEW);
            let few: Option<Vec<TicketId>> = few.map(|all| all.ids.iter().copied().collect());
            // Before the events are read, so that none is passed over.
            let last_link = txn.last_link()?;
            let page = txn.events_after(after, PAGE, few.as_deref())?;
            let newer = |all: &Matching| page.events.iter().any(|(_, one)| one.ticket > all.newest);
            if let (Some(query), true) = (query, matching.as_ref().is_some_and(newer)) {
                matching = Some(self.matching_now(query, txn.as_ref())?);
            }
            // Whoever reads the output may be slow.
            drop(txn);
            for (seq, event) in &page.events {
                let is_meant = |all: &Matching| all.ids.contains(&event.ticket);
                if matching.as_ref().is_none_or(is_meant) {
                    take(*seq, event)?;
                }
            }
            if page.is_last {
                return Ok(page.last_link.max(last_link));
            }
            after = page.last_link;
        }
    }

    fn matching_now(&self, query: &Query, txn: &dyn Transaction) -> Result<Matching, Error> {
        let query = Query {
            sort: SortKey::Id,
            ..query.clone()
        };
        Ok(Matching {
            ids: txn.matching(&query, self.now())?.into_iter().collect(),
            newest: txn.last_id()?,
        })
    }

    /// Returns the number of the last link of the chain; 0 without a store.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn last_link(&self) -> Result<i64, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.last_link()?),
            None => Ok(0),
        }
    }
}
