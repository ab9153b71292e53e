//! Collects a report: who gets a credit, all tickets of a query, then all moves
//! between tiers, in one transaction.

use std::ops::ControlFlow;

use super::Desk;
use super::listing::rows_at;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::report::{ReportCollector, Scope};
use crate::domain::vocabulary::Breakdown;
use crate::error::Error;

impl Desk<'_> {
    /// Returns the scope of a report over a range.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn scope(&self, by: Breakdown, range: TimeRange) -> Result<Scope, Error> {
        Ok(Scope {
            by,
            range,
            now: self.now(),
            zone: self.zone.clone(),
            first: self.policies()?.first_tier().clone(),
        })
    }

    /// Adds the credits that a report needs, the tickets of a query, and then all
    /// moves between tiers.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn report(
        &self,
        query: &Query,
        needs_credits: bool,
        reader: &mut dyn ReportCollector,
    ) -> Result<(), Error> {
        let Some(txn) = self.read()? else {
            return Ok(());
        };
        let query = Query {
            // The figures include what is restricted to others.
            restricted: RestrictedTickets::Count,
            sort: SortKey::Id,
            ..query.clone()
        };
        let undone = txn.undone_events()?;
        if needs_credits {
            for credit in txn.credits(&undone)? {
                reader.credit(&credit);
            }
        }
        let mut has_spent = false;
        if let Some(moment) = self.past() {
            for row in rows_at(txn.as_ref(), &query, moment, self)? {
                has_spent |= !row.time_spent.is_zero();
                reader.ticket(&row);
            }
        } else {
            txn.each(&query, self.now(), &mut |row| {
                has_spent |= !row.time_spent.is_zero();
                reader.ticket(&row);
                ControlFlow::Continue(())
            })?;
        }
        txn.tier_transfers(&undone, &mut |handover| {
            reader.transfer(&handover);
            ControlFlow::Continue(())
        })?;
        // The events are read only where somebody records time at all.
        if has_spent {
            for spent in txn.spent_times(&undone)? {
                reader.spent(&spent);
            }
        }
        Ok(())
    }
}
