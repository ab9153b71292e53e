//! Settings, and operations on the whole store.

use serde::Serialize;

use super::value::{CsvRecord, CsvValue};

/// A setting, its value and where it came from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Setting<'a> {
    pub(crate) name: String,
    pub(crate) value: Option<&'a str>,
    /// `flag`, `environment`, `user-file` or `default`.
    pub(crate) source: String,
}

csv_columns!(Setting<'_>: name, value, source);

/// A setting of the user file that was to be changed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ChangedSetting<'a> {
    pub(crate) name: &'a str,
    /// Absent if it was removed.
    pub(crate) value: Option<&'a str>,
    /// Whether the file was changed.
    pub(crate) changed: bool,
    pub(crate) file: &'a str,
}

csv_columns!(ChangedSetting<'_>: name, value, changed, file);

/// The result of verifying the whole store.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Verification<'a> {
    pub(crate) path: String,
    /// Whether there are no faults.
    pub(crate) ok: bool,
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The last link of the chain, as `seq:hash`; keep it elsewhere.
    pub(crate) head: &'a str,
    pub(crate) faults: &'a [String],
    pub(crate) notes: &'a [String],
}

csv_columns!(Verification<'_>: path, ok, events, tickets, head, faults, notes);

/// An operation on the whole store.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct StoreOperation {
    /// `created`, `backed-up`, `restored` or `written`.
    pub(crate) done: String,
    pub(crate) path: String,
    /// Where the previous store is kept.
    pub(crate) aside: Option<String>,
}

csv_columns!(StoreOperation: done, path, aside);

/// A copy of the whole store.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct StoreCopy<'a> {
    /// `copied`; `finished` if an earlier copy only lacked its last step.
    pub(crate) done: &'static str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    /// The id of both stores.
    pub(crate) store: &'a str,
    pub(crate) events: u64,
    pub(crate) tickets: u64,
    /// The head of both chains, as `seq:hash`.
    pub(crate) head: &'a str,
    /// Whether the copy took the place of the store, which refuses changes now.
    pub(crate) moved: bool,
    /// Mails that were to be sent, and that the copy holds.
    pub(crate) held_mails: u64,
}

csv_columns!(StoreCopy<'_>: done, from, to, store, events, tickets, head, moved, held_mails);

/// Several words for people as one word for programs.
pub(crate) fn one_word(words: &str) -> String {
    words.replace(' ', "-")
}
