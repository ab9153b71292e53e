//! Tickets are closed: `desk close`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_ticket_is_resolved_confirmed_and_closed() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk resolve 1 "new certificate on the gateway" --tell "Please try again."
        desk resolve 1 "new certificate on the gateway, and a reminder"
        desk confirm 1 --by "Mia Roth"
        desk confirm 1 --by "Mia Roth"
        desk close 1 "works, thanks" --satisfaction 5
        desk close 1
        "#
    ), @r#"
    $ desk resolve 1 "new certificate on the gateway" --tell "Please try again."
    #1 resolved (solved) after 5m of 8h: met, replied by phone

    $ desk resolve 1 "new certificate on the gateway, and a reminder"
    ! desk: #1 is resolved: it already has a resolution
    !   hint: desk reopen 1 REASON, then resolve it again
    [exit 1]

    $ desk confirm 1 --by "Mia Roth"
    #1 restoration confirmed by Mia Roth

    $ desk confirm 1 --by "Mia Roth"
    #1 unchanged

    $ desk close 1 "works, thanks" --satisfaction 5
    #1 closed, satisfaction 5

    $ desk close 1
    #1 unchanged
    "#);
}

#[test]
fn a_ticket_cannot_be_closed_before_the_requester_is_informed_and_confirms() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk close 1
        desk confirm 1 --by Mia
        desk resolve 1 "new certificate"
        desk close 1
        desk close 1 --restored-by Mia
        desk close 1 --restored-by Mia --tell "It is done."
        "#
    ), @r#"
    $ desk close 1
    ! desk: #1 is active: only a resolved ticket can be closed
    !   hint: desk resolve 1 TEXT
    [exit 1]

    $ desk confirm 1 --by Mia
    ! desk: #1 is active: restored service can only be confirmed for a resolved ticket
    !   hint: desk resolve 1 TEXT --restored-by WHO
    [exit 1]

    $ desk resolve 1 "new certificate"
    #1 resolved (solved) after 7m of 8h: met

    $ desk close 1
    ! desk: #1 is not ready: nobody confirmed that the service is restored, the requester has not been told of the resolution or waits for an answer
    !   hint: desk confirm 1 --by WHO; or override it with --force --reason TEXT
    [exit 1]

    $ desk close 1 --restored-by Mia
    ! desk: #1 is not ready: the requester has not been told of the resolution or waits for an answer
    !   hint: desk reply 1 TEXT; or override it with --force --reason TEXT
    [exit 1]

    $ desk close 1 --restored-by Mia --tell "It is done."
    #1 restoration confirmed by Mia, closed, replied by phone
    "#);
}

#[test]
fn close_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        "
        desk close 1 --satisfaction 6
        desk close 1 --rating 5
        "
    ), @"
    $ desk close 1 --satisfaction 6
    ! desk: invalid value '6' for '--satisfaction <1-5>': 6 is not in 1..=5
    !   hint: see: desk --help, or desk COMMAND --help
    [exit 2]

    $ desk close 1 --rating 5
    ! desk: unexpected argument '--rating'
    !   hint: type: desk close 1 --satisfaction 5
    [exit 2]
    ");
}
