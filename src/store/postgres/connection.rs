//! Connections to a server. A process has one, and another only while it reads
//! and writes at the same time.

use std::cell::{Cell, RefCell};

use postgres::{Client, NoTls};

use super::super::StoreError;
use super::errors::connection_error;
use super::settings::Settings;
use super::tls::Verification;

/// The connections of a process to one database.
pub(super) struct Connections {
    settings: Settings,
    /// The URL without its password.
    location: String,
    idle: RefCell<Vec<Client>>,
    /// Whether commits are made durable.
    flushes: Cell<bool>,
}

impl std::fmt::Debug for Connections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Connections").field(&self.location).finish()
    }
}

impl Connections {
    pub(super) fn new(settings: Settings, location: String) -> Self {
        Self {
            settings,
            location,
            idle: RefCell::default(),
            flushes: Cell::new(true),
        }
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) const fn flushes(&self) -> bool {
        self.flushes.get()
    }

    /// Commits without making them durable, as a control.
    #[cfg(test)]
    pub(super) fn without_flush(&self) {
        self.flushes.set(false);
    }

    /// A connection that nothing uses.
    ///
    /// # Errors
    /// Why no connection can be made.
    pub(super) fn take(&self) -> Result<Lease<'_>, StoreError> {
        let idle = self.idle.borrow_mut().pop();
        let client = match idle.filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.connect()?,
        };
        Ok(Lease {
            connections: self,
            client: RefCell::new(Some(client)),
        })
    }

    fn connect(&self) -> Result<Client, StoreError> {
        let Settings {
            config,
            tls,
            password,
        } = &self.settings;
        let connected = match tls.verification {
            Verification::NoTls => config.connect(NoTls),
            Verification::IfOffered
            | Verification::Nothing
            | Verification::Authority
            | Verification::Full => config.connect(tls.connector()?),
        };
        connected.map_err(|fault| connection_error(&fault, &self.location, password))
    }
}

/// A connection while a transaction uses it.
pub(super) struct Lease<'a> {
    pub(super) connections: &'a Connections,
    client: RefCell<Option<Client>>,
}

impl Lease<'_> {
    /// Uses the connection.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if rows of another statement are being read.
    pub(super) fn with<T>(
        &self,
        run: impl FnOnce(&mut Client) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let failed = || StoreError::Failed {
            detail: "a statement runs while rows of another are being read".to_owned(),
        };
        let mut client = self.client.try_borrow_mut().map_err(|_| failed())?;
        run(client.as_mut().ok_or_else(failed)?)
    }

    /// Closes the connection, which the server then rolls back.
    pub(super) fn discard(&self) {
        if let Ok(mut client) = self.client.try_borrow_mut() {
            client.take();
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let idle = self.client.get_mut().take();
        let idle = idle.filter(|client| !client.is_closed());
        self.connections.idle.borrow_mut().extend(idle);
    }
}
