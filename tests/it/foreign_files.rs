//! Files that a policy names: whoever wrote the policy need not be allowed to
//! read them, so nothing of their content is printed.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

use crate::env::{Env, Output};

/// A word that occurs in every file.
const SECRET: &str = "Zq7xWv";

fn policy(file: &str) -> String {
    format!(
        "[calendars.office]\ntimezone = \"UTC\"\nmon = [\"09:00-17:00\"]\n\
         holidays = [{{ ics = \"{file}\", strict = true }}]\n"
    )
}

/// A policy that leaves out what it does not understand.
fn lenient_policy(file: &str) -> String {
    policy(file).replace(", strict = true", "")
}

/// Every command that reads a policy file.
const COMMANDS: &[&[&str]] = &[
    &["policy", "check", "p.toml"],
    &["policy", "check", "p.toml", "--json"],
    &["policy", "check", "p.toml", "--format", "csv"],
    &["policy", "set", "p.toml"],
    &["policy", "set", "p.toml", "--json"],
    &["sla", "what-if", "--policy", "p.toml"],
    &["calendar", "show", "office", "--policy", "p.toml"],
    &["calendar", "show", "office", "--policy", "p.toml", "--json"],
];

fn event(lines: &str) -> Vec<u8> {
    let calendar = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
    calendar.into_bytes()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.replace('$', SECRET).into_bytes();
    let in_event = |lines: &str| event(&lines.replace('$', SECRET));
    vec![
        ("shadow", text("root:$:19000:0:99999:7:::\n")),
        ("prose", text("$\n")),
        (
            "key",
            text("-----BEGIN OPENSSH PRIVATE KEY-----\n$\n-----END OPENSSH PRIVATE KEY-----\n"),
        ),
        ("ini", text("[$]\npassword=$\n")),
        ("toml", text("$ = \"$\"\n")),
        (
            "binary",
            [b"\0\xff\xfe".as_slice(), SECRET.as_bytes()].concat(),
        ),
        ("nul", text("\0$\0")),
        ("blank lines first", text("\n\n$\n")),
        ("huge", SECRET.repeat(2_000_000).into_bytes()),
        ("one long line", SECRET.repeat(500_000).into_bytes()),
        ("contacts", text("BEGIN:VCARD\nFN:$\nEND:VCARD\n")),
        ("components", text("BEGIN:$\nEND:$\n")),
        (
            "after the calendar",
            text("BEGIN:VCALENDAR\nEND:VCALENDAR\n$\n"),
        ),
        ("wrong end", text("BEGIN:VCALENDAR\nEND:$\n")),
        ("no end", text("BEGIN:VCALENDAR\nBEGIN:$\n")),
        ("summary", in_event("SUMMARY:$")),
        ("uid", in_event("UID:$")),
        ("date", in_event("DTSTART:$\nSUMMARY:$")),
        ("impossible date", in_event("UID:$\nDTSTART:20260230")),
        ("zone", in_event("DTSTART;TZID=$:20260101T000000")),
        ("kind of value", in_event("DTSTART;VALUE=$:20260101")),
        ("end", in_event("DTSTART:20260101\nDTEND:$")),
        ("duration", in_event("DTSTART:20260101\nDURATION:$")),
        (
            "range",
            in_event("DTSTART:20260101\nRECURRENCE-ID;RANGE=$:20260101"),
        ),
        ("frequency", in_event("DTSTART:20260101\nRRULE:FREQ=$")),
        ("part", in_event("DTSTART:20260101\nRRULE:FREQ=DAILY;$=1")),
        ("no part", in_event("DTSTART:20260101\nRRULE:$")),
        (
            "until",
            in_event("DTSTART:20260101\nRRULE:FREQ=DAILY;UNTIL=$"),
        ),
        (
            "by day",
            in_event("DTSTART:20260101\nRRULE:FREQ=DAILY;BYDAY=$"),
        ),
        ("exception", in_event("DTSTART:20260101\nEXDATE:$")),
        (
            "endless",
            in_event("SUMMARY:$\nDTSTART:00010101\nRRULE:FREQ=DAILY"),
        ),
    ]
}

