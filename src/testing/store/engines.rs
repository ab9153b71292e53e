//! The engines on which the conformance suites run.

use std::any::Any;
use std::io::Write;

use super::fixtures::fresh;
use crate::store::Store;
use crate::testing::postgres_server;

/// A new store, and what must outlive it: its folder or its database.
type NewStore = (Box<dyn Store>, Box<dyn Any>);

/// Opens a new store of an engine, or says why the engine is not run.
type Engine = fn() -> Result<NewStore, &'static str>;

const ENGINES: &[(&str, Engine)] = &[
    ("sqlite", || {
        let (home, store) = fresh();
        Ok((Box::new(store), Box::new(home)))
    }),
    #[cfg(feature = "postgres")]
    ("postgres", || {
        let server = postgres_server::shared()?;
        let database = server.database(None);
        let store = crate::store::open_for_tests(&database.url());
        Ok((Box::new(store), Box::new(database)))
    }),
];

/// Runs a test on a new store of every engine.
#[expect(
    clippy::print_stdout,
    reason = "the output of a test says on which engines it ran"
)]
pub(crate) fn on_each_engine(test: impl Fn(&dyn Store)) {
    for (engine, new_store) in ENGINES {
        match new_store() {
            Ok((store, _home)) => {
                println!("engine: {engine}");
                test(store.as_ref());
            }
            Err(why) => println!("engine: {engine} is not run: {why}"),
        }
    }
}

/// Written past the harness, which shows no output of tests that pass.
#[test]
fn the_run_says_which_engines_it_ran_on() {
    let engines: Vec<String> = ENGINES
        .iter()
        .map(|(engine, new_store)| match new_store() {
            Ok(_) => (*engine).to_owned(),
            Err(why) => format!("{engine} NOT RUN ({why})"),
        })
        .collect();
    let server = postgres_server::shared().map(|server| server.version());
    let server = server.map_or_else(str::to_owned, |version| format!("PostgreSQL {version}"));
    let line = format!("engines: {}; server: {server}\n", engines.join(", "));
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

mod server {
    use super::postgres_server::{PostgresServer, shared};

    #[test]
    fn a_server_is_gone_when_it_is_dropped_and_each_test_has_a_database() {
        let Ok(server) = shared() else { return };
        let (one, two) = (server.database(None), server.database(None));
        one.sql("CREATE TABLE mine (x BIGINT)");
        let copy = server.database(Some(&one));
        copy.sql("INSERT INTO mine VALUES (1)");
        assert_eq!(one.sql("SELECT count(*) FROM mine"), "0\n");
        assert_eq!(two.sql("SELECT to_regclass('mine') IS NULL"), "t\n");
        assert_eq!(server.sql("postgres", "SHOW fsync"), "on\n");
        assert!(
            copy.url()
                .ends_with(&format!("?host={}", server.folder().display()))
        );

        let other = PostgresServer::start(&["work_mem = 5MB"]).unwrap();
        assert_eq!(other.sql("postgres", "SHOW work_mem"), "5MB\n");
        let folder = other.folder().to_owned();
        assert!(folder.join("server.log").exists());
        drop(other);
        assert!(!folder.exists());
    }

    #[test]
    fn a_server_that_cannot_start_says_why() {
        if shared().is_ok() {
            let why = PostgresServer::start(&["work_mem = none"]).err().unwrap();
            assert!(why.contains("work_mem"), "{why}");
        }
    }
}
