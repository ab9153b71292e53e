//! Commits: what is written, what is durable, and what is said when a connection is lost.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::event::{Fact, TicketId};
use crate::domain::people::Agent;
use crate::store::{AccessMode, PostgresStore, Store, StoreError, open_for_tests};
use crate::testing::postgres_server::{Database, PostgresServer, as_ordinary_user, shared};
use crate::testing::store::fixtures::{faults, next, opening, save, summary};

/// The tickets that the server has.
fn tickets(database: &Database<'_>) -> String {
    database
        .sql("SELECT count(*) FROM ticket")
        .trim()
        .to_owned()
}

/// Ends the sessions of desk as soon as one of them waits like this.
fn end_sessions(server: &PostgresServer, that: &str) {
    let waiting = format!(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
         WHERE application_name = 'desk' AND {that}"
    );
    let begun = Instant::now();
    while server.sql("postgres", &waiting).trim() == "0" {
        assert!(begun.elapsed() < Duration::from_secs(30), "nobody waits");
        thread::sleep(Duration::from_millis(10));
    }
}

fn saved_once(store: &PostgresStore) -> Result<(), StoreError> {
    let history = opening(1, "once");
    let mut txn = store.begin(AccessMode::Write)?;
    txn.next_id()?;
    txn.save(0, &history, &summary(&history))?;
    txn.commit()
}

#[test]
fn a_connection_that_is_lost_before_the_commit_has_written_nothing() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let history = opening(1, "lost");
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.next_id().unwrap();
    database.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE application_name = 'desk' AND datname = current_database()",
    );
    let failed = txn.save(0, &history, &summary(&history)).unwrap_err();
    assert_eq!((failed.code(), failed.exit_code()), ("connection_lost", 4));
    assert!(
        failed.to_string().contains("nothing was written"),
        "{failed}"
    );
    drop(txn);
    assert_eq!(tickets(&database), "0");
    // The next one connects again.
    saved_once(&store).unwrap();
    assert_eq!(tickets(&database), "1");
}

#[test]
fn a_connection_that_is_lost_between_the_commits_has_an_unknown_outcome() {
    if shared().is_err() {
        return;
    }
    let server = PostgresServer::start(&[]).unwrap();
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    // From here on the second commit waits for a server that there is not.
    server.sql(
        "postgres",
        "ALTER SYSTEM SET synchronous_standby_names = 'nobody'",
    );
    server.sql("postgres", "SELECT pg_reload_conf()");
    let failed = thread::scope(|scope| {
        let ended = scope.spawn(|| end_sessions(&server, "wait_event = 'SyncRep'"));
        let failed = saved_once(&store).unwrap_err();
        ended.join().unwrap();
        failed
    });
    assert_eq!((failed.code(), failed.exit_code()), ("outcome_unknown", 5));
    assert_eq!(tickets(&database), "1");
    // The control: with nothing to wait for, the same is confirmed.
    server.sql("postgres", "ALTER SYSTEM RESET synchronous_standby_names");
    server.sql("postgres", "SELECT pg_reload_conf()");
    save(&store, &opening(2, "confirmed"));
    assert_eq!(tickets(&database), "2");
    assert_eq!(faults(&store), Vec::<String>::new());
}

#[test]
fn a_transaction_with_a_failed_statement_is_not_taken_for_committed() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let history = opening(1, "twice");
    let mut txn = store.begin(AccessMode::Write).unwrap();
    txn.next_id().unwrap();
    txn.save(0, &history, &summary(&history)).unwrap();
    database.sql("ALTER TABLE undeliverable RENAME TO hidden");
    assert!(txn.undeliverable("mia@example.org").is_err());
    assert!(matches!(txn.commit(), Err(StoreError::Failed { .. })));
    assert_eq!(tickets(&database), "0");
}

