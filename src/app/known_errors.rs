//! Use cases that read known errors.

use super::Desk;
use crate::domain::event::TicketId;
use crate::domain::query::{Query, SortKey};
use crate::domain::read_models::KnownErrorEntry;
use crate::error::Error;

impl Desk<'_> {
    /// Returns the known errors among the tickets of a query, the latest first.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn known_errors(&self, query: &Query) -> Result<Vec<KnownErrorEntry>, Error> {
        let marked = Query {
            known_errors: true,
            sort: SortKey::Id,
            ..query.clone()
        };
        let mut all = Vec::new();
        for row in self.find(&marked)? {
            all.extend(self.known_error(row.id)?);
        }
        all.sort_by_key(|one| std::cmp::Reverse(one.known_error.since));
        Ok(all)
    }

    /// Returns the known error of a ticket, if it is marked as one.
    ///
    /// # Errors
    /// [`Error::NotFound`], or an error of the store.
    pub(crate) fn known_error(&self, id: TicketId) -> Result<Option<KnownErrorEntry>, Error> {
        let page = self.details(id)?;
        let alike = page.ticket.links.len() + page.ticket.merged_tickets.len();
        Ok(page.ticket.known_error.map(|known| KnownErrorEntry {
            summary: page.summary,
            known_error: known,
            related: alike as u64,
        }))
    }
}
