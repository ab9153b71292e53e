//! What the inbox reads: a query as numbers, and tickets by their numbers.

use super::Desk;
use crate::domain::event::TicketId;
use crate::domain::query::Query;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::store::NameKind;

impl Desk<'_> {
    /// Returns the numbers of the tickets of a query, in order.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn numbers(&self, query: &Query) -> Result<Vec<TicketId>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.matching(query, self.now())?),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the rows of these tickets, of as many of them as there are.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn rows(&self, ids: &[TicketId]) -> Result<Vec<Summary>, Error> {
        match self.read()? {
            Some(txn) => {
                let rows = txn.summaries(ids)?.into_iter();
                Ok(rows.map(|row| row.at(self.now())).collect())
            }
            None => Ok(Vec::new()),
        }
    }

    /// Returns the agents who have or had tickets.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn used_agents(&self) -> Result<Vec<String>, Error> {
        self.used(NameKind::Agents)
    }

    /// Returns the categories of tickets.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn used_categories(&self) -> Result<Vec<String>, Error> {
        self.used(NameKind::Categories)
    }

    fn used(&self, kind: NameKind) -> Result<Vec<String>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.names(kind)?),
            None => Ok(Vec::new()),
        }
    }
}
