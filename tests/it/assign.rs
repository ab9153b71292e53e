//! Who works on a ticket: `desk assign`, and `take` and `unassign` beside it.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_ticket_is_taken_reassigned_and_given_back() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk take 1
        desk take 1
        desk --as ben take 1
        desk assign 1 ben
        desk assign 1 ben
        desk unassign 1 "on holiday from tomorrow"
        desk unassign 1
        "#
    ), @r#"
    $ desk take 1
    #1 taken by anna

    $ desk take 1
    #1 unchanged

    $ desk --as ben take 1
    ! desk: #1 is already taken by anna
    !   hint: take it over with: desk assign 1 AGENT
    [exit 4]

    $ desk assign 1 ben
    #1 assigned to ben

    $ desk assign 1 ben
    #1 unchanged

    $ desk unassign 1 "on holiday from tomorrow"
    #1 unassigned

    $ desk unassign 1
    #1 unchanged
    "#);
}

#[test]
fn assign_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk assign 1 ben
        "
    ), @"
    $ desk assign 1 ben
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn assign_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk assign 1
        desk assign 1 ben carl
        desk assign 1 "a b"
        desk assign 1 --to ben
        "#
    ), @r#"
    $ desk assign 1
    ! desk: missing agent
    !   hint: give it with desk assign ID AGENT
    [exit 2]

    $ desk assign 1 ben carl
    ! desk: expected one agent, found also 'carl'
    !   hint: name several tickets as one list, such as 4,5; quote words that belong together
    [exit 2]

    $ desk assign 1 "a b"
    ! desk: 'a b' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]

    $ desk assign 1 --to ben
    ! desk: unexpected argument '--to'
    !   hint: type: desk assign 1 ben
    [exit 2]
    "#);
}
