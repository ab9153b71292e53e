//! Calls are arranged, held and cancelled: `desk call`.

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
fn call_refuses_invalid_arguments() {
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
    ! desk: missing time of the call
    !   hint: give it with --when TIME
    [exit 2]

    $ desk call 1 --when "half past nine"
    ! desk: 'half past nine' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
    !   hint: quote a time that has a space in it: '2026-03-02 14:30'
    [exit 2]

    $ desk call 1 --when "in 1h" --by telegram
    ! desk: invalid value 'telegram' for '--by <MEDIUM>': unknown call medium 'telegram'
    !   hint: accepted: phone, video
    [exit 2]

    $ desk call 1 --when "in 1h" --held
    ! desk: '--when <TIME>' cannot be used with '--held[=<NUMBER>]'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --held --cancelled
    ! desk: '--held[=<NUMBER>]' cannot be used with '--cancelled[=<NUMBER>]'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --duration 1h
    ! desk: unexpected argument '--duration'
    !   hint: did you mean '--at'?
    [exit 2]
    "#);
}
