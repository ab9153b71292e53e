//! The tables of breaches of personal data and of the clocks of their
//! notifications. Tickets without a breach have no rows there.

use super::super::StoreError;
use super::super::breach_tables::BreachTables;
use super::driver::{Executor, Row, Value};
use super::statements;
use super::transaction::SqlTransaction;
use crate::domain::breach::OpenNotification;
use crate::domain::event::{Event, Fact, TicketId};
use crate::domain::sla::clock::Clocks;
use crate::domain::summary::Summary;

/// A row of the table of notifications, as its values.
pub(crate) type NotificationRow = Vec<Value>;

/// Replaces the rows of a ticket, if its events say something about a breach.
pub(crate) fn update(db: &Executor<'_>, events: &[Event], row: &Summary) -> Result<(), StoreError> {
    let concerns = |event: &Event| matches!(event.fact, Fact::Breach(_));
    if !events.iter().any(concerns) {
        return Ok(());
    }
    let id = [Value::from(row.id.0)];
    db.execute(statements::ADD_BREACH, &id)?;
    db.execute(statements::CLEAR_NOTIFICATIONS, &id)?;
    for values in notification_rows(row.id, &row.clocks) {
        db.execute(statements::ADD_NOTIFICATION, &values)?;
    }
    Ok(())
}

/// The rows of the notifications of a ticket, in the order of the statements.
pub(crate) fn notification_rows(id: TicketId, clocks: &Clocks) -> Vec<NotificationRow> {
    let rows = clocks.notifications.iter().map(|one| {
        vec![
            id.0.into(),
            one.number.into(),
            one.name.as_str().into(),
            (!one.clock.has_ended()).into(),
            one.clock.started.into(),
            one.clock.due.into(),
            one.clock.warn.into(),
        ]
    });
    rows.collect()
}

/// The tickets that are about a breach, in the order of ids.
pub(crate) fn tickets(db: &Executor<'_>) -> Result<Vec<TicketId>, StoreError> {
    db.all(statements::BREACHES, &[], |row| {
        row.int("ticket").map(TicketId)
    })
}

/// Every row of the notifications, in the order of tickets and numbers.
pub(crate) fn all_notifications(db: &Executor<'_>) -> Result<Vec<NotificationRow>, StoreError> {
    let names = [
        "ticket",
        "number",
        "name",
        "open",
        "started_ms",
        "due_ms",
        "warn_ms",
    ];
    db.all(statements::NOTIFICATIONS, &[], |row| {
        let values = names.iter().map(|name| row.value(name).map(Value::from));
        values.collect()
    })
}

impl BreachTables for SqlTransaction<'_> {
    fn breaches(&self) -> Result<Vec<TicketId>, StoreError> {
        tickets(self.beside_chain())
    }

    fn open_notifications(&self) -> Result<Vec<OpenNotification>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(OpenNotification {
                ticket: TicketId(row.int("ticket")?),
                number: row.number("number")?,
                name: row.text("name")?,
                due: row.timestamp("due_ms")?,
                warn: row.maybe_timestamp("warn_ms")?,
            })
        };
        self.beside_chain()
            .all(statements::OPEN_NOTIFICATIONS, &[], read)
    }
}
