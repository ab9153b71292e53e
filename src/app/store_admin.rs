//! Use cases about the store as a whole.

use std::path::{Path, PathBuf};

use super::Desk;
use super::policy_versions;
use crate::domain::read_models::RestoreLoss;
use crate::error::Error;
use crate::store::{FileRestore, Group, Restored, StoreError, Verification};

impl Desk<'_> {
    /// Creates the store, shared with a group or for the user alone.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or another fault of the store.
    pub(crate) fn init(&self, group: Option<&Group>) -> Result<PathBuf, Error> {
        self.require_clock()?;
        let path = self.provider.init(group)?;
        self.count_commit();
        Ok(path)
    }

    /// Verifies the whole store, and that `head` is in its chain.
    ///
    /// # Errors
    /// If there is no store, or it cannot be read at all.
    pub(crate) fn verify(&self, head: Option<&str>) -> Result<Verification, Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        self.require_every_row("desk verify")?;
        Ok(store.verify(head, policy_versions::parse_policy)?)
    }

    /// Rebuilds the search index.
    ///
    /// # Errors
    /// If there is no store, or it cannot be written.
    pub(crate) fn reindex(&self) -> Result<(), Error> {
        self.reader()?.ok_or_else(|| self.missing())?;
        self.require_every_row("desk reindex")?;
        self.write_everything(self.writer()?, |mut txn| {
            txn.reindex()?;
            self.commit(txn)
        })
    }

    /// Writes a backup of the store to a new file.
    ///
    /// # Errors
    /// If there is no store, or the copy cannot be written.
    pub(crate) fn backup(&self, file: &Path) -> Result<(), Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        let files = store.file_store().ok_or(StoreError::Unsupported {
            operation: "desk backup",
        })?;
        files.backup(file)?;
        self.count_commit();
        Ok(())
    }

    pub(super) fn missing(&self) -> StoreError {
        StoreError::Missing {
            location: self.provider.location(),
        }
    }

    /// Returns what the store has and a backup does not, if anything.
    ///
    /// # Errors
    /// If the backup cannot be read.
    pub(crate) fn restore_loss(&self, file: &Path) -> Result<Option<RestoreLoss>, Error> {
        let loss = self.file_restore()?.loss(file);
        loss.map_err(|fault| backup_error(fault, file))
    }

    /// Replaces the store with a backup.
    ///
    /// # Errors
    /// If the backup is not sound, or the store is in use.
    pub(crate) fn restore(&self, file: &Path) -> Result<Restored, Error> {
        let restored = self
            .file_restore()?
            .restore(file, policy_versions::parse_policy)
            .map_err(|fault| backup_error(fault, file))?;
        self.count_commit();
        Ok(restored)
    }

    fn file_restore(&self) -> Result<&dyn FileRestore, StoreError> {
        self.provider.file_restore().ok_or(StoreError::Unsupported {
            operation: "desk restore",
        })
    }
}

/// Explains a fault of the backup, whose remedy differs from that of the same
/// fault of the store.
fn backup_error(fault: StoreError, file: &Path) -> Error {
    let file = file.display();
    let message = if matches!(fault, StoreError::Missing { .. }) {
        format!("there is no file {file}")
    } else if matches!(fault, StoreError::Exists { .. }) {
        format!("{file} is the store itself")
    } else if matches!(fault, StoreError::Foreign { .. }) {
        format!("{file} is not a copy of a desk store")
    } else {
        return fault.into();
    };
    Error::usage(message, "give a file written by desk backup")
}
