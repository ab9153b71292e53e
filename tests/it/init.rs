//! How a store is created: `desk init`, and the first command that writes.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_store_is_created_once() {
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
    ! desk: DIR/desk.db already exists
    !   hint: give a path that does not exist yet
    [exit 2]

    $ desk init --force
    ! desk: unexpected argument '--force'
    !   hint: type: desk init
    [exit 2]

    $ desk init somewhere
    ! desk: unexpected argument 'somewhere'
    !   hint: usage: desk init [OPTIONS]
    [exit 2]
    ");
}

#[test]
fn the_store_at_the_default_path_is_created_with_the_first_ticket() {
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
    ! no open tickets; desk list --all includes closed ones

    $ DESK_DB= desk verify
    ! desk: there is no store at DIR/.local/share/desk/desk.db
    !   hint: create it with: desk init --db DIR/.local/share/desk/desk.db
    [exit 2]

    $ DESK_DB= desk open VPN
    #1 opened, first response due in 3h (12:02), resolution due in 1d (Tue 09:02)
    ! desk: created a new store at DIR/.local/share/desk/desk.db

    $ DESK_DB= desk open Printer
    #2 opened, first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ DESK_DB= desk list
    ID  STATUS  SLA      TIER  TITLE
     1  new     ✓ 2h58m  L1    VPN
     2  new     ✓ 2h59m  L1    Printer
    ");
}

#[test]
fn a_store_at_another_path_is_never_created_silently() {
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
    ! desk: 'file:desk.db' is a URI; the store must be a plain path
    !   hint: give the path alone, without file: and parameters
    [exit 2]
    ");
    assert!(!env.has_store());
}
