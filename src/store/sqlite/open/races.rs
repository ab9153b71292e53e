//! Processes that open a store at the same time. Each of them is this test
//! binary, started again.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Location, open};
use crate::domain::query::Query;
use crate::store::port::FileStore;
use crate::store::sqlite::restore::restore;
use crate::store::{AccessMode, Store, StoreError};
use crate::testing::store::fixtures::{
    at, environment, faults, fresh, opening, parse, save, summary,
};

fn location(path: &Path) -> Location {
    Location {
        path: path.to_owned(),
        explicit: false,
    }
}

/// The file that marks a directory as a race for [`racer`].
const STARTER: &str = "starter";

/// Not a test by itself: one process of the race below.
#[test]
#[ignore = "started by the race"]
fn racer() {
    let here = std::env::current_dir().unwrap();
    if !here.join(STARTER).exists() {
        return;
    }
    let path = here.join("home/desk.db");
    let opened = open(&location(&path), AccessMode::Write, &environment()).unwrap();
    if opened.created {
        let mut file = fs::File::options()
            .append(true)
            .create(true)
            .open(here.join("created"))
            .unwrap();
        file.write_all(b"x").unwrap();
    }
    let mut txn = opened.store.begin(AccessMode::Write).unwrap();
    let id = txn.next_id().unwrap();
    let history = opening(id.0, "raced");
    txn.save(0, &history, &summary(&history)).unwrap();
    txn.commit().unwrap();
}

#[test]
fn twenty_processes_may_open_a_new_store_at_once() {
    for _ in 0..3 {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(STARTER), "").unwrap();
        let start = |_| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::sqlite::open::races::racer", "--ignored"])
                .current_dir(home.path())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let racers: Vec<_> = (0..20).map(start).collect();
        for racer in racers {
            let output = racer.wait_with_output().unwrap();
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{printed}");
        }
        assert_eq!(fs::read(home.path().join("created")).unwrap(), b"x");
        let path = home.path().join("home/desk.db");
        let store = open(&location(&path), AccessMode::Read, &environment())
            .unwrap()
            .store;
        let txn = store.begin(AccessMode::Read).unwrap();
        assert_eq!(txn.count(&Query::all(), at(0)).unwrap(), 20);
        drop(txn);
        assert_eq!(faults(&store), Vec::<String>::new());
        // The store, its log, the index of the log, and the queue.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 4);
    }
}

/// What [`holder`] prints once it has the store open.
const READY: &str = "it is open\n";

/// Not a test by itself: a process that has the store open until its input
/// ends.
#[test]
#[ignore = "started by the restore"]
fn holder() {
    let here = std::env::current_dir().unwrap();
    if !here.join(STARTER).exists() {
        return;
    }
    let opened = open(
        &location(&here.join("desk.db")),
        AccessMode::Read,
        &environment(),
    )
    .unwrap();
    std::io::stdout().write_all(READY.as_bytes()).unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    drop(opened);
}

#[test]
fn a_restore_is_refused_until_other_processes_have_closed_the_store() {
    let (home, store) = fresh();
    save(&store, &opening(1, "one"));
    let backup = home.path().join("backup.db");
    store.backup(&backup).unwrap();
    drop(store);
    fs::write(home.path().join(STARTER), "").unwrap();
    let mut other = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::sqlite::open::races::holder", "--ignored"])
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = String::new();
    let mut out = BufReader::new(other.stdout.take().unwrap());
    while !printed.ends_with(READY) {
        assert!(out.read_line(&mut printed).unwrap() > 0, "{printed}");
    }
    let target = location(&home.path().join("desk.db"));
    let refused = restore(&backup, &target, &environment(), parse).unwrap_err();
    assert!(matches!(refused, StoreError::Busy), "{refused}");
    drop(other.stdin.take());
    out.read_to_string(&mut printed).unwrap();
    assert!(other.wait().unwrap().success(), "{printed}");
    restore(&backup, &target, &environment(), parse).unwrap();
}
