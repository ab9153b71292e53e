//! Work goes on after a pause: `desk resume`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn resume_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk resume 1
        "
    ), @"
    $ desk resume 1
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn resume_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        "
        desk resume 1 --at-once
        desk resume
        "
    ), @"
    $ desk resume 1 --at-once
    ! desk: unexpected argument '--at-once'
    !   hint: usage: desk resume <ID> [NOTE] [OPTIONS]
    [exit 2]

    $ desk resume
    ! desk: missing <ID>
    !   hint: usage: desk resume <ID> [NOTE] [OPTIONS]
    [exit 2]
    ");
}
