//! Notes, symptoms and corrections: `desk log`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn everything_after_two_dashes_is_text() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk log 1 -- 500 errors an hour
        desk show 1
        "
    ), @"
    $ desk log 1 -- 500 errors an hour
    #1 logged

    $ desk show 1
    #1 VPN
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     2m   2h 58m      3h          12:00
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:00

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ 500 errors an hour
    ");
}

#[test]
fn steps_symptoms_and_corrections_are_logged() {
    let mut env = Env::new();
    env.does("desk open VPN --requester Mia");
    assert_snapshot!(env.says(r#"
        desk log 1 "restarted the client"
        desk log 1 --symptom "tunnel closes" --affected gateway --began 8:30
        desk log 1 --title "VPN drops" --requester "Mia Roth <mia@example.org>" --language en
        desk log 1 -m "- a note that begins with a dash"
        desk show 1
    "#), @r#"
    $ desk log 1 "restarted the client"
    #1 logged

    $ desk log 1 --symptom "tunnel closes" --affected gateway --began 8:30
    #1 logged

    $ desk log 1 --title "VPN drops" --requester "Mia Roth <mia@example.org>" --language en
    #1 title "VPN" -> "VPN drops", name "Mia" -> "Mia Roth", contact "mia@example.org", language "en"

    $ desk log 1 -m "- a note that begins with a dash"
    #1 logged

    $ desk show 1
    #1 VPN drops
      new since 09:00 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     5m   2h 55m      3h          12:00
      resolution  ✓ ok     5m  23h 55m      1d          Tue 09:00

    Requester
      name        Mia Roth
      contact     mia@example.org
      language    en

    Known
      symptom     tunnel closes
      affected    gateway
      began       08:30

    Timeline
      09:00  anna  opened
      09:01  anna  logged
             │ restarted the client
      09:02  anna  logged; symptoms: tunnel closes; affected: gateway; began 08:30
      09:03  anna  title "VPN" -> "VPN drops", name "Mia" -> "Mia Roth", contact "mia@example.org", language "en"
      09:04  anna  logged
             │ - a note that begins with a dash
    "#);
}

#[test]
fn a_closed_ticket_takes_neither_note_nor_correction() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(r#"
        desk log 1 "the user wrote thanks"
        desk log 1 --title "Another title"
    "#), @r#"
    $ desk log 1 "the user wrote thanks"
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk log 1 --title "Another title"
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn log_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(r#"
        desk log 1
        desk log 1 "one" -m "two"
        desk log 1 --began tomorrow
        desk log 1 --began 02/03/2026
        desk log 1 --symtom "tunnel closes"
        desk log 1 --symptom ""
    "#), @r#"
    $ desk log 1
    ! desk: missing note
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk log 1 "one" -m "two"
    ! desk: the note was given twice, with -m and as 'one'
    !   hint: give it once
    [exit 2]

    $ desk log 1 --began tomorrow
    ! desk: the problem cannot have begun at 2026-03-03 00:00, after it was reported at 2026-03-02 09:03
    !   hint: give an earlier time, such as --began '2h ago'
    [exit 1]

    $ desk log 1 --began 02/03/2026
    ! desk: '02/03/2026' could be 2026-03-02 or 2026-02-03
    !   hint: write the date as year-month-day, such as 2026-03-02
    [exit 2]

    $ desk log 1 --symtom "tunnel closes"
    ! desk: unexpected argument '--symtom'
    !   hint: did you mean '--symptom'?
    [exit 2]

    $ desk log 1 --symptom ""
    ! desk: the symptom is empty
    !   hint: write the symptom, or leave it out
    [exit 2]
    "#);
}

#[test]
fn a_text_may_come_from_stdin() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let piped = env.run_with(&["log", "1", "-m", "-"], "first line\nsecond line\n");
    assert_snapshot!(piped, @"
    #1 logged
    [exit 0]
    ");
    let latin = env.run_with(&["log", "1", "-m", "-"], b"caf\xe9");
    assert_snapshot!(latin, @"
    ------- stderr -------
    desk: stdin is not UTF-8 text (at byte 3)
      hint: convert it first, for example with: iconv -f latin1 -t utf8
    [exit 2]
    ");
    let empty = env.run_with(&["log", "1", "-m", "-"], "\n");
    assert_snapshot!(empty, @"
    ------- stderr -------
    desk: the note is empty
      hint: write the note, or leave it out
    [exit 2]
    ");
}
