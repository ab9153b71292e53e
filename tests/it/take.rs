//! Agents take tickets: `desk take`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn take_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk take 1
        "
    ), @"
    $ desk take 1
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn take_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk take
        desk take 1 ben
        desk take 1 --for ben
        desk --as desk take 1
        desk --as "a b" take 1
        "#
    ), @r#"
    $ desk take
    ! desk: missing <ID>...
    !   hint: usage: desk take <ID>...
    [exit 2]

    $ desk take 1 ben
    ! desk: 'ben' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk take 1 --for ben
    ! desk: unexpected argument '--for'
    !   hint: did you mean '--format'?
    [exit 2]

    $ desk --as desk take 1
    ! desk: the name 'desk' is reserved for the program
    !   hint: choose another name for the agent
    [exit 2]

    $ desk --as "a b" take 1
    ! desk: 'a b' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]
    "#);
}
