//! Policy versions as links of the chain. Does not parse them.

use super::super::StoreError;
use super::super::chain::ChainedEvent;
use super::super::codec;
use super::chain_head::{head, identity};
use super::driver::{Executor, Row, Value};
use super::statements;
use crate::domain::people::Actor;
use crate::domain::policy::versions::PolicyVersion;

/// The event kind under which a policy version is hashed.
const KIND: &str = "policy";

/// A policy version as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredPolicy {
    pub(crate) seq: i64,
    version: i64,
    at_ms: i64,
    recorded_ms: i64,
    actor: String,
    body: String,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl StoredPolicy {
    /// What is hashed for this link.
    pub(crate) fn chained(&self) -> ChainedEvent<'_> {
        ChainedEvent {
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

    fn parse(self) -> Result<PolicyVersion, StoreError> {
        let (text, files) = codec::read_policy(&self.body)?;
        Ok(PolicyVersion {
            version: u32::try_from(self.version).map_err(|_| {
                StoreError::damaged("the number of a policy version is out of range")
            })?,
            at: codec::timestamp(self.at_ms)?,
            recorded: codec::timestamp(self.recorded_ms)?,
            author: Actor::from_stored(&self.actor),
            text,
            files,
        })
    }
}

/// The number of the version in force.
pub(crate) fn current_version(db: &Executor<'_>) -> Result<u32, StoreError> {
    let version = db.first(statements::POLICY_VERSION, &[], |row| row.number("version"))?;
    Ok(version.unwrap_or(1))
}

/// Every version with its position in the chain, in order.
pub(crate) fn stored(db: &Executor<'_>) -> Result<Vec<StoredPolicy>, StoreError> {
    db.all(statements::POLICIES, &[], |row: &Row<'_>| {
        Ok(StoredPolicy {
            seq: row.int("seq")?,
            version: row.int("version")?,
            at_ms: row.int("at_ms")?,
            recorded_ms: row.int("recorded_ms")?,
            actor: row.text("actor")?,
            body: row.text("body")?,
            prev: row.blob("prev")?,
            hash: row.blob("hash")?,
        })
    })
}

/// Every version, in order.
pub(crate) fn all(db: &Executor<'_>) -> Result<Vec<PolicyVersion>, StoreError> {
    stored(db)?.into_iter().map(StoredPolicy::parse).collect()
}

/// Appends a version to the chain.
pub(crate) fn add(db: &Executor<'_>, version: &PolicyVersion) -> Result<(), StoreError> {
    let last = current_version(db)?;
    if version.version != last + 1 {
        return Err(StoreError::Failed {
            detail: format!("policy version {} does not follow {last}", version.version),
        });
    }
    let identity = identity(db)?;
    let (seq, prev) = head(db, &identity)?;
    let stored = StoredPolicy {
        seq: seq + 1,
        version: version.version.into(),
        at_ms: version.at.timestamp_millis(),
        recorded_ms: version.recorded.timestamp_millis(),
        actor: version.author.as_str().to_owned(),
        body: codec::write_policy(&version.text, &version.files),
        prev,
        hash: Vec::new(),
    };
    let hash = identity.hash(&stored.prev, &stored.chained());
    let values: [Value; 8] = [
        stored.seq.into(),
        stored.version.into(),
        stored.at_ms.into(),
        stored.recorded_ms.into(),
        stored.actor.into(),
        stored.body.into(),
        stored.prev.as_slice().into(),
        hash.as_slice().into(),
    ];
    db.execute(statements::ADD_POLICY, &values)
}
