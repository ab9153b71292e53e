//! Use cases about the store as a whole.

use std::path::{Path, PathBuf};

use super::Desk;
use super::policy_versions;
use crate::domain::read_models::RestoreLoss;
use crate::domain::store_copy::{CopyKind, CopyProgress, CopyReport};
use crate::error::Error;
use crate::store::{
    self, AccessMode, CopyRequest, FileRestore, Group, Restored, StoreError, StoreProvider,
    Verification,
};

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

    /// Writes a backup of a store that is a file to a new file.
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

    /// Writes a backup of a store in a database to a new file.
    ///
    /// # Errors
    /// If there is no store, or the copy cannot be written.
    pub(crate) fn backup_database(
        &self,
        target: &dyn StoreProvider,
        observe: &mut dyn FnMut(CopyProgress),
    ) -> Result<(), Error> {
        let store = self.reader()?.ok_or_else(|| self.missing())?;
        let location = self.provider.location();
        store::copy(store, target, self.as_it_is(&location, observe))?;
        self.count_commit();
        Ok(())
    }

    /// Copies the store to another place. With `of_moved`, also one that was moved.
    ///
    /// # Errors
    /// If there is no store, there is something at the target, or one of both is
    /// not sound.
    pub(crate) fn copy_store(
        &self,
        target: &dyn StoreProvider,
        kind: CopyKind,
        of_moved: bool,
        observe: &mut dyn FnMut(CopyProgress),
    ) -> Result<CopyReport, Error> {
        let reader = self.reader()?.ok_or_else(|| self.missing())?;
        let source = match kind {
            CopyKind::Move => self.writer()?,
            CopyKind::Beside | CopyKind::Backup => reader,
        };
        let request = CopyRequest {
            kind,
            of_moved,
            from: &self.provider.location(),
            now: self.instant(),
            parse: policy_versions::parse_policy,
            observe,
        };
        let report = store::copy(source, target, request)?;
        self.count_commit();
        Ok(report)
    }

    /// A copy of a store with all that it is, as backups are.
    fn as_it_is<'c>(
        &self,
        from: &'c str,
        observe: &'c mut dyn FnMut(CopyProgress),
    ) -> CopyRequest<'c> {
        CopyRequest {
            kind: CopyKind::Backup,
            of_moved: true,
            from,
            now: self.instant(),
            parse: policy_versions::parse_policy,
            observe,
        }
    }

    /// Whether the store is a file, which a backup replaces; a database is filled
    /// from one instead.
    pub(crate) fn is_file(&self) -> bool {
        self.provider.file_restore().is_some()
    }

    /// Fills an empty database with a backup file.
    ///
    /// # Errors
    /// If the database is not empty, or the backup is not sound or has texts that
    /// were erased since.
    pub(crate) fn restore_to_database(
        &self,
        file: &Path,
        backup: &dyn StoreProvider,
        observe: &mut dyn FnMut(CopyProgress),
    ) -> Result<CopyReport, Error> {
        let missing = || StoreError::Missing {
            location: file.display().to_string(),
        };
        let opened = backup.open(AccessMode::Read);
        let opened = opened.map_err(|fault| backup_error(fault, file))?;
        let source = opened.ok_or_else(|| backup_error(missing(), file))?;
        let erased = source.file_store().map(|files| files.has_listed_texts());
        if erased.transpose()?.unwrap_or(false) {
            return Err(Error::usage(
                format!(
                    "{} has texts that were erased since, which only a restore to a file erases again",
                    file.display()
                ),
                "desk restore --db NEW.db BACKUP; then: desk store copy --db NEW.db --to URL",
            ));
        }
        let location = backup.location();
        let request = self.as_it_is(&location, observe);
        let copied = store::copy(source.as_ref(), self.provider, request);
        let report = copied.map_err(|fault| {
            if let StoreError::Exists { location } = fault {
                return Error::usage(
                    format!("{location} has tickets; a backup fills an empty database only"),
                    "give another database with --db; to go back in time, see: desk help operate",
                );
            }
            fault.into()
        })?;
        self.count_commit();
        Ok(report)
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
