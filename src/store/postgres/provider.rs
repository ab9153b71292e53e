//! The store in the database of a URL.

use std::cell::{OnceCell, RefCell};
use std::ffi::OsString;
use std::path::PathBuf;
use std::rc::Rc;

use super::super::port::{CopyTarget, FileRestore, Group, StoreHealth, StoreWarning, Team};
use super::super::sql::marks::{self, Marks};
use super::super::{AccessMode, Store, StoreError, StoreProvider};
use super::connection::Connections;
use super::copy_target::DatabaseCopy;
use super::errors::refused;
use super::health;
use super::migrations::{self, Migration};
use super::server::{self, Server};
use super::settings::Settings;
use super::store::PostgresStore;
use crate::domain::Timestamp;
use crate::domain::store_copy::CopyKind;

/// What a provider needs of the process.
#[derive(Debug, Clone)]
pub(crate) struct Process {
    /// Reads a variable of the environment.
    pub(crate) env: fn(&str) -> Option<OsString>,
    /// The name of the user of the system.
    pub(crate) user: Option<String>,
    /// The time of the machine's clock; a new store is created at this time.
    pub(crate) now: Timestamp,
}

/// Opens and creates the store in one database.
#[derive(Debug)]
pub(crate) struct PostgresProvider {
    url: String,
    /// The URL without its password.
    location: String,
    process: Process,
    connections: OnceCell<Rc<Connections>>,
    /// Of the store that was opened.
    marks: RefCell<Marks>,
}

impl PostgresProvider {
    /// `location` is the URL without its password.
    pub(crate) const fn new(url: String, location: String, process: Process) -> Self {
        Self {
            url,
            location,
            process,
            connections: OnceCell::new(),
            marks: RefCell::new(Marks {
                moved: None,
                unfinished: None,
            }),
        }
    }

    pub(super) fn connections(&self) -> Result<&Rc<Connections>, StoreError> {
        if let Some(known) = self.connections.get() {
            return Ok(known);
        }
        let env = self.process.env;
        let variable = |name: &str| env(name)?.into_string().ok();
        let settings = Settings::read(&self.url, &variable, self.process.user.as_deref())?;
        let made = Rc::new(Connections::new(settings, self.location.clone()));
        Ok(self.connections.get_or_init(|| made))
    }

    /// Opens the store, and steps up an older schema.
    pub(super) fn open_with(
        &self,
        mode: AccessMode,
        migrations: &[Migration],
    ) -> Result<PostgresStore, StoreError> {
        let connections = self.connections()?;
        let location = &self.location;
        let (is_replica, login) = connections.take()?.with(|client| {
            let server = Server::ask(client, location)?;
            server.check(location, mode)?;
            self.marks.replace(server.marks.clone());
            if !server.check_schema(client, location, migrations)? {
                migrations::step_up(client, location, migrations)?;
            }
            Ok((server.is_replica, server.login))
        })?;
        Ok(PostgresStore::new(
            Rc::clone(connections),
            is_replica,
            login,
        ))
    }
}

impl StoreProvider for PostgresProvider {
    fn location(&self) -> String {
        self.location.clone()
    }

    /// Asking the server is opening the store.
    fn exists(&self) -> bool {
        true
    }

    fn open(&self, mode: AccessMode) -> Result<Option<Box<dyn Store>>, StoreError> {
        let store = self.open_with(mode, migrations::ALL)?;
        self.marks.borrow().refuse_unfinished(&self.location)?;
        Ok(Some(Box::new(store)))
    }

    /// Only `desk init` creates one.
    fn was_created(&self) -> bool {
        false
    }

    fn warning(&self) -> Option<StoreWarning> {
        let marks = self.marks.borrow();
        let to = marks.moved.as_ref()?;
        Some(marks::moved_warning(&self.location, to))
    }

    fn copy_target(&self, _kind: CopyKind) -> Result<Box<dyn CopyTarget + '_>, StoreError> {
        let connections = self.connections()?;
        let copy = DatabaseCopy::begin(Rc::clone(connections), &self.location)?;
        Ok(Box::new(copy))
    }

    fn unfinished_copy(&self) -> Result<Option<Box<dyn Store>>, StoreError> {
        match self.open_with(AccessMode::Write, migrations::ALL) {
            Ok(store) if self.marks.borrow().unfinished.is_some() => Ok(Some(Box::new(store))),
            // Whatever is there is not such a copy.
            Ok(_) | Err(StoreError::Missing { .. } | StoreError::Foreign { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// The next copy replaces it, in its own transaction.
    fn remove_unfinished(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn init(&self, group: Option<&Group>) -> Result<PathBuf, StoreError> {
        if group.is_some() {
            return Err(refused(
                2,
                "store_group",
                "a group of this machine cannot share a database",
                "give roles to the logins of the database: desk help team",
            ));
        }
        let location = &self.location;
        self.connections()?.take()?.with(|client| {
            let server = Server::ask(client, location)?;
            server.check(location, AccessMode::Write)?;
            if server.schema.is_some() {
                return Err(StoreError::Exists {
                    location: location.clone(),
                });
            }
            if server::has_tables(client, location)? {
                return Err(server::foreign(location));
            }
            migrations::create(client, location, self.process.now)
        })?;
        Ok(PathBuf::from(location))
    }

    fn file_restore(&self) -> Option<&dyn FileRestore> {
        None
    }

    fn team(&self) -> Option<&dyn Team> {
        Some(self)
    }

    fn health(&self) -> StoreHealth {
        health::inspect(self, &self.location)
    }

    fn remove_leftovers(&self, _files: &[PathBuf]) -> Result<Vec<PathBuf>, StoreError> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod versions;

/// The provider of a database, for tests.
#[cfg(test)]
pub(super) fn provider_for_tests(url: &str) -> PostgresProvider {
    let process = Process {
        env: |_| None,
        user: None,
        now: crate::testing::store::fixtures::at(0),
    };
    PostgresProvider::new(url.to_owned(), "postgres://db".to_owned(), process)
}

/// The store in a database, for tests.
#[cfg(test)]
pub(crate) fn reopen_for_tests(url: &str) -> PostgresStore {
    let store = provider_for_tests(url).open_with(AccessMode::Write, migrations::ALL);
    store.expect("the database has a store")
}

/// A new store in an empty database, for tests.
#[cfg(test)]
pub(crate) fn open_for_tests(url: &str) -> PostgresStore {
    let created = provider_for_tests(url).init(None);
    created.expect("the database is empty");
    reopen_for_tests(url)
}
