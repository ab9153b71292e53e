//! Checks the chain: every event, every text that a body commits to, and that
//! the people table says what their introductions say.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::chain::{self, ChainIdentity, ChainedEvent, StoredActor, hex};
use super::super::sql::chain_head::{self, CLOCK, CREATED, GENESIS, SCRUB, STORE};
use super::super::sql::driver::{Executor, Row};
use super::super::sql::erasure;
use super::super::sql::marks::{COPY, MOVED, UNFINISHED};
use super::super::sql::people::{self, PersonRow};
use super::super::sql::{history, statements};
use super::super::{StoreError, codec};
use super::{Findings, Head};

/// What the check of the chain counted.
pub(super) struct Chain {
    /// The events of tickets.
    pub(super) events: u64,
    /// The last event as `seq:hash`.
    pub(super) head: String,
}

/// Checks the whole chain.
pub(super) fn check(db: &Executor<'_>, expected: Option<&Head>, findings: &mut Findings) -> Chain {
    let identity = match check_identity(db, findings) {
        Ok(identity) => identity,
        Err(fault) => {
            findings.unreadable("the identity of the store", Err(fault));
            ChainIdentity {
                store: String::new(),
                created_ms: 0,
            }
        }
    };
    let genesis = identity.genesis();
    let mut checker = Checker {
        contains_head: expected.map(|head| head.seq == 0 && head.hash == hex(&genesis)),
        prev: genesis.to_vec(),
        identity,
        expected,
        seq: 0,
        started: false,
        events: 0,
        missing_texts: BTreeMap::new(),
        place: (0, 0),
        absent: BTreeMap::new(),
        introduction: None,
        people: Vec::new(),
    };
    let outcome = db.query(statements::CHAIN, &[], &mut |row| {
        let checked = checker.row(row, findings);
        findings.unreadable("an event", checked);
        Ok(ControlFlow::Continue(()))
    });
    checker.finish_event();
    checker.report_absent(findings);
    findings.unreadable("the chain", outcome);
    if checker.contains_head == Some(false) {
        findings.fault("the chain does not contain the expected head");
    }
    let compared = compare_people(db, &checker.people, findings);
    findings.unreadable("the people", compared);
    Chain {
        events: checker.events,
        head: format!("{}:{}", checker.seq, hex(&checker.prev)),
    }
}

/// Compares the people table with the introductions in the chain.
fn compare_people(
    db: &Executor<'_>,
    introduced: &[PersonRow],
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let rows = people::all(db)?.into_iter();
    let mut rows: BTreeMap<i64, PersonRow> = rows.map(|row| (row.number, row)).collect();
    for person in introduced {
        let number = person.number;
        if rows.remove(&number).as_ref() != Some(person) {
            findings.fault(format!(
                "person {number}: the row does not say what the introduction says"
            ));
        }
    }
    for number in rows.into_keys() {
        findings.fault(format!("person {number}: nobody was introduced"));
    }
    Ok(())
}

/// Reads the identity of the store, which must match its genesis hash.
fn check_identity(db: &Executor<'_>, findings: &mut Findings) -> Result<ChainIdentity, StoreError> {
    let entries = chain_head::meta(db)?;
    // Outside the chain there are the time of the last sweep, whether the file is
    // to be scrubbed, and the marks of copies.
    let outside = [CLOCK, SCRUB, MOVED, UNFINISHED, COPY];
    let identity = entries
        .keys()
        .filter(|name| !outside.contains(&name.as_str()));
    if !identity.eq([CREATED, GENESIS, STORE]) {
        findings.fault("the identity of the store has missing or unknown entries");
    }
    let identity = chain_head::identity(db)?;
    if entries.get(GENESIS) != Some(&hex(&identity.genesis()))
        || entries.get(CREATED) != Some(&identity.created_ms.to_string())
    {
        findings.fault("the identity of the store was altered");
    }
    Ok(identity)
}

struct Checker<'a> {
    identity: ChainIdentity,
    expected: Option<&'a Head>,
    contains_head: Option<bool>,
    /// The last event seen, and its stored hash.
    seq: i64,
    prev: Vec<u8>,
    /// Whether an event was seen.
    started: bool,
    /// The events of tickets seen.
    events: u64,
    /// Commitments of the current event whose text has not come yet, by path.
    missing_texts: BTreeMap<String, String>,
    /// The ticket of the current event and its number there; 0 and the sequence
    /// number for one of the desk itself.
    place: (i64, i64),
    /// The texts that are not there and that no erasure has listed yet, by the
    /// place of their event and their path, with its sequence number.
    absent: BTreeMap<(i64, i64, String), i64>,
    /// The person whom the current event introduces, and the texts so far.
    introduction: Option<(i64, BTreeMap<String, String>)>,
    /// The people who were introduced.
    people: Vec<PersonRow>,
}

