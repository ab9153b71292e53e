//! Computes the rows and the documents of tickets from their events.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::port::CopyTarget;
use super::super::sql::driver::{Executor, Row};
use super::super::sql::history::each_stored_history;
use super::super::sql::people::People;
use super::super::sql::search;
use super::super::sql::search_index::DocumentChange;
use super::super::sql::{policy_versions, statements, ticket_row};
use crate::domain::event::TicketId;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::search::document::Document;
use crate::domain::search::term_cache::TermCache;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;

const NEXT_ACTION: &str = "SELECT next_action_at FROM ticket WHERE id = $1";

/// Writes the row and the document of every ticket, and calls `written` after each.
///
/// # Errors
/// [`StoreError::Damaged`] for a history that cannot be replayed, and any error of
/// the engines.
pub(super) fn write(
    from: &Executor<'_>,
    to: &Executor<'_>,
    target: &dyn CopyTarget,
    parse: PolicyParser,
    written: &mut dyn FnMut(),
) -> Result<(), StoreError> {
    let people = People::default();
    let policies = policy_versions::history(from, &people, parse)?;
    let mut terms = TermCache::default();
    each_stored_history(from, &mut |stored| {
        let id = TicketId(stored.ticket);
        let events = stored.read(from, &people)?;
        let document = Document::from_history(&events, &mut terms);
        let is_restricted = search::is_restricted(&events);
        let ticket = Ticket::from_history(events).ok_or_else(|| {
            StoreError::damaged(format!("{id}: its history does not begin with its opening"))
        })?;
        let mut row = Summary::new(&ticket, &policies);
        // An upgrade leaves out what a sweep would tell of a closed ticket, and a
        // copy must not bring it back.
        if !row.is_open() {
            let kept = |row: &Row<'_>| row.maybe_timestamp("next_action_at");
            row.next_action_at = from.first(NEXT_ACTION, &[id.0.into()], kept)?.flatten();
        }
        to.execute(&statements::INSERT_TICKET, &ticket_row::values(&row))?;
        let change = DocumentChange {
            before: None,
            after: &document,
            is_restricted,
        };
        target.index().put_document(to, id, &change)?;
        written();
        Ok(ControlFlow::Continue(()))
    })
}
