//! Output to a closed pipe, a full device or a closed stream.

use std::fs::{self, File};

use insta::assert_snapshot;

use crate::concurrency::at_once;
use crate::env::{Env, Output};
use crate::full_disk::{staged, stocked};
use crate::ticket_selection::three_tickets;

fn into_full(env: &Env, args: &[&str]) -> Output {
    let mut command = env.command(args);
    command.stdout(File::options().write(true).open("/dev/full").unwrap());
    at_once(env, vec![command]).remove(0)
}

#[test]
fn output_that_could_not_be_written_is_an_error() {
    let (env, _) = stocked();
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--format", "csv"],
        &["list", "--ids"],
        &["show", "1"],
        &["sla"],
        &["verify"],
        &["config"],
        &["schema"],
        &["completions", "bash"],
        &["open", "it is written all the same"],
        &["--help"],
        &["open", "--help"],
        &["--version"],
    ] {
        let said = into_full(&env, args).code(5);
        let told = "the output failed: No space left on device (os error 28)";
        assert!(said.stderr.contains(told), "{args:?}: {said}");
    }
}

#[test]
fn a_reader_that_has_left_is_not_an_error() {
    let (mut env, _) = stocked();
    for args in [
        &["list", "--json"][..],
        &["--help"],
        &["open", "all the same"],
    ] {
        let mut command = env.command(args);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        command.stdout(writer);
        let said = at_once(&env, vec![command]).remove(0).ok();
        assert_eq!(said.stderr, "");
    }
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "4\n");
}

#[test]
fn closed_streams_never_touch_the_store() {
    let (mut env, _) = stocked();
    for closed in [">&-", "2>&-", "<&-", "<&- >&- 2>&-"] {
        let stage = format!("exec {closed};");
        let _ = staged(&env, &stage, &["open", "nobody listens"]).ok();
        let _ = staged(&env, &stage, &["show", "99"]).code(3);
    }
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "7\n");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    let mut env = Env::new();
    for _ in 0..40 {
        env.does("desk open a ticket with quite a long title to fill the pipe");
    }
    let line = "{ desk list --json; echo $? >code; } | head -c 1; cat code";
    assert_snapshot!(env.shell(line).transcript(), @"[0");
    let line = "{ desk --help; echo $? >code; } | head -n 1 >/dev/null; cat code";
    assert_snapshot!(env.shell(line).transcript(), @"0");
}

#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let mut env = three_tickets();
    let output = env.shell("desk list >/dev/full");
    assert_snapshot!(output.transcript(), @"
    ! desk: the output failed: No space left on device (os error 28)
    [exit 5]
    ");
    let output = env.shell("desk open four >/dev/full");
    assert_snapshot!(output.transcript(), @"
    ! desk: the output failed: No space left on device (os error 28); the change is on disk
    [exit 5]
    ");
    // Whatever it was that is stored.
    fs::write(env.dir().join("p.toml"), "warnings = [60]\n").unwrap();
    for line in [
        "desk --db new.db init",
        "desk backup copy.db",
        "desk policy set p.toml",
        "desk export | desk --db new.db import -",
        "desk reindex",
        "desk restore --yes copy.db",
        "desk resolve 1-2 done --force --reason x",
    ] {
        if line.starts_with("desk restore") && !env.is_file() {
            continue;
        }
        let said = env.shell(&format!("{line} >/dev/full")).code(5);
        assert!(
            said.stderr.ends_with("; the change is on disk\n"),
            "{line}: {said}"
        );
    }
    // Nothing is, where nothing was changed.
    for line in ["desk verify", "desk show 1"] {
        let said = env.shell(&format!("{line} >/dev/full")).code(5);
        assert!(!said.stderr.contains("on disk"), "{line}: {said}");
    }
    let output = env.shell("desk list --exit-code >/dev/full");
    assert_snapshot!(output.transcript(), @"
    ! desk: the output failed: No space left on device (os error 28)
    [exit 5]
    ");
    assert_snapshot!(env.says("desk list --count"), @"
    $ desk list --count
    4
    ");
}
