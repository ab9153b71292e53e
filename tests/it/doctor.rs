//! What is wrong with the store and the machine: `desk doctor`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use serde_json::Value;

use crate::architecture::root;
use crate::env::Env;
use crate::terminal::{DOWN, ENTER, Terminal};

/// The findings of an area, with their state and what to do.
fn area(env: &mut Env, code: i32, area: &str) -> Vec<(String, String, String)> {
    let output = env.run(&["doctor", "--json"]).code(code);
    let all: Value = serde_json::from_str(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = all.as_array().unwrap().iter();
    all.filter(|check| check["area"] == area)
        .map(|check| {
            (
                text(&check["state"]),
                text(&check["finding"]),
                text(&check["remedy"]),
            )
        })
        .collect()
}

fn one(env: &mut Env, code: i32, about: &str) -> (String, String, String) {
    let mut found = area(env, code, about);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The report without what depends on the machine.
fn report(env: &mut Env, line: &str) -> String {
    let told = env.says(line);
    let kept = told
        .lines()
        .filter(|line| !line.contains("  disk  ") && !line.contains("  log  "));
    // The number of the schema is not this test's business.
    let kept = kept.map(|line| line.split(", schema ").next().unwrap_or(line));
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_sound_desk_has_nothing_to_do() {
    let mut env = Env::file("what doctor says about a file");
    env.does("desk open VPN");
    assert_snapshot!(report(&mut env, "desk doctor"), @"
    $ desk doctor
    ✓ ok       store        DIR/desk.db opens, its pages are sound
    ✓ ok       leftovers    no killed command left a file
    ✓ ok       copies       no copies are kept
    ✓ ok       permissions  store, log and directory are for their owner and group
    ✓ ok       clock        the machine's clock says 2026-03-02 09:01 UTC
    ✓ ok       zone         local times are those of UTC (environment)
    ✓ ok       settings     environment: db, agent, tz; default: channel, at, format, color, editor, pager, mail transport, user file
    ✓ ok       drafts       no text waits to be stored
    ");
}

#[test]
fn doctor_works_where_the_store_does_not() {
    let mut env = Env::bare_file("what doctor says about a file");
    assert_snapshot!(report(&mut env, "desk doctor"), @"
    $ desk doctor
    ✗ problem  store        there is no store at DIR/desk.db
                            -> create it with: desk init --db DIR/desk.db
    ✓ ok       leftovers    no killed command left a file
    ✓ ok       copies       no copies are kept
    ✓ ok       permissions  the directory is for its owner and group
    ✓ ok       clock        the machine's clock says 2026-03-02 09:00 UTC
    ✓ ok       zone         local times are those of UTC (environment)
    ✓ ok       settings     environment: db, agent, tz; default: channel, at, format, color, editor, pager, mail transport, user file
    ✓ ok       drafts       no text waits to be stored
    [exit 5]
    ");
    let _ = env.run(&["init"]).ok();
    let _ = env.run(&["open", "VPN"]).ok();
    let good = fs::read(env.db()).unwrap();
    for (bytes, says) in [
        (b"Dear diary".repeat(100), "is not a desk store"),
        (Vec::new(), "is an empty file"),
        (good[..4096].to_vec(), "the store is damaged"),
        (
            [&good[..60], &[0, 0, 0, 99], &good[64..]].concat(),
            "newer version of desk",
        ),
    ] {
        fs::write(env.db(), &bytes).unwrap();
        let (state, finding, remedy) = one(&mut env, 5, "store");
        assert_eq!(state, "problem");
        assert!(finding.contains(says), "{finding}");
        assert!(!remedy.is_empty());
        assert_eq!(fs::read(env.db()).unwrap(), bytes);
    }
    fs::write(env.db(), good).unwrap();
    assert_eq!(one(&mut env, 0, "store").0, "ok");
    fs::remove_file(env.db()).unwrap();
    fs::create_dir(env.db()).unwrap();
    assert!(one(&mut env, 5, "store").1.contains("it is a directory"));
}

#[test]
fn a_store_of_an_older_version_is_inspected_and_not_upgraded() {
    let mut env = Env::bare_file("a file of an older version");
    let old = root().join("tests/data/store-0.1.db");
    fs::copy(old, env.db()).unwrap();
    let before = fs::read(env.db()).unwrap();
    env.at("2026-12-01T09:00:00Z");
    let (state, finding, remedy) = one(&mut env, 10, "store");
    assert_eq!(state, "warning");
    assert!(finding.contains("this version of desk has"), "{finding}");
    assert!(remedy.contains("upgrades it and keeps a copy"), "{remedy}");
    assert_eq!(fs::read(env.db()).unwrap(), before);
}

#[test]
fn the_store_at_the_default_path_need_not_exist_yet() {
    let mut env = Env::bare();
    let mut command = env.command(&["doctor", "--format", "csv"]);
    command.env_remove("DESK_DB");
    let said = env.finish(command, None).ok();
    let line = "store,ok,none yet at DIR/.local/share/desk/desk.db; the first ticket creates it,\n";
    assert!(said.stdout.contains(line), "{said}");
}

#[test]
fn an_invalid_user_file_is_a_finding_and_not_the_end() {
    let mut env = Env::new();
    let folder = env.dir().join(".config/desk");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    fs::write(&file, "agnet = \"carl\"\n").unwrap();
    let _ = env.run(&["list"]).code(2);
    let (state, finding, remedy) = one(&mut env, 5, "settings");
    assert_eq!(state, "problem");
    assert!(finding.contains("unknown field `agnet`"), "{finding}");
    assert!(remedy.starts_with("valid keys are"), "{remedy}");
    fs::write(&file, "agent = \"carl\"\n").unwrap();
    let (_, finding, _) = one(&mut env, 0, "settings");
    assert!(
        finding.contains("environment: db, agent, tz; default: channel, at, "),
        "{finding}"
    );
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let (state, finding, remedy) = area(&mut env, 5, "permissions").pop().unwrap();
    assert_eq!(
        (state.as_str(), remedy.starts_with("chmod go-w ")),
        ("problem", true)
    );
    assert!(finding.starts_with("others may write "), "{finding}");
}

#[test]
fn a_clock_and_a_zone_that_are_wrong_are_found() {
    let mut env = Env::new();
    env.does("desk open VPN");
    env.at("2026-03-02T08:00:00Z");
    assert_snapshot!(one(&mut env, 5, "clock").1, @"the machine's clock says 2026-03-02 08:00 UTC, but the last event was at 2026-03-02 09:00 UTC");
    env.at("1969-12-31T23:00:00Z");
    assert_snapshot!(one(&mut env, 5, "clock").1, @"the machine's clock says 1969-12-31 23:00 UTC, which is before 1970");
    env.at("2028-01-01T00:00:00Z");
    assert_snapshot!(one(&mut env, 10, "clock").1, @"the machine's clock says 2028-01-01 00:00 UTC, 669 days after the last event");
    env.at("2026-03-02T10:00:00Z");
    let mut command = env.command(&["doctor"]);
    command.env("TZ", "Mars/Olympus");
    let said = env.finish(command, None).code(10);
    assert!(
        said.stdout.contains("unknown zone 'Mars/Olympus'"),
        "{said}"
    );
}

#[test]
fn leftovers_are_removed_after_asking_and_nothing_else() {
    let mut env = Env::file("what is left beside a file");
    env.does("desk open VPN");
    let leave = |env: &Env| {
        for name in [
            ".desk-dead1.new",
            ".desk-dead1.new-journal",
            ".desk-dead2.new",
        ] {
            fs::write(env.dir().join(name), "half a backup").unwrap();
        }
    };
    let left = |env: &Env| {
        let entries = fs::read_dir(env.dir()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(".desk-")).count()
    };
    leave(&env);
    assert_snapshot!(report(&mut env, "desk doctor --quiet --format csv").lines().filter(|line| line.contains("leftovers")).collect::<String>(), @r#"leftovers,warning,"killed commands left 2 files (26 B): .desk-dead1.new, .desk-dead2.new",desk doctor --clean"#);
    assert_snapshot!(env.says("
        desk doctor --clean
        desk doctor --yes
    "), @"
    $ desk doctor --clean
    ! desk: 2 files would be removed: DIR/.desk-dead1.new, DIR/.desk-dead2.new
    !   hint: desk doctor --clean --yes
    [exit 2]

    $ desk doctor --yes
    ! desk: missing --clean
    !   hint: usage: desk doctor --clean --yes
    [exit 2]
    ");
    assert_eq!(left(&env), 3);
    // On a terminal the first choice keeps them.
    let mut terminal = Terminal::run(&env, &[], &["doctor", "--clean"]);
    terminal.sees("remove 2 files").sees("keep").types(ENTER);
    assert_eq!((terminal.ends().0, left(&env)), (10, 3));
    let mut terminal = Terminal::run(&env, &[], &["doctor", "--clean"]);
    terminal
        .sees("remove 2 files")
        .sees("keep")
        .types(DOWN)
        .types(ENTER);
    assert_eq!((terminal.ends().0, left(&env)), (0, 0));
    leave(&env);
    let said = env.run(&["doctor", "--clean", "--yes"]).ok();
    assert!(
        said.stdout
            .contains("removed DIR/.desk-dead1.new, DIR/.desk-dead1.new-journal, "),
        "{said}"
    );
    assert_eq!(left(&env), 0);
    // Without leftovers there is nothing to ask.
    let _ = env.run(&["doctor", "--clean"]).ok();
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn copies_and_drafts_are_listed() {
    let mut env = Env::file("copies beside a file");
    env.does("desk open VPN")
        .does("desk backup copy.db")
        .does("desk restore --yes copy.db");
    let (state, finding, _) = one(&mut env, 0, "copies");
    assert_eq!(state, "ok");
    assert!(finding.ends_with(": desk.db.before-restore"), "{finding}");
    assert_eq!(one(&mut env, 0, "drafts").1, "no text waits to be stored");
    let script = crate::terminal::editor(&env, "a long story");
    let set = [("EDITOR", script.as_str())];
    let (code, _) = Terminal::run(&env, &set, &["resolve", "1"]).ends();
    assert_eq!(code, 1);
    let draft = crate::terminal::drafts(&env).remove(0);
    let (state, finding, _) = one(&mut env, 10, "drafts");
    assert_eq!(state, "warning");
    let name = draft.file_name().unwrap().to_str().unwrap();
    assert!(finding.ends_with(name), "{finding}");
}
