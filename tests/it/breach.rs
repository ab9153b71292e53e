//! `desk breach`: from the first sign to the closed register, with its clocks in
//! every place where clocks are shown.

use serde_json::Value;

use crate::env::Env;
use crate::terminal::{ENTER, Terminal, plain};

/// A breach of which the organisation became aware on Friday, 2026-03-27, at
/// 10:00 UTC, two days before clocks go forward in Berlin.
fn known() -> Env {
    let mut env = Env::new();
    env.at("2026-03-27T09:00:00Z");
    env.does("desk breach open 'laptop stolen' --happened 7:30 --detected 8:10");
    env.at("2026-03-27T10:05:00Z");
    env.does("desk breach decide 1 --aware 10:00 --by 'C. Weber'");
    env
}

fn json(env: &mut Env, args: &[&str]) -> Value {
    serde_json::from_str(&env.run(args).ok().stdout).unwrap()
}

fn said(env: &mut Env, args: &[&str]) -> String {
    let output = env.run(args);
    format!("{}{}", output.stdout, output.stderr)
}

#[test]
fn the_clock_starts_with_awareness_and_is_the_same_everywhere() {
    let mut env = known();
    let breach = json(&mut env, &["breach", "show", "1", "--json"]);
    assert_eq!(breach["aware"]["at"], "2026-03-27T10:00:00Z");
    assert_eq!(breach["aware"]["by"], "C. Weber");
    let first = &breach["notifications"][0];
    assert_eq!(first["due"], "2026-03-30T10:00:00Z");
    assert_eq!(first["state"], "open");
    let ticket = json(&mut env, &["show", "1", "--json"]);
    assert_eq!(ticket["notifications"][0]["due"], "2026-03-30T10:00:00Z");
    // The ticket itself was due long before, so only this clock is compared.
    let explained = json(
        &mut env,
        &["sla", "explain", "1", "--clock", "notification", "--json"],
    );
    let limit = &explained["notifications"][0]["limits"][0];
    assert_eq!(limit["ends_at"], "2026-03-30T10:00:00Z");
    assert_eq!(explained["clocks"].as_array().unwrap().len(), 0);
    let shown = said(
        &mut env,
        &[
            "sla",
            "explain",
            "1",
            "--clock",
            "notification",
            "--tz",
            "Europe/Berlin",
        ],
    );
    let berlin = "72h from aware: Fri 2026-03-27 11:00 +01:00 to Mon 2026-03-30 12:00 +02:00";
    assert!(shown.contains(berlin), "{shown}");
    let shown = said(
        &mut env,
        &[
            "sla",
            "explain",
            "1",
            "--clock",
            "notification",
            "--tz",
            "Asia/Jakarta",
        ],
    );
    let jakarta = "72h from aware: Fri 2026-03-27 17:00 +07:00 to Mon 2026-03-30 17:00 +07:00";
    assert!(shown.contains(jakarta), "{shown}");
}

#[test]
fn what_is_to_be_sent_stands_above_everything_and_counts_as_overdue() {
    let mut env = known();
    env.does("desk reply 1 'we look into it'");
    env.does("desk identify 1 incident\ndesk categorize 1 security\ndesk prioritize 1 -u low -b low -g low");
    env.does("desk resolve 1 'the disk was wiped' --force --reason 'for the test'");
    let due = "2026-03-30T10:00:00Z";
    let at = |env: &mut Env, time: &str, args: &[&str]| {
        env.at(time);
        said(env, args)
    };
    let screen = at(&mut env, due, &[]);
    assert!(
        screen.starts_with("! #1: notification gdpr/authority is due"),
        "{screen}"
    );
    assert_eq!(at(&mut env, due, &["overdue"]), "nothing is overdue\n");
    assert!(at(&mut env, due, &["check"]).contains("0 overdue"));
    let late = "2026-03-30T10:00:01Z";
    let screen = at(&mut env, late, &[]);
    assert!(
        screen.starts_with("✗ #1: notification gdpr/authority was due"),
        "{screen}"
    );
    assert!(at(&mut env, late, &["overdue"]).contains("laptop stolen"));
    assert!(at(&mut env, late, &["check"]).contains("1 overdue"));
    // At a time of the past it is as it was then.
    let before = said(&mut env, &["--at", "2026-03-28T09:00:00Z"]);
    assert!(
        before.starts_with("✓ #1: notification gdpr/authority is due"),
        "{before}"
    );
    let earlier = said(&mut env, &["--at", "2026-03-27T09:30:00Z"]);
    assert!(!earlier.contains("notification"), "{earlier}");
    let sweep = said(&mut env, &["sweep"]);
    assert_eq!(
        sweep.matches("notification gdpr/authority").count(),
        3,
        "{sweep}"
    );
    assert!(
        sweep.contains("2026-03-29 10:00  #1 notification gdpr/authority is due"),
        "{sweep}"
    );
    assert_eq!(said(&mut env, &["sweep"]), "");
    env.does("desk breach notify 1 --how form --delay 'the form was down'");
    let report = json(&mut env, &["report", "--json"]);
    assert_eq!(report["total"]["notifications"]["late"], 1, "{report}");
    assert_eq!(
        said(&mut env, &["verify", "-q"]).matches("sound").count(),
        1
    );
}

