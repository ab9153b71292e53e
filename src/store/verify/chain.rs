//! Checks the chain: every link, and every text that a body commits to.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::chain::{self, ChainIdentity, ChainedEvent, hex};
use super::super::sql::chain_head::{self, CREATED, GENESIS, STORE};
use super::super::sql::driver::{Executor, Row};
use super::super::sql::policy_versions::{self, StoredPolicy};
use super::super::sql::statements;
use super::super::{StoreError, codec};
use super::{Findings, Head};

/// What the check of the chain counted.
pub(super) struct Chain {
    pub(super) events: u64,
    /// The last link as `seq:hash`.
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
        events: 0,
        missing_texts: BTreeMap::new(),
        policies: BTreeMap::new(),
    };
    match policy_versions::stored(db) {
        Ok(all) => checker.policies = all.into_iter().map(|one| (one.seq, one)).collect(),
        Err(fault) => findings.unreadable("the policy versions", Err(fault)),
    }
    let outcome = db.query(statements::CHAIN, &[], &mut |row| {
        let checked = checker.row(row, findings);
        findings.unreadable("an event", checked);
        Ok(ControlFlow::Continue(()))
    });
    checker.finish_event(findings);
    checker.policies_in_sequence(findings);
    for seq in std::mem::take(&mut checker.policies).into_keys() {
        findings.fault(format!(
            "link {seq}: this policy version is not part of the chain"
        ));
    }
    findings.unreadable("the chain", outcome);
    if checker.contains_head == Some(false) {
        findings.fault("the chain does not contain the expected head");
    }
    Chain {
        events: checker.events,
        head: format!("{}:{}", checker.seq, hex(&checker.prev)),
    }
}

/// Reads the identity of the store, which must match its genesis hash.
fn check_identity(db: &Executor<'_>, findings: &mut Findings) -> Result<ChainIdentity, StoreError> {
    let entries = chain_head::meta(db)?;
    if !entries.keys().eq([CREATED, GENESIS, STORE]) {
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
    /// The last link seen, and its stored hash.
    seq: i64,
    prev: Vec<u8>,
    events: u64,
    /// Commitments of the current event whose text has not come yet, by path.
    missing_texts: BTreeMap<String, String>,
    /// The policy versions that have not come yet, by their position in the
    /// chain.
    policies: BTreeMap<i64, StoredPolicy>,
}

impl Checker<'_> {
    fn row(&mut self, row: &Row<'_>, findings: &mut Findings) -> Result<(), StoreError> {
        let seq = row.int("seq")?;
        if self.events == 0 || seq != self.seq {
            self.finish_event(findings);
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
        Ok(())
    }

    /// Checks the policy versions that come next in the chain.
    fn policies_in_sequence(&mut self, findings: &mut Findings) {
        while let Some(next) = self.seq.checked_add(1)
            && let Some(stored) = self.policies.remove(&next)
        {
            let hash = self.identity.hash(&self.prev, &stored.chained());
            if stored.prev != self.prev || stored.hash != hash {
                findings.fault(format!("link {next}: this policy version was altered"));
            }
            self.seq = next;
            self.prev = stored.hash;
            self.compare_with_expected();
        }
    }

    /// Checks the link of the next event.
    fn event(
        &mut self,
        seq: i64,
        row: &Row<'_>,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        self.policies_in_sequence(findings);
        let follows = self.seq.checked_add(1) == Some(seq);
        self.events += 1;
        if !follows {
            findings.fault(format!("events between {} and {seq} are missing", self.seq));
        }
        self.seq = seq;
        let body = row.str("body")?;
        let chained = ChainedEvent {
            seq,
            ticket: row.int("ticket")?,
            n: row.int("n")?,
            at_ms: row.int("at_ms")?,
            recorded_ms: row.int("recorded_ms")?,
            actor: row.str("actor")?,
            kind: row.str("kind")?,
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
        self.missing_texts = codec::commitments(body)?;
        Ok(())
    }

    fn compare_with_expected(&mut self) {
        if let Some(head) = self.expected.filter(|head| head.seq == self.seq) {
            self.contains_head = Some(head.hash == hex(&self.prev));
        }
    }

    /// Ends an event: every text that it commits to must have come.
    fn finish_event(&mut self, findings: &mut Findings) {
        for path in std::mem::take(&mut self.missing_texts).into_keys() {
            let seq = self.seq;
            findings.fault(format!("event {seq}: its text {path} is missing"));
        }
    }
}
