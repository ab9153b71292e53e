//! Checks the tables of breaches and of their notifications against the replay
//! of the events.

use super::super::StoreError;
use super::super::sql::breaches::{self, NotificationRow};
use super::super::sql::driver::Executor;
use super::Findings;
use crate::domain::event::TicketId;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;

/// The rows that follow from the events.
#[derive(Default)]
pub(super) struct ExpectedBreaches {
    tickets: Vec<TicketId>,
    notifications: Vec<(TicketId, Vec<NotificationRow>)>,
}

impl ExpectedBreaches {
    /// Adds a ticket; they come in the order of ids.
    pub(super) fn add(&mut self, ticket: &Ticket, row: &Summary) {
        if ticket.breach.is_some() {
            self.tickets.push(ticket.id);
            let rows = breaches::notification_rows(ticket.id, &row.clocks);
            self.notifications.push((ticket.id, rows));
        }
    }

    /// Compares them with the tables.
    pub(super) fn compare(self, db: &Executor<'_>, findings: &mut Findings) {
        let outcome = self.differences(db, findings);
        findings.unreadable("the breaches", outcome);
    }

    fn differences(self, db: &Executor<'_>, findings: &mut Findings) -> Result<(), StoreError> {
        let stored = breaches::tickets(db)?;
        let differ = |a: &[TicketId], b: &[TicketId]| -> Vec<TicketId> {
            a.iter().filter(|id| !b.contains(id)).copied().collect()
        };
        for id in differ(&self.tickets, &stored) {
            findings.fault(format!("{id}: its breach is missing among the breaches"));
        }
        for id in differ(&stored, &self.tickets) {
            findings.fault(format!(
                "{id}: it is among the breaches, but none is on record"
            ));
        }
        let mut rows = breaches::all_notifications(db)?;
        for (id, expected) in self.notifications {
            let of_ticket = |row: &NotificationRow| row.first() == Some(&id.0.into());
            let (own, others) = rows.into_iter().partition(of_ticket);
            rows = others;
            let own: Vec<NotificationRow> = own;
            if own != expected {
                findings.fault(format!(
                    "{id}: its notifications do not follow from its events"
                ));
            }
        }
        if !rows.is_empty() {
            findings.fault("there are notifications without a breach".to_owned());
        }
        Ok(())
    }
}
