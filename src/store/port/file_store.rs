//! What only a store has that is a file: copies, restoring from one, and pages in
//! which deleted texts can stay.

use std::path::{Path, PathBuf};

use super::super::StoreError;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::read_models::RestoreLoss;

/// What becomes of a store that is a file without opening it: it is replaced, or is
/// seen to have changed.
pub(crate) trait FileRestore {
    /// A mark of what was written to the store so far.
    fn change_mark(&self) -> ChangeMark;

    /// Replaces the store with a backup file, which is verified first (see
    /// [`Store::verify`]).
    ///
    /// # Errors
    /// If the backup is not a sound store, or the store is in use.
    fn restore(&self, backup: &Path, parse: PolicyParser) -> Result<Restored, StoreError>;

    /// What the store has and a backup file does not; `None` if that is nothing.
    ///
    /// # Errors
    /// If the backup cannot be read.
    fn loss(&self, backup: &Path) -> Result<Option<RestoreLoss>, StoreError>;
}

/// The result of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restored {
    pub(crate) path: PathBuf,
    /// Where the replaced store was moved to.
    pub(crate) previous: Option<PathBuf>,
    /// How many texts of the backup were erased again.
    pub(crate) erased: u64,
}

/// Operations of an open store that is a file.
pub(crate) trait FileStore {
    /// Writes a complete copy to a new file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if the target exists, or why it cannot be
    /// written.
    fn backup(&self, target: &Path) -> Result<(), StoreError>;

    /// Whether it has texts that the list of redactions beside it names, because they
    /// were erased after it was written.
    ///
    /// # Errors
    /// If the list or the store cannot be read.
    fn has_listed_texts(&self) -> Result<bool, StoreError>;

    /// Removes what erased texts left in the pages of the file and in its log, and
    /// writes the list of redactions beside the store. It can be repeated.
    ///
    /// # Errors
    /// If the store or the list cannot be written.
    fn scrub(&self) -> Result<Scrub, StoreError>;
}

/// Whether a store was scrubbed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scrub {
    Done,
    /// Another process reads or writes the store; the next sweep tries again.
    Pending,
}

/// A mark of the files of a store: it differs once somebody has written to them, or
/// has replaced them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeMark {
    /// The file and its log; absent if there is none.
    pub(crate) files: [Option<FileMark>; 2],
}

/// The identity, the length and the time of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileMark {
    pub(crate) device: u64,
    pub(crate) inode: u64,
    pub(crate) bytes: u64,
    /// Nanoseconds since 1970.
    pub(crate) written: i128,
}