#[test]
fn bad_input_is_refused_and_changes_nothing() {
    let mut env = known();
    let before = env.run(&["breach", "export"]).ok().stdout;
    for (args, why) in [
        (
            vec!["decide", "1", "--aware", "11:00", "--reason", "x"],
            "is in the future",
        ),
        (
            vec!["decide", "1", "--aware", "7:00", "--reason", "x"],
            "before the beginning",
        ),
        (
            vec!["decide", "1", "--aware", "8:00", "--reason", "x"],
            "before the first sign",
        ),
        (
            vec!["decide", "1", "--aware", "9:00"],
            "a change needs a reason",
        ),
        (vec!["decide", "1", "--risk", "high"], "--reason TEXT"),
        (vec!["decide", "1"], "--aware TIME"),
        (vec!["notify", "1"], "--how TEXT"),
        (
            vec!["notify", "1", "authority", "--how", "x", "--sent", "9:59"],
            "cannot be before awareness",
        ),
        (
            vec!["notify", "1", "autority", "--how", "x"],
            "did you mean 'authority'",
        ),
        (
            vec!["notify", "1", "--not-required", "x"],
            "unless a risk is unlikely",
        ),
        (vec!["log", "1", "--persons", "9-1"], "100-500"),
        (
            vec!["assess", "1", "-a", "data=simple"],
            "the worksheet is not complete",
        ),
        (
            vec!["close", "1", "--lessons", "x"],
            "is not ready to be closed",
        ),
        (vec!["open", "1"], "on record already"),
        (vec!["show", "9"], "there is no ticket"),
    ] {
        let args: Vec<&str> = ["breach"].into_iter().chain(args).collect();
        let output = env.run(&args);
        assert_ne!(output.code, Some(0), "{args:?}");
        assert!(output.stderr.contains(why), "{args:?}: {}", output.stderr);
    }
    assert_eq!(env.run(&["breach", "export"]).ok().stdout, before);
    env.does("desk open other");
    assert!(said(&mut env, &["breach", "show", "2"]).contains("not about a breach"));
    assert!(said(&mut env, &["merge", "1", "--into", "2"]).contains("cannot be merged"));
}

#[test]
fn a_notice_has_the_points_in_order_in_every_language() {
    let mut env = known();
    env.does("desk breach log 1 --facts 'A laptop was stolen.' --nature confidentiality");
    let points = [
        (
            "en",
            "Nature of the personal data breach",
            "not yet known, follows",
        ),
        (
            "de",
            "Art der Verletzung des Schutzes",
            "noch nicht bekannt, folgt",
        ),
        (
            "fi",
            "Henkilötietojen tietoturvaloukkaus",
            "ei vielä tiedossa",
        ),
        ("nl", "De aard van de inbreuk", "nog niet bekend, volgt"),
        ("it", "Natura della violazione", "non ancora noto, seguirà"),
        ("id", "Sifat kegagalan", "belum diketahui, menyusul"),
    ];
    for (language, nature, unknown) in points {
        let text = env
            .run(&["breach", "notice", "1", "--lang", language])
            .ok()
            .stdout;
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}:\n{text}"));
        assert!(at("(a)") < at("(b)") && at("(b)") < at("(c)") && at("(c)") < at("(d)"));
        assert!(
            at(&format!("(a) {nature}")) < at("A laptop was stolen."),
            "{text}"
        );
        assert!(text.contains(unknown), "{text}");
        for who in ["persons", "controller"] {
            let other = env.run(&["breach", "notice", "1", "--lang", language, "--for", who]);
            assert_ne!(other.ok().stdout, text);
        }
    }
    // Late, the reasons for the delay belong to it.
    assert!(!said(&mut env, &["breach", "notice", "1"]).contains("Reasons for the delay"));
    env.at("2026-03-30T11:00:00Z");
    let late = said(&mut env, &["breach", "notice", "1"]);
    assert!(late.contains("Reasons for the delay"), "{late}");
    env.does("desk breach notify 1 --how form --reference A-7 --delay 'the form was down'");
    let supplement = said(&mut env, &["breach", "notice", "1"]);
    assert!(
        supplement.contains("Supplement under Art. 33(4) GDPR"),
        "{supplement}"
    );
    assert!(supplement.contains("A-7") && supplement.contains("the form was down"));
}

