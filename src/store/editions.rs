//! The versions of the policy as links of the chain.

use std::ops::ControlFlow;

use super::StoreError;
use super::book::{head, root};
use super::chain::Link;
use super::codec;
use super::driver::{Driver, Row, Value, damaged, moment};
use super::history::histories;
use super::sql;
use crate::domain::automation;
use crate::domain::people::Actor;
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::ticket::Ticket;
use crate::policy_file;

/// The kind under which a version of the policy is hashed.
const KIND: &str = "policy";

/// A version of the policy as it lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) seq: i64,
    version: i64,
    at_ms: i64,
    recorded_ms: i64,
    actor: String,
    body: String,
    pub(super) prev: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

impl Stored {
    /// The link that it adds to the chain.
    pub(super) fn link(&self) -> Link<'_> {
        Link {
            seq: self.seq,
            ticket: 0,
            n: self.version,
            at_ms: self.at_ms,
            recorded_ms: self.recorded_ms,
            actor: &self.actor,
            kind: KIND,
            body: &self.body,
        }
    }

    fn edition(self) -> Result<PolicyVersion, StoreError> {
        let (text, files) = codec::read_edition(&self.body)?;
        Ok(PolicyVersion {
            version: u32::try_from(self.version)
                .map_err(|_| damaged("a version of the policy is out of range"))?,
            at: moment(self.at_ms)?,
            recorded: moment(self.recorded_ms)?,
            author: Actor::from_stored(&self.actor),
            text,
            files,
        })
    }
}

pub(super) fn version(driver: &dyn Driver) -> Result<u32, StoreError> {
    let version = driver.first(sql::POLICY_VERSION, &[], |mut row| row.small())?;
    Ok(version.unwrap_or(1))
}

pub(super) fn stored(driver: &dyn Driver) -> Result<Vec<Stored>, StoreError> {
    driver.all(sql::POLICIES, &[], |mut row: Row| {
        Ok(Stored {
            seq: row.int()?,
            version: row.int()?,
            at_ms: row.int()?,
            recorded_ms: row.int()?,
            actor: row.text()?,
            body: row.text()?,
            prev: row.blob()?,
            hash: row.blob()?,
        })
    })
}

pub(super) fn all(driver: &dyn Driver) -> Result<Vec<PolicyVersion>, StoreError> {
    stored(driver)?.into_iter().map(Stored::edition).collect()
}

/// The policy in force and all before it.
///
/// # Errors
/// [`StoreError::Damaged`] when the one in force cannot be read.
pub(super) fn policies(driver: &dyn Driver) -> Result<PolicyHistory, StoreError> {
    let read = |edition: &PolicyVersion| Some(policy_file::parse_version(edition).ok()?.policy);
    PolicyHistory::from_versions(all(driver)?, read)
        .map_err(|version| damaged(format!("version {version} of the policy cannot be read")))
}

/// Reckons anew from when the desk has something to do about each open
/// ticket, under the policy in force.
pub(super) fn renew_acts(driver: &dyn Driver) -> Result<(), StoreError> {
    let policies = policies(driver)?;
    let open = driver.all(sql::OPEN_IDS, &[], |mut row| row.int())?;
    for id in open {
        let mut history = Vec::new();
        histories(driver, sql::HISTORY, &[id.into()], &mut |_, stored| {
            history.push(stored.event()?);
            Ok(ControlFlow::Continue(()))
        })?;
        let act = Ticket::replay(&history)
            .and_then(|ticket| automation::next_timer(&ticket, &policies))
            .map(|due| due.actionable_at);
        driver.execute(sql::SET_ACT, &[id.into(), act.into()])?;
    }
    Ok(())
}

/// Adds a version to the end of the chain.
pub(super) fn add(driver: &dyn Driver, edition: &PolicyVersion) -> Result<(), StoreError> {
    let last = version(driver)?;
    if edition.version != last + 1 {
        return Err(StoreError::Failed {
            detail: format!(
                "version {} of the policy does not follow {last}",
                edition.version
            ),
        });
    }
    let root = root(driver)?;
    let (seq, prev) = head(driver, &root)?;
    let mut stored = Stored {
        seq: seq + 1,
        version: edition.version.into(),
        at_ms: edition.at.timestamp_millis(),
        recorded_ms: edition.recorded.timestamp_millis(),
        actor: edition.author.as_str().to_owned(),
        body: codec::write_edition(&edition.text, &edition.files),
        prev,
        hash: Vec::new(),
    };
    stored.hash = root.link(&stored.prev, &stored.link()).to_vec();
    let values: [Value; 8] = [
        stored.seq.into(),
        stored.version.into(),
        stored.at_ms.into(),
        stored.recorded_ms.into(),
        stored.actor.as_str().into(),
        stored.body.as_str().into(),
        stored.prev.as_slice().into(),
        stored.hash.as_slice().into(),
    ];
    driver.execute(sql::ADD_POLICY, &values).map(drop)
}
