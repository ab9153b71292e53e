//! Taking the messages of a Maildir: each is stored, then moved.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use super::{counts, message};
use crate::concurrency::at_once;
use crate::env::Env;

fn maildir(env: &Env) -> PathBuf {
    let home = env.dir().join("Maildir");
    for name in ["new", "cur", "tmp"] {
        fs::create_dir_all(home.join(name)).unwrap();
    }
    home
}

fn put(env: &Env, name: &str, raw: &str) {
    fs::write(maildir(env).join("new").join(name), raw).unwrap();
}

fn names(env: &Env, folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(maildir(env).join(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

const TAKE: &[&str] = &["mail", "--maildir", "Maildir"];

#[test]
fn messages_are_taken_as_they_arrived_and_moved() {
    let mut env = Env::new();
    put(&env, "1000.b", &message("second", "x"));
    put(&env, "999.a", &message("first", "x"));
    let said = env.run(TAKE).ok();
    assert_eq!(said.stdout, "mail 1 opened #1\nmail 2 opened #2\n");
    assert!(
        env.run(&["show", "1"])
            .ok()
            .stdout
            .starts_with("#1 first\n")
    );
    assert_eq!(names(&env, "new").len(), 0);
    let moved = ["1000.b:2,S", "999.a:2,S"].map(str::to_owned);
    assert_eq!(names(&env, "cur"), BTreeSet::from(moved));
    assert_eq!(env.run(TAKE).ok().stdout, "");
}

#[test]
fn a_message_that_was_stored_but_not_moved_is_only_moved() {
    let mut env = Env::new();
    let raw = message("VPN", "It drops.");
    put(&env, "1.a", &raw);
    // As after a crash between the commit and the move.
    let _ = env.run_with(&["mail"], &raw).ok();
    let said = env.run(TAKE).ok();
    assert_eq!(said.stdout, "mail 1 was received before: #1\n");
    assert_eq!((counts(&env), names(&env, "new").len()), ((1, 1), 0));
    // The control: without its digest it would be taken again.
    put(&env, "2.a", &raw.replace("Message-ID", "X-Other"));
    let _ = env.run(TAKE).ok();
    env.forge("UPDATE incoming_mail SET digest = zeroblob(32) WHERE id = 2");
    put(&env, "3.a", &raw.replace("Message-ID", "X-Other"));
    let _ = env.run(TAKE).ok();
    assert_eq!(counts(&env), (3, 3));
}

#[test]
fn what_cannot_be_read_keeps_no_other_message_back() {
    let mut env = Env::new();
    put(&env, "1.a", &message("one", "x"));
    put(&env, "2.b", "");
    put(&env, "4.d", &message("four", "x"));
    fs::create_dir(maildir(&env).join("new/3.c")).unwrap();
    let said = env.run(TAKE).code(75);
    assert_eq!(said.stdout, "mail 1 opened #1\nmail 2 opened #2\n");
    assert!(
        said.stderr.contains("2.b: reading it failed: it is empty"),
        "{said}"
    );
    assert!(
        said.stderr
            .contains("3.c: reading it failed: it is not a file"),
        "{said}"
    );
    assert_eq!(names(&env, "new").len(), 2);
    // Nor does a directory that is not a Maildir.
    put(&env, "5.e", &message("five", "x"));
    let said = env.run(&["mail", "--maildir", "none", "Maildir"]).code(75);
    assert_eq!(said.stdout, "mail 3 opened #3\n");
}

#[test]
fn a_message_that_cannot_be_moved_is_said_and_recognized_later() {
    let mut env = Env::new();
    put(&env, "1.a", &message("one", "x"));
    let cur = maildir(&env).join("cur");
    let lock = |mode| fs::set_permissions(&cur, fs::Permissions::from_mode(mode)).unwrap();
    lock(0o500);
    if fs::write(cur.join("probe"), "").is_ok() {
        // To the superuser nothing is locked.
        return;
    }
    let said = env.run(TAKE).code(75);
    assert_eq!(said.stdout, "mail 1 opened #1\n");
    lock(0o700);
    assert_eq!(
        env.run(TAKE).ok().stdout,
        "mail 1 was received before: #1\n"
    );
    assert_eq!(counts(&env), (1, 1));
}

#[test]
fn two_runs_at_once_take_each_message_once() {
    let env = Env::new();
    for n in 0..20 {
        put(&env, &format!("{n}.a"), &message(&format!("case{n}"), "x"));
    }
    let said = at_once(&env, vec![env.command(TAKE), env.command(TAKE)]);
    assert!(said.iter().all(|said| said.code == Some(0)), "{said:?}");
    assert_eq!(counts(&env), (20, 20));
    assert_eq!(
        (names(&env, "new").len(), names(&env, "cur").len()),
        (0, 20)
    );
}

/// Killed at any moment, often: each message is in the store once, or still with
/// the mail system.
#[test]
fn killed_runs_lose_nothing_and_take_nothing_twice() {
    let mut env = Env::new();
    for n in 0..24 {
        put(&env, &format!("{n}.a"), &message(&format!("case{n}"), "x"));
    }
    let mut killed = 0;
    for round in 0..40_u64 {
        let mut child = env.command(TAKE).spawn().unwrap();
        sleep(Duration::from_millis(5 + round * 7 % 90));
        killed += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        let _ = child.wait().unwrap();
        let left = names(&env, "new");
        // In hexadecimal, on every engine.
        let chunks = "SELECT c.bytes FROM incoming_mail m JOIN mail_chunk c ON c.mail = m.id";
        let chunks = env.rows(chunks).concat();
        for n in 0..24 {
            let needle: String = format!("<case{n}@")
                .bytes()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let stored = chunks
                .iter()
                .filter(|bytes| bytes.contains(&needle))
                .count();
            assert!(stored <= 1);
            assert!(
                stored == 1 || left.contains(&format!("{n}.a")),
                "case {n} is lost"
            );
        }
    }
    assert!(killed > 0, "no run was killed");
    let _ = env.run(TAKE).ok();
    env.pass(5);
    let _ = env.run(&["sweep"]).ok();
    assert_eq!(counts(&env).1, 24);
    let waiting = env.run(&["mail", "--quarantine", "--json"]).ok().stdout;
    let waiting = serde_json::from_str::<serde_json::Value>(&waiting).unwrap();
    let waiting = i64::try_from(waiting.as_array().unwrap().len()).unwrap();
    // Two kills while one was understood leave it to somebody.
    assert_eq!(counts(&env).0 + waiting, 24);
    let _ = env.run(&["verify"]).ok();
}
