//! Replacing the row of a ticket together with its new events, and finding rows.

use super::super::StoreError;
use super::driver::{Executor, Row, Value};
use super::statements;
use super::ticket_row;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::privacy::view::View;
use crate::domain::summary::Summary;

/// Inserts or replaces a row to which these events lead, and returns whether
/// there are any.
///
/// # Errors
/// [`StoreError::Conflict`] if the ticket has another number of events than the
/// decision was based on.
pub(crate) fn put(
    db: &Executor<'_>,
    based_on: u32,
    events: &[Event],
    row: &Summary,
) -> Result<bool, StoreError> {
    let id = row.id;
    let known: Option<u32> = db.first(statements::EVENT_COUNT, &[id.0.into()], |row| {
        row.number("n")
    })?;
    if known.unwrap_or(0) != based_on {
        return Err(StoreError::Conflict { id });
    }
    if events.is_empty() {
        return Ok(false);
    }
    let follow = events
        .iter()
        .zip(based_on + 1..)
        .all(|(event, n)| event.ticket == id && event.n == n);
    let last = events.last().map(|event| event.n);
    if !follow || last != Some(row.n) {
        return Err(StoreError::Failed {
            detail: format!(
                "the events of {id} do not lead from event {based_on} to event {}",
                row.n
            ),
        });
    }
    if known.is_none() {
        db.execute(&statements::INSERT_TICKET, &ticket_row::values(row))?;
        return Ok(true);
    }
    let is_restricted = |event: &Event| {
        matches!(
            event.fact,
            Fact::Restricted { .. } | Fact::RestrictionLifted { .. }
        )
    };
    match events.iter().any(is_restricted) {
        true => replace(db, row)?,
        false => update(db, row).map(drop)?,
    }
    Ok(true)
}

/// Replaces all of a row.
pub(crate) fn replace(db: &Executor<'_>, row: &Summary) -> Result<(), StoreError> {
    let restricted_to = update(db, row)?;
    let values = [row.id.0.into(), restricted_to];
    db.execute(statements::RESTRICT_TICKET, &values)
}

/// Replaces a row, but for who sees the ticket, which is returned.
fn update(db: &Executor<'_>, row: &Summary) -> Result<Value, StoreError> {
    let mut values = ticket_row::values(row);
    let restricted_to = values.pop().unwrap_or(Value::Null);
    db.execute(&statements::UPDATE_TICKET, &values)?;
    Ok(restricted_to)
}

/// The rows of these tickets, in the order of ids.
pub(crate) fn find(db: &Executor<'_>, ids: &[TicketId]) -> Result<Vec<Summary>, StoreError> {
    let parameters: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
    let rest = format!("WHERE id IN ({}) ORDER BY id", parameters.join(", "));
    let values: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    let statement = statements::select_tickets(&rest);
    db.all(&statement, &values, ticket_row::summary)
}

/// The tickets that have events after a link of the chain.
pub(crate) fn changed_since(
    db: &Executor<'_>,
    last_link: i64,
) -> Result<Vec<TicketId>, StoreError> {
    let ticket = |row: &Row<'_>| Ok(row.maybe_int("ticket")?.map(TicketId));
    let tickets = db.all(statements::CHANGED_SINCE, &[last_link.into()], ticket)?;
    Ok(tickets.into_iter().flatten().collect())
}

/// The newest ticket with a key that a view does not hide.
pub(crate) fn by_key(
    db: &Executor<'_>,
    key: &str,
    view: &View,
) -> Result<Option<TicketId>, StoreError> {
    if view.hidden().len() == 0 {
        return db.first(statements::BY_KEY, &[key.into()], ticket_id);
    }
    let all = db.all(statements::ALL_BY_KEY, &[key.into()], ticket_id)?;
    Ok(all.into_iter().find(|id| view.hides(*id).is_none()))
}

/// The number of a ticket.
pub(crate) fn ticket_id(row: &Row<'_>) -> Result<TicketId, StoreError> {
    row.int("id").map(TicketId)
}

pub(crate) fn no_counter() -> StoreError {
    StoreError::damaged("the ticket counter is missing")
}
