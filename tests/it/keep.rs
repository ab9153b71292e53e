//! The store as a whole: `init`, `verify`, `backup`, `restore`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_store_is_made_once() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(
        "
        desk init
        desk init
        desk init --force
        desk init somewhere
        "
    ), @"
    $ desk init
    created DIR/desk.db

    $ desk init
    ! desk: there is a file at DIR/desk.db already
    !   hint: give a path where there is no file yet
    [exit 2]

    $ desk init --force
    ! desk: unexpected argument '--force' found
    !   hint: a similar argument exists: '--format'
    [exit 2]

    $ desk init somewhere
    ! desk: unexpected argument 'somewhere' found
    !   hint: usage: desk init [OPTIONS]
    [exit 2]
    ");
}

#[test]
fn the_store_at_the_default_place_comes_with_the_first_ticket() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(
        "
        DESK_DB= desk list
        DESK_DB= desk verify
        DESK_DB= desk open VPN
        DESK_DB= desk open Printer
        DESK_DB= desk list
        "
    ), @"
    $ DESK_DB= desk list
    ! no open tickets; desk list --all has the closed ones too

    $ DESK_DB= desk verify
    ! desk: there is no store at DIR/.local/share/desk/desk.db
    !   hint: create it with: desk init --db DIR/.local/share/desk/desk.db
    [exit 2]

    $ DESK_DB= desk open VPN
    #1 opened, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)
    ! desk: a new store begins at DIR/.local/share/desk/desk.db

    $ DESK_DB= desk open Printer
    #2 opened, first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ DESK_DB= desk list
    ID  PRIO  STATUS  SLA          TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  -     new     ✓ ok 2h 58m  L1    -                              VPN
     2  -     new     ✓ ok 2h 59m  L1    -                              Printer
    ");
}

#[test]
fn a_store_somewhere_else_is_never_made_in_silence() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(
        "
        desk open VPN
        desk list
        desk --db file:desk.db list
        "
    ), @"
    $ desk open VPN
    ! desk: there is no store at DIR/desk.db
    !   hint: create it with: desk init --db DIR/desk.db
    [exit 2]

    $ desk list
    ! desk: there is no store at DIR/desk.db
    !   hint: create it with: desk init --db DIR/desk.db
    [exit 2]

    $ desk --db file:desk.db list
    ! desk: 'file:desk.db' is a URI; the store is a plain path
    !   hint: give the path alone, without file: and parameters
    [exit 2]
    ");
    assert!(!env.db().exists());
}

#[test]
fn a_store_is_verified_up_to_a_head_kept_elsewhere() {
    let mut env = Env::new();
    env.closed();
    let head = env.json(&["verify"])["head"].as_str().unwrap().to_owned();
    env.does("desk open Printer");
    let known = env.run(&["verify", "--head", &head]).ok();
    assert_snapshot!(known.told(), @"
    DIR/desk.db: ✓ sound, 18 events, 2 tickets
      head: 18:HASH
    ");
    let mut other = Env::new();
    other.does("desk open VPN");
    let foreign = other.run(&["verify", "--head", &head]).code(5);
    assert_snapshot!(foreign.told(), @"
    DIR/desk.db: ✗ 1 fault, 4 events, 1 ticket
      fault: the chain does not hold the head that was expected
      head: 4:HASH
    [exit 5]
    ");
    assert_snapshot!(env.says(
        "
        desk verify
        desk verify --head 1
        desk verify --deep
        "
    ), @"
    $ desk verify
    DIR/desk.db: ✓ sound, 18 events, 2 tickets
      head: 18:HASH

    $ desk verify --head 1
    ! desk: invalid value '1' for '--head <SEQ:HASH>': give the head that an earlier check printed: a number, a colon and 64 hexadecimal digits
    !   hint: see desk --help, or desk COMMAND --help
    [exit 2]

    $ desk verify --deep
    ! desk: unexpected argument '--deep' found
    !   hint: usage: desk verify [OPTIONS]
    [exit 2]
    ");
}

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
    ! desk: there is a file at DIR/copy.db already
    !   hint: give a path where there is no file yet
    [exit 2]

    $ desk open Printer
    #2 opened, first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ desk restore copy.db
    restored DIR/desk.db
      what was there is kept in DIR/desk.db.before-restore

    $ desk list
    ID  PRIO  STATUS  SLA          TIER  ASSIGNEE  CATEGORY  REQUESTER  TITLE
     1  -     new     ✓ ok 2h 55m  L1    -                              VPN

    $ desk verify
    DIR/desk.db: ✓ sound, 4 events, 1 ticket
      head: 4:HASH
    ");
}

#[test]
fn a_backup_needs_a_directory_that_is_there() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let output = env.run(&["backup", "nowhere/copy.db"]).code(5);
    assert!(
        output
            .stderr
            .starts_with("desk: DIR/nowhere cannot be written to: ")
    );
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let mut env = Env::new();
    env.does("desk open VPN");
    std::fs::write(env.dir().join("notes.txt"), "no store at all").unwrap();
    std::fs::write(env.dir().join("empty.db"), "").unwrap();
    assert_snapshot!(env.says(
        "
        desk restore notes.txt
        desk restore empty.db
        desk restore nowhere.db
        desk restore desk.db
        desk restore
        desk restore notes.txt --yes
        desk backup
        desk backup copy.db --compress
        desk list --ids
        "
    ), @"
    $ desk restore notes.txt
    ! desk: DIR/notes.txt is no copy of a desk store
    !   hint: give a file written by desk backup
    [exit 2]

    $ desk restore empty.db
    ! desk: DIR/empty.db is no copy of a desk store
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
    ! desk: the following required arguments were not provided: <FILE>
    !   hint: usage: desk restore <FILE>
    [exit 2]

    $ desk restore notes.txt --yes
    ! desk: unexpected argument '--yes' found
    !   hint: usage: desk restore <FILE>
    [exit 2]

    $ desk backup
    ! desk: the following required arguments were not provided: <FILE>
    !   hint: usage: desk backup <FILE>
    [exit 2]

    $ desk backup copy.db --compress
    ! desk: unexpected argument '--compress' found
    !   hint: usage: desk backup <FILE>
    [exit 2]

    $ desk list --ids
    1
    ");
}
