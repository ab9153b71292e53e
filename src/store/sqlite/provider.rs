//! The store at a location on this machine.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use super::super::port::{
    ChangeMark, CopyTarget, FileRestore, Group, Restored, StoreHealth, StoreWarning,
};
use super::super::sql::marks;
use super::super::{AccessMode, Store, StoreError, StoreProvider};
use super::copy_target::{self, FileCopy};
use super::filesystem::Environment;
use super::location::Location;
use super::open::{self, open, open_any};
use super::{filesystem, health, leftovers, restore};
use crate::domain::policy::versions::PolicyParser;
use crate::domain::read_models::RestoreLoss;
use crate::domain::store_copy::CopyKind;

/// Opens and creates the store at one location.
#[derive(Debug)]
pub(crate) struct SqliteProvider {
    location: Location,
    environment: Environment,
    created: Cell<bool>,
    unreadable_commits: Cell<u64>,
    moved_to: RefCell<Option<String>>,
}

impl SqliteProvider {
    pub(crate) const fn new(location: Location, environment: Environment) -> Self {
        Self {
            location,
            environment,
            created: Cell::new(false),
            unreadable_commits: Cell::new(0),
            moved_to: RefCell::new(None),
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
                self.moved_to.replace(opened.marks.moved);
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
        if let (0, Some(to)) = (commits, self.moved_to.borrow().as_ref()) {
            return Some(marks::moved_warning(&self.location(), to));
        }
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

    fn copy_target(&self, kind: CopyKind) -> Result<Box<dyn CopyTarget + '_>, StoreError> {
        let copy = FileCopy::begin(&self.location.path, kind, &self.environment)?;
        Ok(Box::new(copy))
    }

    fn unfinished_copy(&self) -> Result<Option<Box<dyn Store>>, StoreError> {
        let location = Location {
            explicit: true,
            ..self.location.clone()
        };
        match open_any(&location, AccessMode::Write, &self.environment) {
            Ok(opened) if opened.marks.unfinished.is_some() => Ok(Some(Box::new(opened.store))),
            // Whatever is there is not such a copy.
            Ok(_) | Err(StoreError::Missing { .. } | StoreError::Foreign { .. }) => Ok(None),
            Err(StoreError::Refused { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn remove_unfinished(&self) -> Result<(), StoreError> {
        copy_target::remove(&self.location.path)
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
    fn change_mark(&self) -> ChangeMark {
        filesystem::change_mark(&self.location.path)
    }

    fn restore(&self, backup: &Path, parse: PolicyParser) -> Result<Restored, StoreError> {
        restore::restore(backup, &self.location, &self.environment, parse)
    }

    fn loss(&self, backup: &Path) -> Result<Option<RestoreLoss>, StoreError> {
        restore::loss(backup, &self.location, &self.environment)
    }
}
