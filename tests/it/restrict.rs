//! `desk restrict`: whoever is not named sees no text of the ticket, by any
//! command, in any format.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use crate::env::{Env, Output};

/// A word that stands in every text of what is restricted to anna and carl, and
/// nowhere else.
const SECRET: &str = "zebra";

/// Fields of which only restricted tickets have values.
const FIELDS: &str = "
[fields.asset]
type = \"text\"

[fields.site]
type = \"choice\"
choices = [\"Kiel\", \"Oslo\"]
";

/// Ticket 1 is restricted, resolved, overdue and a known error; 2 was merged into
/// it, the restricted 4 into the open 3, and 5 follows it up; 6 resembles it. All of
/// the restricted ones carry something.
fn restricted() -> Env {
    restricted_in(Env::new())
}

fn restricted_in(mut env: Env) -> Env {
    std::fs::write(env.dir().join("fields.toml"), FIELDS).unwrap();
    env.does(
        "
        desk policy set fields.toml
        desk open 'VPN striped zebra' -m 'the zebra leaks' --requester 'Zebra One <zebra@example.org>' --key zebra-key --category network/zebra -u high -b high -g high
        desk identify 1 incident
        desk take 1
        desk log 1 'zebra note' --symptom 'zebra symptom' --affected 'zebra server'
        desk participants 1 add 'Zebra Two <two@zebra.example.org>'
        desk investigate 1 'zebra hypothesis'
        desk investigate 1 --confirm 'zebra evidence'
        desk call 1 --when '2026-03-02 18:00' 'zebra call'
        desk open 'zebra copy' --requester 'Zebra Three <three@zebra.example.org>' --tag zebra-copy
        desk merge 2 --into 1
        desk open 'striped VPN' --requester 'Tom Ode <tom@example.org>' --category network/vpn -u low -b low -g low
        desk open 'zebra of Tom' --requester 'Zebra Four <four@zebra.example.org>' --tag zebra-four --field asset=zebra-4
        desk checklist 4 add 'zebra four'
        desk spent 4 1h 'zebra hour'
        desk restrict 4 --to anna,carl
        desk merge 4 --into 3
        desk link 3 --related 1
        desk reply 1 'zebra reply' --spent 5m
        desk spent 1 10m 'zebra time'
        desk due 1 '2026-03-03 18:00' --reason 'zebra promise'
        desk resolve 1 'zebra fix' --restored-by zebra --known-error --tell 'zebra is fixed' --force --reason zebra
        desk reopen 1 'zebra is back'
        desk restrict 1,2,4 --to anna,carl --reason 'zebra complaint'
        desk open 'striped network trouble'
        desk tag 1 zebra-tag
        desk checklist 1 add 'zebra item'
        desk field 1 'asset=old zebra'
        desk field 1 'asset=zebra 7' site=Oslo
        "
    );
    env.at("2026-04-02T09:00:00Z");
    env
}

fn as_agent(env: &mut Env, agent: &str, args: &[&str]) -> Output {
    let mut all = args.to_vec();
    all.extend(["--as", agent]);
    env.run(&all)
}

fn tells(output: &Output) -> bool {
    let told = format!("{}{}", output.stdout, output.stderr);
    told.to_lowercase().contains(SECRET)
}

/// What each reading command prints, as much as it can, and whether it says
/// something of the ticket to whoever may see it.
const READING: &[(&[&str], bool)] = &[
    (&[], true),
    (&["list", "--all"], true),
    (
        &[
            "list",
            "--all",
            "--columns",
            "id,title,requester,contact,key,category,assignee",
        ],
        true,
    ),
    (&["list", "--all", "--at", "2026-03-02T12:00:00Z"], true),
    (&["list", "--overdue"], true),
    (&["overdue"], true),
    (&["overdue", "--at", "2026-03-28T09:00:00Z"], true),
    (&["sla"], true),
    (&["sla", "--by", "category"], true),
    (&["sla", "--by", "assignee"], true),
    (&["sla", "explain", "3"], false),
    (&["sla", "what-if", "--policy", "policy.toml"], true),
    (&["show", "3"], true),
    (&["show", "3", "--brief"], true),
    (&["show", "3", "--full"], true),
    (&["show", "3", "--at", "2026-03-20T09:00:00Z"], true),
    (&["search", "striped"], true),
    (&["search", "leaks"], true),
    (&["search", "zebar"], true),
    (&["similar", "3"], true),
    (&["similar", "5"], true),
    (&["similar", "5", "--categories"], true),
    (&["similar", "--text", "VPN striped"], true),
    (&["report"], false),
    (&["report", "--by", "category"], true),
    (
        &["report", "--by", "category", "--at", "2026-03-28T09:00:00Z"],
        true,
    ),
    (&["report", "--by", "assignee"], false),
    (&["known-errors"], true),
    (&["participants", "3"], true),
    (
        &["list", "--all", "--columns", "id,tags,fields,checklist"],
        true,
    ),
    (&["list", "--all", "tag:any"], true),
    (&["list", "--all", "asset:any"], true),
    (&["list", "--all", "site:oslo"], true),
    (&["list", "--all", "--columns", "id,asset,site"], true),
    (&["list", "--all", "--columns", "+asset,+tags"], true),
    (
        &["list", "--all", "--at", "2026-03-20T09:00:00Z", "tag:any"],
        true,
    ),
    // What is near to a tag is not suggested either.
    (&["list", "--all", "tag:zbera-tag"], true),
    (&["sla", "--columns", "id,tags,asset"], true),
    (&["overdue", "--columns", "id,tags,asset"], true),
    (
        &["search", "striped", "--filter", "asset:any", "--all"],
        true,
    ),
    (&["report", "--by", "tag"], true),
    (&["report", "--by", "domain"], true),
    (&["report", "tag:any"], false),
    (
        &["events", "--kind", "tagged,fields-set,checklist-added"],
        true,
    ),
    (&["mail", "--quarantine"], false),
    (&["outbox", "--all"], false),
    (&["hooks", "--all"], false),
    (&["events"], true),
    (
        &["events", "--since", "0", "--kind", "opened,resolved"],
        true,
    ),
    (&["metrics"], false),
    (&["calendar", "feed"], true),
    (&["outbox", "send", "--dry-run"], false),
    (&["attachments", "3"], false),
    (&["policy", "check", "policy.toml"], false),
    (&["policy", "apply", "--dry-run"], false),
    (&["check"], false),
    (&["export"], true),
    (&["export", "--format", "csv", "--excel"], true),
    (&["sweep", "--dry-run"], true),
    (&["verify"], false),
    (&["doctor"], false),
    (&["import", "--runs"], false),
    (&["person", "export", "tom@example.org"], false),
    (&["person", "export", "four"], true),
    (&["diagnose", "3", "--questions"], false),
    (&["breach", "list"], false),
    (&["breach", "export", "--format", "html"], false),
];

/// These read nothing of tickets, or have tests of their own: of the inbox in
/// `inbox.rs`.
const OTHERS: &[&str] = &[
    "inbox",
    "calendar",
    "drafts",
    "config",
    "schema",
    "completions",
    "man",
    "help",
    "init",
    "team",
    "reindex",
    "backup",
    "restore",
    "store",
    "open",
];

/// Each command on the ticket by somebody who does not see it.
const REFUSED: &[&[&str]] = &[
    &["show", "1"],
    &["show", "1", "--brief"],
    &["show", "1", "--limited", "curious"],
    &["show", "2"],
    &["breach", "open", "1"],
    &["breach", "show", "1"],
    &["breach", "notice", "1", "--for", "authority"],
    &["sla", "explain", "1"],
    &["similar", "1"],
    &["review", "1"],
    &["participants", "1"],
    &["attachments", "1"],
    &["attachments", "1", "1", "-o", "x"],
    &["identify", "1", "request"],
    &["log", "1", "x"],
    &["categorize", "1", "mail"],
    &["prioritize", "1", "-u", "low", "-b", "low", "-g", "low"],
    &["diagnose", "1", "--answer", "q=a"],
    &["diagnose", "1", "--questions"],
    &["investigate", "1", "x"],
    &["assign", "1", "ben"],
    &["take", "1"],
    &["unassign", "1"],
    &["escalate", "1", "x"],
    &["call", "1", "--when", "2026-05-01 09:00"],
    &["pause", "1", "vendor"],
    &["due", "1", "2026-05-01 09:00", "--reason", "x"],
    &["due", "1", "--withdraw", "--reason", "x"],
    &["spent", "1", "5m", "x"],
    &["resume", "1"],
    &["resolve", "1", "x"],
    &["confirm", "1", "--by", "x"],
    &["close", "1"],
    &["reopen", "1", "x"],
    &["edit", "1", "--title", "x"],
    &["undo", "1"],
    &["void", "1", "--reason", "x"],
    &["merge", "1", "--into", "3"],
    &["merge", "5", "--into", "1"],
    &["link", "1", "--related", "3"],
    &["link", "5", "--related", "1"],
    &["known-errors", "add", "1", "x"],
    &["reply", "1", "x"],
    &["reply", "2", "x"],
    &["reply", "1", "--from", "tom@example.org", "x"],
    &["participants", "1", "add", "Kim"],
    &["tag", "1", "x"],
    &["tag", "1", "--remove", "zebra-tag"],
    &["field", "1", "asset=x"],
    &["checklist", "1"],
    &["checklist", "1", "add", "x"],
    &["checklist", "1", "done", "1"],
    &["restrict", "1", "--to", "ben"],
    &["restrict", "1", "--lift", "--reason", "x"],
];

#[test]
fn every_command_is_known_here() {
    let known: BTreeSet<&str> = READING
        .iter()
        .map(|(args, _)| *args)
        .chain(REFUSED.iter().copied())
        .filter_map(|args| args.first().copied())
        .chain(OTHERS.iter().copied())
        .collect();
    let command = desk::command();
    let verbs: BTreeSet<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    assert_eq!(known, verbs);
}

#[test]
fn no_reading_command_tells_anything_to_those_who_are_not_named() {
    let mut env = restricted();
    std::fs::write(
        env.dir().join("policy.toml"),
        "[[targets]]\nresponse = \"1h\"\nresolution = \"2h\"\n",
    )
    .unwrap();
    let mut silent = Vec::new();
    for (args, says_something) in READING {
        let mut told = false;
        for format in ["table", "json", "jsonl", "csv", "tsv", "ids"] {
            let mut args = args.to_vec();
            if !args.contains(&"--format") {
                args.extend(["--format", format]);
            }
            let hidden = as_agent(&mut env, "ben", &args);
            assert!(!tells(&hidden), "{args:?} tells ben:\n{hidden}");
            told |= tells(&as_agent(&mut env, "anna", &args));
        }
        // The control: whoever is named is told.
        if told != *says_something {
            silent.push(args);
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn the_number_and_the_clocks_are_shown_and_counted() {
    let mut env = restricted();
    let has = |output: Output| output.ok().stdout.contains("[restricted]");
    for args in [&["overdue"][..], &["sla"], &[], &["sweep", "--dry-run"]] {
        assert!(has(as_agent(&mut env, "ben", args)), "{args:?}");
        assert!(!has(as_agent(&mut env, "carl", args)), "{args:?}");
    }
    for args in [&["list", "--all"][..], &["search", "striped"]] {
        let output = as_agent(&mut env, "ben", args);
        assert!(!has(output), "{args:?}");
    }
    for args in [
        &["check", "--metric", "open", "--warning", "99"][..],
        &["report", "--json"],
        &["report", "--by", "month", "--json"],
    ] {
        let by = |env: &mut Env, agent| as_agent(env, agent, args).ok().stdout;
        let now = "2026-04-02T10:00:00Z";
        let (ben, anna) = (by(env.at(now), "ben"), by(env.at(now), "anna"));
        assert_eq!(ben, anna, "{args:?}");
    }
    // A filter by what is hidden does not tell it either.
    for filter in [
        ["--category", "network"],
        ["--requester", "zebra"],
        ["--assignee", "anna"],
    ] {
        let args = [&["overdue", "--ids"][..], &filter].concat();
        let ids = |env: &mut Env, agent| as_agent(env, agent, &args).stdout;
        assert!(
            !ids(&mut env, "ben").lines().any(|id| id == "1"),
            "{filter:?}"
        );
        assert!(
            ids(&mut env, "anna").lines().any(|id| id == "1"),
            "{filter:?}"
        );
    }
}

#[test]
fn every_command_on_the_ticket_is_refused_to_those_who_are_not_named() {
    let mut env = restricted();
    let events = |env: &mut Env| env.run(&["verify", "--json"]).ok().stdout;
    let before = events(&mut env);
    for args in REFUSED {
        let refused = as_agent(&mut env, "ben", args).code(1);
        let says = refused.stderr.contains("is restricted to anna, carl");
        assert!(says && !tells(&refused), "{args:?}: {refused}");
    }
    assert_eq!(events(&mut env), before, "nothing was written");
    // The control: somebody who is named may.
    let _ = as_agent(&mut env, "carl", &["log", "1", "x"]).ok();
    assert_ne!(events(&mut env), before);
}

#[test]
fn what_others_type_is_not_compared_with_what_they_do_not_see() {
    let mut env = restricted();
    for args in [
        &["tag", "3", "zbera-tag"][..],
        &["field", "3", "asset=zbera 7"],
        &["open", "x", "--tag", "zbera-copy"],
        &["checklist", "3", "add", "zbera item"],
    ] {
        let mut other = env.copied();
        let told = as_agent(&mut other, "ben", args).ok();
        assert!(!tells(&told), "{args:?}: {told}");
    }
    // The control: whoever sees the tag is told.
    assert!(tells(&as_agent(
        &mut env,
        "anna",
        &["tag", "3", "zbera-tag"]
    )));
}

#[test]
fn completion_offers_it_to_those_who_are_named() {
    let mut env = restricted();
    let offered = |env: &mut Env, agent: &str, words: &[&str]| {
        let all = [&["--", "desk"][..], words].concat();
        let mut command = env.command(&all);
        command
            .env("DESK_AGENT", agent)
            .env("COMPLETE", "fish")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string());
        env.finish(command, None).ok()
    };
    for words in [
        &["show", ""][..],
        &["categorize", "3", ""],
        &["list", "--category", ""],
        &["tag", "3", ""],
        &["list", "tag:"],
    ] {
        assert!(!tells(&offered(&mut env, "ben", words)), "{words:?}");
        assert!(tells(&offered(&mut env, "anna", words)), "{words:?}");
    }
    assert!(tells(&offered(
        &mut env,
        "ben",
        &["--as", "anna", "show", ""]
    )));
    assert!(!tells(&offered(
        &mut env,
        "anna",
        &["--as=ben", "show", ""]
    )));
}

#[test]
fn an_alarm_with_its_key_opens_a_new_ticket_for_others() {
    let mut env = restricted();
    let alarm = ["open", "disk full", "--key", "zebra-key"];
    let opened = as_agent(&mut env, "ben", &alarm).ok();
    assert!(opened.stdout.starts_with("#6 opened"), "{opened}");
    let counted = as_agent(&mut env, "ben", &alarm).ok();
    assert!(counted.stdout.starts_with("#6"), "{counted}");
}

#[test]
fn an_import_reaches_it_only_by_those_who_are_named() {
    let mut env = restricted();
    let export = as_agent(&mut env, "carl", &["export"]).ok().stdout;
    let line = |id: &str| {
        let end = format!("\"ticket\":{id}}}");
        let mut lines = export.lines();
        lines.find(|line| line.ends_with(&end)).unwrap().to_owned()
    };
    let head = export.lines().next().unwrap();
    let _ = env.run(&["log", "1", "zebra later"]).ok();
    let lines = format!("{head}\n{}\n", line("1"));
    let import = |env: &mut Env, agent| env.run_with(&["import", "--as", agent, "-"], &lines);
    let refused = import(&mut env, "ben");
    assert!(!tells(&refused), "{refused}");
    assert!(
        refused.stdout.contains("restricted to anna, carl")
            || refused.stderr.contains("restricted to anna, carl"),
        "{refused}"
    );
    let _ = import(&mut env, "anna").ok();
}

#[test]
fn what_a_login_belongs_to_decides_who_sees_it() {
    let mut env = restricted_in(Env::file("it is about accounts of the operating system"));
    let policy = "[agents]\nanna = { tier = 'L1', login = 'anna' }\ncarl = { tier = 'L1', login = 'carl' }\nben = 'L1'\n";
    std::fs::write(env.dir().join("agents.toml"), policy).unwrap();
    let _ = env.run(&["policy", "set", "agents.toml"]).ok();
    // The tests run as the user anna.
    let _ = as_agent(&mut env, "anna", &["show", "1"]).ok();
    let refused = as_agent(&mut env, "carl", &["show", "1"]).code(1);
    assert!(!tells(&refused), "{refused}");
}

#[test]
fn a_restriction_is_set_changed_and_lifted() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        "
        desk restrict 1
        desk restrict 1 --to ben
        desk restrict 1 --to anna ben --reason 'a complaint about a colleague'
        desk restrict 1 --to ben,anna
        desk list --as carl
        desk list --as ben
        desk assign 1 carl
        desk show 1 --as carl
        desk show 1
        desk restrict 1 --to anna
        desk show 1 --as ben --json
        desk restrict 1 --lift
        desk restrict 1 --lift --reason settled
        desk restrict 1 --lift --reason settled
        desk list --as carl
        desk verify
        "
    ), @r##"
    $ desk restrict 1
    ! desk: missing --to <AGENT>...
    !   hint: usage: desk restrict --to <AGENT>... <ID>...
    [exit 2]

    $ desk restrict 1 --to ben
    ! desk: anna would not see #1, which is only for ben
    !   hint: let them in first with: desk restrict 1 --to ben,anna
    [exit 1]

    $ desk restrict 1 --to anna ben --reason 'a complaint about a colleague'
    #1 restricted to anna and ben

    $ desk restrict 1 --to ben,anna
    #1 unchanged

    $ desk list --as carl
    ! no open tickets; desk list --all includes closed ones

    $ desk list --as ben
    ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✓ 7h50m  L1    anna      network/vpn  Mia Roth   VPN drops

    $ desk assign 1 carl
    ! desk: carl would not see #1, which is only for anna, ben
    !   hint: let them in first with: desk restrict 1 --to anna,ben,carl
    [exit 1]

    $ desk show 1 --as carl
    ! desk: #1 is restricted to anna, ben
    !   hint: ask anna or ben to let you in with: desk restrict 1 --to anna,ben,YOU
    [exit 1]

    $ desk show 1
    #1 VPN drops
      active since 09:04 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone
      restricted to anna, ben

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      resolution  ✓ ok    13m  7h 47m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:07  anna  restricted to anna and ben
             │ a complaint about a colleague

    $ desk restrict 1 --to anna
    #1 restricted to anna

    $ desk show 1 --as ben --json
    ! {"error":{"code":"restricted","message":"#1 is restricted to anna","hint":"ask anna to let you in with: desk restrict 1 --to anna,YOU","exit_code":1}}
    [exit 1]

    $ desk restrict 1 --lift
    ! desk: missing reason
    !   hint: give it with --reason TEXT
    [exit 2]

    $ desk restrict 1 --lift --reason settled
    #1 no longer restricted

    $ desk restrict 1 --lift --reason settled
    ! desk: #1 is not restricted
    !   hint: desk restrict 1 --to AGENT
    [exit 1]

    $ desk list --as carl
    ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✓ 7h41m  L1    anna      network/vpn  Mia Roth   VPN drops

    $ desk verify
    DIR/desk.db: ✓ sound, 13 events, 1 ticket
      head: 16:HASH
    "##);
}