#[track_caller]
fn tells_nothing(said: &Output, case: &str) {
    let all = format!("{}{}", said.stdout, said.stderr).to_lowercase();
    assert!(!all.contains(&SECRET.to_lowercase()), "{case}: {said}");
    // It was refused because of the file.
    assert!(all.contains("holidays.ics"), "{case}: {said}");
    assert!(said.code.is_some_and(|code| code != 0), "{case}: {said}");
}

#[test]
fn nothing_of_a_file_that_is_no_calendar_is_printed() {
    let mut env = Env::new();
    env.does("desk open VPN");
    fs::write(env.dir().join("p.toml"), policy("file")).unwrap();
    for (name, content) in files() {
        fs::write(env.dir().join("file"), &content).unwrap();
        for args in COMMANDS {
            let said = env.run(args);
            tells_nothing(&said, &format!("{name}: {args:?}"));
            assert_ne!(said.code, Some(70), "{name}: {said}");
        }
    }
    fs::write(env.dir().join("p.toml"), lenient_policy("file")).unwrap();
    for (name, content) in files() {
        fs::write(env.dir().join("file"), &content).unwrap();
        for args in COMMANDS {
            let said = env.run(args);
            let all = format!("{}{}", said.stdout, said.stderr).to_lowercase();
            assert!(!all.contains(&SECRET.to_lowercase()), "{name}: {said}");
        }
    }
    // What a calendar calls a holiday is printed, so the search above can find.
    let good = event(&format!("DTSTART:20260302\nSUMMARY:{SECRET}"));
    fs::write(env.dir().join("file"), good).unwrap();
    let _ = env.run(&["policy", "set", "p.toml"]).ok();
    let shown = env
        .run(&["calendar", "show", "office", "--policy", "p.toml"])
        .ok();
    assert!(shown.stdout.contains(SECRET), "{shown}");
}

#[test]
fn a_fault_of_a_calendar_names_the_line_and_the_property() {
    let mut env = Env::new();
    fs::write(env.dir().join("p.toml"), policy("days.ics")).unwrap();
    fs::write(env.dir().join("days.ics"), event("DTSTART:Mia")).unwrap();
    insta::assert_snapshot!(env.says("desk policy check p.toml"), @"
    $ desk policy check p.toml
    fault: line 4: calendars.office.holidays.ics: days.ics: line 3: DTSTART is not a date such as 20261224 or 20261224T090000Z
    ! p.toml has 1 fault; nothing was changed
    [exit 2]
    ");
    fs::write(env.dir().join("p.toml"), lenient_policy("days.ics")).unwrap();
    insta::assert_snapshot!(env.says("desk policy check p.toml"), @r#"
    $ desk policy check p.toml
    note: line 1: calendars.office: no target uses this calendar; to use it, write calendar = "office" in a [[targets]]
    note: line 4: calendars.office.holidays.ics: days.ics: line 3: DTSTART is not a date such as 20261224 or 20261224T090000Z; left out
    ! p.toml is a valid policy
    "#);
}

#[test]
fn what_is_no_regular_file_is_refused_at_once() {
    let mut env = Env::new();
    let pipe = env.dir().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).unwrap();
    fs::create_dir(env.dir().join("directory")).unwrap();
    let _socket = UnixListener::bind(env.dir().join("socket")).unwrap();
    symlink(&pipe, env.dir().join("link")).unwrap();
    for file in [
        "pipe",
        "link",
        "directory",
        "socket",
        "/dev/zero",
        "/dev/tty",
        "/dev/stdin",
        "missing",
        "a\\u0000b",
    ] {
        fs::write(env.dir().join("p.toml"), policy(file)).unwrap();
        for args in COMMANDS {
            let begun = Instant::now();
            let said = env.run(args);
            tells_nothing(&said, &format!("{file}: {args:?}"));
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{file}: {args:?}"
            );
        }
    }
    // What somebody types may be a pipe.
    fs::write(env.dir().join("p.toml"), policy("days.ics")).unwrap();
    fs::write(env.dir().join("days.ics"), event("DTSTART:20260101")).unwrap();
    let calendar = env.dir().join("days.ics");
    fs::write(
        env.dir().join("p.toml"),
        policy(&calendar.display().to_string()),
    )
    .unwrap();
    let _ = env.shell("cat p.toml | desk policy check /dev/stdin").ok();
}
