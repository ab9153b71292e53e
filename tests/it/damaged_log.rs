//! A log that cannot be read to its end: writing is refused before anything is
//! lost, reading tells it, and there is a way on.

use std::fs;
use std::path::PathBuf;

use crate::env::{Env, Output};

fn log(env: &Env) -> PathBuf {
    env.dir().join("desk.db-wal")
}

/// Six tickets in the log, and one of its bits flipped.
fn damaged() -> (Env, Vec<u8>) {
    let mut env = Env::file("the log of a file");
    for n in 1..=6 {
        let _ = env.run(&["open", &format!("ticket {n}")]).ok();
    }
    let good = fs::read(log(&env)).unwrap();
    let mut bad = good.clone();
    let frames = (bad.len() - 32) / 4120;
    bad[32 + frames / 2 * 4120 + 24 + 100] ^= 1;
    fs::write(log(&env), &bad).unwrap();
    (env, good)
}

/// The output with the name of the kept log replaced.
fn told(output: &Output) -> String {
    let words = output.stderr.split_inclusive([' ', '\n']);
    let masked = words.map(|word| match word.split_once(".damaged-") {
        Some((before, after)) => format!("{before}.damaged-HASH{}", &after[8..]),
        None => word.to_owned(),
    });
    masked.collect()
}

#[test]
fn writing_is_refused_and_nothing_is_changed() {
    let (mut env, good) = damaged();
    let before = (fs::read(env.db()).unwrap(), fs::read(log(&env)).unwrap());
    for args in [
        &["open", "a seventh"] as &[&str],
        &["log", "1", "more"],
        &["take", "1"],
        &["reindex"],
    ] {
        let refused = env.run(args).code(5);
        assert_eq!(refused.stdout, "");
        insta::allow_duplicates! {
            insta::assert_snapshot!(told(&refused), @"
            desk: the log of DIR/desk.db is damaged: 4 committed changes in it cannot be read; nothing was written, because writing would erase them; a copy of the log is kept in DIR/desk.db-wal.damaged-HASH
              hint: restore the last good backup with: desk restore BACKUP; to go on with what can be read instead: desk backup READABLE && desk restore READABLE
            ");
        }
        let after = (fs::read(env.db()).unwrap(), fs::read(log(&env)).unwrap());
        assert!(after == before);
    }
    let refused = env.run(&["open", "a seventh", "--json"]).code(5);
    assert!(refused.stderr.contains("\"log_damaged\""), "{refused}");
    let names = fs::read_dir(env.dir()).unwrap();
    let kept = names.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_str().unwrap().contains(".damaged-")
    });
    assert_eq!(kept.count(), 1);
    // The control: the log as it was.
    fs::write(log(&env), good).unwrap();
    let opened = env.run(&["open", "a seventh"]).ok();
    assert!(opened.stdout.starts_with("#7 "), "{opened}");
}

#[test]
fn reading_tells_it_on_stderr_and_leaves_stdout_alone() {
    let (mut env, good) = damaged();
    for args in [
        &["list", "--json"] as &[&str],
        &["list"],
        &["show", "1"],
        &["export"],
        &["report"],
    ] {
        let warned = env.run(args).ok();
        insta::allow_duplicates! {
            insta::assert_snapshot!(told(&warned), @"
            desk: warning: the log of DIR/desk.db is damaged: 4 committed changes in it cannot be read
              hint: see what to do with: desk help operate
            ");
        }
        assert!(!warned.stdout.contains("warning"));
    }
    let list = env.run(&["list", "--json"]).ok();
    let list: serde_json::Value = serde_json::from_str(&list.stdout).unwrap();
    let tickets = list.as_array().map_or(0, Vec::len);
    assert!((1..5).contains(&tickets), "{list}");
    // Of a ticket that cannot be read, the error comes with the reason.
    let gone = env.run(&["show", "6"]).code(3);
    assert!(gone.stderr.contains("warning: the log"), "{gone}");
    fs::write(log(&env), good).unwrap();
    assert_eq!(env.run(&["list"]).ok().stderr, "");
}

#[test]
fn with_a_copy_of_what_can_be_read_one_goes_on() {
    let (mut env, _) = damaged();
    let bad = fs::read(log(&env)).unwrap();
    let _ = env.run(&["backup", "readable.db"]).ok();
    let _ = env.run(&["restore", "--yes", "readable.db"]).ok();
    // The damaged store stays, with its log.
    let kept = env.dir().join("desk.db.before-restore-wal");
    assert!(fs::read(kept).unwrap() == bad);
    let left = env.run(&["list", "--all", "--count"]).ok();
    assert_eq!(left.stderr, "");
    let opened = env.run(&["open", "the next"]).ok();
    let next = left.stdout.trim().parse::<i64>().unwrap() + 1;
    assert!(opened.stdout.starts_with(&format!("#{next} ")), "{opened}");
    let _ = env.run(&["verify"]).ok();
}
