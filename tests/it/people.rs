//! Agents in the chain: by number, with erasable names and accounts; who may
//! act as whom.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use sha2::{Digest, Sha256};

use crate::env::Env;

/// Every value of a table, one per line.
fn dump(env: &Env, table: &str) -> String {
    let rows = env.rows(&format!("SELECT * FROM {table}"));
    rows.concat().join("\n").to_lowercase()
}

const POLICY: &str = r#"
[agents]
"anna.roth@example.org" = { tier = "L1", name = "Annabell Roth", login = "aroth" }
"karl.meier@example.org" = { tier = "L2", name = 'Karl Meier' }
"ole@example.org" = "L3"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-17:00"]
holidays = [{ ics = "leave.ics" }]
"#;

const LEAVE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n\
DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260504\r\nSUMMARY:Henriette on leave\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n";

/// A day on which agents call each other by their addresses.
const DAY: &str = r#"
    DESK_TEST_LOGIN=aroth:1001:host-17 desk --as anna.roth@example.org open "VPN drops" -r "Mia Quandt <mia@quandt.example>" -c phone --assign karl.meier@example.org
    DESK_TEST_LOGIN=aroth:1001:host-17 desk --as anna.roth@example.org policy set policy.toml
    DESK_TEST_LOGIN=kmeier:1002:host-18 desk --as karl.meier@example.org identify 1 incident
    DESK_TEST_LOGIN=kmeier:1002:host-18 desk --as karl.meier@example.org categorize 1 network/vpn
    DESK_TEST_LOGIN=kmeier:1002:host-18 desk --as karl.meier@example.org prioritize 1 -u high -b low -g low
    DESK_TEST_LOGIN=kmeier:1002:host-18 desk --as karl.meier@example.org escalate 1 "too deep" --to ole@example.org
    DESK_TEST_LOGIN=kmeier:1002:host-18 desk --as karl.meier@example.org escalate 1 --manager "Lea Brandt" "sales is angry"
    DESK_TEST_LOGIN=oleole:1003:host-19 desk --as ole@example.org take 1
    DESK_TEST_LOGIN=oleole:1003:host-19 desk --as ole@example.org reply 1 "Dear Mia, Karl looks at it"
    DESK_TEST_LOGIN=oleole:1003:host-19 desk --as ole@example.org unassign 1 "Ole is ill"
"#;

const NAMES: &[&str] = &[
    "anna",
    "roth",
    "aroth",
    "karl",
    "meier",
    "ole@",
    "oleole",
    "host-1",
    "quandt",
    "mia",
    "brandt",
    "henriette",
    "leave",
    "example.org",
];

#[test]
fn no_name_address_or_account_is_in_an_event() {
    let mut env = Env::new();
    std::fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
    std::fs::write(env.dir().join("leave.ics"), LEAVE).unwrap();
    env.does(DAY).does("240 minutes pass\ndesk sweep");
    let events = dump(&env, "event");
    assert!(events.contains("categorized"), "{events}");
    let found: Vec<&&str> = NAMES
        .iter()
        .filter(|name| events.contains(**name))
        .collect();
    assert!(found.is_empty(), "{found:?} in {events}");
    // The same search finds each of them where they are meant to be.
    let elsewhere = dump(&env, "field") + &dump(&env, "person");
    for name in NAMES {
        assert!(elsewhere.contains(name), "{name}");
    }
    let _sound = env.run(&["verify"]).ok();
}

#[test]
fn each_person_is_introduced_once_and_verify_knows_who_is_who() {
    let mut env = Env::new();
    env.does(
        "
        desk open A --channel phone
        desk log 1 one
        desk --as ben log 1 two
        desk assign 1 ben
        desk --as ben assign 1 anna
        DESK_TEST_LOGIN=anna:1000:desk-2 desk log 1 three
        DESK_TEST_LOGIN=renamed:1000:desk-1 desk log 1 four
        ",
    );
    let people =
        "SELECT name || ' ' || coalesce(uid || '@' || host, '-') FROM person ORDER BY number";
    assert_eq!(
        env.rows(people).concat(),
        [
            "anna 1000@desk-1",
            "ben 1000@desk-1",
            "ben -",
            "anna -",
            "anna 1000@desk-2"
        ]
    );
    let _sound = env.run(&["verify"]).ok();
}

