//! JSON output is valid by the published schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::env::Env;

/// The commands to run, in order, each with the schema of its output.
const RUNS: &[(&str, &[&str])] = &[
    ("kept", &["init"]),
    ("sla", &["sla"]),
    ("tickets", &["list"]),
    (
        "done",
        &[
            "open",
            "VPN drops",
            "--requester",
            "Mia Roth <mia@example.org>",
            "--key",
            "vpn",
        ],
    ),
    ("done", &["open", "VPN drops", "--key", "vpn"]),
    (
        "done",
        &["identify", "1", "incident", "--onset", "anticipated"],
    ),
    (
        "done",
        &[
            "log",
            "1",
            "note",
            "--symptom",
            "slow",
            "--affected",
            "gateway",
            "--began",
            "8:00",
        ],
    ),
    (
        "done",
        &["log", "1", "--title", "VPN drops often", "--language", "de"],
    ),
    ("done", &["categorize", "1", "network/vpn"]),
    (
        "done",
        &["prioritize", "1", "-u", "high", "-b", "low", "-g", "medium"],
    ),
    ("done", &["take", "1"]),
    ("done", &["unassign", "1", "on holiday"]),
    ("done", &["assign", "1", "ben"]),
    (
        "done",
        &[
            "diagnose",
            "1",
            "hm",
            "-a",
            "since=monday",
            "--extent",
            "all",
            "--affected",
            "mail",
        ],
    ),
    ("done", &["escalate", "1", "logs", "--to", "dora"]),
    ("done", &["escalate", "1", "--manager", "Lee", "angry"]),
    ("done", &["investigate", "1", "certificate"]),
    ("done", &["investigate", "1", "provider"]),
    ("done", &["investigate", "1", "--refute=2", "no"]),
    ("done", &["investigate", "1", "--confirm", "yes"]),
    ("hypotheses", &["investigate", "1"]),
    (
        "done",
        &["participants", "1", "add", "Kim Lund <kim@example.org>"],
    ),
    ("participants", &["participants", "1"]),
    ("done", &["tag", "1", "vpn", "vip"]),
    ("done", &["checklist", "1", "add", "label it"]),
    ("done", &["checklist", "1", "done", "1"]),
    ("checklist", &["checklist", "1"]),
    ("done", &["edit", "1", "--title", "VPN drops at noon"]),
    ("done", &["undo", "1"]),
    ("drafts", &["drafts"]),
    ("mail-quarantine", &["mail", "--quarantine"]),
    ("outbox", &["outbox"]),
    ("hooks", &["hooks"]),
    ("events", &["events"]),
    ("metrics", &["metrics"]),
    ("calendar-feed", &["calendar", "feed"]),
    ("review", &["review", "1"]),
    ("done", &["log", "1", "--attach", "policy.toml"]),
    ("attachments", &["attachments", "1"]),
    ("person-pieces", &["person", "find", "kim@example.org"]),
    ("holds", &["person", "hold", "1", "--reason", "case 7"]),
    (
        "holds",
        &["person", "hold", "1", "--lift", "--reason", "no"],
    ),
    (
        "person-erased",
        &["person", "erase", "kim@example.org", "--dry-run"],
    ),
    (
        "done",
        &["reply", "1", "--from", "kim@example.org", "the same here"],
    ),
    (
        "done",
        &["call", "1", "--when", "in 1h", "--by", "video", "look"],
    ),
    ("done", &["call", "1", "--held", "seen", "--spent", "10m"]),
    ("done", &["spent", "1", "25m", "with the vendor"]),
    ("done", &["spent", "1", "-5m"]),
    (
        "done",
        &["due", "1", "in 8h", "--reason", "the part comes today"],
    ),
    ("explained", &["sla", "explain", "1"]),
    ("done", &["call", "1", "--when", "in 2h"]),
    ("done", &["call", "1", "--cancelled"]),
    (
        "done",
        &[
            "pause",
            "1",
            "requester",
            "--ask",
            "Since when?",
            "--until",
            "tomorrow 9:00",
        ],
    ),
    ("show", &["show", "1"]),
    ("sla", &["sla"]),
    (
        "done",
        &["reply", "1", "--from-requester", "monday", "--via", "email"],
    ),
    ("done", &["pause", "1", "vendor", "case 4711"]),
    ("done", &["resume", "1", "patch"]),
    ("done", &["reply", "1", "soon"]),
    ("done", &["open", "No VPN"]),
    ("done", &["merge", "2", "--into", "1"]),
    ("show", &["show", "2"]),
    ("done", &["reopen", "2", "something else"]),
    ("done", &["link", "2", "--parent", "1"]),
    ("done", &["link", "2", "--parent", "1", "--remove"]),
    ("done", &["link", "2", "--related", "1"]),
    (
        "done",
        &[
            "resolve",
            "2",
            "never mind",
            "--code",
            "withdrawn",
            "--force",
            "--reason",
            "gone",
        ],
    ),
    ("done", &["resolve", "1", "renewed", "--tell", "Try again."]),
    ("done", &["confirm", "1", "--by", "Mia"]),
    ("done", &["close", "1", "thanks", "--satisfaction", "5"]),
    ("done", &["known-errors", "add", "1", "--cause", "old"]),
    ("known-errors", &["known-errors"]),
    (
        "done",
        &[
            "breach",
            "open",
            "disk lost",
            "--aware",
            "now",
            "--persons",
            "1-9",
        ],
    ),
    ("breaches", &["breach", "list"]),
    ("breaches", &["breach", "export"]),
    ("tickets", &["list", "--known-errors"]),
    ("show", &["show", "1"]),
    (
        "done",
        &["known-errors", "remove", "1", "--reason", "fixed"],
    ),
    ("show", &["show", "1"]),
    ("show", &["show", "2"]),
    ("show", &["show", "2", "--brief"]),
    ("tickets", &["list", "--all"]),
    ("tickets", &["list", "--all", "--sort", "id", "-n", "1"]),
    ("tickets", &["overdue", "--within", "2d"]),
    ("sla", &["sla", "--status", "resolved"]),
    ("count", &["list", "--count"]),
    ("count", &["overdue", "--count"]),
    ("count", &["sla", "--count"]),
    ("sla", &["sla", "--by", "assignee"]),
    ("report", &["report"]),
    (
        "report",
        &["report", "--by", "month", "--from", "yesterday"],
    ),
    ("kept", &["report", "--html", "page.html"]),
    ("check", &["check", "--metric", "open", "-c", "100"]),
    ("policy", &["policy", "show"]),
    ("templates", &["policy", "templates"]),
    ("policy-checked", &["policy", "check", "policy.toml"]),
    ("editions", &["policy", "history"]),
    ("policy-set", &["policy", "set", "policy.toml"]),
    ("policy-set", &["policy", "set", "policy.toml"]),
    ("editions", &["policy", "history"]),
    ("moves", &["policy", "apply", "--dry-run"]),
    ("moves", &["sla", "what-if", "--policy", "policy.toml"]),
    ("moves", &["policy", "apply"]),
    ("done", &["open", "Fax", "--category", "fax"]),
    ("questions", &["diagnose", "3", "--questions"]),
    (
        "done",
        &["diagnose", "3", "-a", "since-when=monday", "-a", "line=yes"],
    ),
    ("questions", &["diagnose", "3", "--questions"]),
    ("show", &["show", "3"]),
    ("explained", &["sla", "explain", "2"]),
    ("verified", &["verify"]),
    ("doctor", &["doctor"]),
    ("kept", &["backup", "copy.db"]),
    ("kept", &["restore", "--yes", "copy.db"]),
    (
        "store-copy",
        &["store", "copy", "--keep", "--to", "beside.db"],
    ),
    ("calendars", &["calendar", "list"]),
    ("calendar", &["calendar", "show", "24x7"]),
    (
        "calendar-due",
        &[
            "calendar",
            "due",
            "--calendar",
            "24x7",
            "--from",
            "8:00",
            "--target",
            "90m",
            "--pause",
            "8:30..9:00",
        ],
    ),
    (
        "calendar-elapsed",
        &[
            "calendar",
            "elapsed",
            "--calendar",
            "24x7",
            "--from",
            "8:00",
            "--to",
            "8:20",
        ],
    ),
    (
        "calendar-open-at",
        &[
            "calendar",
            "open-at",
            "--calendar",
            "24x7",
            "--time",
            "12:00",
        ],
    ),
    (
        "calendar-next-open",
        &[
            "calendar",
            "next-open",
            "--calendar",
            "24x7",
            "--time",
            "12:00",
        ],
    ),
    ("search", &["search", "vpn"]),
    ("search", &["search", "zebra", "vpn"]),
    ("search", &["search", "zebra"]),
    (
        "search",
        &["search", "vpn", "--limit", "1", "--status", "closed"],
    ),
    ("count", &["search", "vpn", "--count"]),
    ("similar", &["similar", "1"]),
    ("similar", &["similar", "--text", "no vpn"]),
    ("similar", &["similar", "--text", "zebra"]),
    ("suggestions", &["similar", "2", "--categories"]),
    ("suggestions", &["similar", "--text", "vpn", "--categories"]),
    ("evaluation", &["similar", "--evaluate", "questions.tsv"]),
    (
        "evaluation",
        &["similar", "--categories", "--evaluate", "questions.tsv"],
    ),
    ("done", &["open", "No VPN again", "--similar"]),
    ("suggestions", &["categorize", "4"]),
    ("done", &["categorize", "4", "fax", "--similar"]),
    ("done", &["field", "4", "asset=SRV-1"]),
    ("done", &["open", "a slip"]),
    ("done", &["void", "5", "--reason", "a slip"]),
    ("show", &["show", "4"]),
    ("show", &["show", "5"]),
    ("done", &["restrict", "3", "--to", "anna"]),
    ("person", &["person", "export", "mia@example.org"]),
    (
        "person-changed",
        &[
            "person",
            "limit-processing",
            "mia@example.org",
            "--reason",
            "x",
        ],
    ),
    ("kept", &["reindex"]),
    ("imported", &["import", "old.jsonl"]),
    ("settings", &["config"]),
    ("changed-setting", &["config", "set", "channel", "phone"]),
    ("changed-setting", &["config", "unset", "channel"]),
    ("kept", &["man", "."]),
];

