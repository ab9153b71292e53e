//! Collects what lies ahead on open tickets, for the calendars of agents.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::Desk;
use super::ticket_commands::load;
use crate::domain::calendar_feed::{FeedEntry, call_entry, entries};
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::error::Error;

impl Desk<'_> {
    /// Returns what lies ahead on the open tickets of a query, by time, and the id of
    /// the store.
    ///
    /// # Errors
    /// Any error of the store; also that there is none.
    pub(crate) fn calendar_feed(&self, query: &Query) -> Result<(Vec<FeedEntry>, String), Error> {
        let txn = self.read()?.ok_or_else(|| self.missing())?;
        let now = self.now();
        let with_calls = txn.open_with_event("call-arranged")?.into_iter();
        let with_calls: BTreeSet<TicketId> = with_calls.collect();
        let mut found = Vec::new();
        let mut called = Vec::new();
        txn.each(query, now, &mut |row| {
            found.extend(entries(&row, now));
            if with_calls.contains(&row.id) {
                called.push(row);
            }
            ControlFlow::Continue(())
        })?;
        for row in called {
            let ticket = load(txn.as_ref(), row.id)?;
            let calls = ticket.calls.iter();
            found.extend(calls.filter_map(|call| call_entry(&row, call)));
        }
        found.sort_by_key(|entry| (entry.start, entry.ticket));
        Ok((found, txn.store_id()?))
    }
}
