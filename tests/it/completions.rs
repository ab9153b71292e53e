//! `desk completions`, and the candidates that desk offers.

use std::fs;

use insta::assert_snapshot;

use crate::env::Env;
use crate::terminal::{Terminal, editor};

/// The candidates that a shell gets for the last of these words.
fn offered(env: &mut Env, words: &[&str]) -> String {
    let mut args = vec!["--"];
    args.extend(words);
    let mut command = env.command(&args);
    command
        .env("COMPLETE", "fish")
        .env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    let output = env.finish(command, None).ok();
    assert_eq!(output.stderr, "");
    output.stdout
}

#[test]
fn invisible_characters_in_a_title_are_visible_when_it_is_offered() {
    let mut env = Env::new();
    env.does("desk open VPN\u{202e}\u{200b}");
    let offered = offered(&mut env, &["desk", "show", ""]);
    assert_eq!(offered.lines().next(), Some(r"1	VPN\u{202e}\u{200b}"));
}

#[test]
fn drafts_are_offered_with_their_command_and_how_they_begin() {
    let mut env = Env::new();
    env.closed();
    let numbers = |env: &mut Env, words: &[&str]| {
        let offered = offered(env, words);
        let lines = offered.lines().filter(|line| !line.starts_with('-'));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let log = ["desk", "log", "1", "--draft", ""];
    assert_eq!(numbers(&mut env, &log), [""; 0]);
    // A closed ticket refuses the note.
    let editor = editor(&env, "a long story\\n");
    let (code, _) = Terminal::run(&env, &[("EDITOR", &editor)], &["log", "1"]).ends();
    assert_eq!(code, 1);
    for words in [
        &log[..],
        &["desk", "edit", "1", "--draft", ""],
        &["desk", "drafts", "drop", ""],
    ] {
        assert_eq!(
            numbers(&mut env, words),
            ["1\tlog: a long story"],
            "{words:?}"
        );
    }
}

#[test]
fn open_tickets_are_offered_with_their_titles() {
    let mut env = Env::new();
    env.closed().does(
        r#"
        desk open "Mail bounces" --category mail --assign ben
        desk open "Printer" --channel phone
        "#,
    );
    assert_snapshot!(offered(&mut env, &["desk", "show", ""]), @"
    2	Mail bounces
    3	Printer
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were this time [env: DESK_AT]
    --notify	With --at: tell people by mail all the same
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON; short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Print no confirmations, notes or hints
    --no-input	Never prompt; fail if a value is missing
    --no-pager	Do not page long output
    --brief	Print a handover for the next tier, in Markdown
    --full	Print every text of a repeated alarm, not only the last one, and what messages quote from earlier ones
    --limited	Show texts of a person whose processing is limited; REASON is recorded
    --help	Print help (see more with '--help')
    ");
    assert_snapshot!(offered(&mut env, &["desk", "resolve", ""]), @"
    2	Mail bounces
    3	Printer
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were this time [env: DESK_AT]
    --notify	With --at: tell people by mail all the same
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON; short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Print no confirmations, notes or hints
    --no-input	Never prompt; fail if a value is missing
    --no-pager	Do not page long output
    --message	The text; - reads it from stdin
    --draft	Go on with a draft; see desk drafts
    --template	Take text and code from this template of the policy
    --code	The closure code: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn or duplicate [default: solved, or fulfilled for a request]
    --known-error	Mark it as a known error, to help with similar tickets
    --workaround	The workaround of the known error [default: the text]
    --cause	The cause of the known error [default: the confirmed hypothesis]
    --tag	A tag, such as vpn; can be repeated
    --restored-by	Who confirmed that the service is restored
    --tell	Also send this public message to the requester
    --force	Override gates that are not satisfied; this is recorded
    --reason	Why the gates are overridden
    --spent	The time that you spent with it, such as 25m or 1h30m
    --help	Print help (see more with '--help')
    ");
    assert_snapshot!(offered(&mut env, &["desk", "list", "--category", ""]), @"
    mail
    network/vpn
    ");
    assert_snapshot!(offered(&mut env, &["desk", "list", "--assignee", ""]), @"
    anna
    ben
    ");
    assert_snapshot!(offered(&mut env, &["desk", "prio"]), @"prioritize	Rate impact and urgency, which give the priority");
    let mut command = env.command(&["--", "desk", "show", ""]);
    command
        .env("COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", "2");
    assert_snapshot!(env.finish(command, None), @"
    2
    3
    --db
    --as
    --at
    --notify
    --format
    --json
    --color
    --tz
    --quiet
    --no-input
    --no-pager
    --brief
    --full
    --limited
    --help[exit 0]
    ");
}

#[test]
fn nothing_is_offered_without_a_store() {
    let mut env = Env::bare();
    assert_snapshot!(offered(&mut env, &["desk", "show", ""]), @"
    --db	Use this store [env: DESK_DB]
    --as	Act as this agent [env: DESK_AGENT]
    --at	Act as if it were this time [env: DESK_AT]
    --notify	With --at: tell people by mail all the same
    --format	Print as table, json, jsonl, csv or ids
    --json	Print JSON; short for --format json
    --color	Use colour: auto, always or never
    --tz	Read and show local times in this zone, such as Europe/Berlin
    --quiet	Print no confirmations, notes or hints
    --no-input	Never prompt; fail if a value is missing
    --no-pager	Do not page long output
    --brief	Print a handover for the next tier, in Markdown
    --full	Print every text of a repeated alarm, not only the last one, and what messages quote from earlier ones
    --limited	Show texts of a person whose processing is limited; REASON is recorded
    --help	Print help (see more with '--help')
    ");
    assert!(!env.has_store());
}

#[test]
fn the_entries_of_the_policy_are_offered() {
    let mut env = Env::new();
    fs::write(
        env.dir().join("policy.toml"),
        "[agents]\nanna = \"L1\"\nzoe = { tier = \"L2\", name = \"Zoe Berg\" }\n\
         [categories.\"network/vpn\"]\ntitle = \"Tunnels\"\n\
         [calendars.office]\ntimezone = \"UTC\"\nmon = [\"09:00-17:00\"]\n",
    )
    .unwrap();
    env.does("desk policy set policy.toml\ndesk open VPN");
    let first = |offered: String| {
        let told = offered.lines().filter(|line| !line.starts_with('-'));
        told.map(str::to_owned).collect::<Vec<_>>()
    };
    let offers = |env: &mut Env, words: &[&str]| first(offered(env, words));
    assert_eq!(
        offers(&mut env, &["desk", "assign", "1", ""]),
        ["anna", "zoe\tZoe Berg"]
    );
    let categories = offers(&mut env, &["desk", "categorize", "1", ""]);
    assert!(
        categories.contains(&"network/vpn\tTunnels".to_owned()),
        "{categories:?}"
    );
    let calendars = offers(&mut env, &["desk", "calendar", "show", ""]);
    assert_eq!(calendars, ["24x7", "office"]);
    let tickets = offers(&mut env, &["desk", "sla", "explain", ""]);
    assert_eq!(tickets, ["1\tVPN"]);
}

#[test]
fn levels_tiers_codes_and_priorities_are_those_of_the_policy() {
    let mut env = Env::new();
    let offers = |env: &mut Env, words: &[&str]| {
        let offered = offered(env, words);
        offered.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let rate = ["desk", "prioritize", "1", "--urgency", ""];
    assert_eq!(offers(&mut env, &rate), ["high", "medium", "low"]);
    fs::write(
        env.dir().join("policy.toml"),
        "tiers = [\"desk\", \"experts\"]\ncodes = [\"solved\", \"fulfilled\"]\nescalations = []\n\
         [levels]\nimpact = [\"wide\", \"local\"]\nurgency = [\"now\", \"later\"]\n\
         [matrix]\nwide = [\"P1\", \"P2\"]\nlocal = [\"P2\", \"P3\"]\n",
    )
    .unwrap();
    env.does("desk policy set policy.toml\ndesk open VPN");
    for flag in ["-u", "-b"] {
        let rate = ["desk", "prioritize", "1", flag, ""];
        assert_eq!(offers(&mut env, &rate), ["wide", "local"], "{flag}");
    }
    let rate = ["desk", "open", "Mail", "-g", ""];
    assert_eq!(offers(&mut env, &rate), ["now", "later"]);
    let tiers = offers(&mut env, &["desk", "list", "--tier", ""]);
    assert_eq!(tiers, ["desk", "experts"]);
    let codes = offers(&mut env, &["desk", "resolve", "1", "--code", ""]);
    assert_eq!(codes, ["solved", "fulfilled"]);
    let priorities = offers(&mut env, &["desk", "list", "--priority", ""]);
    assert_eq!(priorities, ["P1", "P2", "P3", "none"]);
}

#[test]
fn completion_scripts_ask_desk() {
    let mut env = Env::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = env.run(&["completions", shell]).ok().stdout;
        assert!(script.contains("COMPLETE"), "{shell}");
    }
    assert_snapshot!(env.says(
        "
        desk completions
        desk completions csh
        desk completions bash --install
        "
    ), @"
    $ desk completions
    ! desk: missing <SHELL>
    !   hint: usage: desk completions <SHELL>
    [exit 2]

    $ desk completions csh
    ! desk: invalid value 'csh' for '<SHELL>'
    !   hint: did you mean 'zsh'? accepted: bash, elvish, fish, powershell, zsh
    [exit 2]

    $ desk completions bash --install
    ! desk: unexpected argument '--install'
    !   hint: usage: desk completions <SHELL>
    [exit 2]
    ");
}

#[test]
fn after_the_first_argument_a_command_with_a_text_offers_no_tickets() {
    let mut env = Env::new();
    env.does("desk open VPN")
        .does("desk open Mail")
        .does("desk open Print");
    let words = |env: &mut Env, words: &[&str]| -> Vec<String> {
        let offered = offered(env, words);
        let words = offered.lines().filter(|line| !line.starts_with('-'));
        words.map(str::to_owned).collect()
    };
    let tickets = ["1\tVPN", "2\tMail", "3\tPrint"];
    for verb in ["log", "reply", "resume", "resolve", "unassign", "call"] {
        assert_eq!(words(&mut env, &["desk", verb, ""]), tickets, "{verb}");
        let after = ["desk", verb, "1", ""];
        assert_eq!(words(&mut env, &after), Vec::<String>::new(), "{verb}");
    }
    let reasons = words(&mut env, &["desk", "pause", "1", ""]);
    assert_eq!(
        reasons,
        ["requester", "vendor", "change", "evidence", "other"]
    );
    assert_eq!(
        words(&mut env, &["desk", "escalate", "1", ""]),
        ["L1", "L2", "L3"]
    );
    assert_eq!(
        words(&mut env, &["desk", "identify", "1", ""]),
        ["incident", "request"]
    );
    // A command without a text takes several tickets.
    assert_eq!(words(&mut env, &["desk", "take", "1", ""]), tickets);
}
