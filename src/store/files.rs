//! Stores as files on this machine: where the use cases get them from.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::place::{self, Access, Environment, Place};
use super::{AccessMode, Store, StoreError, StoreProvider, backup, opening};

/// The store at one place.
#[derive(Debug)]
pub(crate) struct Files {
    place: Place,
    around: Environment,
    created: Cell<bool>,
}

impl Files {
    pub(crate) const fn new(place: Place, around: Environment) -> Self {
        Self {
            place,
            around,
            created: Cell::new(false),
        }
    }

    /// Where a store was made by the way in this run.
    pub(crate) fn created(&self) -> Option<&Path> {
        self.created.get().then_some(self.place.path.as_path())
    }
}

impl StoreProvider for Files {
    fn path(&self) -> PathBuf {
        self.place.path.clone()
    }

    fn exists(&self) -> bool {
        self.place.path.symlink_metadata().is_ok()
    }

    fn open(&self, intent: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError> {
        let access = match intent {
            AccessMode::Read => Access::Read,
            AccessMode::Write => Access::Write,
        };
        match opening::open(&self.place, access, &self.around) {
            Ok(opened) => {
                self.created.set(self.created.get() || opened.created);
                Ok(Some(Box::new(opened.store)))
            }
            Err(StoreError::Missing { .. }) if !self.place.named => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn init(&self) -> Result<PathBuf, StoreError> {
        opening::init(&self.place.path, &self.around)?;
        Ok(self.path())
    }

    fn restore(&self, backup: &Path) -> Result<(PathBuf, Option<PathBuf>), StoreError> {
        place::plain(backup)?;
        let restored = backup::restore(backup, &self.place, &self.around)?;
        Ok((restored.path, restored.aside))
    }
}
