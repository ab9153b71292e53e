//! What a ticket is and what was done: `identify`, `log`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_ticket_is_identified_as_incident_or_request() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(r#"
        desk identify 1 incident
        desk identify 1 incident
        desk identify 1 incident --onset anticipated
        desk identify 1 request
    "#), @"
    $ desk identify 1 incident
    #1 identified as incident

    $ desk identify 1 incident
    #1 unchanged

    $ desk identify 1 incident --onset anticipated
    #1 identified as incident, anticipated

    $ desk identify 1 request
    #1 identified as request, anticipated
    ");
}

#[test]
fn a_closed_ticket_is_not_identified_anew() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says("desk identify 1 request"), @"
    $ desk identify 1 request
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn what_identify_does_not_understand_is_said() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(r#"
        desk identify 1
        desk identify 1 incidnet
        desk identify 1 incident request
        desk identify incident
        desk identify 1 incident --onset soon
        desk identify 1 incident --kind request
        desk identify 7 incident
    "#), @"
    $ desk identify 1
    ! desk: the kind is missing
    !   hint: give it with desk identify ID incident
    [exit 2]

    $ desk identify 1 incidnet
    ! desk: unknown kind 'incidnet'
    !   hint: did you mean 'incident'? accepted: incident, request
    [exit 2]

    $ desk identify 1 incident request
    ! desk: one kind is expected, not also 'request'
    !   hint: name the tickets first, then one word; quote words that belong together
    [exit 2]

    $ desk identify incident
    ! desk: 'incident' is no ticket number; use 42, 42,43, 40-45, or - for stdin
    !   hint: name the tickets first
    [exit 2]

    $ desk identify 1 incident --onset soon
    ! desk: invalid value 'soon' for '--onset <ONSET>': unknown onset 'soon'
    !   hint: accepted: occurred, anticipated
    [exit 2]

    $ desk identify 1 incident --kind request
    ! desk: unexpected argument '--kind' found
    !   hint: usage: desk identify <ID>... <incident|request> [OPTIONS]
    [exit 2]

    $ desk identify 7 incident
    ! desk: there is no ticket #7
    !   hint: see what there is with: desk list --all
    [exit 3]
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
    #1 corrected title, name, contact and language

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
      09:03  anna  corrected title, name, contact and language
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
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk log 1 --title "Another title"
    ! desk: #1 is closed: closed is final unless it is reopened
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn what_log_does_not_understand_is_said() {
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
    ! desk: the note is missing
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk log 1 "one" -m "two"
    ! desk: the note is given twice, with -m and as 'one'
    !   hint: give it once; quote it if it holds numbers only
    [exit 2]

    $ desk log 1 --began tomorrow
    ! desk: the trouble cannot have begun at 2026-03-03 00:00, after it was told at 2026-03-02 09:03
    !   hint: give an earlier time, such as --began '2h ago'
    [exit 1]

    $ desk log 1 --began 02/03/2026
    ! desk: `02/03/2026` could be 2026-03-02 or 2026-02-03
    !   hint: write the date as year-month-day, such as 2026-03-02
    [exit 2]

    $ desk log 1 --symtom "tunnel closes"
    ! desk: unexpected argument '--symtom' found
    !   hint: a similar argument exists: '--symptom'
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