/// A policy that gives open tickets other targets.
const POLICY: &str = "[[targets]]\nresponse = \"1h\"\nresolution = \"90h\"\n[agents]\nanna = \"L1\"\n\
     [categories.fax]\nquestions = [\"Since when?\", { key = \"line\", text = \"A dial tone?\", \
     type = \"yes-no\", help = \"Listen.\" }, { text = \"Which page?\", choices = [1, 2], when = \
     { line = true } }]\n[[categories.fax.findings]]\ncause = \"paper\"\nknown_error = 1\n\
     escalate = \"L2\"\nreason = \"it is old\"\n[fields.asset]\ntype = \"text\"\n";

/// Refused commands, each for a different reason.
const FAULTS: &[&[&str]] = &[
    &["close", "2"],
    &["take", "1"],
    &["show", "9"],
    &["--as", "ben", "take", "3"],
    &["open"],
    &["identify", "3", "incidnet"],
    &["list", "--status", "opne"],
    &["log"],
    &["--db", "nowhere.db", "list"],
    &["--at", "in 1h", "log", "3", "soon"],
    &["--at", "never", "list"],
    &["init"],
    &["restore", "--yes", "nowhere.db"],
    &["man", "nowhere"],
    &["nonsense"],
    &["search"],
    &["search", "vpn", "--status", "opne"],
    &["similar"],
    &["similar", "9"],
    &["similar", "--evaluate", "nowhere.tsv"],
];

