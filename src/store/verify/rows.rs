//! Checks every ticket's row and document against the replay of its events,
//! and the counters.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row, Value};
use super::super::sql::history::{StoredHistory, each_stored_history};
use super::super::sql::policy_versions;
use super::super::sql::search::SearchIndex;
use super::super::sql::statements::{self, TICKET_COUNTER};
use super::super::sql::ticket_row::{self, COLUMNS};
use super::Findings;
use crate::domain::event::{Event, TicketId};
use crate::domain::policy::versions::{PolicyHistory, PolicyParser};
use crate::domain::search::document::Document;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;

/// What to do about a faulty index.
const REMEDY: &str = "rebuild it with: desk reindex";

/// Replays every ticket, and returns how many there are.
pub(super) fn check(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    parse: PolicyParser,
    findings: &mut Findings,
) -> u64 {
    let policy = policies(db, parse).unwrap_or_else(|fault| {
        findings.unreadable("the policy", Err(fault));
        PolicyHistory::built_in()
    });
    let statement = statements::select_tickets("WHERE id = $1");
    let mut tickets = 0;
    let mut last = 0_i64;
    let outcome = each_stored_history(db, &mut |history| {
        let id = TicketId(history.ticket);
        if last.checked_add(1) != Some(id.0) {
            let last = TicketId(last);
            findings.fault(format!("tickets between {last} and {id} are missing"));
        }
        last = id.0;
        tickets += 1;
        if let Some(events) = events(history, findings) {
            check_history(id, &events, findings);
            check_row(db, &statement, id, &events, &policy, findings);
            check_document(db, index, id, &events, findings);
        }
        Ok(ControlFlow::Continue(()))
    });
    findings.unreadable("the histories", outcome);
    let counted = check_counters(db, index, tickets, findings);
    findings.unreadable("the counters", counted);
    tickets
}

fn policies(db: &Executor<'_>, parse: PolicyParser) -> Result<PolicyHistory, StoreError> {
    PolicyHistory::from_versions(policy_versions::all(db)?, parse)
        .map_err(|version| StoreError::damaged(format!("policy version {version} cannot be read")))
}

/// The events of a history, if all of them can be read.
fn events(history: StoredHistory, findings: &mut Findings) -> Option<Vec<Event>> {
    let mut events = Vec::new();
    let mut readable = true;
    for (seq, stored) in history.events {
        match stored.event() {
            Ok(event) => events.push(event),
            Err(fault) => {
                readable = false;
                findings.fault(format!("event {seq} cannot be read: {fault}"));
            }
        }
    }
    readable.then_some(events)
}

fn check_history(id: TicketId, events: &[Event], findings: &mut Findings) {
    if events.iter().zip(1..).any(|(event, n)| event.n != n) {
        findings.fault(format!("{id}: its history has gaps"));
    }
}

fn check_row(
    db: &Executor<'_>,
    statement: &str,
    id: TicketId,
    events: &[Event],
    policy: &PolicyHistory,
    findings: &mut Findings,
) {
    let Some(ticket) = Ticket::replay(events) else {
        findings.fault(format!("{id}: its history does not begin with its opening"));
        return;
    };
    let expected = ticket_row::values(&Summary::new(&ticket, policy));
    let differing = |row: &Row<'_>| {
        let mut names = Vec::new();
        for (name, expected) in COLUMNS.into_iter().zip(&expected) {
            if Value::from(row.value(name)?) != *expected {
                names.push(name);
            }
        }
        Ok(names)
    };
    match db.first(statement, &[id.0.into()], differing) {
        Ok(Some(names)) if names.is_empty() => {}
        Ok(Some(names)) => {
            let names = names.join(", ");
            findings.fault(format!(
                "{id}: its row does not follow from its events: {names}"
            ));
        }
        Ok(None) => findings.fault(format!("{id}: it has events but no row")),
        Err(fault) => findings.fault(format!("{id}: its row cannot be read: {fault}")),
    }
}

fn check_document(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    id: TicketId,
    events: &[Event],
    findings: &mut Findings,
) {
    match index.document(db, id).map(Option::unwrap_or_default) {
        Ok(document) if document == Document::from_history(events) => {}
        Ok(_) => findings.fault(format!(
            "{id}: the search index does not match its events; {REMEDY}"
        )),
        Err(fault) => findings.fault(format!(
            "{id}: the search index cannot be read; {REMEDY}: {fault}"
        )),
    }
}

fn check_counters(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    tickets: u64,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let count = |row: &Row<'_>| Ok((row.int("tickets")?, row.int("highest")?));
    let (rows, highest) = db
        .first(statements::TICKET_COUNT, &[], count)?
        .unwrap_or((0, 0));
    if u64::try_from(rows) != Ok(tickets) {
        findings.fault(format!("there are {rows} rows for {tickets} tickets"));
    }
    if index.document_count(db)? > rows {
        findings.fault(format!(
            "the search index has more documents than there are tickets; {REMEDY}"
        ));
    }
    let counter = |row: &Row<'_>| Ok((row.text("name")?, row.int("value")?));
    let counters = db.all(statements::COUNTERS, &[], counter)?;
    if counters != [(TICKET_COUNTER.to_owned(), highest)] {
        findings.fault(format!("the ticket counter is not at {highest}"));
    }
    Ok(())
}
