//! Servers that can only be read: reading works, and writing says so.

use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::{desk, own_server, server};
use crate::env::Env;

/// What only reads.
const READING: &str = "
    desk list
    desk show 1
    desk search vpn
    desk export --quiet
    desk verify --quiet
    desk check --metric overdue --critical 9
";

/// What writes, each in another kind of transaction.
const WRITING: [&[&str]; 5] = [
    &["open", "Printer"],
    &["log", "1", "again"],
    &["take", "1"],
    &["reindex"],
    &["policy", "set", "policy.toml"],
];

fn writes_are_refused(env: &mut Env) {
    std::fs::write(env.dir().join("policy.toml"), "warnings = [80]\n").unwrap();
    for args in WRITING {
        let said = env.run(args).code(5);
        assert_eq!(said.stdout, "", "{args:?}");
        insta::allow_duplicates! { assert_snapshot!(said.stderr, @"
        desk: DIR/desk.db cannot be written: the server is a replica, or only lets this login read
          hint: give the primary server of the database with --db
        "); }
    }
}

#[test]
fn a_database_that_is_set_to_be_read_is_not_written() {
    let Some(server) = server() else { return };
    let database = server.database(None);
    let mut env = desk(&database);
    env.does("desk open VPN");
    let set = |value: &str| {
        let name = &database.name;
        server.sql(
            "postgres",
            &format!("ALTER DATABASE {name} SET default_transaction_read_only = {value}"),
        );
    };
    set("on");
    env.does(READING);
    writes_are_refused(&mut env);
    set("off");
    env.does("desk log 1 again\ndesk verify");
}

#[test]
fn a_standby_is_read_and_not_written() {
    let Some(server) = own_server(&["max_wal_senders = 4"]) else {
        return;
    };
    let database = server.database(None);
    let mut primary = desk(&database);
    primary.does("desk open VPN");
    let mut standby = Env::at_url(server.standby("5433", &database.name));
    standby.does(READING);
    let said = standby.run(&["doctor"]).code(10);
    assert!(said.stdout.contains("it is a replica"), "{said}");
    writes_are_refused(&mut standby);
    // What is written on the primary arrives.
    primary.does("desk open 'The second'");
    let begun = Instant::now();
    while standby.run(&["list", "--count"]).ok().stdout != "2\n" {
        assert!(begun.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(50));
    }
    standby.does("desk verify");
}