#[test]
fn the_register_is_json_csv_and_a_page() {
    let mut env = known();
    env.does("desk breach log 1 --cause '<b>=HYPERLINK(1)' --persons 10-20");
    env.does("desk breach decide 1 --risk unlikely --reason 'encrypted'");
    env.does(
        "desk breach notify 1 --not-required 'encrypted'\ndesk breach close 1 --lessons 'none'",
    );
    let register = json(&mut env, &["breach", "export"]);
    let entry = &register[0];
    assert_eq!(entry["state"], "closed");
    assert_eq!(entry["register"]["persons"]["max"], 20);
    assert_eq!(
        entry["notifications"][0]["not_required"]["reason"],
        "encrypted"
    );
    assert_eq!(register, json(&mut env, &["breach", "list", "--json"]));
    let csv = env
        .run(&["breach", "export", "--format", "csv"])
        .ok()
        .stdout;
    let mut lines = csv.lines();
    let width = lines.next().unwrap().split(',').count();
    assert_eq!(width, 34);
    assert!(csv.contains("gdpr/authority: not-required"), "{csv}");
    env.does("desk breach export --html register.html");
    let page = std::fs::read_to_string(env.dir().join("register.html")).unwrap();
    assert!(page.contains("&lt;b&gt;=HYPERLINK(1)"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("<script"), "{page}");
    // Also where nobody was told.
    assert!(page.contains("not required, decided"), "{page}");
}

#[test]
fn verify_compares_the_tables_with_the_events() {
    let mut env = known();
    assert_eq!(env.run(&["verify"]).code, Some(0));
    let damage = |env: &mut Env, sql: &str| {
        env.forge(sql);
        said(env, &["verify"])
    };
    let moved = "UPDATE notification SET due_ms = due_ms + 1";
    assert!(damage(&mut env, moved).contains("#1: its notifications do not follow"));
    let back = "UPDATE notification SET due_ms = due_ms - 1";
    assert!(damage(&mut env, back).contains("sound"));
    let gone = "DELETE FROM notification; DELETE FROM breach";
    assert!(damage(&mut env, gone).contains("#1: its breach is missing"));
}

#[test]
fn an_export_carries_the_breach_along() {
    let mut env = known();
    env.does("desk breach contain 1 'locked'");
    let exported = env.run(&["export"]).ok().stdout;
    let register = json(&mut env, &["breach", "export"]);
    let screen = said(&mut env, &[]);
    let mut other = Env::new();
    other.at("2026-03-27T10:06:00Z");
    std::fs::write(other.dir().join("all.jsonl"), exported).unwrap();
    other.does("desk import all.jsonl");
    assert_eq!(json(&mut other, &["breach", "export"]), register);
    assert_eq!(said(&mut other, &[]).lines().next(), screen.lines().next());
    assert_eq!(other.run(&["verify"]).code, Some(0));
}

#[test]
fn on_a_terminal_what_is_missing_is_asked_for() {
    let mut env = known();
    env.at("2026-03-27T11:00:00Z");
    let mut session = Terminal::run(&env, &[], &["breach", "notify", "1"]);
    session
        .sees("how it was sent")
        .types("online form")
        .types(ENTER);
    let (code, shown) = session.ends();
    assert_eq!(code, 0, "{}", plain(&shown));
    let breach = json(&mut env, &["breach", "show", "1", "--json"]);
    assert_eq!(breach["notifications"][0]["sent"][0]["how"], "online form");
}

#[test]
fn the_breach_of_a_restricted_ticket_is_seen_by_those_who_are_named() {
    let mut env = Env::new();
    env.does("desk breach open 'stolen laptop' --happened 8:00 --detected 8:30");
    env.does("desk breach decide 1 --aware 8:45 --reason 'the disk was not encrypted'");
    env.does("desk restrict 1 --to anna");
    let register = |env: &mut Env, agent: &str| {
        let mut all = String::new();
        for args in [&["breach", "list"][..], &["breach", "export", "--json"]] {
            let args: Vec<&str> = args.iter().copied().chain(["--as", agent]).collect();
            all += &env.run(&args).ok().stdout;
        }
        all
    };
    assert!(
        register(&mut env, "anna").contains("stolen laptop"),
        "control"
    );
    assert!(!register(&mut env, "carl").contains("stolen"));
    let start = env.run(&["--as", "carl"]).ok().stdout;
    assert!(start.contains("#1") && !start.contains("stolen"), "{start}");
}
