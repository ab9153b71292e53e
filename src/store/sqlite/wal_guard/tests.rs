//! Writing on a damaged log: refused, with everything as it was, and the way
//! on from there.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::*;
use crate::store::sqlite::location::Location;
use crate::store::sqlite::open::{Opened, init, open};
use crate::store::sqlite::restore::restore;
use crate::store::{AccessMode, Store};
use crate::testing::store::fixtures::{
    TestRng, environment, faults, fresh, opened, opening, parse, save,
};

const TICKETS: i64 = 6;

/// A store of six tickets, all of them in the log, that nobody has open.
struct Logged {
    _home: TempDir,
    path: PathBuf,
    store: Vec<u8>,
    log: Vec<u8>,
}

fn logged() -> Logged {
    let (home, store) = fresh();
    for id in 1..=TICKETS {
        save(&store, &opening(id, "logged"));
    }
    drop(store);
    let path = home.path().join("desk.db");
    let (store, log) = (fs::read(&path).unwrap(), fs::read(wal_path(&path)).unwrap());
    assert!(log.len() > 10 * 4096);
    Logged {
        _home: home,
        path,
        store,
        log,
    }
}

impl Logged {
    /// Puts the store back, with another log.
    fn with_log(&self, log: &[u8]) {
        let _ = fs::remove_file(beside(&self.path, "-shm"));
        fs::write(&self.path, &self.store).unwrap();
        fs::write(wal_path(&self.path), log).unwrap();
    }

    fn open(&self, mode: AccessMode) -> Result<Opened, StoreError> {
        let location = Location {
            path: self.path.clone(),
            explicit: true,
        };
        open(&location, mode, &environment())
    }

    /// What is in the directory, but for the index of the log.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(directory(&self.path)).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        files
            .filter(|path| !path.ends_with("desk.db-shm"))
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read(path).unwrap())
            })
            .collect()
    }

    fn tickets(&self) -> i64 {
        let store = self.open(AccessMode::Read).unwrap().store;
        let txn = store.begin(AccessMode::Read).unwrap();
        txn.last_id().unwrap().0
    }

    fn remove_kept(&self) {
        for name in self.files().into_keys() {
            if name.contains(".damaged-") {
                fs::remove_file(self.path.with_file_name(name)).unwrap();
            }
        }
    }
}

#[test]
fn writing_is_refused_once_and_again_and_the_log_is_kept_once() {
    let desk = logged();
    drop(desk.open(AccessMode::Write).unwrap());
    let mut log = desk.log.clone();
    let middle = log.len() / 2;
    log[middle] ^= 1;
    desk.with_log(&log);
    fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o640)).unwrap();
    let before = desk.files();
    for _ in 0..3 {
        let refused = desk.open(AccessMode::Write).unwrap_err();
        assert_eq!((refused.code(), refused.exit_code()), ("log_damaged", 5));
        let mut after = desk.files();
        let kept: Vec<String> = after
            .keys()
            .filter(|name| name.contains(".damaged-"))
            .cloned()
            .collect();
        let [kept] = kept.as_slice() else {
            panic!("{kept:?}");
        };
        assert!(refused.to_string().ends_with(kept), "{refused}");
        let mode = fs::metadata(desk.path.with_file_name(kept)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert_eq!(after.remove(kept).unwrap(), log);
        assert_eq!(after, before);
    }
    let reading = desk.open(AccessMode::Read).unwrap();
    assert!((2..6).contains(&reading.unreadable_commits));
    drop(reading);
    // The control: the log as it was.
    desk.with_log(&desk.log);
    assert_eq!(desk.open(AccessMode::Read).unwrap().unreadable_commits, 0);
    drop(desk.open(AccessMode::Write).unwrap());
    assert_eq!(desk.tickets(), TICKETS);
}

#[test]
fn a_store_that_somebody_reads_meanwhile_is_refused_too() {
    let desk = logged();
    let reader = desk.open(AccessMode::Read).unwrap().store;
    let reading = reader.begin(AccessMode::Read).unwrap();
    assert_eq!(reading.last_id().unwrap().0, TICKETS);
    // The index of the log is in use and still knows every frame.
    let mut log = desk.log.clone();
    log[32 + 24 + 100] ^= 1;
    fs::write(wal_path(&desk.path), &log).unwrap();
    assert_eq!(
        desk.open(AccessMode::Write).unwrap_err().code(),
        "log_damaged"
    );
    fs::write(wal_path(&desk.path), &desk.log).unwrap();
    drop(desk.open(AccessMode::Write).unwrap());
}

