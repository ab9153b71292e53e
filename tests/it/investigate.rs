//! Hypotheses about the cause: `desk investigate`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_hypothesis_is_proposed_then_confirmed_or_refuted() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk investigate 1 "the certificate has expired"
        desk investigate 1 "the provider throttles UDP"
        desk investigate 1 --refute=2 "TCP is as bad"
        desk investigate 1 --confirm "openssl says: expired yesterday"
        desk investigate 1
        desk investigate 1 --format csv
        "#
    ), @r#"
    $ desk investigate 1 "the certificate has expired"
    #1 hypothesis 1 proposed

    $ desk investigate 1 "the provider throttles UDP"
    #1 hypothesis 2 proposed

    $ desk investigate 1 --refute=2 "TCP is as bad"
    #1 hypothesis 2 refuted

    $ desk investigate 1 --confirm "openssl says: expired yesterday"
    #1 hypothesis 1 confirmed

    $ desk investigate 1
      hypothesis 1 by anna: ✓ confirmed
        │ the certificate has expired
        evidence:
        │ openssl says: expired yesterday
      hypothesis 2 by anna: ✗ refuted
        │ the provider throttles UDP
        evidence:
        │ TCP is as bad

    $ desk investigate 1 --format csv
    number,text,by,verdict,evidence
    1,the certificate has expired,anna,confirmed,openssl says: expired yesterday
    2,the provider throttles UDP,anna,refuted,TCP is as bad
    "#);
}

#[test]
fn a_verdict_needs_an_open_hypothesis_and_says_which() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk investigate 1 --confirm "it is so"
        desk investigate 1 "one"
        desk investigate 1 "two"
        desk investigate 1 --confirm "it is so"
        desk investigate 1 --confirm=3 "it is so"
        desk investigate 1 --confirm=1 "it is so"
        desk investigate 1 --refute=1 "it is not"
        "#
    ), @r#"
    $ desk investigate 1 --confirm "it is so"
    ! desk: #1 has no open hypothesis
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk investigate 1 "one"
    #1 hypothesis 1 proposed

    $ desk investigate 1 "two"
    #1 hypothesis 2 proposed

    $ desk investigate 1 --confirm "it is so"
    ! desk: #1 has 2 open hypotheses; say which
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk investigate 1 --confirm=3 "it is so"
    ! desk: #1 has no hypothesis 3
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk investigate 1 --confirm=1 "it is so"
    #1 hypothesis 1 confirmed

    $ desk investigate 1 --refute=1 "it is not"
    ! desk: hypothesis 1 of #1 is already confirmed
    !   hint: see their numbers with: desk show 1
    [exit 1]
    "#);
}

#[test]
fn investigate_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN").does("desk open Printer");
    assert_snapshot!(env.says(
        r#"
        desk investigate 1 --confirm
        desk investigate 1 --confirm=x "it is so"
        desk investigate 1 --confirm --refute "it is so"
        desk investigate 1,2
        desk investigate 1 --proof "it is so"
        "#
    ), @r#"
    $ desk investigate 1 --confirm
    ! desk: missing evidence
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk investigate 1 --confirm=x "it is so"
    ! desk: invalid value 'x' for '--confirm[=<NUMBER>]': not a number
    !   hint: use one from desk show, such as 1
    [exit 2]

    $ desk investigate 1 --confirm --refute "it is so"
    ! desk: '--confirm[=<NUMBER>]' cannot be used with '--refute[=<NUMBER>]'
    !   hint: usage: desk investigate <ID> [TEXT] [OPTIONS]
    [exit 2]

    $ desk investigate 1,2
    ! desk: hypotheses are listed for one ticket at a time
    !   hint: desk investigate ID
    [exit 2]

    $ desk investigate 1 --proof "it is so"
    ! desk: unexpected argument '--proof'
    !   hint: usage: desk investigate <ID> [TEXT] [OPTIONS]
    [exit 2]
    "#);
}
