//! Backups and restores, and what they must never do.

use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::super::copy::keep_copy;
use super::*;
use crate::domain::query::Query;
use crate::store::Store;
use crate::store::port::FileStore;
use crate::testing::store::fixtures::{
    at, desk, environment, faults, fresh, opened, opening, parse, save, verify,
};

fn location(path: &Path) -> Location {
    Location {
        path: path.to_owned(),
        explicit: true,
    }
}

fn count(path: &Path) -> u64 {
    let store = open(&location(path), AccessMode::Read, &environment());
    let store = store.unwrap().store;
    let txn = store.begin(AccessMode::Read).unwrap();
    txn.count(&Query::all(), at(0)).unwrap()
}

/// A store with one ticket, and a backup of it.
fn backed_up() -> (TempDir, SqliteStore, PathBuf) {
    let (home, store) = fresh();
    save(&store, &opening(1, "one"));
    let backup = home.path().join("backup.db");
    store.backup(&backup).unwrap();
    (home, store, backup)
}

fn restore_to(path: &Path, backup: &Path) -> Result<Restored, StoreError> {
    restore(backup, &location(path), &environment(), parse)
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_one_complete_file_that_only_its_owner_may_read() {
    let (home, store) = fresh();
    for history in desk(3, 20) {
        save(&store, &history);
    }
    let target = home.path().join("copy.db");
    store.backup(&target).unwrap();
    assert_eq!(
        fs::metadata(&target).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let copy = open(&location(&target), AccessMode::Read, &environment());
    let copy = copy.unwrap().store;
    let (ours, theirs) = (verify(&store), verify(&copy));
    assert_eq!(ours, theirs);
    assert_eq!((theirs.tickets, theirs.faults), (20, Vec::new()));
    drop(copy);
    let beside = [
        "copy.db",
        "desk.db",
        "desk.db-queue",
        "desk.db-shm",
        "desk.db-wal",
    ];
    assert_eq!(names(home.path()), beside);
}

#[test]
fn a_backup_never_overwrites_a_file() {
    let (home, store) = fresh();
    let target = home.path().join("taken");
    fs::write(&target, "mine").unwrap();
    let refused = store.backup(&target).unwrap_err();
    assert!(matches!(refused, StoreError::Exists { .. }));
    assert_eq!(fs::read(&target).unwrap(), b"mine");
    assert!(store.backup(Path::new("relative.db")).is_err());
    let nowhere = home.path().join("no/such/directory.db");
    assert!(matches!(
        store.backup(&nowhere).unwrap_err(),
        StoreError::Access { .. }
    ));
    assert_eq!(names(home.path()).len(), 4);
}

#[test]
fn a_reader_can_back_up_too() {
    let (home, store) = fresh();
    save(&store, &opening(1, "one"));
    let reader = open(
        &location(&home.path().join("desk.db")),
        AccessMode::Read,
        &environment(),
    );
    let target = home.path().join("copy.db");
    reader.unwrap().store.backup(&target).unwrap();
    assert_eq!(count(&target), 1);
}

#[test]
fn a_backup_can_be_worked_on_like_any_store() {
    let (home, store) = fresh();
    save(&store, &opening(1, "one"));
    let target = home.path().join("copy.db");
    store.backup(&target).unwrap();
    let copy = opened(&target);
    save(&copy, &opening(2, "two"));
    assert_eq!(faults(&copy), Vec::<String>::new());
    drop(copy);
    assert!(home.path().join("copy.db-wal").exists());
    assert_eq!(
        (count(&target), count(&home.path().join("desk.db"))),
        (2, 1)
    );
}

#[test]
fn a_restore_replaces_the_store_and_keeps_the_old_one() {
    let (home, store, backup) = backed_up();
    let path = home.path().join("desk.db");
    save(&store, &opening(2, "lost by the restore"));
    drop(store);
    let done = restore_to(&path, &backup).unwrap();
    let aside = home.path().join("desk.db.before-restore");
    assert_eq!(done.previous.as_deref(), Some(aside.as_path()));
    assert_eq!((count(&path), count(&aside), count(&backup)), (1, 2, 1));
    let store = opened(&path);
    save(&store, &opening(2, "another two"));
    assert_eq!(faults(&store), Vec::<String>::new());
    drop(store);
    let again = restore_to(&path, &backup).unwrap();
    let second = home.path().join("desk.db.before-restore-1");
    assert_eq!(again.previous.as_deref(), Some(second.as_path()));
    assert_eq!((count(&path), count(&second), count(&aside)), (1, 2, 2));
}

#[test]
fn a_restore_does_not_need_an_existing_store() {
    let (home, _store, backup) = backed_up();
    let target = home.path().join("new.db");
    let done = restore_to(&target, &backup).unwrap();
    assert_eq!(done.previous, None);
    assert_eq!(count(&target), 1);
}

#[test]
fn a_damaged_store_is_replaced_and_kept_with_its_log() {
    let (home, store, backup) = backed_up();
    let path = home.path().join("desk.db");
    drop(store);
    fs::write(&path, "overwritten by something").unwrap();
    let log = fs::read(home.path().join("desk.db-wal")).unwrap();
    let done = restore_to(&path, &backup).unwrap();
    let aside = done.previous.unwrap();
    assert_eq!(fs::read(&aside).unwrap(), b"overwritten by something");
    assert_eq!(fs::read(wal_path(&aside)).unwrap(), log);
    assert_eq!(count(&path), 1);
}

#[test]
fn a_backup_that_does_not_verify_is_not_restored() {
    let (home, store, backup) = backed_up();
    let path = home.path().join("desk.db");
    drop(store);
    let conn = Connection::open(&backup).unwrap();
    conn.execute_batch("UPDATE ticket SET title = 'forged'")
        .unwrap();
    conn.close().unwrap();
    let before = fs::read(&path).unwrap();
    let refused = restore_to(&path, &backup).unwrap_err();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
    let itself = restore_to(&path, &path).unwrap_err();
    assert!(matches!(itself, StoreError::Exists { .. }));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(!names(home.path()).iter().any(|n| n.contains("restore")));
}

#[test]
fn a_store_that_somebody_has_open_is_not_replaced() {
    let (home, store, backup) = backed_up();
    let path = home.path().join("desk.db");
    let reader = open(&location(&path), AccessMode::Read, &environment());
    drop(store);
    let refused = restore_to(&path, &backup).unwrap_err();
    assert!(matches!(refused, StoreError::Busy), "{refused}");
    drop(reader);
    restore_to(&path, &backup).unwrap();
}

/// Files that take the place of the store or are kept beside it.
#[test]
fn whatever_replaces_or_copies_the_store_keeps_its_mode() {
    for before in [0o600, 0o640, 0o660, 0o664] {
        let (home, store, backup) = backed_up();
        let path = home.path().join("desk.db");
        drop(store);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for name in ["desk.db-wal", "desk.db-shm"] {
            fs::remove_file(home.path().join(name)).unwrap();
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(before)).unwrap();
        let restored = restore_to(&path, &backup).unwrap();
        let store = opened(&path);
        save(&store, &opening(2, "two"));
        let copy = keep_copy(store.connection(), &path, "before-schema-9").unwrap();
        for file in [
            path.clone(),
            restored.previous.unwrap(),
            copy,
            beside(&path, "-wal"),
            beside(&path, "-shm"),
        ] {
            assert_eq!(mode(&file), before, "{}", file.display());
        }
        // A backup replaces nothing: it is its writer's alone.
        assert_eq!(mode(&backup), 0o600);
    }
}
