//! Checks every ticket's row and document against the replay of its events,
//! and the counters.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::sql::driver::{Executor, Row};
use super::super::sql::history::{StoredHistory, each_stored_history};
use super::super::sql::people::People;
use super::super::sql::policy_versions;
use super::super::sql::search::is_restricted;
use super::super::sql::search_index::SearchIndex;
use super::super::sql::statements::{self, TICKET_COUNTER};
use super::super::sql::ticket_row;
use super::Findings;
use super::breaches::ExpectedBreaches;
use crate::domain::event::{Event, TicketId};
use crate::domain::policy::versions::{PolicyHistory, PolicyParser};
use crate::domain::search::document::Document;
use crate::domain::search::term_cache::TermCache;
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
    let people = People::default();
    let policy = policy_versions::history(db, &people, parse).unwrap_or_else(|fault| {
        findings.unreadable("the policy", Err(fault));
        PolicyHistory::built_in()
    });
    let mut checker = Checker {
        db,
        people,
        index,
        policy,
        findings,
        tickets: 0,
        last: 0,
        breaches: ExpectedBreaches::default(),
        terms: TermCache::default(),
    };
    let outcome = each_stored_history(db, &mut |history| {
        checker.ticket(history);
        Ok(ControlFlow::Continue(()))
    });
    checker.findings.unreadable("the histories", outcome);
    let breaches = std::mem::take(&mut checker.breaches);
    breaches.compare(db, checker.findings);
    let counted = checker.counters();
    checker.findings.unreadable("the counters", counted);
    checker.tickets
}

struct Checker<'a> {
    db: &'a Executor<'a>,
    people: People,
    index: &'a dyn SearchIndex,
    policy: PolicyHistory,
    findings: &'a mut Findings,
    tickets: u64,
    /// The id of the last ticket.
    last: i64,
    breaches: ExpectedBreaches,
    /// The words that were met.
    terms: TermCache,
}

impl Checker<'_> {
    fn ticket(&mut self, history: StoredHistory) {
        let id = TicketId(history.ticket);
        if self.last.checked_add(1) != Some(id.0) {
            let last = TicketId(self.last);
            self.findings
                .fault(format!("tickets between {last} and {id} are missing"));
        }
        self.last = id.0;
        self.tickets += 1;
        if let Some(events) = self.events(history) {
            if events.iter().zip(1..).any(|(event, n)| event.n != n) {
                self.findings.fault(format!("{id}: its history has gaps"));
            }
            self.row(id, &events);
            self.document(id, &events);
        }
    }

    /// The events of a history, if all of them can be read.
    fn events(&mut self, history: StoredHistory) -> Option<Vec<Event>> {
        let mut events = Some(Vec::new());
        for (seq, stored) in history.events {
            match stored.event(&|number| self.people.find(self.db, number)) {
                Ok(event) => {
                    if let Some(events) = &mut events {
                        events.push(event);
                    }
                }
                Err(fault) => {
                    events = None;
                    self.findings
                        .fault(format!("event {seq} cannot be read: {fault}"));
                }
            }
        }
        events
    }

    fn row(&mut self, id: TicketId, events: &[Event]) {
        let Some(ticket) = Ticket::replay(events) else {
            self.findings
                .fault(format!("{id}: its history does not begin with its opening"));
            return;
        };
        let row = Summary::new(&ticket, &self.policy);
        self.breaches.add(&ticket, &row);
        // A migration leaves out what a sweep would tell of a closed ticket.
        let may_differ = |name: &&str| *name == ticket_row::NEXT_ACTION && !row.is_open();
        let expected = ticket_row::values(&row);
        let fault = match ticket_row::differences(self.db, id, &expected) {
            Ok(Some(names)) if names.iter().all(may_differ) => return,
            Ok(Some(names)) => {
                let names = names.join(", ");
                format!("its row does not follow from its events: {names}")
            }
            Ok(None) => "it has events but no row".to_owned(),
            Err(fault) => format!("its row cannot be read: {fault}"),
        };
        self.findings.fault(format!("{id}: {fault}"));
    }

    fn document(&mut self, id: TicketId, events: &[Event]) {
        let expected = Document::from_history(events, &mut self.terms);
        let fault = match self.has_document(id, &expected, is_restricted(events)) {
            Ok(true) => return,
            Ok(false) => format!("does not match its events; {REMEDY}"),
            Err(fault) => format!("cannot be read; {REMEDY}: {fault}"),
        };
        self.findings
            .fault(format!("{id}: the search index {fault}"));
    }

    /// Whether the index has this document of a ticket, and finds it.
    fn has_document(
        &self,
        id: TicketId,
        expected: &Document,
        is_restricted: bool,
    ) -> Result<bool, StoreError> {
        let stored = self.index.document(self.db, id)?;
        let same = stored.unwrap_or_default().document == *expected;
        Ok(same
            && self
                .index
                .is_consistent(self.db, id, expected, is_restricted)?)
    }

    fn counters(&mut self) -> Result<(), StoreError> {
        let count = |row: &Row<'_>| Ok((row.int("tickets")?, row.int("highest")?));
        let count = self.db.first(statements::TICKET_COUNT, &[], count)?;
        let (rows, highest) = count.unwrap_or((0, 0));
        let tickets = self.tickets;
        if u64::try_from(rows) != Ok(tickets) {
            self.findings
                .fault(format!("there are {rows} rows for {tickets} tickets"));
        }
        if self.index.document_count(self.db)? > rows {
            self.findings.fault(format!(
                "the search index has more documents than there are tickets; {REMEDY}"
            ));
        }
        for fault in self.index.faults(self.db)? {
            self.findings.fault(format!("{fault}; {REMEDY}"));
        }
        let counter = |row: &Row<'_>| Ok((row.text("name")?, row.int("value")?));
        let counters = self.db.all(statements::COUNTERS, &[], counter)?;
        if counters != [(TICKET_COUNTER.to_owned(), highest)] {
            self.findings
                .fault(format!("the ticket counter is not at {highest}"));
        }
        Ok(())
    }
}
