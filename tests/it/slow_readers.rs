//! Whoever reads the output may be slow: meanwhile no command keeps the log
//! from being reset, so that it does not grow without bound.

use std::collections::BTreeSet;
use std::io::{PipeReader, Write, pipe};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::Connection;

use crate::env::Env;

/// A store whose lists and pages are longer than a pipe holds.
fn stocked() -> Env {
    let mut env = Env::new();
    let mut csv = "number,title,opened\n".to_owned();
    for number in 1..=1_200 {
        csv += &format!("{number},VPN drops again and again,2026-03-01T08:00:00Z\n");
    }
    let mapping = r#"
        source = "old"
        shape = "tickets"
        dates = "iso"
        zone = "UTC"
        kind = "incident"
        [columns]
        number = "number"
        title = "title"
        opened = "opened"
    "#;
    std::fs::write(env.dir().join("old.toml"), mapping).unwrap();
    let _ = env
        .run_with(&["import", "--map", "old.toml", "-"], csv)
        .ok();
    for _ in 0..2 {
        let text = "a long story ".repeat(2_000);
        let _ = env.run(&["log", "1", &text]).ok();
    }
    env
}

/// What each reading command prints, as much as it can.
const READING: &[&[&str]] = &[
    &["list", "--all", "--json"],
    &["list", "--all", "--format", "jsonl"],
    &["list", "--all", "--format", "csv"],
    &["list", "--all", "--format", "ids"],
    &["list", "--all"],
    &["list", "--all", "--json", "--at", "2026-03-02T08:00:00Z"],
    &["overdue", "--json"],
    &["sla", "--json"],
    &["show", "1", "--json"],
    &["show", "1"],
    &["search", "vpn", "--json"],
    &["similar", "1", "--json"],
    &["report", "--json"],
    &["known-errors", "list", "--json"],
    &["breach", "list", "--json"],
    &["breach", "export"],
    &["policy", "show"],
    &["check"],
    &["export"],
    &["export", "--format", "csv"],
    &["sweep", "--dry-run", "--json"],
    &["verify"],
    &["person", "find", "mia@example.org", "--json"],
    &["outbox", "--all", "--json"],
    &["hooks", "--all", "--json"],
    &["events", "--json"],
    &["events"],
    &["metrics"],
    &["review", "1"],
    &["calendar", "feed"],
];

/// These print little, or print without reading a store.
const OTHERS: &[&str] = &[
    "calendar",
    "drafts",
    "config",
    "schema",
    "completions",
    "man",
    "help",
    "inbox",
];

/// These write.
const WRITING: &[&str] = &[
    "open",
    "identify",
    "log",
    "edit",
    "categorize",
    "prioritize",
    "diagnose",
    "investigate",
    "assign",
    "take",
    "unassign",
    "escalate",
    "call",
    "due",
    "spent",
    "pause",
    "resume",
    "resolve",
    "confirm",
    "close",
    "reopen",
    "undo",
    "void",
    "merge",
    "link",
    "reply",
    "tag",
    "field",
    "checklist",
    "participants",
    "mail",
    "attachments",
    "restrict",
    "person",
    "init",
    "import",
    "doctor",
    "team",
    "reindex",
    "backup",
    "restore",
    "store",
];

#[test]
fn every_command_is_known_here() {
    let known = READING.iter().map(|args| args[0]);
    let known: BTreeSet<&str> = known
        .chain(OTHERS.iter().copied())
        .chain(WRITING.iter().copied())
        .collect();
    let command = desk::command();
    let verbs: BTreeSet<&str> = command.get_subcommands().map(clap_name).collect();
    assert_eq!(known, verbs);
}

fn clap_name(command: &clap::Command) -> &str {
    command.get_name()
}

/// How much a pipe holds on Linux.
const PIPE: usize = 64 * 1024;

/// Starts a command whose output nobody reads, and waits until it has printed
/// what the pipe holds, or has ended. Returns whether it waits for its reader.
fn blocked(env: &Env, args: &[&str]) -> (Child, PipeReader, bool) {
    let (unread, mut full) = pipe().unwrap();
    // So that a page of output is enough to block it.
    full.write_all(&vec![b'x'; PIPE - 4096]).unwrap();
    let mut command = env.command(args);
    command.stdout(full).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    drop(command);
    let before = (PIPE - 4096) as u64;
    let mut still = 0;
    loop {
        if child.try_wait().unwrap().is_some() {
            return (child, unread, false);
        }
        // A pipe holds pages: what does not fit into the last one waits.
        let held = rustix::io::ioctl_fionread(&unread).unwrap();
        still = if held > before && sleeps(&child) {
            still + 1
        } else {
            0
        };
        if held == PIPE as u64 || still > 20 {
            return (child, unread, true);
        }
        sleep(Duration::from_millis(2));
    }
}

/// Whether a process waits for something, as Linux tells it.
fn sleeps(child: &Child) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id()));
    stat.is_ok_and(|stat| stat.contains(") S "))
}

/// Writes, and returns whether the log can be reset afterwards; of a database,
/// whether no transaction keeps old rows from being removed.
fn can_be_reset(env: &mut Env) -> bool {
    let _ = env.run(&["log", "2", "meanwhile"]).ok();
    if !env.is_file() {
        // Not those of the server, which analyzes tables by itself.
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                    AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL \
                    AND backend_type = 'client backend'";
        // A server may take a moment to end what a process had begun that is gone.
        return (0..50).any(|_| {
            let is_over = env.number(open) == 0;
            if !is_over {
                sleep(Duration::from_millis(20));
            }
            is_over
        });
    }
    let conn = Connection::open(env.db()).unwrap();
    conn.busy_timeout(Duration::ZERO).unwrap();
    let truncate = "PRAGMA wal_checkpoint(TRUNCATE)";
    let busy: i64 = conn.query_row(truncate, [], |row| row.get(0)).unwrap();
    let length = std::fs::metadata(env.dir().join("desk.db-wal"))
        .unwrap()
        .len();
    assert_eq!(busy == 0, length == 0);
    busy == 0
}

#[test]
fn no_command_keeps_the_log_while_it_waits_for_its_reader() {
    let mut env = stocked();
    let mut waited = 0;
    for args in READING {
        let (mut child, unread, waits) = blocked(&env, args);
        assert!(can_be_reset(&mut env), "{args:?} keeps the log");
        waited += usize::from(waits);
        child.kill().unwrap();
        child.wait().unwrap();
        drop(unread);
    }
    assert!(waited > 12, "only {waited} had to wait");
    // The control: a transaction that is open keeps the log.
    let reader = env.hold_reading();
    assert!(!can_be_reset(&mut env));
    reader.release();
    assert!(can_be_reset(&mut env));
}

#[test]
fn an_import_keeps_nobody_out_while_it_waits_for_its_lines() {
    let mut env = Env::new();
    let _ = env.run(&["open", "the first"]).ok();
    let export = env.run(&["export"]).ok().stdout;
    let place = Env::new();
    let other = &place.url();
    let mut importing = env.command(&["import", "--db", other, "-"]);
    let mut child = importing.stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = child.stdin.take().unwrap();
    lines.write_all(export.as_bytes()).unwrap();
    while rustix::io::ioctl_fionread(&lines).unwrap() > 0 {
        std::thread::yield_now();
    }
    // More comes later; meanwhile others write.
    for _ in 0..3 {
        let mut writer = env.command(&["open", "--db", other, "in between", "--key", "k"]);
        writer.env("DESK_TEST_PATIENCE_MS", "0");
        let _ = env.finish(writer, None).ok();
    }
    drop(lines);
    let _ = child.wait_with_output().unwrap();
}
