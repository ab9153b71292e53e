//! The store is replaced with a backup: `desk restore`.

use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::concurrency::dump;
use crate::env::Env;
use crate::full_disk::{stocked, unharmed};

#[test]
fn a_backup_is_restored_and_the_old_store_kept() {
    let mut env = Env::file("only a file is restored");
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk backup copy.db
        desk backup copy.db
        desk open Printer
        desk restore --yes copy.db
        desk list
        desk verify
        "
    ), @"
    $ desk backup copy.db
    backed up DIR/copy.db

    $ desk backup copy.db
    ! desk: DIR/copy.db already exists
    !   hint: give a path that does not exist yet
    [exit 2]

    $ desk open Printer
    #2 opened, first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ desk restore --yes copy.db
    restored DIR/desk.db
      the previous store is kept in DIR/desk.db.before-restore

    $ desk list
    ID  STATUS  SLA      TIER  TITLE
     1  new     ✓ 2h55m  L1    VPN

    $ desk verify
    DIR/desk.db: ✓ sound, 4 events, 1 ticket
      head: 5:HASH
    ");
}

#[test]
fn restore_refuses_files_that_are_not_backups() {
    let mut env = Env::file("only a file is restored");
    env.does("desk open VPN");
    fs::write(env.dir().join("notes.txt"), "no store at all").unwrap();
    fs::write(env.dir().join("empty.db"), "").unwrap();
    assert_snapshot!(env.says(
        "
        desk restore --yes notes.txt
        desk restore --yes empty.db
        desk restore --yes nowhere.db
        desk restore --yes desk.db
        desk restore
        desk restore --yes notes.txt --yes
        desk list --ids
        "
    ), @"
    $ desk restore --yes notes.txt
    ! desk: DIR/notes.txt is not a copy of a desk store
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore --yes empty.db
    ! desk: DIR/empty.db is not a copy of a desk store
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore --yes nowhere.db
    ! desk: there is no file DIR/nowhere.db
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore --yes desk.db
    ! desk: DIR/desk.db is the store itself
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore
    ! desk: missing <FILE>
    !   hint: usage: desk restore <FILE>
    [exit 2]

    $ desk restore --yes notes.txt --yes
    ! desk: '--yes' is given more than once
    !   hint: usage: desk restore [OPTIONS] <FILE>
    [exit 2]

    $ desk list --ids
    1
    ");
}

#[test]
fn restoring_a_damaged_backup_changes_nothing() {
    let (mut env, content) = stocked();
    let _ = env.run(&["backup", "copy.db"]).ok();
    let copy = env.dir().join("copy.db");
    let good = fs::read(&copy).unwrap();
    fs::write(env.dir().join("diary"), "Dear diary").unwrap();
    let _ = env.run(&["restore", "--yes", "diary"]).code(2);
    let _ = env.run(&["restore", "--yes", "nothing"]).code(2);
    let _ = env.run(&["restore", "--yes", "."]).code(5);
    let _ = env.run(&["restore", "--yes", "desk.db"]).code(2);
    fs::write(&copy, &good[..good.len() / 2]).unwrap();
    let _ = env.run(&["restore", "--yes", "copy.db"]).code(5);
    fs::write(&copy, &good).unwrap();
    let conn = Connection::open(&copy).unwrap();
    conn.execute("UPDATE ticket SET title = 'forged' WHERE id = 2", [])
        .unwrap();
    conn.close().unwrap();
    let said = env.run(&["restore", "--yes", "copy.db"]).code(5);
    insta::assert_snapshot!(said.stderr, @"
    desk: the store is damaged: DIR/copy.db: #2: its row does not follow from its events: title
      hint: find the damage with: desk verify; restore the last good backup with: desk restore BACKUP
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
    let said = env.run(&["restore", "--yes", "copy.db"]).code(4);
    assert_eq!(said.stdout, "");
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "4\n");
    reader.close().unwrap();
    let _ = env.run(&["restore", "--yes", "copy.db"]).ok();
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "3\n");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn what_a_restore_would_lose_is_said_and_asked_about() {
    let mut env = Env::file("only a file is restored");
    env.does("desk open VPN");
    env.does("desk backup copy.db");
    // Nothing is lost, so nothing is asked.
    env.does("desk restore copy.db");
    env.does("desk log 1 tried again");
    env.does("desk open Printer");
    assert_snapshot!(env.says("desk restore copy.db\ndesk list --ids"), @"
    $ desk restore copy.db
    ! desk: the store has 5 events on 2 tickets since the backup, which would be replaced
    !   hint: to replace it: desk restore --yes FILE; the store is kept under another name
    [exit 2]

    $ desk list --ids
    1
    2
    ");
    let mut other = Env::file("only a file is restored");
    other.does("desk open Mail");
    let copy = env.dir().join("other.db");
    let _ = other.run(&["backup", copy.to_str().unwrap()]).ok();
    assert_snapshot!(env.says("desk restore other.db\ndesk restore other.db --yes\ndesk list --ids"), @"
    $ desk restore other.db
    ! desk: the backup is of another store, and this one has 10 events on 2 tickets, which would be replaced
    !   hint: to replace it: desk restore --yes FILE; the store is kept under another name
    [exit 2]

    $ desk restore other.db --yes
    restored DIR/desk.db
      the previous store is kept in DIR/desk.db.before-restore-1

    $ desk list --ids
    1
    ");
}
