//! The identity of a store and the head of its chain, read through SQL.

use std::collections::BTreeMap;

use super::super::StoreError;
use super::super::chain::ChainIdentity;
use super::driver::{Executor, Row};
use super::statements;

/// The names of the entries in `meta`.
pub(crate) const STORE: &str = "store";
pub(crate) const CREATED: &str = "created";
pub(crate) const GENESIS: &str = "genesis";

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

/// The sequence number and hash of the last event; 0 and the genesis hash in an
/// empty chain.
pub(crate) fn head(
    db: &Executor<'_>,
    identity: &ChainIdentity,
) -> Result<(i64, Vec<u8>), StoreError> {
    let event = |row: &Row<'_>| Ok((row.int("seq")?, row.blob("hash")?));
    let last = db.first(statements::HEAD, &[], event)?;
    Ok(last.unwrap_or_else(|| (0, identity.genesis().to_vec())))
}
