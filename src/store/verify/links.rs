//! The chain of events, each link and each text that a body commits to.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::book::{self, CREATED, GENESIS, STORE};
use super::super::chain::{self, Link, Root, hex};
use super::super::driver::{Driver, Row};
use super::super::editions::{self, Stored};
use super::super::{codec, sql};
use super::{Findings, Head};

/// What the walk along the chain counted.
pub(super) struct Chain {
    pub(super) events: u64,
    pub(super) head: String,
}

/// Walks the whole chain.
pub(super) fn check(driver: &dyn Driver, expected: Option<&Head>, found: &mut Findings) -> Chain {
    let root = match identity(driver, found) {
        Ok(root) => root,
        Err(fault) => {
            found.hindered("the identity of the store", Err(fault));
            Root {
                store: String::new(),
                created_ms: 0,
            }
        }
    };
    let genesis = root.genesis();
    let mut walk = Walk {
        holds_head: expected.map(|head| head.seq == 0 && head.hash == hex(&genesis)),
        prev: genesis.to_vec(),
        root,
        expected,
        seq: 0,
        events: 0,
        owed: BTreeMap::new(),
        policies: BTreeMap::new(),
    };
    match editions::stored(driver) {
        Ok(all) => walk.policies = all.into_iter().map(|one| (one.seq, one)).collect(),
        Err(fault) => found.hindered("the versions of the policy", Err(fault)),
    }
    let outcome = driver.query(sql::CHAIN, &[], &mut |row| {
        let step = walk.step(row, found);
        found.hindered("an event", step);
        Ok(ControlFlow::Continue(()))
    });
    walk.settle(found);
    walk.pass_policies(found);
    for seq in std::mem::take(&mut walk.policies).into_keys() {
        found.fault(format!(
            "link {seq}: this version of the policy has no place in the chain"
        ));
    }
    found.hindered("the chain", outcome);
    if walk.holds_head == Some(false) {
        found.fault("the chain does not hold the head that was expected");
    }
    Chain {
        events: walk.events,
        head: format!("{}:{}", walk.seq, hex(&walk.prev)),
    }
}

/// Reads who the store is; the seal over it must fit.
fn identity(driver: &dyn Driver, found: &mut Findings) -> Result<Root, StoreError> {
    let entries = driver.all(sql::META, &[], |mut row| Ok((row.text()?, row.text()?)))?;
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    if names != [CREATED, GENESIS, STORE] {
        found.fault("the store's description of itself has other entries than it should");
    }
    let root = book::root(driver)?;
    let sealed = entries.iter().find(|(name, _)| name == GENESIS);
    let spelled = entries.iter().find(|(name, _)| name == CREATED);
    if sealed.is_none_or(|(_, seal)| *seal != hex(&root.genesis()))
        || spelled.is_none_or(|(_, text)| *text != root.created_ms.to_string())
    {
        found.fault("the identity of the store was altered");
    }
    Ok(root)
}

struct Walk<'a> {
    root: Root,
    expected: Option<&'a Head>,
    holds_head: Option<bool>,
    /// The last event seen, and its stored hash.
    seq: i64,
    prev: Vec<u8>,
    events: u64,
    /// Commitments of that event whose text has not come yet.
    owed: BTreeMap<String, String>,
    /// The versions of the policy that have not been passed yet, by their
    /// place in the chain.
    policies: BTreeMap<i64, Stored>,
}

impl Walk<'_> {
    fn step(&mut self, mut row: Row, found: &mut Findings) -> Result<(), StoreError> {
        let seq = row.int()?;
        if self.events == 0 || seq != self.seq {
            self.settle(found);
            self.link(seq, &mut row, found)?;
        } else {
            row.skip(EVENT_COLUMNS);
        }
        let Some(path) = row.maybe_text()? else {
            return Ok(());
        };
        let (salt, value) = (row.blob()?, row.text()?);
        match self.owed.remove(&path) {
            Some(commitment) => {
                let length = salt.len() == chain::LENGTH;
                if !length || chain::commitment(&salt, seq, &path, &value) != commitment {
                    found.fault(format!("event {seq}: its text {path} was altered"));
                }
            }
            None => found.fault(format!("event {seq}: its text {path} was added")),
        }
        Ok(())
    }

    /// Passes the versions of the policy that come next in the chain.
    fn pass_policies(&mut self, found: &mut Findings) {
        while let Some(next) = self.seq.checked_add(1)
            && let Some(stored) = self.policies.remove(&next)
        {
            let hash = self.root.link(&self.prev, &stored.link());
            if stored.prev != self.prev || stored.hash != hash {
                found.fault(format!(
                    "link {next}: this version of the policy was altered"
                ));
            }
            self.seq = next;
            self.prev = stored.hash;
            if let Some(head) = self.expected.filter(|head| head.seq == next) {
                self.holds_head = Some(head.hash == hex(&self.prev));
            }
        }
    }

    /// Takes the next event on.
    fn link(&mut self, seq: i64, row: &mut Row, found: &mut Findings) -> Result<(), StoreError> {
        self.pass_policies(found);
        let follows = self.seq.checked_add(1) == Some(seq);
        self.events += 1;
        if !follows {
            found.fault(format!("events between {} and {seq} are missing", self.seq));
        }
        self.seq = seq;
        let (ticket, n) = (row.int()?, row.int()?);
        let (at_ms, recorded_ms) = (row.int()?, row.int()?);
        let (actor, kind, body) = (row.text()?, row.text()?, row.text()?);
        let (prev, hash) = (row.blob()?, row.blob()?);
        let link = Link {
            seq,
            ticket,
            n,
            at_ms,
            recorded_ms,
            actor: &actor,
            kind: &kind,
            body: &body,
        };
        if prev != self.prev && follows {
            found.fault(format!("event {seq}: it is not linked to the one before"));
        }
        if self.root.link(&prev, &link).as_slice() != hash.as_slice() {
            found.fault(format!("event {seq}: it was altered"));
        }
        if let Some(head) = self.expected
            && head.seq == seq
        {
            self.holds_head = Some(head.hash == hex(&hash));
        }
        self.prev = hash;
        self.owed = codec::commitments(&body)?;
        Ok(())
    }

    /// Ends an event: every text it commits to must have come.
    fn settle(&mut self, found: &mut Findings) {
        for path in std::mem::take(&mut self.owed).into_keys() {
            let seq = self.seq;
            found.fault(format!("event {seq}: its text {path} is missing"));
        }
    }
}

/// How many columns of [`sql::CHAIN`] an event has after its number.
const EVENT_COLUMNS: usize = 9;
