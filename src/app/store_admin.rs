//! Use cases that concern the store as a whole.

use std::path::{Path, PathBuf};

use super::Desk;
use crate::error::Error;
use crate::store::{AccessMode, StoreError, Verification};

impl Desk<'_> {
    /// Creates the store.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or why it cannot be made.
    pub(crate) fn init(&self) -> Result<PathBuf, Error> {
        Ok(self.keeper.init()?)
    }

    /// Checks the whole store, and that `head` is in its chain.
    ///
    /// # Errors
    /// When there is no store, or it cannot be read at all.
    pub(crate) fn verify(&self, head: Option<&str>) -> Result<Verification, Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        Ok(store.verify(head)?)
    }

    /// Writes the index of what is written on tickets anew.
    ///
    /// # Errors
    /// When there is no store, or it cannot be written.
    pub(crate) fn reindex(&self) -> Result<(), Error> {
        self.reader()?.ok_or_else(|| self.missing())?;
        let mut txn = self.writer()?.begin(AccessMode::Write)?;
        txn.reindex()?;
        Ok(txn.commit()?)
    }

    /// Writes a copy of the store to a new file.
    ///
    /// # Errors
    /// When there is no store, or the copy cannot be written.
    pub(crate) fn backup(&self, file: &Path) -> Result<(), Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        Ok(store.backup(file)?)
    }

    pub(super) fn missing(&self) -> StoreError {
        StoreError::Missing {
            path: self.keeper.path(),
        }
    }

    /// Puts a backup in the place of the store, and says where that is and
    /// where the store that was there is kept.
    ///
    /// # Errors
    /// When the backup is not sound, or the store is in use.
    pub(crate) fn restore(&self, file: &Path) -> Result<(PathBuf, Option<PathBuf>), Error> {
        self.keeper
            .restore(file)
            .map_err(|fault| about_backup(fault, file))
    }
}

/// What is wrong with a backup is put right in another way than what is wrong
/// with the store.
fn about_backup(fault: StoreError, file: &Path) -> Error {
    let file = file.display();
    let message = if matches!(fault, StoreError::Missing { .. }) {
        format!("there is no file {file}")
    } else if matches!(fault, StoreError::Exists { .. }) {
        format!("{file} is the store itself")
    } else if matches!(fault, StoreError::Empty { .. } | StoreError::Foreign { .. }) {
        format!("{file} is no copy of a desk store")
    } else {
        return fault.into();
    };
    Error::usage(message, "give a file written by desk backup")
}
