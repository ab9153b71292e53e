//! A full disk: what was stored stays, and the exit code says so.

use std::fs;
use std::process::{Command, Stdio};

use crate::concurrency::{at_once, dump};
use crate::env::{Env, Output};

/// A command, started by a shell after some setup.
pub(crate) fn staged(env: &Env, stage: &str, args: &[&str]) -> Output {
    let desk = env.command(args);
    let mut shell = Command::new("sh");
    shell
        .arg("-c")
        .arg(format!("{stage} exec \"$@\" $TO"))
        .arg("sh")
        .arg(desk.get_program())
        .args(desk.get_args())
        .env_clear()
        .envs(
            desk.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env("PATH", "/usr/bin:/bin")
        .current_dir(env.dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    at_once(env, vec![shell]).remove(0)
}

/// A store with a few tickets, and what it holds.
pub(crate) fn stocked() -> (Env, Vec<String>) {
    let mut env = Env::file("the disk of a file is full");
    for n in 0..3 {
        let _ = env.run(&["open", &format!("ticket {n}")]).ok();
    }
    let content = dump(&env.db()).unwrap();
    (env, content)
}

/// Asserts that the store is unchanged, and accepts the next ticket.
#[track_caller]
pub(crate) fn unharmed(mut env: Env, content: &[String]) {
    let _ = env.run(&["verify"]).ok();
    assert_eq!(dump(&env.db()).unwrap(), content);
    assert!(env.run(&["open", "later"]).ok().stdout.starts_with("#4 "));
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn the_dump_of_a_store_changes_with_every_write() {
    let (mut env, content) = stocked();
    assert_eq!(dump(&env.db()).unwrap(), content);
    let _ = env.run(&["log", "1", "x"]).ok();
    assert!(dump(&env.db()).unwrap() != content);
}

#[test]
fn a_write_on_a_full_disk_changes_nothing() {
    let text = "x".repeat(100_000);
    // From no space at all to space for a part of the log. A signal at the
    // limit would end the process; a full disk does not send one.
    for blocks in [0, 10, 60, 150] {
        let (env, content) = stocked();
        let stage = format!("trap '' XFSZ; ulimit -f {blocks};");
        let said = staged(&env, &stage, &["open", "too much", "-m", &text]).code(5);
        assert_eq!(said.stdout, "");
        assert!(said.stderr.starts_with("desk: "), "{said}");
        unharmed(env, &content);
    }
}

/// The limit of a shell, whose signal ends other programs.
#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_not_a_signal() {
    let text = "x".repeat(100_000);
    let limit = "a file would exceed the limit on the size of files: ";
    let hint = "  hint: raise the limit with: ulimit -f unlimited; then try again\n";
    for (stage, args) in [
        ("ulimit -f 150;", &["open", "too much", "-m", &text][..]),
        ("ulimit -f 20;", &["backup", "copy.db"]),
        ("ulimit -f 1; TO=export.jsonl; exec >$TO; TO=;", &["export"]),
        ("ulimit -f 1;", &["report", "--html", "report.html"]),
    ] {
        let (env, content) = stocked();
        let said = staged(&env, stage, args).code(5);
        assert!(said.stderr.starts_with(&format!("desk: {limit}")), "{said}");
        assert!(said.stderr.ends_with(hint), "{said}");
        assert_eq!(said.stderr.lines().count(), 2, "{said}");
        let _ = staged(
            &env,
            "ulimit -f unlimited;",
            &["report", "--html", "report.html"],
        )
        .ok();
        unharmed(env, &content);
    }
    // Another program is ended by the signal.
    let (env, _) = stocked();
    let mut other = Command::new("sh");
    let line = "ulimit -f 1; exec dd if=/dev/zero of=big bs=4096 count=2";
    other.args(["-c", line]).current_dir(env.dir());
    other.stdout(Stdio::piped()).stderr(Stdio::piped());
    assert_eq!(at_once(&env, vec![other]).remove(0).code, None);
}

#[test]
fn the_same_write_passes_where_there_is_room() {
    let (mut env, _) = stocked();
    let text = "x".repeat(100_000);
    let _ = staged(&env, "trap '' XFSZ;", &["open", "fits", "-m", &text]).ok();
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_store_that_could_not_be_created_leaves_nothing_behind() {
    let env = Env::bare_file("the disk of a file is full");
    let said = staged(&env, "trap '' XFSZ; ulimit -f 20;", &["init"]).code(5);
    assert!(said.stderr.starts_with("desk: "), "{said}");
    assert_eq!(fs::read_dir(env.dir()).unwrap().count(), 0);
}

#[test]
fn a_copy_that_did_not_fit_leaves_nothing_behind() {
    let (env, content) = stocked();
    let before = fs::read_dir(env.dir()).unwrap().count();
    let said = staged(&env, "trap '' XFSZ; ulimit -f 20;", &["backup", "copy.db"]);
    let _ = said.code(5);
    assert_eq!(fs::read_dir(env.dir()).unwrap().count(), before);
    unharmed(env, &content);
}

#[test]
#[ignore = "mounts a file system of two megabytes: for root"]
fn a_disk_that_is_really_full_changes_nothing() {
    let script = r#"
        set -e
        mount -t tmpfs -o size=2m none "$HOME"
        export DESK_DB="$HOME/desk.db" DESK_TEST_FREE_BYTES=99999999
        "$DESK" init -q
        "$DESK" open first -q
        head -c 10000 /dev/zero | tr '\0' x > "$HOME/text"
        n=0
        while "$DESK" log 1 -q -m - < "$HOME/text" 2> /tmp/said.$$; do n=$((n + 1)); done
        "$DESK" log 1 -q -m - < "$HOME/text" && exit 50 || code=$?
        cat /tmp/said.$$ >&2; rm /tmp/said.$$
        test "$code" = 5
        test "$n" -gt 20
        "$DESK" verify > /dev/null
        logged=$("$DESK" show 1 --json | grep -o '"kind":"logged"' | wc -l)
        test "$logged" = "$n"
        rm "$HOME/text"
        "$DESK" --as anna log 1 "short" -q || mount -o remount,size=4m "$HOME"
        "$DESK" log 1 "after" -q
        "$DESK" verify
    "#;
    let env = Env::bare_file("the disk of a file is full");
    let desk = env.command(&[]);
    let mut shell = Command::new("unshare");
    shell
        .args(["-m", "sh", "-c", script])
        .env("DESK", desk.get_program())
        .env("HOME", env.dir())
        .env("DESK_AGENT", "anna")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let said = at_once(&env, vec![shell]).remove(0).ok();
    assert!(said.stderr.starts_with("desk: "), "{said}");
}
