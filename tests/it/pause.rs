//! The resolution clock stops while a ticket waits: `desk pause`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_wake_time_that_has_passed_is_shown() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone");
    env.does("desk pause 1 vendor --until 11:00");
    env.at("2026-03-02T11:00:00Z");
    assert_snapshot!(env.says("desk list"), @"
    $ desk list
    ID  STATUS  SLA       TIER  TITLE
     1  active  ✓ 23h59m  L1    VPN
    ");
}

#[test]
fn the_resolution_clock_stands_still_while_a_ticket_waits() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk pause 1 vendor "case 4711 with the maker" --until "tomorrow 9:00"
        60 minutes pass
        desk sla
        desk pause 1 vendor
        desk resume 1 "they sent a patch"
        desk resume 1
        desk show 1
        "#
    ), @r#"
    $ desk pause 1 vendor "case 4711 with the maker" --until "tomorrow 9:00"
    #1 paused, waiting for vendor until Tue 09:00; 7h 55m left

    ... 60 minutes pass
    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P2    paused  ✓ met     ‖ 7h55m     L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       1         0           0

    $ desk pause 1 vendor
    #1 unchanged

    $ desk resume 1 "they sent a patch"
    #1 resumed, resolution due in 7h 55m (18:03)

    $ desk resume 1
    #1 unchanged

    $ desk show 1
    #1 VPN drops
      active since 10:08 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      resolution  ✓ ok     7m  7h 53m      8h   1h 3m  18:03

    Requester
      name        Mia Roth
      contact     mia@example.org

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  paused, waiting for vendor until Tue 09:00
             │ case 4711 with the maker
      10:08  anna  resumed
             │ they sent a patch
    "#);
}

#[test]
fn waiting_for_the_requester_needs_a_question_to_them() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk pause 1 requester
        desk pause 1 requester --ask "Which client version?"
        desk reply 1 --from-requester "5.2"
        desk reply 1 "And which system?"
        desk pause 1 requester
        desk resume 1
        desk pause 1 requester --force --reason "she is on the phone to find out"
        "#
    ), @r#"
    $ desk pause 1 requester
    ! desk: #1 is not ready: the requester has not been asked for anything
    !   hint: desk pause 1 requester --ask TEXT; or override it with --force --reason TEXT
    [exit 1]

    $ desk pause 1 requester --ask "Which client version?"
    #1 paused, waiting for requester, replied by phone; 7h 54m left

    $ desk reply 1 --from-requester "5.2"
    #1 message by phone recorded, resumed, update due in 2h (11:07), resolution due in 7h 54m (17:01)

    $ desk reply 1 "And which system?"
    #1 replied by phone

    $ desk pause 1 requester
    #1 paused, waiting for requester; 7h 52m left

    $ desk resume 1
    #1 resumed, resolution due in 7h 52m (17:02)

    $ desk pause 1 requester --force --reason "she is on the phone to find out"
    #1 logged, paused, waiting for requester; 7h 51m left
    "#);
}

#[test]
fn pause_refuses_a_closed_ticket() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk pause 1 vendor
        "
    ), @"
    $ desk pause 1 vendor
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn pause_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk pause 1
        desk pause 1 vender
        desk pause 1 vendor --until "2h ago"
        desk pause 1 vendor --until 02/03/2026
        desk pause 1 vendor --reason "no force"
        desk pause 1 vendor --for 2h
        "#
    ), @r#"
    $ desk pause 1
    ! desk: missing pause reason
    !   hint: give it with desk pause ID REASON
    [exit 2]

    $ desk pause 1 vender
    ! desk: unknown pause reason 'vender'
    !   hint: did you mean 'vendor'? accepted: requester, vendor, change, evidence, other
    [exit 2]

    $ desk pause 1 vendor --until "2h ago"
    ! desk: the wake time 2026-03-02 07:07 is not later than 2026-03-02 09:07
    !   hint: give a later time, such as 'in 2d' or 'monday 9:00'
    [exit 1]

    $ desk pause 1 vendor --until 02/03/2026
    ! desk: '02/03/2026' could be 2026-03-02 or 2026-02-03
    !   hint: write the date as year-month-day, such as 2026-03-02
    [exit 2]

    $ desk pause 1 vendor --reason "no force"
    ! desk: missing --force
    !   hint: usage: desk pause <ID> <requester|vendor|change|evidence|other> [NOTE] [OPTIONS]
    [exit 2]

    $ desk pause 1 vendor --for 2h
    ! desk: unexpected argument '--for'
    !   hint: did you mean '--force'?
    [exit 2]
    "#);
}
