//! The random keys under which rows of an import are identified: the store's own,
//! and those that came with exports of other stores. Each is the text of an
//! event of the desk itself, so that it cannot be exchanged unnoticed.

use super::super::StoreError;
use super::super::chain::{self, Hash};
use super::super::codec::{self, Draft};
use super::append::{ChainWriter, Circumstances};
use super::driver::Executor;
use super::people::People;
use super::statements;
use super::transaction::SqlTransaction;
use crate::domain::Timestamp;

/// The kind of the event that introduces a key.
const KIND: &str = "import-key";
/// The path of the key.
const KEY: &str = "key";

/// Every key in hexadecimal, the oldest first.
pub(crate) fn all(db: &Executor<'_>) -> Result<Vec<String>, StoreError> {
    db.all(statements::IMPORT_KEYS, &[], |row| row.text("value"))
}

/// What may identify a row with this digest under these keys.
pub(crate) fn fingerprints(keys: &[String], digest: &str) -> Vec<String> {
    let keyed = keys.iter().map(|key| chain::row_fingerprint(key, digest));
    // Versions before 0.3 stored the digest itself.
    keyed.chain([digest.to_owned()]).collect()
}

/// A new random key in hexadecimal.
pub(crate) fn random() -> Result<String, StoreError> {
    let mut key: Hash = [0; chain::LENGTH];
    chain::fill_random(&mut key)?;
    Ok(chain::hex(&key))
}

/// Adds a key as the last one.
pub(crate) fn add(
    db: &Executor<'_>,
    people: &People,
    key: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let last = db.first(statements::IMPORT_KEY_COUNT, &[], |row| row.int("keys"))?;
    let now = now.timestamp_millis();
    let circumstances = Circumstances {
        ticket: None,
        n: last.unwrap_or(0) + 1,
        at_ms: now,
        recorded_ms: now,
    };
    let mut draft = Draft::default();
    draft.text(KEY, key);
    ChainWriter::new(db, people)?.append_last(circumstances, codec::DESK, KIND, draft)
}

impl SqlTransaction<'_> {
    pub(super) fn add_import_key(&mut self, key: &str, now: Timestamp) -> Result<(), StoreError> {
        self.import_keys.take();
        add(self.db_to_append()?, &self.people, key, now)
    }

    /// The secret key of the store, which is created before it is first needed.
    pub(super) fn own_key(&mut self, now: Timestamp) -> Result<&str, StoreError> {
        if self.import_keys()?.is_empty() {
            self.add_import_key(&random()?, now)?;
        }
        Ok(self.import_keys()?.first().expect("there is one by now"))
    }

    pub(super) fn import_keys(&self) -> Result<&[String], StoreError> {
        if self.import_keys.get().is_none() {
            let keys = all(self.db()?)?;
            self.import_keys.get_or_init(|| keys);
        }
        Ok(self.import_keys.get().expect("it was set just now"))
    }
}