#[test]
fn writers_of_tickets_run_side_by_side_and_the_chain_holds() {
    const WRITERS: i64 = 4;
    const EVENTS: u32 = 10;
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    for id in 1..=WRITERS {
        save(&store, &opening(id, "shared"));
    }
    drop(store);
    let url = database.url();
    let write = |id: i64| {
        let store = super::super::provider::reopen_for_tests(&url);
        let mut written = 0;
        while written < EVENTS {
            let add = || -> Result<(), StoreError> {
                let mut txn = store.begin(AccessMode::WriteTickets)?;
                let mut history = txn.history(TicketId(id))?;
                let known = history.len();
                // New agents are introduced by several writers at once.
                let agent = Agent::parse(&format!("agent{}", written / 3)).unwrap();
                history.push(next(&history, Fact::Assigned { agent }));
                let based_on = u32::try_from(known).unwrap();
                txn.save(based_on, &history[known..], &summary(&history))?;
                txn.commit()
            };
            match add() {
                Ok(()) => written += 1,
                Err(StoreError::Contended) => {}
                Err(fault) => panic!("{fault}"),
            }
        }
    };
    thread::scope(|scope| {
        for id in 1..=WRITERS {
            scope.spawn(move || write(id));
        }
    });
    let store = super::super::provider::reopen_for_tests(&url);
    assert_eq!(faults(&store), Vec::<String>::new());
    let events = database.sql("SELECT count(*) FROM event WHERE ticket IS NOT NULL");
    assert_eq!(events.trim(), (WRITERS * i64::from(EVENTS + 1)).to_string());
}

#[test]
fn a_writer_of_everything_waits_for_writers_of_tickets() {
    let Ok(server) = shared() else { return };
    let database = server.database(None);
    let store = open_for_tests(&database.url());
    let tickets = store.begin(AccessMode::WriteTickets).unwrap();
    // Two of them are open at the same time.
    drop(store.begin(AccessMode::WriteTickets).unwrap());
    let url = database.url();
    thread::scope(|scope| {
        let begun = scope.spawn(move || {
            let store = super::super::provider::reopen_for_tests(&url);
            store.begin(AccessMode::Write).map(drop)
        });
        thread::sleep(Duration::from_millis(300));
        assert!(!begun.is_finished());
        drop(tickets);
        begun.join().unwrap().unwrap();
    });
}

/// Ends a server at once, as a power cut does, and starts it again.
fn crash(server: &PostgresServer) {
    let data = server.folder().join("data");
    let pid = fs::read_to_string(data.join("postmaster.pid")).unwrap();
    let process = Path::new("/proc").join(pid.lines().next().unwrap());
    let programs = fs::read_link(process.join("exe")).unwrap();
    let ended = Command::new("kill")
        .args(["-QUIT", pid.lines().next().unwrap()])
        .status();
    assert!(ended.unwrap().success());
    let begun = Instant::now();
    while data.join("postmaster.pid").exists() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not end");
        thread::sleep(Duration::from_millis(10));
    }
    let mut start = as_ordinary_user(&programs.with_file_name("pg_ctl"));
    start.arg("-D").arg(&data).args(["-w", "-t", "60", "-l"]);
    let log = server.folder().join("server.log");
    let started = start.arg(log).arg("start").stdout(Stdio::null()).status();
    assert!(started.unwrap().success());
}

#[test]
fn what_was_confirmed_survives_a_crash_of_the_server_and_without_the_flush_it_does_not() {
    const TICKETS: i64 = 5;
    if shared().is_err() {
        return;
    }
    // Nothing but the second commit writes the log.
    let server = PostgresServer::start(&["wal_writer_delay = 10s"]).unwrap();
    let kept = |prepare: fn(PostgresStore) -> PostgresStore| {
        let database = server.database(None);
        let store = prepare(open_for_tests(&database.url()));
        for id in 1..=TICKETS {
            save(&store, &opening(id, "confirmed"));
        }
        crash(&server);
        drop(store);
        let store = super::super::provider::reopen_for_tests(&database.url());
        assert_eq!(faults(&store), Vec::<String>::new());
        tickets(&database).parse::<i64>().unwrap()
    };
    assert_eq!(kept(|store| store), TICKETS);
    assert!(kept(PostgresStore::without_flush) < TICKETS);
}
