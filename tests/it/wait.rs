//! Waiting and speaking: `call`, `pause`, `resume`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_call_is_arranged_and_held_or_cancelled() {
    let mut env = Env::new();
    env.does("desk open VPN --requester Mia --channel email");
    assert_snapshot!(env.says(
        r#"
        desk call 1 --when "in 30m" --by video "watch a rekey together"
        desk call 1 --when "tomorrow 9:00"
        desk call 1 --cancelled=2 "no longer needed"
        desk call 1 --held "seen live"
        desk show 1
        "#
    ), @r#"
    $ desk call 1 --when "in 30m" --by video "watch a rekey together"
    #1 video call 1 arranged for 09:31

    $ desk call 1 --when "tomorrow 9:00"
    #1 phone call 2 arranged for Tue 09:00

    $ desk call 1 --cancelled=2 "no longer needed"
    #1 call 2 cancelled

    $ desk call 1 --held "seen live"
    #1 call 1 held

    $ desk show 1
    #1 VPN
      active since 09:01 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna, came by email

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met    4m               3h          12:00, stopped 09:04
      resolution  ✓ ok     5m  23h 55m      1d          Tue 09:00

    Requester
      name        Mia

    Tried
      video call 1 at 09:31: held
        │ watch a rekey together
        │ seen live
      phone call 2 at Tue 09:00: cancelled
        │ no longer needed

    Timeline
      09:00  anna  opened by email
      09:01  anna  video call 1 arranged for 09:31
             │ watch a rekey together
      09:02  anna  phone call 2 arranged for Tue 09:00
      09:03  anna  call 2 cancelled
             │ no longer needed
      09:04  anna  call 1 held
             │ seen live
    "#);
}

#[test]
fn a_call_that_was_not_arranged_cannot_be_cancelled() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk call 1 --cancelled
        desk call 1 --held=3
        desk call 1 --when "2h ago"
        "#
    ), @r#"
    $ desk call 1 --cancelled
    ! desk: #1 has no open call
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk call 1 --held=3
    ! desk: #1 has no call 3
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk call 1 --when "2h ago"
    ! desk: the time of the call 2026-03-02 07:03 is not later than 2026-03-02 09:03
    !   hint: give a later time, such as 'in 2d' or 'monday 9:00'
    [exit 1]
    "#);
}

#[test]
fn what_call_does_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk call 1
        desk call 1 --when "half past nine"
        desk call 1 --when "in 1h" --by telegram
        desk call 1 --when "in 1h" --held
        desk call 1 --held --cancelled
        desk call 1 --duration 1h
        "#
    ), @r#"
    $ desk call 1
    ! desk: the time of the call is missing
    !   hint: give it with --when TIME
    [exit 2]

    $ desk call 1 --when "half past nine"
    ! desk: `half past nine` is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
    !   hint: quote a time that has a space in it: '2026-03-02 14:30'
    [exit 2]

    $ desk call 1 --when "in 1h" --by telegram
    ! desk: invalid value 'telegram' for '--by <MEDIUM>': unknown call medium 'telegram'
    !   hint: accepted: phone, video
    [exit 2]

    $ desk call 1 --when "in 1h" --held
    ! desk: the argument '--when <TIME>' cannot be used with '--held[=<NUMBER>]'
    !   hint: usage: desk call <ID>... --when <TIME> [NOTE] [OPTIONS], or desk call <ID>... --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --held --cancelled
    ! desk: the argument '--held[=<NUMBER>]' cannot be used with '--cancelled[=<NUMBER>]'
    !   hint: usage: desk call <ID>... --when <TIME> [NOTE] [OPTIONS], or desk call <ID>... --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --duration 1h
    ! desk: unexpected argument '--duration' found
    !   hint: a similar argument exists: '--at'
    [exit 2]
    "#);
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
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION       TIER  ASSIGNEE  TITLE
     1  P2    paused  ✓ met     ·       ‖ paused 7h 55m  L1    anna      VPN drops

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
fn to_wait_for_the_requester_somebody_must_have_asked() {
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
    !   hint: desk pause 1 requester --ask TEXT; or go on, on the record, with --force --reason TEXT
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
    #1 paused, waiting for requester; 7h 51m left
    "#);
}

#[test]
fn what_has_ended_can_neither_be_paused_nor_resumed() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk pause 1 vendor
        desk resume 1
        "
    ), @"
    $ desk pause 1 vendor
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk resume 1
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn what_pause_and_resume_do_not_understand_is_said() {
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
        desk resume 1 --at-once
        desk resume
        "#
    ), @r#"
    $ desk pause 1
    ! desk: the pause reason is missing
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
    ! desk: `02/03/2026` could be 2026-03-02 or 2026-02-03
    !   hint: write the date as year-month-day, such as 2026-03-02
    [exit 2]

    $ desk pause 1 vendor --reason "no force"
    ! desk: the following required arguments were not provided: --force
    !   hint: usage: desk pause <ID>... <requester|vendor|change|evidence|other> [NOTE] [OPTIONS]
    [exit 2]

    $ desk pause 1 vendor --for 2h
    ! desk: unexpected argument '--for' found
    !   hint: a similar argument exists: '--force'
    [exit 2]

    $ desk resume 1 --at-once
    ! desk: unexpected argument '--at-once' found
    !   hint: a similar argument exists: '--at'
    [exit 2]

    $ desk resume
    ! desk: the following required arguments were not provided: <ID|TEXT>...
    !   hint: usage: desk resume <ID>... [NOTE] [OPTIONS]
    [exit 2]
    "#);
}
