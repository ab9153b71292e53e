//! A store that is removed or replaced while a command writes to it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use rusqlite::Connection;

use crate::concurrency::done;
use crate::env::{Env, Output};

/// Waits until a command has begun to write.
fn wait_for_writer(db: &Path, writer: &mut Child) {
    let conn = Connection::open(db).unwrap();
    conn.busy_timeout(Duration::ZERO).unwrap();
    while conn.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok() {
        // Trying all the time would keep the command from writing.
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(writer.try_wait().unwrap(), None, "it ended early");
    }
}

/// Does this to the store while an import waits for its next line.
fn import_while(env: &mut Env, meanwhile: impl FnOnce(&Path)) -> Output {
    let export = env.run(&["export", "--db", "old.db"]).ok().stdout;
    let mut command = env.command(&["import", "-"]);
    command.stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let (last, first) = export
        .trim_end()
        .rsplit_once('\n')
        .map(|(a, b)| (b, a))
        .unwrap();
    pipe.write_all(format!("{first}\n").as_bytes()).unwrap();
    wait_for_writer(&env.db(), &mut child);
    meanwhile(&env.db());
    // It may have ended by now.
    let _ = pipe.write_all(last.as_bytes());
    drop(pipe);
    done(env, child)
}

/// A desk, and another one to import.
fn two_desks() -> Env {
    let mut env = Env::new();
    env.does("desk init --db old.db");
    for n in 0..3 {
        let _ = env
            .run(&["open", &format!("ticket {n}"), "--db", "old.db"])
            .ok();
    }
    env
}

type Spoil<'a> = &'a dyn Fn(&Path);

#[test]
fn a_store_that_vanishes_under_a_writer_is_noticed() {
    let with = |db: &Path, ending: &str| db.with_file_name(format!("desk.db{ending}"));
    let rows: [(&str, Spoil<'_>); 4] = [
        ("removed", &|db| fs::remove_file(db).unwrap()),
        ("removed with its log", &|db| {
            for ending in ["", "-wal", "-shm"] {
                fs::remove_file(with(db, ending)).unwrap();
            }
        }),
        ("replaced", &|db| {
            fs::rename(db.with_file_name("old.db"), db).unwrap();
        }),
        ("without its log", &|db| {
            fs::remove_file(with(db, "-wal")).unwrap();
        }),
    ];
    for (name, spoil) in rows {
        let mut env = two_desks();
        let said = import_while(&mut env, spoil).code(5);
        let text = "desk: DIR/desk.db was removed or replaced while it was in use; the last change is lost\n  hint: put the store back, or restore the last good backup with: desk restore BACKUP\n";
        assert_eq!(
            (said.stdout.as_str(), said.stderr.as_str()),
            ("", text),
            "{name}"
        );
    }
}

#[test]
fn a_store_that_stays_is_imported_into() {
    let mut env = two_desks();
    let _ = import_while(&mut env, |_| {}).ok();
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "3\n");
    let _ = env.run(&["verify"]).ok();
}
