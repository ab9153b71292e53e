//! A store in a database that a copy fills, in one transaction: until it is
//! committed, the database is what it was.

use std::cell::Cell;
use std::rc::Rc;

use super::super::port::CopyTarget;
use super::super::port::Store;
use super::super::sql::driver::{Executor, read_head};
use super::super::sql::search_index::SearchIndex;
use super::super::sql::statements::HEAD;
use super::super::{AccessMode, StoreError, Verification};
use super::connection::Connections;
use super::driver::PostgresTransaction;
use super::migrations::{self, ADD_HEAD, ADD_VERSION};
use super::search_index::TextIndex;
use super::server::{self, Server};
use super::store::PostgresStore;
use crate::domain::policy::versions::PolicyParser;
use crate::domain::team::DatabaseLogin;

/// One row if a database has a store that somebody uses: it has tickets or events,
/// and is not a copy that was not finished.
const IN_USE: &str = "SELECT 1 AS found WHERE NOT EXISTS \
     (SELECT 1 FROM meta WHERE name = 'unfinished') \
     AND (EXISTS (SELECT 1 FROM event) OR EXISTS (SELECT 1 FROM ticket))";

/// Empties the tables of an unfinished copy, or those of a new store.
const EMPTY: &str = "TRUNCATE event, field, person, alarm, alarm_text, breach, notification, \
     incoming_mail, mail_chunk, mail_message_id, mail_reference, undeliverable, outbox, \
     hook_delivery, attachment, attachment_chunk, ticket; DELETE FROM meta";

const SET_HEAD: &str = "UPDATE chain_head SET seq = $1, hash = $2";

/// The tables whose rows the database numbers.
const NUMBERED: [&str; 4] = [
    "incoming_mail",
    "outbox",
    "hook_delivery",
    "attachment_chunk",
];

/// The database of a copy.
#[derive(Debug)]
pub(super) struct DatabaseCopy<'a> {
    connections: Rc<Connections>,
    location: &'a str,
    login: DatabaseLogin,
    /// Whether the tables are still to be created.
    creates: bool,
    /// Whether the transaction was begun that fills the tables.
    filled: Cell<bool>,
}

impl<'a> DatabaseCopy<'a> {
    /// Begins a copy to a database without tables, or to a store without tickets.
    ///
    /// # Errors
    /// [`StoreError::Exists`] for a store that is in use, [`StoreError::Foreign`] for
    /// the tables of somebody else.
    pub(super) fn begin(
        connections: Rc<Connections>,
        location: &'a str,
    ) -> Result<Self, StoreError> {
        let (creates, login) = connections.take()?.with(|client| {
            let server = Server::ask(client, location)?;
            server.check(location, AccessMode::Write)?;
            if server.schema.is_none() {
                return match server::has_tables(client, location)? {
                    true => Err(server::foreign(location)),
                    false => Ok((true, server.login)),
                };
            }
            if !server.check_schema(client, location, migrations::ALL)? {
                migrations::step_up(client, location, migrations::ALL)?;
            }
            Ok((false, server.login))
        })?;
        Ok(Self {
            connections,
            location,
            login,
            creates,
            filled: Cell::new(false),
        })
    }

    fn create_tables(&self) -> Result<Executor<'_>, StoreError> {
        let db = PostgresTransaction::begin_creating(&self.connections).map(Executor::new)?;
        for migration in migrations::ALL {
            db.batch(migration.statements)?;
        }
        // It is set once the chain is there.
        let nothing: &[u8] = &[];
        db.execute(ADD_HEAD, &[nothing.into()])?;
        db.execute(ADD_VERSION, &[migrations::version(migrations::ALL).into()])?;
        Ok(db)
    }

    fn empty_tables(&self) -> Result<Executor<'_>, StoreError> {
        let db = PostgresTransaction::begin_locked(&self.connections).map(Executor::new)?;
        if db.first(IN_USE, &[], |_| Ok(()))?.is_some() {
            return Err(StoreError::Exists {
                location: self.location.to_owned(),
            });
        }
        db.batch(EMPTY)?;
        TextIndex.reset(&db)?;
        Ok(db)
    }
}

impl CopyTarget for DatabaseCopy<'_> {
    fn index(&self) -> &dyn SearchIndex {
        &TextIndex
    }

    fn executor(&self) -> Result<Executor<'_>, StoreError> {
        if self.filled.replace(true) {
            return PostgresTransaction::begin_locked(&self.connections).map(Executor::new);
        }
        match self.creates {
            true => self.create_tables(),
            false => self.empty_tables(),
        }
    }

    fn settle(&self, db: &Executor<'_>) -> Result<(), StoreError> {
        let last = db.first(HEAD, &[], read_head)?;
        if let Some((seq, hash)) = last {
            db.execute(SET_HEAD, &[seq.into(), hash.as_slice().into()])?;
        } else {
            let genesis = super::super::sql::chain_head::identity(db)?.genesis();
            db.execute(SET_HEAD, &[0_i64.into(), genesis.as_slice().into()])?;
        }
        for table in NUMBERED {
            let next = format!(
                "SELECT setval(pg_get_serial_sequence('public.{table}', 'id'), \
                 (SELECT coalesce(max(id), 0) + 1 FROM {table}), false) AS next"
            );
            db.first(&next, &[], |_| Ok(()))?;
        }
        // Or the server would read whole tables until it has counted them by itself.
        db.batch("ANALYZE")
    }

    fn verify(&self, parse: PolicyParser) -> Result<Verification, StoreError> {
        PostgresStore::new(Rc::clone(&self.connections), false, self.login.clone())
            .verify(None, parse)
    }

    /// It is there since it was committed.
    fn publish(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}
