//! Resolved, closed and merged tickets are reopened: `desk reopen`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn reopening_continues_the_clock_without_the_time_in_between() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        r#"
        120 minutes pass
        desk reopen 1 "it drops again"
        desk sla
        desk resolve 1 "the other gateway, too" --restored-by Mia --tell "Now both."
        desk show 1
        "#
    ), @r#"
    ... 120 minutes pass
    $ desk reopen 1 "it drops again"
    #1 reopened, resolution due in 7h 55m (19:02)

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P2    active  ✓ met     ✓ 7h54m     L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         0           0

    $ desk resolve 1 "the other gateway, too" --restored-by Mia --tell "Now both."
    #1 resolved (solved) after 7m of 8h: met, restoration confirmed by Mia, replied by phone

    $ desk show 1
    #1 VPN drops
      resolved since 11:09 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone, 1 reopening

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s            3h          12:00, stopped 09:00
      resolution  ✓ met    7m            8h          19:02, stopped 11:09

    Requester
      name        Mia Roth
      contact     mia@example.org

    Resolution
      solved by anna, 11:09
      │ the other gateway, too
      restored    confirmed by Mia, 11:09

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  resolved (solved)
             │ new certificate
      09:05  anna  restoration confirmed by Mia Roth
      09:05  anna  public -> requester by phone
             │ Please try again.
      09:06  anna  closed, satisfaction 5
      11:07  anna  reopened
             │ it drops again
      11:09  anna  resolved (solved)
             │ the other gateway, too
      11:09  anna  restoration confirmed by Mia
      11:09  anna  public -> requester by phone
             │ Now both.
    "#);
}

#[test]
fn reopening_an_open_ticket_changes_nothing() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        "
        desk reopen 1 why
        desk reopen 1
        desk reopen 1 why --status active
        "
    ), @"
    $ desk reopen 1 why
    #1 logged
    ! #1 is open already; the text is a note

    $ desk reopen 1
    ! desk: missing reason
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk reopen 1 why --status active
    ! desk: unexpected argument '--status'
    !   hint: usage: desk reopen <ID> <REASON> [OPTIONS]
    [exit 2]
    ");
}

#[test]
fn a_ticket_that_became_urgent_while_resolved_is_escalated_when_reopened() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk resolve 1 done");
    assert_snapshot!(env.says(
        "
        desk prioritize 1 -u high -g high
        desk reopen 1 it is down again
        "
    ), @"
    $ desk prioritize 1 -u high -g high
    #1 P4 -> P1 (impact high, urgency high)

    $ desk reopen 1 it is down again
    #1 reopened, escalated L1 -> L3, update due in 59m (10:02), resolution due in 3h 59m (13:02)
    ");
}
