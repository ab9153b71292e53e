//! Tickets move between tiers: `desk escalate`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn the_reason_of_a_reassignment_is_kept() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk escalate 1 L1 "carl knows the vendor" --to carl
        desk show 1
        "#
    ), @r#"
    $ desk escalate 1 L1 "carl knows the vendor" --to carl
    #1 logged, assigned to carl

    $ desk show 1
    #1 VPN
      active since 09:01 · no priority
      not identified · no category · L1 · carl
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     2m   2h 58m      3h          12:00
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:00

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ carl knows the vendor
      09:01  anna  assigned to carl
    "#);
}

#[test]
fn escalate_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk escalate 1 why
        "
    ), @"
    $ desk escalate 1 why
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn a_ticket_is_escalated_and_handed_back() {
    let mut env = Env::new();
    env.does("desk open VPN --channel phone");
    assert_snapshot!(env.says(
        r#"
        desk escalate 1 "needs the logs"
        desk escalate 1 L3 "needs the source" --to dora
        desk escalate 1 "higher still"
        desk escalate 1 l2 "a setting, no fault of the program"
        desk escalate 1 L2 "again"
        desk escalate 1 --manager "Ms Lee" "the customer threatens to leave"
        desk show 1
        "#
    ), @r#"
    $ desk escalate 1 "needs the logs"
    #1 escalated L1 -> L2, resolution due in 23h 59m (Tue 09:00)

    $ desk escalate 1 L3 "needs the source" --to dora
    #1 escalated L2 -> L3, assigned to dora, resolution due in 23h 58m (Tue 09:00)

    $ desk escalate 1 "higher still"
    ! desk: #1 is already at L3, the last tier
    !   hint: move it to another tier with: desk escalate 1 TIER REASON
    [exit 1]

    $ desk escalate 1 l2 "a setting, no fault of the program"
    #1 handed back L3 -> L2, unassigned, resolution due in 23h 56m (Tue 09:00)

    $ desk escalate 1 L2 "again"
    #1 logged
    ! #1 is at that tier already; the text is a note

    $ desk escalate 1 --manager "Ms Lee" "the customer threatens to leave"
    #1 manager Ms Lee informed

    $ desk show 1
    #1 VPN
      active since 09:01 · no priority
      not identified · no category · L2 · unassigned
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s               3h          12:00, stopped 09:00
      resolution  ✓ ok     7m  23h 53m      1d          Tue 09:00

    Timeline
      09:00  anna  opened by phone
      09:01  anna  escalated L1 -> L2
             │ needs the logs
      09:02  anna  escalated L2 -> L3
             │ needs the source
      09:02  anna  assigned to dora
      09:04  anna  handed back L3 -> L2
             │ a setting, no fault of the program
      09:05  anna  logged
             │ again
      09:06  anna  manager Ms Lee informed
             │ the customer threatens to leave
    "#);
}

#[test]
fn escalate_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk escalate 1
        desk escalate 1 L2
        desk escalate 1 L9 "needs the logs"
        desk escalate 1 --to dora --manager lee "why"
        desk escalate 1 --tier L2 "why"
        "#
    ), @r#"
    $ desk escalate 1
    ! desk: missing reason
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk escalate 1 L2
    ! desk: missing reason
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk escalate 1 L9 "needs the logs"
    ! desk: unknown tier 'L9'
    !   hint: did you mean 'L1'? accepted: L1, L2, L3
    [exit 2]

    $ desk escalate 1 --to dora --manager lee "why"
    ! desk: '--to <AGENT>' cannot be used with '--manager <NAME>'
    !   hint: usage: desk escalate <ID> [TIER] <REASON> [OPTIONS]
    [exit 2]

    $ desk escalate 1 --tier L2 "why"
    ! desk: unexpected argument '--tier'
    !   hint: usage: desk escalate <ID> [TIER] <REASON> [OPTIONS]
    [exit 2]
    "#);
}

#[test]
fn a_tier_where_an_agent_is_meant_is_understood_or_explained() {
    let mut env = Env::new();
    env.does("desk open VPN")
        .does("desk open Mail")
        .does("desk open Print");
    assert_snapshot!(env.says(
        r#"
        desk escalate 1 --to L2 "needs the logs"
        desk escalate 1 l3 --to L3 "needs the source"
        desk escalate 1 L2 --to L1 "hand back"
        desk escalate 2 --to L9 "needs the logs"
        desk escalate 2 L2 --to dora "needs the logs"
        desk escalate 2 L2 --to dora "again, with new evidence"
        desk assign 3 L2
        desk open Scanner --assign l2
        desk --as l2 take 3
        desk escalate 3 --to l2 "they know it"
        desk assign 1 l2
        "#
    ), @r#"
    $ desk escalate 1 --to L2 "needs the logs"
    #1 escalated L1 -> L2, resolution due in 23h 57m (Tue 09:00)

    $ desk escalate 1 l3 --to L3 "needs the source"
    #1 escalated L2 -> L3, resolution due in 23h 56m (Tue 09:00)

    $ desk escalate 1 L2 --to L1 "hand back"
    ! desk: 'L1' is a tier, but --to takes an agent
    !   hint: give one tier, before the reason: desk escalate ID TIER REASON --to AGENT
    [exit 2]

    $ desk escalate 2 --to L9 "needs the logs"
    ! desk: unknown tier 'L9'
    !   hint: did you mean 'L1'? accepted: L1, L2, L3
    [exit 2]

    $ desk escalate 2 L2 --to dora "needs the logs"
    #2 escalated L1 -> L2, assigned to dora, resolution due in 23h 54m (Tue 09:01)

    $ desk escalate 2 L2 --to dora "again, with new evidence"
    #2 logged
    ! #2 is at that tier already; the text is a note

    $ desk assign 3 L2
    ! desk: 'L2' is a tier, not an agent
    !   hint: hand the ticket to the tier with: desk escalate ID L2 REASON
    [exit 2]

    $ desk open Scanner --assign l2
    ! desk: 'l2' is a tier, not an agent
    !   hint: hand the ticket to the tier with: desk escalate ID L2 REASON
    [exit 2]

    $ desk --as l2 take 3
    #3 taken by l2

    $ desk escalate 3 --to l2 "they know it"
    #3 escalated L1 -> L2, assigned to l2, resolution due in 23h 50m (Tue 09:02)

    $ desk assign 1 l2
    #1 assigned to l2
    "#);
}
