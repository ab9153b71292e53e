//! What is wrong with it: `diagnose`, `investigate`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_diagnosis_has_answers_an_extent_and_affected_elements() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk diagnose 1 "looks like the gateway" --answer "since when=monday" -a "other network=same = no change" --extent "all of sales" --affected gateway
        desk diagnose 1 --extent "all of sales and marketing"
        desk show 1
        "#
    ), @r#"
    $ desk diagnose 1 "looks like the gateway" --answer "since when=monday" -a "other network=same = no change" --extent "all of sales" --affected gateway
    #1 diagnosed; 2 answers; affected: gateway

    $ desk diagnose 1 --extent "all of sales and marketing"
    #1 diagnosed

    $ desk show 1
    #1 VPN
      active since 09:01 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     3m   2h 57m      3h          12:00
      resolution  ✓ ok     3m  23h 57m      1d          Tue 09:00

    Known
      affected    gateway
      extent      all of sales and marketing
      since when
        │ monday
      other network
        │ same = no change

    Timeline
      09:00  anna  opened
      09:01  anna  diagnosed; 2 answers; affected: gateway
             │ since when: monday
             │ other network: same = no change
             │ extent: all of sales
             │ looks like the gateway
      09:02  anna  diagnosed
             │ extent: all of sales and marketing
    "#);
}

#[test]
fn a_resolved_ticket_is_not_diagnosed() {
    let mut env = Env::new();
    env.ready().does(r#"desk resolve 1 "new certificate""#);
    assert_snapshot!(env.says(r#"desk diagnose 1 "looks like the gateway""#), @r#"
    $ desk diagnose 1 "looks like the gateway"
    ! desk: #1 is resolved: work on it is over unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn what_diagnose_does_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk diagnose 1
        desk diagnose 1 --answer monday
        desk diagnose 1 --answer "=monday"
        desk diagnose 1 --cause gateway
        "#
    ), @r#"
    $ desk diagnose 1
    ! desk: the diagnosis is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk diagnose 1 --answer monday
    ! desk: 'monday' is no answer to a question
    !   hint: write key=value, such as -a 'since when=monday'
    [exit 2]

    $ desk diagnose 1 --answer "=monday"
    ! desk: the question is empty
    !   hint: write the question, or leave it out
    [exit 2]

    $ desk diagnose 1 --cause gateway
    ! desk: unexpected argument '--cause' found
    !   hint: a similar argument exists: '--answer'
    [exit 2]
    "#);
}

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
fn what_investigate_does_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open VPN").does("desk open Printer");
    assert_snapshot!(env.says(
        r#"
        desk investigate 1 --confirm
        desk investigate 1 --confirm=x "it is so"
        desk investigate 1 --confirm --refute "it is so"
        desk investigate 1 2
        desk investigate 1 --proof "it is so"
        "#
    ), @r#"
    $ desk investigate 1 --confirm
    ! desk: the evidence is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk investigate 1 --confirm=x "it is so"
    ! desk: invalid value 'x' for '--confirm[=<NUMBER>]': 'x' is no number
    !   hint: use one that desk show tells, such as 1
    [exit 2]

    $ desk investigate 1 --confirm --refute "it is so"
    ! desk: the argument '--confirm[=<NUMBER>]' cannot be used with '--refute[=<NUMBER>]'
    !   hint: usage: desk investigate <ID>... [TEXT] [OPTIONS]
    [exit 2]

    $ desk investigate 1 2
    ! desk: hypotheses are listed of one ticket at a time
    !   hint: desk investigate ID
    [exit 2]

    $ desk investigate 1 --proof "it is so"
    ! desk: unexpected argument '--proof' found
    !   hint: usage: desk investigate <ID>... [TEXT] [OPTIONS]
    [exit 2]
    "#);
}