impl Checker<'_> {
    fn row(&mut self, row: &Row<'_>, findings: &mut Findings) -> Result<(), StoreError> {
        let seq = row.int("seq")?;
        if !self.started || seq != self.seq {
            self.finish_event();
            self.event(seq, row, findings)?;
        }
        let Some(path) = row.maybe_str("path")? else {
            return Ok(());
        };
        let (salt, value) = (row.blob("salt")?, row.str("value")?);
        match self.missing_texts.remove(path) {
            Some(commitment) => {
                let length = salt.len() == chain::LENGTH;
                if !length || chain::commitment(&salt, seq, path, value) != commitment {
                    findings.fault(format!("event {seq}: its text {path} was altered"));
                }
            }
            None => findings.fault(format!("event {seq}: its text {path} was added")),
        }
        if let Some((_, texts)) = &mut self.introduction {
            texts.insert(path.to_owned(), value.to_owned());
        }
        Ok(())
    }

    /// Checks the next event.
    fn event(
        &mut self,
        seq: i64,
        row: &Row<'_>,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let follows = self.seq.checked_add(1) == Some(seq);
        if !follows {
            findings.fault(format!("events between {} and {seq} are missing", self.seq));
        }
        self.seq = seq;
        self.started = true;
        let ticket = row.maybe_int("ticket")?;
        self.events += u64::from(ticket.is_some());
        let (body, kind, n) = (row.str("body")?, row.str("kind")?, row.int("n")?);
        let actor = history::actor(row)?;
        let chained = ChainedEvent {
            seq,
            ticket: ticket.unwrap_or(0),
            n,
            at_ms: row.int("at_ms")?,
            recorded_ms: row.int("recorded_ms")?,
            actor: &actor,
            kind,
            body,
        };
        let (prev, hash) = (row.blob("prev")?, row.blob("hash")?);
        if prev != self.prev && follows {
            findings.fault(format!("event {seq}: it is not linked to the one before"));
        }
        if self.identity.hash(&prev, &chained).as_slice() != hash.as_slice() {
            findings.fault(format!("event {seq}: it was altered"));
        }
        self.prev = hash;
        self.compare_with_expected();
        if ticket.is_none() && kind == people::KIND {
            if usize::try_from(n) != Ok(self.people.len() + 1) {
                findings.fault(format!("event {seq}: it introduces person {n} out of turn"));
            }
            self.introduction = Some((n, BTreeMap::new()));
        }
        self.place = (ticket.unwrap_or(0), if ticket.is_some() { n } else { seq });
        self.missing_texts = codec::commitments(body)?;
        if kind == erasure::KIND {
            self.take_erasure(body, findings)?;
        }
        self.check_people(&actor, kind, body, findings)
    }

    /// Checks that whoever an event refers to was introduced before.
    fn check_people(
        &self,
        actor: &StoredActor,
        kind: &str,
        body: &str,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let by = match actor {
            StoredActor::Number(codec::DESK) | StoredActor::Name(_) => None,
            StoredActor::Number(number) => Some(*number),
        };
        for number in by.into_iter().chain(codec::agent_numbers(kind, body)?) {
            let introduced =
                usize::try_from(number).is_ok_and(|n| (1..=self.people.len()).contains(&n));
            // Whoever is new introduces themselves.
            let is_new = self
                .introduction
                .as_ref()
                .is_some_and(|(new, _)| *new == number);
            if !introduced && !is_new {
                findings.fault(format!(
                    "event {}: it refers to person {number}, who was not introduced",
                    self.seq
                ));
            }
        }
        Ok(())
    }

    /// Takes the list of an erasure: each of its texts must be gone by now, and no
    /// other erasure lists it.
    fn take_erasure(&mut self, body: &str, findings: &mut Findings) -> Result<(), StoreError> {
        let (seq, ticket) = (self.seq, self.place.0);
        for (number, paths) in codec::erased_fields(body)? {
            // The texts of alarms and received mails are in no event.
            if ticket != 0 && number == 0 {
                continue;
            }
            for path in paths {
                let found = self.absent.remove(&(ticket, number, path.clone()));
                if found.is_none() {
                    findings.fault(format!(
                        "event {seq}: it lists the text {path} of event {number} as erased, \
                         which is there or never was"
                    ));
                }
            }
        }
        Ok(())
    }

    /// Reports the texts that are not there and that no erasure lists.
    fn report_absent(&mut self, findings: &mut Findings) {
        let mut absent: Vec<(i64, String)> = std::mem::take(&mut self.absent)
            .into_iter()
            .map(|((_, _, path), seq)| (seq, path))
            .collect();
        absent.sort();
        for (seq, path) in absent {
            findings.fault(format!("event {seq}: its text {path} is missing"));
        }
    }

    fn compare_with_expected(&mut self) {
        if let Some(head) = self.expected.filter(|head| head.seq == self.seq) {
            self.contains_head = Some(head.hash == hex(&self.prev));
        }
    }

    /// Ends an event: a text that it commits to and that has not come was erased.
    fn finish_event(&mut self) {
        let seq = self.seq;
        let (ticket, number) = self.place;
        for path in std::mem::take(&mut self.missing_texts).into_keys() {
            self.absent.insert((ticket, number, path), seq);
        }
        if let Some((number, texts)) = self.introduction.take() {
            self.people.push(PersonRow::introduced(number, seq, &texts));
        }
    }
}
