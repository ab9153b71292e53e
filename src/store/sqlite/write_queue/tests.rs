//! Order, patience, and what happens without a queue.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::*;
use crate::store::{AccessMode, Store, StoreError};
use crate::testing::store::fixtures::{fresh, opened, opening, save};

fn busy(store: &dyn Store) -> bool {
    let begun = store.begin(AccessMode::Write).map(drop);
    assert!(matches!(begun, Ok(()) | Err(StoreError::Busy)), "{begun:?}");
    begun.is_err()
}

/// How many wait for the queue, as the kernel lists them.
fn waiters(real: &Path) -> usize {
    let inode = format!(":{} ", fs::metadata(queue_path(real)).unwrap().ino());
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let lines = locks.lines().filter(|line| line.contains(&inode));
    lines.filter(|line| line.contains("->")).count()
}

/// The numbers of eight who came one after the other, as they were served.
fn served() -> Vec<usize> {
    let (home, store) = fresh();
    let path = home.path().join("desk.db");
    let served = Arc::new(Mutex::new(Vec::new()));
    let turn = store.begin(AccessMode::Write).unwrap();
    let mut threads = Vec::new();
    for number in 0..8 {
        let (path_here, served) = (path.clone(), Arc::clone(&served));
        threads.push(thread::spawn(move || {
            let mut waiting = Waiting::begin(&path_here, PATIENCE);
            let turn = Turn::wait(&path_here, &mut waiting);
            served.lock().unwrap().push(number);
            drop(turn);
        }));
        while waiters(&path) <= number {
            thread::yield_now();
        }
    }
    assert!(served.lock().unwrap().is_empty());
    drop(turn);
    for thread in threads {
        thread.join().unwrap();
    }
    let served = served.lock().unwrap();
    served.clone()
}

/// How far from their places the served ones are at most.
fn displaced(served: &[usize]) -> usize {
    let places = served.iter().enumerate();
    let by = places.map(|(place, number)| place.abs_diff(*number));
    by.max().unwrap_or(usize::MAX)
}

#[test]
fn who_comes_first_is_served_first() {
    // All who wait are woken in their order, and whoever runs first goes on: on a
    // busy machine neighbours may change places, and now and then one is passed by
    // many. By chance, one round in a hundred would be as orderly.
    let rounds: Vec<_> = std::iter::repeat_with(served).take(5).collect();
    let orderly = rounds.iter().filter(|round| displaced(round) <= 2);
    assert!(orderly.count() >= 3, "{rounds:?}");
}

#[test]
fn the_queue_belongs_to_those_who_may_write_the_store() {
    let (home, store) = fresh();
    let path = home.path().join("desk.db");
    let mode = || fs::metadata(queue_path(&path)).unwrap().mode() & 0o777;
    drop(store.begin(AccessMode::Write).unwrap());
    assert_eq!(mode(), 0o600);
    fs::remove_file(queue_path(&path)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o660)).unwrap();
    drop(store.begin(AccessMode::Read).unwrap());
    assert!(!queue_path(&path).exists());
    drop(store.begin(AccessMode::Write).unwrap());
    assert_eq!(mode(), 0o660);
}

#[test]
fn without_a_queue_the_lock_of_the_store_still_holds() {
    let (home, store) = fresh();
    let path = home.path().join("desk.db");
    let other = opened(&path).impatient();
    let writing = store.begin(AccessMode::Write).unwrap();
    assert!(busy(&other));
    // Somebody deletes the queue.
    fs::remove_file(queue_path(&path)).unwrap();
    assert!(busy(&other));
    drop(writing);
    assert!(!busy(&other));
    // A queue that can be neither opened nor created.
    fs::remove_file(queue_path(&path)).unwrap();
    symlink(home.path().join("nowhere/queue"), queue_path(&path)).unwrap();
    let writing = store.begin(AccessMode::Write).unwrap();
    assert!(busy(&other));
    drop(writing);
    save(&other, &opening(1, "written"));
}

#[test]
fn a_holder_that_does_not_write_keeps_nobody_out() {
    let (home, store) = fresh();
    let path = home.path().join("desk.db");
    let queue = open(&path).unwrap();
    queue.lock().unwrap();
    let other = store.impatient();
    assert!(!busy(&other));
    // A version of desk that does not queue.
    let old = Connection::open(&path).unwrap();
    old.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(busy(&other));
    drop(queue);
    assert!(busy(&other));
    old.execute_batch("ROLLBACK").unwrap();
    assert!(!busy(&other));
}

#[test]
fn what_others_write_renews_the_patience() {
    let (home, store) = fresh();
    let path = home.path().join("desk.db");
    let patience = Duration::from_millis(200);
    let mut waiting = Waiting::begin(&path, patience);
    assert!(!waiting.is_over());
    thread::sleep(patience);
    save(&store, &opening(1, "movement"));
    assert!(!waiting.is_over());
    thread::sleep(patience);
    assert!(waiting.is_over());
}