#[test]
fn a_new_store_does_not_take_the_log_of_a_lost_one() {
    let desk = logged();
    let backup = desk.path.with_file_name("backup.db");
    let store = desk.open(AccessMode::Read).unwrap().store;
    store.file_store().unwrap().backup(&backup).unwrap();
    drop(store);
    fs::remove_file(&desk.path).unwrap();
    let location = Location {
        path: desk.path.clone(),
        explicit: true,
    };
    let restored = || restore(&backup, &location, &environment(), parse);
    assert_eq!(restored().unwrap_err().code(), "store_stray_log");
    let refused = init(&desk.path, &environment(), None).unwrap_err();
    assert_eq!(refused.code(), "store_stray_log");
    assert_eq!(fs::read(wal_path(&desk.path)).unwrap(), desk.log);
    for suffix in ["-wal", "-shm"] {
        fs::remove_file(beside(&desk.path, suffix)).unwrap();
    }
    drop(init(&desk.path, &environment(), None).unwrap());
    assert_eq!(desk.tickets(), 0);
    fs::remove_file(&desk.path).unwrap();
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(beside(&desk.path, suffix));
    }
    restored().unwrap();
    assert_eq!(desk.tickets(), TICKETS);
}

/// What became of a flipped bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Harmless,
    Refused,
    /// The last commit is gone, as after a power cut.
    LastGone,
    Lost(i64),
}

fn flipped(desk: &Logged, bit: usize) -> Outcome {
    let mut log = desk.log.clone();
    log[bit / 8] ^= 1 << (bit % 8);
    desk.with_log(&log);
    let outcome = match desk.open(AccessMode::Write) {
        Err(fault) if fault.code() == "log_damaged" => {
            assert_eq!(fs::read(wal_path(&desk.path)).unwrap(), log);
            Outcome::Refused
        }
        Err(fault) => panic!("{fault}"),
        Ok(opened) => {
            let txn = opened.store.begin(AccessMode::Read).unwrap();
            match txn.last_id().unwrap().0 {
                TICKETS => Outcome::Harmless,
                left if left == TICKETS - 1 => Outcome::LastGone,
                left => Outcome::Lost(left),
            }
        }
    };
    desk.remove_kept();
    outcome
}

/// Flips this many bits, and returns how many were refused and how many took
/// the last commit.
fn flips(count: usize, seed: u64) -> (usize, usize) {
    let desk = logged();
    let mut rng = TestRng(seed);
    let mut outcomes = Vec::new();
    for _ in 0..count {
        let bit = rng.below(desk.log.len() * 8);
        let outcome = flipped(&desk, bit);
        let fine = matches!(outcome, Outcome::Refused | Outcome::LastGone);
        assert!(fine, "bit {bit}: {outcome:?}");
        outcomes.push(outcome);
    }
    desk.with_log(&desk.log);
    assert_eq!(desk.tickets(), TICKETS);
    assert_eq!(faults(&opened(&desk.path)), Vec::<String>::new());
    let count = |wanted| outcomes.iter().filter(|found| **found == wanted).count();
    (count(Outcome::Refused), count(Outcome::LastGone))
}

#[test]
fn no_flipped_bit_of_a_log_loses_more_than_the_last_commit() {
    let (refused, last) = flips(300, 97);
    assert!(refused > 200 && last > 10, "{refused} refused, {last} last");
}

#[test]
#[ignore = "flips 20,000 bits"]
#[expect(clippy::print_stdout, reason = "it is run to see the numbers")]
fn none_of_very_many_flipped_bits_loses_more_than_the_last_commit() {
    let (refused, last) = flips(20_000, 4);
    println!("{refused} refused, {last} took the last commit");
    assert!(refused > 10_000 && last > 1_000);
}

/// The control: without the check, the same flips lose tickets.
#[test]
fn without_the_check_a_flipped_bit_loses_acknowledged_tickets() {
    let desk = logged();
    let mut log = desk.log.clone();
    let middle = log.len() / 2;
    log[middle] ^= 1;
    desk.with_log(&log);
    assert!((1..TICKETS - 1).contains(&desk.tickets()));
}
