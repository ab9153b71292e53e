//! Every ticket's row against the replay of its events, and the counters.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::book::TICKET;
use super::super::driver::{Driver, Row, Value};
use super::super::history::histories;
use super::super::{editions, prose, row, sql};
use super::Findings;
use crate::domain::event::{Event, TicketId};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::search::document::Document;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;

/// Replays every ticket; says how many there are.
pub(super) fn check(driver: &dyn Driver, found: &mut Findings) -> u64 {
    let policy = editions::policies(driver).unwrap_or_else(|fault| {
        found.hindered("the policy", Err(fault));
        PolicyHistory::built_in()
    });
    let mut replays = Replays {
        driver,
        policy,
        statement: sql::select_tickets("WHERE id = $1"),
        ticket: 0,
        history: Vec::new(),
        readable: true,
        tickets: 0,
    };
    let outcome = histories(driver, sql::HISTORIES, &[], &mut |seq, stored| {
        replays.turn_to(stored.ticket, found);
        match stored.event() {
            Ok(event) => replays.history.push(event),
            Err(fault) => {
                replays.readable = false;
                found.fault(format!("event {seq} cannot be read: {fault}"));
            }
        }
        Ok(ControlFlow::Continue(()))
    });
    replays.end(found);
    let tickets = replays.tickets;
    found.hindered("the histories", outcome);
    let counted = counters(driver, tickets, found);
    found.hindered("the counters", counted);
    tickets
}

struct Replays<'a> {
    driver: &'a dyn Driver,
    policy: PolicyHistory,
    statement: String,
    /// The ticket whose events are being gathered.
    ticket: i64,
    history: Vec<Event>,
    readable: bool,
    tickets: u64,
}

impl Replays<'_> {
    fn turn_to(&mut self, ticket: i64, found: &mut Findings) {
        if self.tickets > 0 && ticket == self.ticket {
            return;
        }
        self.end(found);
        if self.ticket.checked_add(1) != Some(ticket) {
            let last = TicketId(self.ticket);
            found.fault(format!("between {last} and {} is a gap", TicketId(ticket)));
        }
        self.tickets += 1;
        self.ticket = ticket;
        self.readable = true;
    }

    /// Ends a ticket: its row must be what its events say.
    fn end(&mut self, found: &mut Findings) {
        let history = std::mem::take(&mut self.history);
        if self.tickets == 0 || !self.readable {
            return;
        }
        let id = TicketId(self.ticket);
        if history.iter().zip(1..).any(|(event, n)| event.n != n) {
            found.fault(format!("{id}: its history has gaps"));
        }
        let Some(ticket) = Ticket::replay(&history) else {
            found.fault(format!("{id}: its history does not begin with an opening"));
            return;
        };
        let expected = row::values(&Summary::new(&ticket, &self.policy));
        match self
            .driver
            .first(&self.statement, &[id.0.into()], |row| Ok(row.rest()))
        {
            Ok(Some(row)) => compare(id, &expected, &row, found),
            Ok(None) => found.fault(format!("{id}: it has events but no row")),
            Err(fault) => found.fault(format!("{id}: its row cannot be read: {fault}")),
        }
        let written = Document::from_history(&history);
        match prose::read(self.driver, id).map(Option::unwrap_or_default) {
            Ok(indexed) if indexed == written => {}
            Ok(_) => found.fault(format!(
                "{id}: the search index is not what is written on it; desk reindex writes it anew"
            )),
            Err(fault) => found.fault(format!(
                "{id}: the search index cannot be read, desk reindex writes it anew: {fault}"
            )),
        }
    }
}

fn compare(id: TicketId, expected: &[Value], row: &[Value], found: &mut Findings) {
    let pairs = expected.iter().zip(row).zip(sql::COLUMNS);
    let differing: Vec<&str> = pairs
        .filter(|((expected, found), _)| expected != found)
        .map(|(_, name)| name)
        .collect();
    if !differing.is_empty() {
        let names = differing.join(", ");
        found.fault(format!(
            "{id}: its row does not follow from its events: {names}"
        ));
    }
}

fn counters(driver: &dyn Driver, tickets: u64, found: &mut Findings) -> Result<(), StoreError> {
    let pair = |mut row: Row| Ok((row.int()?, row.int()?));
    let (rows, highest) = driver
        .first(sql::TICKET_COUNT, &[], pair)?
        .unwrap_or((0, 0));
    if u64::try_from(rows) != Ok(tickets) {
        found.fault(format!("there are {rows} rows for {tickets} tickets"));
    }
    let indexed = driver.first(sql::PROSE_COUNT, &[], |mut row| row.int())?;
    if indexed.is_some_and(|indexed| indexed > rows) {
        found.fault("the search index holds more than there is; desk reindex writes it anew");
    }
    let counters = driver.all(sql::COUNTERS, &[], |mut row| Ok((row.text()?, row.int()?)))?;
    if counters != [(TICKET.to_owned(), highest)] {
        found.fault(format!("the counter does not stand at ticket {highest}"));
    }
    Ok(())
}
