//! Calls are arranged, moved, held and cancelled: `desk call`.

use std::fs;

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

/// A desk that queues mail, with a ticket of Mia's.
fn mailing() -> Env {
    let mut env = Env::new();
    let policy =
        "[mail]\naddresses = [\"desk@example.org\"]\n[mail.notices]\nacknowledged = false\n";
    fs::write(env.dir().join("policy.toml"), policy).unwrap();
    env.does(
        r#"
        desk policy set policy.toml
        desk open VPN --requester "Mia Roth <mia@example.org>" --channel email
        "#,
    );
    env
}

/// The lines of a calendar file that say when a call is, and which version it is.
fn said(calendar: &str) -> Vec<&str> {
    let lines = calendar.lines();
    let lines = lines.filter(|line| {
        ["METHOD", "SEQUENCE", "DTSTART", "UID"]
            .iter()
            .any(|name| line.starts_with(name))
    });
    lines.collect()
}

#[test]
fn a_call_is_moved_and_its_invitation_is_updated() {
    let mut env = mailing();
    assert_snapshot!(env.says(
        r#"
        desk call 1 --when "tomorrow 9:00" "bring the laptop"
        desk call 1 --moved --when "tomorrow 14:00" "the lab is closed in the morning"
        desk call 1 --moved=1 --when "tomorrow 15:00"
        desk call 1 --moved --when "tomorrow 15:00"
        desk call 1 --cancelled "no longer needed"
        desk show 1
        "#
    ), @r#"
    $ desk call 1 --when "tomorrow 9:00" "bring the laptop"
    #1 phone call 1 arranged for Tue 09:00; mail 1 to mia@example.org is queued: no mail transport configured

    $ desk call 1 --moved --when "tomorrow 14:00" "the lab is closed in the morning"
    #1 call 1 moved from Tue 09:00 to Tue 14:00; mail 2 to mia@example.org is queued: no mail transport configured

    $ desk call 1 --moved=1 --when "tomorrow 15:00"
    #1 call 1 moved from Tue 14:00 to Tue 15:00; mail 3 to mia@example.org is queued: no mail transport configured

    $ desk call 1 --moved --when "tomorrow 15:00"
    #1 unchanged

    $ desk call 1 --cancelled "no longer needed"
    #1 call 1 cancelled; mail 4 to mia@example.org is queued: no mail transport configured

    $ desk show 1
    #1 VPN
      active since 09:02 · no priority
      not identified · no category · L1 · unassigned
      opened 09:01 by anna, came by email

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     6m   2h 54m      3h          12:01
      resolution  ✓ ok     6m  23h 54m      1d          Tue 09:01

    Requester
      name        Mia Roth
      contact     mia@example.org

    Tried
      phone call 1 at Tue 15:00: cancelled
        moved, was at Tue 09:00, then Tue 14:00
        │ the lab is closed in the morning
        │ no longer needed

    Timeline
      09:01  anna  opened by email
      09:02  anna  phone call 1 arranged for Tue 09:00
             │ bring the laptop
      09:03  anna  call 1 moved from Tue 09:00 to Tue 14:00
             │ the lab is closed in the morning
      09:04  anna  call 1 moved from Tue 14:00 to Tue 15:00
      09:06  anna  call 1 cancelled
             │ no longer needed
    "#);
    let calendars = ["1", "2", "3", "4"].map(|number| {
        let mail = env.json(&["outbox", "show", number]);
        mail["calendar"].as_str().unwrap().to_owned()
    });
    let uid = said(&calendars[0])[1].to_owned();
    let said: Vec<String> = calendars
        .iter()
        .map(|one| said(one).join(" ").replace(&uid, "UID"))
        .collect();
    assert_snapshot!(said.join("\n"), @"
    METHOD:REQUEST UID SEQUENCE:0 DTSTART:20260303T090000Z
    METHOD:REQUEST UID SEQUENCE:1 DTSTART:20260303T140000Z
    METHOD:REQUEST UID SEQUENCE:2 DTSTART:20260303T150000Z
    METHOD:CANCEL UID SEQUENCE:3 DTSTART:20260303T150000Z
    ");
}

#[test]
fn the_file_of_a_moved_call_is_that_of_its_new_time() {
    let mut env = mailing();
    env.does(
        r#"
        desk call 1 --when "tomorrow 9:00" --ics first.ics
        desk call 1 --moved --when "tomorrow 14:00" --ics second.ics
        desk call 1 --ics third.ics
        "#,
    );
    let file = |name: &str| fs::read_to_string(env.dir().join(name)).unwrap();
    let files = [file("first.ics"), file("second.ics"), file("third.ics")];
    let said = files.each_ref().map(|text| {
        let lines = said(text);
        format!("{} {} {}", lines[0], lines[2], lines[3])
    });
    assert_snapshot!(said.join("\n"), @"
    METHOD:REQUEST SEQUENCE:0 DTSTART:20260303T090000Z
    METHOD:REQUEST SEQUENCE:1 DTSTART:20260303T140000Z
    METHOD:REQUEST SEQUENCE:1 DTSTART:20260303T140000Z
    ");
    let uids = files.each_ref().map(|text| said_uid(text));
    assert!(uids.iter().all(|uid| *uid == uids[0]), "{uids:?}");
}

fn said_uid(calendar: &str) -> String {
    said(calendar)[1].to_owned()
}

#[test]
fn a_call_that_is_over_or_was_never_arranged_cannot_be_moved() {
    let mut env = Env::new();
    env.does(
        r#"
        desk open VPN
        desk call 1 --when "in 1h"
        desk call 1 --when "in 2h"
        desk call 1 --held=1
        "#,
    );
    assert_snapshot!(env.says(
        r#"
        desk call 1 --moved=1 --when "in 3h"
        desk call 1 --moved=3 --when "in 3h"
        desk call 1 --moved --when "2h ago"
        desk call 1 --moved
        desk call 1 --moved --held
        desk call 1 --moved --when "in 3h" --by video
        "#
    ), @r#"
    $ desk call 1 --moved=1 --when "in 3h"
    ! desk: call 1 of #1 is already held
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk call 1 --moved=3 --when "in 3h"
    ! desk: #1 has no call 3
    !   hint: see their numbers with: desk show 1
    [exit 1]

    $ desk call 1 --moved --when "2h ago"
    ! desk: the time of the call 2026-03-02 07:06 is not later than 2026-03-02 09:06
    !   hint: give a later time, such as 'in 2d' or 'monday 9:00'
    [exit 1]

    $ desk call 1 --moved
    ! desk: missing time of the call
    !   hint: give it with --when TIME
    [exit 2]

    $ desk call 1 --moved --held
    ! desk: '--moved[=<NUMBER>]' cannot be used with '--held[=<NUMBER>]'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --moved --when "in 3h" --by video
    ! desk: '--moved[=<NUMBER>]' cannot be used with '--by <MEDIUM>'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]
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
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --held --cancelled
    ! desk: '--held[=<NUMBER>]' cannot be used with '--cancelled[=<NUMBER>]'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]

    $ desk call 1 --duration 1h
    ! desk: unexpected argument '--duration'
    !   hint: usage: desk call <ID> --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --moved --when <TIME> [NOTE] [OPTIONS], or desk call <ID> --held|--cancelled [NOTE] [OPTIONS]
    [exit 2]
    "#);
}
