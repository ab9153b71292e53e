//! Two versions of desk on one database.

use std::thread;
use std::time::Duration;

use super::*;
use crate::testing::postgres_server::{Database, shared};
use crate::testing::store::fixtures::at;

fn provider(database: &Database<'_>) -> PostgresProvider {
    let process = Process {
        env: |_| None,
        user: None,
        now: at(0),
    };
    let url = database.url();
    PostgresProvider::new(url.clone(), url, process)
}

/// The steps of the next version, the last of which takes a while.
fn next_version(statements: &'static str) -> Vec<Migration> {
    let next = Migration {
        name: "next",
        statements,
    };
    [migrations::ALL, &[next]].concat()
}

const ADD_TABLE: &str = "CREATE TABLE extra (x BIGINT); SELECT pg_sleep(0.3)";

fn version_of(database: &Database<'_>) -> String {
    database.sql("SELECT version, to_regclass('public.extra') IS NOT NULL FROM schema_version")
}

fn is_newer(fault: &StoreError) -> bool {
    let ours = migrations::version(migrations::ALL);
    if let StoreError::Newer { found, known, .. } = fault {
        (*found, *known) == (ours + 1, ours)
    } else {
        false
    }
}

#[test]
fn the_newer_steps_up_once_and_the_older_refuses() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    provider(&database).init(None).unwrap();
    let older = provider(&database);
    let before = older.open_with(AccessMode::Write, migrations::ALL).unwrap();
    assert!(before.begin(AccessMode::Write).is_ok());
    thread::scope(|scope| {
        for _ in 0..3 {
            let database = &database;
            scope.spawn(move || {
                let newer = provider(database);
                newer
                    .open_with(AccessMode::Read, &next_version(ADD_TABLE))
                    .unwrap();
            });
        }
    });
    assert_eq!(
        version_of(&database),
        format!("{}|t\n", migrations::version(migrations::ALL) + 1)
    );
    // Whoever had it open still reads, and writes nothing.
    for mode in [AccessMode::Write, AccessMode::WriteTickets] {
        let fault = before.begin(mode).err().unwrap();
        assert!(is_newer(&fault), "{fault}");
    }
    assert!(before.begin(AccessMode::Read).is_ok());
    for mode in [AccessMode::Read, AccessMode::Write] {
        let fault = provider(&database).open(mode).err().unwrap();
        assert!(is_newer(&fault), "{fault}");
    }
}

#[test]
fn a_writer_finishes_before_the_step_and_others_wait_for_it() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    provider(&database).init(None).unwrap();
    let older = provider(&database);
    let store = older.open_with(AccessMode::Write, migrations::ALL).unwrap();
    let mut txn = store.begin(AccessMode::WriteTickets).unwrap();
    txn.keep_clock_time(at(5)).unwrap();
    thread::scope(|scope| {
        let stepping = scope.spawn(|| {
            let newer = provider(&database);
            newer
                .open_with(AccessMode::Write, &next_version(ADD_TABLE))
                .map(drop)
        });
        thread::sleep(Duration::from_millis(300));
        assert!(!stepping.is_finished());
        assert_eq!(
            version_of(&database),
            format!("{}|f\n", migrations::version(migrations::ALL))
        );
        txn.commit().unwrap();
        stepping.join().unwrap().unwrap();
    });
    assert_eq!(
        version_of(&database),
        format!("{}|t\n", migrations::version(migrations::ALL) + 1)
    );
    assert_eq!(
        database.sql("SELECT count(*) FROM meta WHERE name = 'clock'"),
        "1\n"
    );
}

#[test]
fn a_step_that_is_cut_off_half_way_leaves_the_older_schema() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    provider(&database).init(None).unwrap();
    let slow = "CREATE TABLE extra (x BIGINT); SELECT pg_sleep(60)";
    thread::scope(|scope| {
        let stepping = scope.spawn(|| {
            let newer = provider(&database);
            newer
                .open_with(AccessMode::Write, &next_version(slow))
                .map(drop)
        });
        let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
             WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' \
             AND pid <> pg_backend_pid()";
        while database.sql(cut) == "0\n" {
            thread::sleep(Duration::from_millis(20));
        }
        stepping.join().unwrap().unwrap_err();
    });
    assert_eq!(
        version_of(&database),
        format!("{}|f\n", migrations::version(migrations::ALL))
    );
    let store = provider(&database)
        .open(AccessMode::Write)
        .unwrap()
        .unwrap();
    assert!(store.begin(AccessMode::Write).is_ok());
    // And the step is made the next time.
    provider(&database)
        .open_with(AccessMode::Write, &next_version(ADD_TABLE))
        .unwrap();
    assert_eq!(
        version_of(&database),
        format!("{}|t\n", migrations::version(migrations::ALL) + 1)
    );
}
