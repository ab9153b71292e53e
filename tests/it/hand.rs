//! Whose it is: `assign`, `take`, `unassign`, `escalate`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_ticket_goes_from_hand_to_hand() {
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
    !   hint: to take it over all the same: desk assign 1 AGENT
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
fn what_is_closed_is_nobodys_to_take() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk take 1
        desk assign 1 ben
        desk unassign 1
        desk escalate 1 why
        "
    ), @"
    $ desk take 1
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk assign 1 ben
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk unassign 1
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk escalate 1 why
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn what_take_assign_and_unassign_do_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk take
        desk take 1 ben
        desk take 1 --for ben
        desk --as desk take 1
        desk --as "a b" take 1
        desk assign 1
        desk assign 1 ben carl
        desk assign 1 "a b"
        desk assign 1 --to ben
        desk unassign 1 --from ben
        desk unassign
        "#
    ), @r#"
    $ desk take
    ! desk: the following required arguments were not provided: <ID>...
    !   hint: usage: desk take <ID>...
    [exit 2]

    $ desk take 1 ben
    ! desk: invalid value 'ben' for '<ID>...': 'ben' is no ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk take 1 --for ben
    ! desk: unexpected argument '--for' found
    !   hint: a similar argument exists: '--format'
    [exit 2]

    $ desk --as desk take 1
    ! desk: 'desk' is what the program calls itself
    !   hint: take another name for the agent
    [exit 2]

    $ desk --as "a b" take 1
    ! desk: 'a b' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]

    $ desk assign 1
    ! desk: the agent is missing
    !   hint: give it with desk assign ID AGENT
    [exit 2]

    $ desk assign 1 ben carl
    ! desk: one agent is expected, not also 'carl'
    !   hint: name the tickets first, then one word; quote words that belong together
    [exit 2]

    $ desk assign 1 "a b"
    ! desk: 'a b' is not a name for an agent
    !   hint: use letters, digits and . _ - @ +, without spaces, such as anna or j.doe
    [exit 2]

    $ desk assign 1 --to ben
    ! desk: unexpected argument '--to' found
    !   hint: usage: desk assign <ID>... <AGENT> [OPTIONS]
    [exit 2]

    $ desk unassign 1 --from ben
    ! desk: unexpected argument '--from' found
    !   hint: a similar argument exists: '--format'
    [exit 2]

    $ desk unassign
    ! desk: the following required arguments were not provided: <ID|TEXT>...
    !   hint: usage: desk unassign <ID>... [REASON] [OPTIONS]
    [exit 2]
    "#);
}

#[test]
fn a_ticket_goes_up_and_comes_back() {
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
    ! desk: #1 is already at L3, the last line
    !   hint: hand it back with: desk escalate 1 TIER REASON
    [exit 1]

    $ desk escalate 1 l2 "a setting, no fault of the program"
    #1 handed back L3 -> L2, unassigned, resolution due in 23h 56m (Tue 09:00)

    $ desk escalate 1 L2 "again"
    #1 unchanged

    $ desk escalate 1 --manager "Ms Lee" "the customer threatens to leave"
    #1 manager Ms Lee told

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
      09:06  anna  manager Ms Lee told
             │ the customer threatens to leave
    "#);
}

#[test]
fn what_escalate_does_not_understand_is_said() {
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
    ! desk: the reason is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk escalate 1 L2
    ! desk: the reason is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk escalate 1 L9 "needs the logs"
    ! desk: unknown tier 'L9'
    !   hint: did you mean 'L1'? accepted: L1, L2, L3
    [exit 2]

    $ desk escalate 1 --to dora --manager lee "why"
    ! desk: the argument '--to <AGENT>' cannot be used with '--manager <NAME>'
    !   hint: usage: desk escalate <ID>... [TIER] <REASON> [OPTIONS]
    [exit 2]

    $ desk escalate 1 --tier L2 "why"
    ! desk: unexpected argument '--tier' found
    !   hint: usage: desk escalate <ID>... [TIER] <REASON> [OPTIONS]
    [exit 2]
    "#);
}
