//! A full disk, streams that nobody reads, and copies that are no good: what
//! was there stays, and the exit code says so.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use rusqlite::Connection;

use crate::crowd::{at_once, dump};
use crate::env::{Env, Output};

/// The command, started by a shell that sets the stage first.
fn staged(env: &Env, stage: &str, args: &[&str]) -> Output {
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
fn stocked() -> (Env, Vec<String>) {
    let mut env = Env::new();
    for n in 0..3 {
        let _ = env.run(&["open", &format!("ticket {n}")]).ok();
    }
    let content = dump(&env.db()).unwrap();
    (env, content)
}

/// The store is as it was, and takes the next ticket.
#[track_caller]
fn unharmed(mut env: Env, content: &[String]) {
    let _ = env.run(&["verify"]).ok();
    assert_eq!(dump(&env.db()).unwrap(), content);
    assert!(env.run(&["open", "later"]).ok().stdout.starts_with("#4 "));
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn what_the_dump_of_a_store_tells_changes_with_every_write() {
    let (mut env, content) = stocked();
    assert_eq!(dump(&env.db()).unwrap(), content);
    let _ = env.run(&["log", "1", "x"]).ok();
    assert!(dump(&env.db()).unwrap() != content);
}

#[test]
fn a_write_that_meets_the_end_of_the_disk_changes_nothing() {
    let text = "x".repeat(100_000);
    // From no room at all to room for a part of the log. A signal at the limit
    // would end the process; a full disk does not send one.
    for blocks in [0, 10, 60, 150] {
        let (env, content) = stocked();
        let stage = format!("trap '' XFSZ; ulimit -f {blocks};");
        let said = staged(&env, &stage, &["open", "too much", "-m", &text]).code(5);
        assert_eq!(said.stdout, "");
        assert!(said.stderr.starts_with("desk: "), "{said}");
        unharmed(env, &content);
    }
}

#[test]
fn a_writer_that_a_limit_kills_leaves_nothing_half_done() {
    let (env, content) = stocked();
    let text = "x".repeat(100_000);
    let said = staged(&env, "ulimit -f 150;", &["open", "too much", "-m", &text]);
    assert_eq!(said.code, None, "{said}");
    unharmed(env, &content);
}

#[test]
fn the_same_write_passes_where_there_is_room() {
    let (mut env, _) = stocked();
    let text = "x".repeat(100_000);
    let _ = staged(&env, "trap '' XFSZ;", &["open", "fits", "-m", &text]).ok();
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_store_that_could_not_be_made_leaves_nothing_behind() {
    let env = Env::bare();
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
    let env = Env::bare();
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

fn into_full(env: &Env, args: &[&str]) -> Output {
    let mut command = env.command(args);
    command.stdout(File::options().write(true).open("/dev/full").unwrap());
    at_once(env, vec![command]).remove(0)
}

#[test]
fn output_that_could_not_be_written_is_told() {
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
fn a_reader_that_has_left_is_no_fault() {
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
fn closed_streams_never_meet_the_store() {
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
fn a_backup_never_overwrites() {
    let (mut env, content) = stocked();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let copy = fs::read(env.dir().join("copy.db")).unwrap();
    let said = env.run(&["backup", "copy.db"]).code(2);
    insta::assert_snapshot!(said.stderr, @"
    desk: there is a file at DIR/copy.db already
      hint: give a path where there is no file yet
    ");
    assert!(fs::read(env.dir().join("copy.db")).unwrap() == copy);
    let _ = env.run(&["backup", "desk.db"]).code(2);
    assert_eq!(dump(&env.dir().join("copy.db")).unwrap(), content);
    unharmed(env, &content);
}

#[test]
fn a_restore_of_what_is_no_sound_backup_changes_nothing() {
    let (mut env, content) = stocked();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let copy = env.dir().join("copy.db");
    let good = fs::read(&copy).unwrap();
    fs::write(env.dir().join("diary"), "Dear diary").unwrap();
    let _ = env.run(&["restore", "diary"]).code(2);
    let _ = env.run(&["restore", "nothing"]).code(2);
    let _ = env.run(&["restore", "."]).code(5);
    let _ = env.run(&["restore", "desk.db"]).code(2);
    fs::write(&copy, &good[..good.len() / 2]).unwrap();
    let _ = env.run(&["restore", "copy.db"]).code(5);
    fs::write(&copy, &good).unwrap();
    let conn = Connection::open(&copy).unwrap();
    conn.execute("UPDATE ticket SET title = 'forged' WHERE id = 2", [])
        .unwrap();
    conn.close().unwrap();
    let said = env.run(&["restore", "copy.db"]).code(5);
    insta::assert_snapshot!(said.stderr, @"
    desk: the store is damaged: DIR/copy.db: #2: its row does not follow from its events: title
      hint: look closer with: desk verify; get the last good copy back with: desk restore BACKUP
    ");
    assert_eq!(dump(&env.db()).unwrap(), content);
    unharmed(env, &content);
}

#[test]
fn a_store_in_use_is_not_replaced() {
    let (mut env, _) = stocked();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let _ = env.run(&["open", "after the copy"]).ok();
    let reader = Connection::open(env.db()).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM ticket;")
        .unwrap();
    let said = env.run(&["restore", "copy.db"]).code(4);
    assert_eq!(said.stdout, "");
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "4\n");
    reader.close().unwrap();
    let _ = env.run(&["restore", "copy.db"]).ok();
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "3\n");
    let _ = env.run(&["verify"]).ok();
}
