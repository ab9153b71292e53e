//! Tickets go back to the queue: `desk unassign`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn unassign_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk unassign 1
        "
    ), @"
    $ desk unassign 1
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn unassign_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk unassign 1 --from ben
        desk unassign
        "
    ), @"
    $ desk unassign 1 --from ben
    ! desk: unexpected argument '--from'
    !   hint: usage: desk unassign <ID> [REASON] [OPTIONS]
    [exit 2]

    $ desk unassign
    ! desk: missing <ID>
    !   hint: usage: desk unassign <ID> [REASON] [OPTIONS]
    [exit 2]
    ");
}
