//! What is verified on every engine: the chain, the texts, and every row and
//! indexed document against the replay of its events. Never writes.

mod alarms;
mod attachments;
mod breaches;
mod chain;
mod hooks;
mod incoming_mail;
mod outbox;
mod person_events;
mod rows;

use super::sql::driver::Executor;
use super::sql::search_index::SearchIndex;
use super::{StoreError, Verification};
use crate::domain::policy::versions::PolicyParser;

/// How many faults are reported; one damaged page can cause thousands.
pub(super) const MOST: usize = 50;

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    faults: Vec<String>,
    more: usize,
}

impl Findings {
    pub(super) fn fault(&mut self, fault: impl Into<String>) {
        if self.faults.len() < MOST {
            self.faults.push(fault.into());
        } else {
            self.more += 1;
        }
    }

    /// Adds why something could not be read.
    fn unreadable(&mut self, what: &str, outcome: Result<(), StoreError>) {
        if let Err(fault) = outcome {
            self.fault(format!("{what} cannot be read: {fault}"));
        }
    }

    fn into_faults(mut self) -> Vec<String> {
        if self.more > 0 {
            self.faults.push(format!("and {} more", self.more));
        }
        self.faults
    }
}

/// A head of the chain that was recorded elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    seq: i64,
    hash: String,
}

impl Head {
    /// Reads `seq:hash`.
    ///
    /// # Errors
    /// [`StoreError::Failed`] for anything else.
    pub(super) fn parse(typed: &str) -> Result<Self, StoreError> {
        let parse = || {
            let (seq, hash) = typed.trim().split_once(':')?;
            let hash = hash.to_ascii_lowercase();
            let hex = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
            let seq = seq.parse().ok().filter(|seq| *seq >= 0)?;
            hex.then_some(Self { seq, hash })
        };
        parse().ok_or_else(|| StoreError::Failed {
            detail: format!("'{typed}' is not a head: a number, a colon and 64 hexadecimal digits"),
        })
    }
}

/// Verifies everything that can be read through SQL, and adds what the engine
/// found before.
pub(super) fn verify(
    db: &Executor<'_>,
    index: &dyn SearchIndex,
    expected_head: Option<&Head>,
    parse: PolicyParser,
    mut findings: Findings,
) -> Verification {
    let chain = chain::check(db, expected_head, &mut findings);
    let tickets = rows::check(db, index, parse, &mut findings);
    alarms::check(db, &mut findings);
    incoming_mail::check(db, &mut findings);
    outbox::check(db, &mut findings);
    hooks::check(db, &mut findings);
    attachments::check(db, &mut findings);
    person_events::check(db, &mut findings);
    Verification {
        events: chain.events,
        tickets,
        head: chain.head,
        faults: findings.into_faults(),
        notes: Vec::new(),
    }
}
