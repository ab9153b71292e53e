//! U+0000, which not every store of text can keep, becomes visible at every
//! door through which a text can bring it.

use std::fs;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::env::Env;
use crate::terminal::{Terminal, editor};

/// Every text of a store that contains `sought`, as `table.column`; of a database
/// every line of its dump.
fn places(env: &Env, sought: &str) -> Vec<String> {
    if !env.is_file() {
        let dump = String::from_utf8(env.bytes()).unwrap();
        let found = dump.lines().filter(|line| line.contains(sought));
        return found.map(str::to_owned).collect();
    }
    let conn = Connection::open(env.db()).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'";
    let mut tables = conn.prepare(names).unwrap();
    let tables = tables.query_map([], |row| row.get(0)).unwrap();
    let tables: Vec<String> = tables.map(Result::unwrap).collect();
    let mut found = Vec::new();
    for table in tables {
        let mut select = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = select.column_names().map(ToString::to_string).collect();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for (at, column) in columns.iter().enumerate() {
                // Blobs hold hashes and salts, in which any byte can occur.
                if let ValueRef::Text(bytes) = row.get_ref(at).unwrap()
                    && bytes
                        .windows(sought.len())
                        .any(|window| window == sought.as_bytes())
                {
                    found.push(format!("{table}.{column}"));
                }
            }
        }
    }
    found
}

#[track_caller]
fn made_visible(env: &Env, door: &str) {
    assert_eq!(places(env, "\0"), [""; 0], "{door}");
    assert_eq!(places(env, "\\u0000"), [""; 0], "{door}");
    assert_ne!(places(env, "␀"), [""; 0], "{door}");
}

#[test]
fn a_nul_in_a_store_would_be_found() {
    let mut env = Env::file("a database has no U+0000 in any text");
    env.does("desk open VPN");
    assert_eq!(places(&env, "\0"), [""; 0]);
    env.forge("UPDATE ticket SET title = 'a' || char(0)");
    assert_eq!(places(&env, "\0"), ["ticket.title"]);
}

const MAP: &str = r#"
source = "old\u0000er"
dates = "%Y-%m-%d %H:%M"
zone = "UTC"
[columns]
number = "number"
opened = "opened"
title = "title"
description = "text"
requester = "who"
category = "category"
assignee = "agent"
tier = "tier"
[values.tier]
first = "L\u00001"
"#;

const QUESTIONS: &str =
    "[categories.network]\nquestions = [{ key = \"since\", text = \"When?\" }]\n";

#[test]
fn no_door_lets_a_nul_into_the_store() {
    let csv = "number,opened,title,text,who,category,agent,tier,ex\0tra\n\
               7\0,2026-01-01 10:00,V\0PN,so\0,M\0ia,a\0/b,b\0en,first,y\0\n";
    let json = r#"{"number":"7\u0000","opened":"2026-01-01 10:00","title":"V\u0000PN","text":"so\u0000","who":"M\u0000ia","category":"a\u0000","agent":"b\u0000en","tier":"first","ex\u0000tra":"y\u0000","more":{"in\u0000ner":["z\u0000"]}}"#;
    type Files<'a> = &'a [(&'a str, &'a str)];
    let doors: &[(&str, Files<'_>, &[&str], &str)] = &[
        ("stdin", &[], &["log", "1", "-m", "-"], "a\0b"),
        ("stdin of open", &[], &["open", "x", "-m", "-"], "\0a"),
        (
            "answers in JSON",
            &[("a.json", r#"{"since":"mon\u0000day"}"#)],
            &["diagnose", "1", "--answers", "a.json"],
            "",
        ),
        (
            "answers in TOML",
            &[("a.toml", r#""since" = "mon\u0000day""#)],
            &["diagnose", "1", "--answers", "a.toml"],
            "",
        ),
        (
            "answers on stdin",
            &[],
            &["diagnose", "1", "--answers", "-"],
            "since = \"a\0b\"",
        ),
        (
            "a log in CSV",
            &[("map.toml", MAP), ("log.csv", csv)],
            &["import", "log.csv", "--map", "map.toml"],
            "",
        ),
        (
            "a log in JSON Lines",
            &[("map.toml", MAP), ("log.jsonl", json)],
            &["import", "log.jsonl", "--map", "map.toml"],
            "",
        ),
    ];
    for (door, files, args, stdin) in doors {
        let mut env = Env::new();
        env.does("desk open VPN --category network");
        let _ = env.run_with(&["policy", "set", "-"], QUESTIONS).ok();
        for (name, text) in *files {
            fs::write(env.dir().join(name), text).unwrap();
        }
        let said = env.run_with(args, stdin);
        let partly = args[0] == "import";
        assert!(
            said.code == Some(0) || partly && said.code == Some(1),
            "{door}: {said}"
        );
        made_visible(&env, door);
        let _ = env.run(&["verify"]).ok();
    }
}

#[test]
fn the_editor_brings_no_nul() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let editor = editor(&env, "one\\0two");
    let ended = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(ended.0, 0, "{}", ended.1);
    made_visible(&env, "the editor");
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\0\r\n\
     DTSTART;VALUE=DATE:20260303\r\nSUMMARY:Car\0nival\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

const POLICY: &str = r#"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-17:00"]
holidays = [{ ics = "days.ics" }, { date = "2026-12-25", name = "Christ\u0000mas" }]
[categories.network]
title = "the \u0000 network"
questions = ["Since\u0000 when?"]
[[categories.network.findings]]
when = { since-when = "a" }
cause = "an out\u0000age"
"#;

#[test]
fn a_policy_and_its_calendar_bring_no_nul() {
    let mut env = Env::new();
    fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
    fs::write(env.dir().join("days.ics"), CALENDAR).unwrap();
    let _ = env.run(&["policy", "set", "policy.toml"]).ok();
    env.does(
        "desk open VPN --category network
         desk diagnose 1 --answer since-when=a",
    );
    let _ = env.run(&["verify"]).ok();
    assert_eq!(places(&env, "\0"), [""; 0]);
    assert_ne!(places(&env, "␀"), [""; 0]);
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(page.contains("an out␀age"), "{page}");
}

#[test]
fn an_export_brings_no_nul() {
    let mut env = Env::new();
    env.does("desk open VPN -m text --requester Mia");
    let export = env.run(&["export"]).ok().stdout;
    assert!(export.contains("VPN") && export.contains("Mia"));
    let export = export
        .replace("VPN", "V\\u0000PN\\\\u0000")
        .replace("Mia", "\\u0000Mia");
    let mut other = Env::new();
    let _ = other.run_with(&["import", "-"], &export).ok();
    let page = other.json(&["show", "1"]);
    assert_eq!(page["title"], "V␀PN\\u0000");
    assert_eq!(page["requester"]["name"], "␀Mia");
    assert_eq!(places(&other, "\0"), [""; 0]);
    let _ = other.run(&["verify"]).ok();
}
