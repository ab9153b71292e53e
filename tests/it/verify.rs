//! The store is checked: `desk verify`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_store_is_verified_up_to_a_head_kept_elsewhere() {
    let mut env = Env::new();
    env.closed();
    let head = env.json(&["verify"])["head"].as_str().unwrap().to_owned();
    env.does("desk open Printer");
    let known = env.run(&["verify", "--head", &head]).ok();
    assert_snapshot!(known.transcript(), @"
    DIR/desk.db: ✓ sound, 18 events, 2 tickets
      head: 20:HASH
    ");
    let mut other = Env::new();
    other.does("desk open VPN");
    let foreign = other.run(&["verify", "--head", &head]).code(5);
    assert_snapshot!(foreign.transcript(), @"
    DIR/desk.db: ✗ 1 fault, 4 events, 1 ticket
      fault: the chain does not contain the expected head
      head: 5:HASH
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
      head: 20:HASH

    $ desk verify --head 1
    ! desk: invalid value '1' for '--head <SEQ:HASH>': not a head
    !   hint: use one that desk verify printed: a number, a colon and 64 hexadecimal digits
    [exit 2]

    $ desk verify --deep
    ! desk: unexpected argument '--deep'
    !   hint: usage: desk verify [OPTIONS]
    [exit 2]
    ");
}
