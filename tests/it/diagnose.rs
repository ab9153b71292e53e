//! What is known about the cause: `desk diagnose`.

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
    ! desk: #1 is resolved: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn diagnose_refuses_invalid_arguments() {
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
    ! desk: missing diagnosis
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk diagnose 1 --answer monday
    ! desk: 'monday' is not an answer
    !   hint: write key=value, such as -a 'since when=monday'
    [exit 2]

    $ desk diagnose 1 --answer "=monday"
    ! desk: the question is empty
    !   hint: write the question, or leave it out
    [exit 2]

    $ desk diagnose 1 --cause gateway
    ! desk: unexpected argument '--cause'
    !   hint: usage: desk diagnose <ID> [TEXT] [OPTIONS]
    [exit 2]
    "#);
}
