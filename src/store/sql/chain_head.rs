//! The identity of a store and the head of its chain, read through SQL.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::super::chain::ChainIdentity;
use super::super::codec;
use super::driver::{Executor, Row};
use super::statements;
use crate::domain::Timestamp;

/// The names of the entries in `meta`.
pub(crate) const STORE: &str = "store";
pub(crate) const CREATED: &str = "created";
pub(crate) const GENESIS: &str = "genesis";
pub(crate) const CLOCK: &str = "clock";
/// Present while the file may still have pages with deleted texts.
pub(crate) const SCRUB: &str = "scrub";

/// Every entry of `meta`, by name.
pub(crate) fn meta(db: &Executor<'_>) -> Result<BTreeMap<String, String>, StoreError> {
    let entry = |row: &Row<'_>| Ok((row.text("name")?, row.text("value")?));
    Ok(db.all(statements::META, &[], entry)?.into_iter().collect())
}

/// The identity of the store.
///
/// # Errors
/// [`StoreError::Damaged`] if it is incomplete.
pub(crate) fn identity(db: &Executor<'_>) -> Result<ChainIdentity, StoreError> {
    let entries = meta(db)?;
    let incomplete = || StoreError::damaged("the identity of the store is incomplete");
    let created = entries.get(CREATED).and_then(|text| text.parse().ok());
    Ok(ChainIdentity {
        store: entries.get(STORE).ok_or_else(incomplete)?.clone(),
        created_ms: created.ok_or_else(incomplete)?,
    })
}

/// What the machine's clock showed when the last event was recorded, or at the
/// last sweep if that was later.
pub(crate) fn last_clock_time(db: &Executor<'_>) -> Result<Option<Timestamp>, StoreError> {
    let recorded = db.first(statements::LAST_RECORDED, &[], |row| {
        codec::timestamp(row.int("recorded_ms")?)
    })?;
    let kept = meta(db)?.remove(CLOCK);
    let kept = kept
        .and_then(|text| text.parse().ok())
        .map(codec::timestamp);
    Ok(recorded.max(kept.transpose()?))
}

/// Keeps what the machine's clock shows, outside the chain.
pub(crate) fn keep_clock_time(db: &Executor<'_>, now: Timestamp) -> Result<(), StoreError> {
    let now = now.timestamp_millis().to_string();
    db.execute(statements::KEEP_META, &[CLOCK.into(), now.into()])?;
    Ok(())
}

/// The sequence number and hash of the last event; 0 and the genesis hash in an
/// empty chain.
pub(crate) fn head(
    db: &Executor<'_>,
    identity: &ChainIdentity,
) -> Result<(i64, Vec<u8>), StoreError> {
    Ok(db.head()?.unwrap_or_else(|| genesis(identity)))
}

/// As [`head`], so that nobody else appends to the chain until the transaction
/// ends.
pub(crate) fn head_to_append(
    db: &Executor<'_>,
    identity: &ChainIdentity,
) -> Result<(i64, Vec<u8>), StoreError> {
    Ok(db.lock_head()?.unwrap_or_else(|| genesis(identity)))
}

fn genesis(identity: &ChainIdentity) -> (i64, Vec<u8>) {
    (0, identity.genesis().to_vec())
}