#[test]
fn an_account_may_only_act_as_its_agent() {
    let mut env = Env::new();
    let policy = r#"
[agents]
anna = { login = "anna" }
ben = { tier = "L2", login = "1002" }
guest = "L1"
"#;
    std::fs::write(env.dir().join("policy.toml"), policy).unwrap();
    assert_snapshot!(env.says(
        "
        desk open A --channel phone
        desk policy set policy.toml
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna log 1 'not me'
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna open B --channel phone
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna policy set policy.toml
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna policy apply
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna link 1 --related 1
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as ben log 1 'it is me'
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as guest log 1 'nobody in particular'
        DESK_TEST_LOGIN=other:1003:desk-1 desk --as guest log 1 'somebody'
        DESK_TEST_LOGIN=ben:1002:desk-1 desk sweep
        DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna list --columns id,title
        desk log 1 'Anna again'
        "
    ), @"
    $ desk open A --channel phone
    #1 opened, resolution due in 1d (Tue 09:00)

    $ desk policy set policy.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna log 1 'not me'
    ! desk: only the user 'anna' may act as anna; you are 'ben' (uid 1002)
    !   hint: give your own name, with --as or DESK_AGENT; see the logins with: desk policy show
    [exit 1]

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna open B --channel phone
    ! desk: only the user 'anna' may act as anna; you are 'ben' (uid 1002)
    !   hint: give your own name, with --as or DESK_AGENT; see the logins with: desk policy show
    [exit 1]

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna policy set policy.toml
    ! desk: only the user 'anna' may act as anna; you are 'ben' (uid 1002)
    !   hint: give your own name, with --as or DESK_AGENT; see the logins with: desk policy show
    [exit 1]

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna policy apply
    ! desk: only the user 'anna' may act as anna; you are 'ben' (uid 1002)
    !   hint: give your own name, with --as or DESK_AGENT; see the logins with: desk policy show
    [exit 1]

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna link 1 --related 1
    ! desk: only the user 'anna' may act as anna; you are 'ben' (uid 1002)
    !   hint: give your own name, with --as or DESK_AGENT; see the logins with: desk policy show
    [exit 1]

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as ben log 1 'it is me'
    #1 logged

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as guest log 1 'nobody in particular'
    #1 logged

    $ DESK_TEST_LOGIN=other:1003:desk-1 desk --as guest log 1 'somebody'
    #1 logged

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk sweep

    $ DESK_TEST_LOGIN=ben:1002:desk-1 desk --as anna list --columns id,title
    ID  TITLE
     1  A

    $ desk log 1 'Anna again'
    #1 logged
    ");
    assert_snapshot!(env.says("desk show 1"), @"
    $ desk show 1
    #1 A
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s               3h          12:00, stopped 09:00
      resolution  ✓ ok    13m  23h 47m      1d          Tue 09:00

    Timeline
      09:00  anna   opened by phone
      09:07  ben    logged
             │ it is me
      09:08  guest  logged (login ben@desk-1)
             │ nobody in particular
      09:09  guest  logged
             │ somebody
      09:12  anna   logged
             │ Anna again
    ");
    let page = env.json(&["show", "1"]);
    assert_eq!(
        page["timeline"].as_array().unwrap().last().unwrap()["login"],
        serde_json::json!({"user": "anna", "uid": 1000, "host": "desk-1"})
    );
}

const ROWS: &str = "number;opened;updated;title;requester
INC1;2026-01-05 08:00;2026-01-05 08:00;Printer;Mia Quandt
INC1;2026-01-05 08:00;2026-01-05 09:00;Printer;Mia Quandt
INC2;2026-01-05 08:00;2026-01-05 08:30;Mail;Tom
";

const MAP: &str = r#"
source = "old"
shape = "events"
dates = "%Y-%m-%d %H:%M"
zone = "UTC"
[columns]
number = "number"
opened = "opened"
updated = "updated"
title = "title"
requester = "requester"
"#;

/// The digests of rows, as anybody who has the rows can compute them.
fn digests() -> BTreeSet<String> {
    let digest = |row: &str| {
        let mut hash = Sha256::new();
        for cell in row.split(';') {
            hash.update((cell.len() as u64).to_be_bytes());
            hash.update(cell.as_bytes());
        }
        let hash = hash.finalize();
        hash.iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    ROWS.lines().skip(1).map(digest).collect()
}

#[test]
fn imported_rows_are_known_again_but_cannot_be_recognized_without_the_key() {
    let mut env = Env::new();
    std::fs::write(env.dir().join("rows.csv"), ROWS).unwrap();
    std::fs::write(env.dir().join("map.toml"), MAP).unwrap();
    let import = ["import", "rows.csv", "--map", "map.toml"];
    let report = env.json(&import);
    assert_eq!(report["rows"]["new"], 3, "{report}");
    let again = env.json(&import);
    assert_eq!(
        (&again["rows"]["new"], &again["rows"]["unchanged"]),
        (&0.into(), &3.into())
    );
    let stored = dump(&env, "event") + &dump(&env, "field");
    for digest in digests() {
        assert!(!stored.contains(&digest), "{digest}");
    }
    // Another store that imports this one's export knows the rows too.
    let export = env.run(&["export"]).ok().stdout;
    let mut other = Env::new();
    let path = other.dir().join("export.jsonl");
    std::fs::write(&path, &export).unwrap();
    let _imported = other.run(&["import", path.to_str().unwrap()]).ok();
    for name in ["rows.csv", "map.toml"] {
        std::fs::copy(env.dir().join(name), other.dir().join(name)).unwrap();
    }
    let there = other.json(&import);
    assert_eq!(there["rows"]["unchanged"], 3, "{there}");
    let _sound = other.run(&["verify"]).ok();
}