/// Why a value is not valid by a schema.
fn faults(env: &mut Env, schema: &str, value: &Value) -> Option<String> {
    let text = env.run(&["schema", schema]).ok().stdout;
    let schema: Value = serde_json::from_str(&text).unwrap();
    let fault = jsonschema::draft202012::validate(&schema, value).err()?;
    Some(fault.to_string())
}

#[test]
fn the_output_of_every_command_is_valid_by_its_schema() {
    let mut env = Env::bare();
    std::fs::write(env.dir().join("policy.toml"), POLICY).unwrap();
    let questions = "the vpn drops\t1,2\nno fax\t3\n";
    std::fs::write(env.dir().join("questions.tsv"), questions).unwrap();
    let old = r#"{"desk":"export","form":1,"store":"0a"}"#;
    std::fs::write(env.dir().join("old.jsonl"), old).unwrap();
    for (schema, args) in RUNS {
        // Only a file is restored.
        if args[0] == "restore" && !env.is_file() {
            continue;
        }
        let value = env.json(args);
        let fault = faults(&mut env, schema, &value);
        assert_eq!(fault, None, "{args:?}: {value:#}");
    }
}

#[test]
fn no_command_is_left_out() {
    // `sweep` and `export` print JSON Lines and have their own tests, `team` needs a
    // database, and `inbox` a terminal.
    let raw = [
        "schema",
        "completions",
        "sweep",
        "export",
        "team",
        "help",
        "inbox",
    ];
    let run: BTreeSet<&str> = RUNS.iter().map(|(_, args)| args[0]).collect();
    let left: Vec<String> = desk::command()
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .filter(|verb| !run.contains(verb.as_str()) && !raw.contains(&verb.as_str()))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn mail_is_printed_as_its_schemas_say() {
    let mut env = Env::new();
    let raw = "From: mia@example.org\nAuto-Submitted: auto-replied\nSubject: away\n\nhm\n";
    let runs: [(&str, &[&str]); 4] = [
        ("mail", &["mail", "--json"]),
        ("mail-quarantine", &["mail", "--quarantine", "--json"]),
        ("mail-raw", &["mail", "--raw", "1", "--json"]),
        ("mail", &["mail", "--accept", "1", "--json"]),
    ];
    for (schema, args) in runs {
        let said = env.run_with(args, raw).ok().stdout;
        let value: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(faults(&mut env, schema, &value), None, "{said}");
    }
}

#[test]
fn lines_of_json_are_tickets() {
    let mut env = Env::new();
    env.ready().does("desk open Printer");
    for (verb, schema) in [
        (&["search", "vpn printer"][..], "search"),
        (&["similar", "1"], "similar"),
    ] {
        let lines = env
            .run(&[verb, &["--format", "jsonl"]].concat())
            .ok()
            .stdout;
        for line in lines.lines() {
            let value: Value = serde_json::from_str(line).unwrap();
            assert_eq!(
                faults(&mut env, schema, &Value::Array(vec![value])),
                None,
                "{line}"
            );
        }
    }
    for verb in ["list", "sla"] {
        let lines = env.run(&[verb, "--format", "jsonl"]).ok().stdout;
        assert_eq!(lines.lines().count(), 2);
        for line in lines.lines() {
            let value = serde_json::from_str(line).unwrap();
            assert_eq!(faults(&mut env, "ticket", &value), None, "{line}");
        }
    }
}

#[test]
fn the_actions_of_a_sweep_are_json_lines() {
    let mut env = Env::new();
    env.does("desk open VPN --channel email\ndesk open Mail\ndesk pause 2 vendor --until 10:00");
    env.at("2026-03-04T09:00:00Z");
    let lines = env.run(&["sweep", "--json"]).ok().stdout;
    assert_eq!(lines.lines().count(), 13, "{lines}");
    for line in lines.lines() {
        let value = serde_json::from_str(line).unwrap();
        assert_eq!(faults(&mut env, "swept", &value), None, "{line}");
    }
}

#[test]
fn every_error_is_valid_by_its_schema() {
    let mut env = Env::new();
    env.closed()
        .does("desk open VPN")
        .does("desk open Printer")
        .does("desk take 3");
    for args in FAULTS {
        let mut all = args.to_vec();
        all.push("--json");
        let output = env.run(&all);
        assert_ne!(output.code, Some(0), "{args:?}");
        assert_eq!(output.stdout, "", "{args:?}");
        let value: Value = serde_json::from_str(&output.stderr).unwrap();
        assert_eq!(
            value["error"]["exit_code"],
            output.code.unwrap(),
            "{args:?}"
        );
        assert_eq!(
            faults(&mut env, "error", &value),
            None,
            "{args:?}: {value:#}"
        );
    }
}

#[test]
fn output_that_breaks_its_schema_is_detected() {
    let mut env = Env::new();
    let value = serde_json::json!({ "count": "many" });
    assert!(faults(&mut env, "count", &value).is_some());
}
