//! Checks everything that can be checked: the file, the log, the chain, the
//! texts, and every row against the replay of its events. Never writes, and
//! answers on any file, however damaged.

mod links;
mod rows;

use super::driver::Driver;
use super::sqlite::{Session, SqliteStore, log, structure};
use super::{AccessMode, StoreError, Verification, place};

/// How many faults are told; a damaged page can be the cause of thousands.
const MOST: usize = 50;

/// What was found so far.
#[derive(Debug, Default)]
struct Findings {
    faults: Vec<String>,
    more: usize,
}

impl Findings {
    fn fault(&mut self, fault: impl Into<String>) {
        if self.faults.len() < MOST {
            self.faults.push(fault.into());
        } else {
            self.more += 1;
        }
    }

    /// Takes down why something could not be read.
    fn hindered(&mut self, what: &str, outcome: Result<(), StoreError>) {
        if let Err(fault) = outcome {
            self.fault(format!("{what} cannot be read: {fault}"));
        }
    }

    fn told(mut self) -> Vec<String> {
        if self.more > 0 {
            self.faults.push(format!("and {} more", self.more));
        }
        self.faults
    }
}

/// A head that was kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Head {
    seq: i64,
    hash: String,
}

impl Head {
    fn parse(typed: &str) -> Option<Self> {
        let (seq, hash) = typed.trim().split_once(':')?;
        let hash = hash.to_ascii_lowercase();
        let hex = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        let seq = seq.parse().ok().filter(|seq| *seq >= 0)?;
        hex.then_some(Self { seq, hash })
    }
}

/// Checks a store, and that its chain holds a head that was kept elsewhere.
///
/// # Errors
/// When not even a transaction can be begun, or the text is no head.
pub(super) fn verify(
    store: &SqliteStore,
    expected_head: Option<&str>,
) -> Result<Verification, StoreError> {
    let expected = match expected_head {
        Some(typed) => Some(Head::parse(typed).ok_or_else(|| StoreError::Failed {
            detail: format!("'{typed}' is not a head: a number, a colon and 64 hexadecimal digits"),
        })?),
        None => None,
    };
    let mut found = Findings::default();
    let mut notes = Vec::new();
    match log::look(&place::log_of(store.path())) {
        Ok(log::End::Clean) => {}
        Ok(log::End::Cut) => {
            notes.push("the log ends with a write that was cut short, or damage".to_owned());
        }
        Ok(log::End::Damaged { commits }) => {
            found.fault(format!("the log is damaged: {commits} commits are lost"));
        }
        Err(fault) => found.fault(format!("the log cannot be read: {fault}")),
    }
    let session: Session<'_> = store.session(AccessMode::Read)?;
    for fault in structure::faults(store.connection()) {
        found.fault(fault);
    }
    let driver: &dyn Driver = &session;
    let chain = links::check(driver, expected.as_ref(), &mut found);
    let tickets = rows::check(driver, &mut found);
    Ok(Verification {
        events: chain.events,
        tickets,
        head: chain.head,
        faults: found.told(),
        notes,
    })
}

#[cfg(test)]
mod tests;
