//! Stores in a PostgreSQL database: everything that knows the server, its
//! protocol, table definitions or settings.

mod connection;
mod copy_target;
mod driver;
mod errors;
mod health;
mod migrations;
mod password_file;
mod provider;
mod roles;
mod search_index;
mod server;
mod settings;
mod store;
mod tls;

#[cfg(test)]
pub(crate) use provider::open_for_tests;
pub(crate) use provider::{PostgresProvider, Process};
#[cfg(test)]
pub(crate) use store::PostgresStore;
