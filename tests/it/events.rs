//! `desk events`: what happened, in the order of the chain, resumable and followed.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};

use insta::assert_snapshot;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::env::Env;

#[test]
fn events_of_all_tickets_are_listed_in_their_order() {
    let mut env = Env::new();
    env.does("desk open VPN --channel phone\ndesk open Printer\ndesk log 1 \"seen twice\"");
    assert_snapshot!(env.says(
        r#"
        desk events
        desk events 2 --format csv
        desk events --kind logged --format ids
        desk events nothing-like-this
        desk events --since 999
        "#
    ), @"
    $ desk events
         2  2026-03-02 09:00      #1  anna  opened by phone
         3  2026-03-02 09:00      #1  anna  response target 3h
         4  2026-03-02 09:00      #1  anna  update target 3h
         5  2026-03-02 09:00      #1  anna  resolution target 1d
         6  2026-03-02 09:01      #2  anna  opened
         7  2026-03-02 09:01      #2  anna  response target 3h
         8  2026-03-02 09:01      #2  anna  update target 3h
         9  2026-03-02 09:01      #2  anna  resolution target 1d
        10  2026-03-02 09:02      #1  anna  logged

    $ desk events 2 --format csv
    seq,ticket,n,at,recorded_at,actor,kind
    6,2,1,2026-03-02T09:01:00Z,2026-03-02T09:01:00Z,anna,opened
    7,2,2,2026-03-02T09:01:00Z,2026-03-02T09:01:00Z,anna,promised
    8,2,3,2026-03-02T09:01:00Z,2026-03-02T09:01:00Z,anna,promised
    9,2,4,2026-03-02T09:01:00Z,2026-03-02T09:01:00Z,anna,promised

    $ desk events --kind logged --format ids
    1

    $ desk events nothing-like-this
    ! no events

    $ desk events --since 999
    ! no events
    ! desk: the last event is 10
    ");
    let fault = env.run(&["events", "--kind", "resolve"]).code(2).stderr;
    assert!(fault.contains("did you mean 'resolved'?"), "{fault}");
    let all = env.json(&["events"]);
    let all = all.as_array().unwrap();
    let seqs: Vec<i64> = all.iter().map(|one| one["seq"].as_i64().unwrap()).collect();
    assert!(seqs.is_sorted());
    assert_eq!(all.last().unwrap()["data"]["text"], "seen twice");
    // From any number on, the rest is what was not read yet.
    for (n, seq) in seqs.iter().enumerate() {
        let rest = env.json(&["events", "--since", &seq.to_string()]);
        assert_eq!(rest.as_array().unwrap().as_slice(), &all[n + 1..]);
    }
    // As the timeline has them.
    let page = env.json(&["show", "1"]);
    let own: Vec<&Value> = all.iter().filter(|one| one["ticket"] == 1).collect();
    let timeline = page["timeline"].as_array().unwrap();
    assert_eq!(own.len(), timeline.len());
    for (event, line) in own.iter().zip(timeline) {
        assert_eq!(
            (&event["kind"], &event["data"]),
            (&line["kind"], &line["data"])
        );
    }
}

/// A follower, and the lines that it prints.
fn follow(env: &Env, args: &[&str]) -> (Child, BufReader<ChildStdout>) {
    let all: Vec<&str> = ["events", "--follow"].iter().chain(args).copied().collect();
    let mut child = env.command(&all).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    (child, lines)
}

fn next(lines: &mut BufReader<ChildStdout>) -> Value {
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap_or_else(|fault| panic!("{fault}: {line:?}"))
}

#[test]
fn a_follower_prints_what_comes_and_ends_quietly() {
    let mut env = Env::new();
    env.does("desk open VPN\ndesk log 1 before");
    let (mut child, mut lines) = follow(&env, &["--since", "0", "--json", "--kind", "logged"]);
    assert_eq!(next(&mut lines)["data"]["text"], "before");
    for text in ["one", "two", "three"] {
        let _ = env.run(&["log", "1", text]).ok();
        assert_eq!(next(&mut lines)["data"]["text"], *text);
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut said = String::new();
    let mut stderr = child.stderr.take().unwrap();
    std::io::Read::read_to_string(&mut stderr, &mut said).unwrap();
    assert_eq!(said, "");
    // One whose reader has gone ends by itself.
    let (mut child, mut lines) = follow(&env, &["--since", "0", "--format", "jsonl"]);
    next(&mut lines);
    drop(lines);
    let _ = env.run(&["log", "1", "four"]).ok();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_restricted_is_left_out() {
    let mut env = Env::new();
    env.does("desk open secret\ndesk open open\ndesk restrict 1 --to anna");
    let own = env.run(&["events", "--format", "ids"]).ok().stdout;
    assert!(own.contains("1\n"), "{own}");
    let of_ben = env
        .run(&["events", "--format", "ids", "--as", "ben"])
        .ok()
        .stdout;
    assert!(
        !of_ben.contains("1\n") && of_ben.contains("2\n"),
        "{of_ben}"
    );
    let none = env.run(&["events", "1", "--as", "ben"]).ok();
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", "no events\n")
    );
}
