//! Stores on PostgreSQL: servers, connections and poolers that fail.
//!
//! Each test starts what it needs. Where the programs of PostgreSQL are not
//! installed, it says at the end of the run that it was not run.

mod contention;
mod cut_connections;
mod durability;
mod places;
mod pooler;
mod refusals;
mod replicas;

use crate::env::Env;
use crate::postgres_server::{Database, PostgresServer, shared};

/// The server of this run; `None`, and said, if there is none.
fn server() -> Option<&'static PostgresServer> {
    shared().map_err(not_run).ok()
}

/// A server of its own with these lines in its configuration.
fn own_server(settings: &[&str]) -> Option<PostgresServer> {
    server().map(|_| PostgresServer::start(settings).unwrap())
}

/// Says that a test is not run, past the harness, which shows no output of tests
/// that pass.
fn not_run(why: &str) {
    use std::io::Write;
    let test = std::thread::current();
    let line = format!("{} is NOT RUN: {why}\n", test.name().unwrap_or("a test"));
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// A desk in a new database.
fn desk(database: &Database<'_>) -> Env {
    let mut env = Env::at_url(database.url());
    let _ = env.run(&["init"]).ok();
    env
}
