//! The store is replaced with a backup: `desk restore`.

use std::fs;

use insta::assert_snapshot;
use rusqlite::Connection;

use crate::concurrency::dump;
use crate::env::Env;
use crate::full_disk::{stocked, unharmed};

#[test]
fn a_backup_is_restored_and_the_old_store_kept() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk backup copy.db
        desk backup copy.db
        desk open Printer
        desk restore copy.db
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

    $ desk restore copy.db
    restored DIR/desk.db
      the previous store is kept in DIR/desk.db.before-restore

    $ desk list
    ID  PRIO  STATUS  SLA          TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  -     new     ✓ ok 2h 55m  L1    -                              VPN

    $ desk verify
    DIR/desk.db: ✓ sound, 4 events, 1 ticket
      head: 5:HASH
    ");
}

#[test]
fn restore_refuses_files_that_are_not_backups() {
    let mut env = Env::new();
    env.does("desk open VPN");
    fs::write(env.dir().join("notes.txt"), "no store at all").unwrap();
    fs::write(env.dir().join("empty.db"), "").unwrap();
    assert_snapshot!(env.says(
        "
        desk restore notes.txt
        desk restore empty.db
        desk restore nowhere.db
        desk restore desk.db
        desk restore
        desk restore notes.txt --yes
        desk list --ids
        "
    ), @"
    $ desk restore notes.txt
    ! desk: DIR/notes.txt is not a copy of a desk store
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore empty.db
    ! desk: DIR/empty.db is not a copy of a desk store
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore nowhere.db
    ! desk: there is no file DIR/nowhere.db
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore desk.db
    ! desk: DIR/desk.db is the store itself
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore
    ! desk: missing <FILE>
    !   hint: usage: desk restore <FILE>
    [exit 2]

    $ desk restore notes.txt --yes
    ! desk: unexpected argument '--yes'
    !   hint: usage: desk restore <FILE>
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
    let said = env.run(&["restore", "copy.db"]).code(4);
    assert_eq!(said.stdout, "");
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "4\n");
    reader.close().unwrap();
    let _ = env.run(&["restore", "copy.db"]).ok();
    assert_eq!(env.run(&["list", "--count"]).ok().stdout, "3\n");
    let _ = env.run(&["verify"]).ok();
}
