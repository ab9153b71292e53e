//! A store that is removed or replaced while a command writes to it.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::concurrency::done;
use crate::env::{Env, Output};

/// The number of lines that an import takes in one transaction.
const BATCH: usize = 500;

/// Waits until an import has committed its first tickets.
fn wait_for_tickets(db: &Path, writer: &mut Child) {
    let conn = Connection::open_with_flags(db, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let count = || {
        conn.query_one("SELECT count(*) FROM ticket", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    while count().unwrap() == 0 {
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(writer.try_wait().unwrap(), None, "it ended early");
    }
}

/// Does this to the store while an import waits for its next line, between two
/// of its transactions.
fn import_while(env: &mut Env, meanwhile: impl FnOnce(&Path)) -> Output {
    let export = env.run(&["export", "--db", "old.db"]).ok().stdout;
    let (head, ticket) = export.trim_end().split_once('\n').unwrap();
    let mut command = env.command(&["import", "-"]);
    command.stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let line = |n: usize| ticket.replace("\"ticket\":1}", &format!("\"ticket\":{n}}}")) + "\n";
    pipe.write_all(format!("{head}\n").as_bytes()).unwrap();
    for n in 1..=BATCH {
        pipe.write_all(line(n).as_bytes()).unwrap();
    }
    wait_for_tickets(&env.db(), &mut child);
    meanwhile(&env.db());
    // It may have ended by now.
    let _ = pipe.write_all(line(BATCH + 1).as_bytes());
    drop(pipe);
    done(env, child)
}

/// A desk, and another one to import.
fn two_desks() -> Env {
    let mut env = Env::file("a file that is removed or replaced");
    env.does("desk init --db old.db\ndesk open ticket --db old.db");
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
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "501\n");
    let _ = env.run(&["verify"]).ok();
}
