//! How many statements a command sends to a PostgreSQL server. Each takes a round
//! trip of the network, and their number does not depend on how much is found.

use std::fs;

use crate::env::Env;
use crate::postgres_server::{PostgresServer, shared};

#[test]
fn commands_send_few_statements() {
    if shared().is_err() {
        return;
    }
    let server = PostgresServer::start(&["log_statement = all"]).unwrap();
    let database = server.database(None);
    let url = database.url();
    let log = server.folder().join("server.log");
    let sent = || {
        let log = fs::read_to_string(&log).unwrap();
        let is_sent = |line: &&str| line.contains("  statement: ") || line.contains("  execute ");
        log.lines().filter(is_sent).count()
    };
    let mut desk = Env::bare_file("it brings its own server");
    let mut run = |args: &[&str]| {
        let before = sent();
        let with_store = [&["--db", &url], args].concat();
        let _said = desk.run(&with_store).ok();
        sent() - before
    };
    let open = [
        "open",
        "phone drops",
        "--requester",
        "Mia",
        "--channel",
        "email",
    ];
    run(&["init"]);
    run(&open);
    let mut few = Vec::new();
    let mut many = Vec::new();
    for counts in [&mut few, &mut many] {
        for command in ["show 1", "list", "overdue", "search phone drops"] {
            let args: Vec<&str> = command.split(' ').collect();
            counts.push((command, run(&args)));
        }
        for _ in 0..15 {
            let count = run(&open);
            assert!(count <= 20, "open: {count}");
        }
    }
    assert_eq!(few, many);
    let most = [
        ("show 1", 16),
        ("list", 11),
        ("overdue", 11),
        ("search phone drops", 16),
    ];
    for ((command, count), (_, most)) in many.into_iter().zip(most) {
        assert!(count <= most, "{command}: {count}");
    }
}
