//! The store at a location on this machine.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use super::super::port::{FileRestore, Group, Restored, StoreHealth, StoreWarning};
use super::super::{AccessMode, Store, StoreError, StoreProvider};
use super::filesystem::Environment;
use super::location::Location;
use super::open::{self, open};
use super::{health, leftovers, restore};
use crate::domain::policy::versions::PolicyParser;
use crate::domain::read_models::RestoreLoss;

/// Opens and creates the store at one location.
#[derive(Debug)]
pub(crate) struct SqliteProvider {
    location: Location,
    environment: Environment,
    created: Cell<bool>,
    unreadable_commits: Cell<u64>,
}

impl SqliteProvider {
    pub(crate) const fn new(location: Location, environment: Environment) -> Self {
        Self {
            location,
            environment,
            created: Cell::new(false),
            unreadable_commits: Cell::new(0),
        }
    }
}

impl StoreProvider for SqliteProvider {
    fn location(&self) -> String {
        self.location.path.display().to_string()
    }

    fn exists(&self) -> bool {
        self.location.path.symlink_metadata().is_ok()
    }

    fn open(&self, mode: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError> {
        match open(&self.location, mode, &self.environment) {
            Ok(opened) => {
                self.created.set(self.created.get() || opened.created);
                self.unreadable_commits.set(opened.unreadable_commits);
                Ok(Some(Box::new(opened.store)))
            }
            Err(StoreError::Missing { .. }) if !self.location.explicit => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn was_created(&self) -> bool {
        self.created.get()
    }

    fn warning(&self) -> Option<StoreWarning> {
        let commits = self.unreadable_commits.get();
        (commits > 0).then(|| StoreWarning {
            message: format!(
                "the log of {} is damaged: {commits} committed changes in it cannot be read",
                self.location()
            ),
            hint: "see what to do with: desk help operate",
        })
    }

    fn init(&self, group: Option<&Group>) -> Result<PathBuf, StoreError> {
        open::init(&self.location.path, &self.environment, group)?;
        Ok(self.location.path.clone())
    }

    fn file_restore(&self) -> Option<&dyn FileRestore> {
        Some(self)
    }

    fn health(&self) -> StoreHealth {
        health::inspect(&self.location, &self.environment)
    }

    fn remove_leftovers(&self, files: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError> {
        leftovers::remove(files)
    }
}

impl FileRestore for SqliteProvider {
    fn restore(&self, backup: &Path, parse: PolicyParser) -> Result<Restored, StoreError> {
        restore::restore(backup, &self.location, &self.environment, parse)
    }

    fn loss(&self, backup: &Path) -> Result<Option<RestoreLoss>, StoreError> {
        restore::loss(backup, &self.location, &self.environment)
    }
}
