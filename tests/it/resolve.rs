//! Tickets are resolved: `desk resolve`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn withdrawing_cancels_every_running_clock() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk reply 1 --from-requester hello");
    env.does("desk resolve 1 -c withdrawn never mind");
    let shown = env.json(&["show", "1"]);
    let state = |clock: &str| shown["clocks"][clock]["state"].clone();
    assert_eq!(
        ["response", "update", "resolution"].map(state),
        ["met", "cancelled", "cancelled"]
    );
}

#[test]
fn resolving_and_closing_fits_into_two_commands() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk resolve 1 "restarted it" --code workaround --restored-by Mia --tell "Please try again."
        desk close 1
        desk show 1
        "#
    ), @r#"
    $ desk resolve 1 "restarted it" --code workaround --restored-by Mia --tell "Please try again."
    #1 resolved (workaround) after 5m of 8h: met, restoration confirmed by Mia, replied by phone

    $ desk close 1
    #1 closed

    $ desk show 1
    #1 VPN drops
      closed since 09:06 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s            3h          12:00, stopped 09:00
      resolution  ✓ met    5m            8h          17:00, stopped 09:05

    Requester
      name        Mia Roth
      contact     mia@example.org

    Resolution
      workaround by anna, 09:05
      │ restarted it
      restored    confirmed by Mia, 09:05

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  resolved (workaround)
             │ restarted it
      09:05  anna  restoration confirmed by Mia
      09:05  anna  public -> requester by phone
             │ Please try again.
      09:06  anna  closed
    "#);
}

#[test]
fn a_ticket_that_is_not_ready_cannot_be_resolved() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk resolve 1 "restarted it"
        desk identify 1 incident
        desk resolve 1 "restarted it"
        desk categorize 1 network
        desk prioritize 1 -u high -b high -g high
        desk resolve 1 "restarted it"
        desk resolve 1 "restarted it" --code workaround
        "#
    ), @r#"
    $ desk resolve 1 "restarted it"
    ! desk: #1 is not ready: not identified as incident or request, no category, no priority
    !   hint: desk identify 1 incident; or override it with --force --reason TEXT
    [exit 1]

    $ desk identify 1 incident
    #1 identified as incident

    $ desk resolve 1 "restarted it"
    ! desk: #1 is not ready: no category, no priority
    !   hint: desk categorize 1 CATEGORY; or override it with --force --reason TEXT
    [exit 1]

    $ desk categorize 1 network
    #1 categorized as network

    $ desk prioritize 1 -u high -b high -g high
    #1 prioritized P1 (impact high, urgency high), escalated L1 -> L3, first response due in 55m (10:00), resolution due in 3h 55m (13:00)

    $ desk resolve 1 "restarted it"
    ! desk: #1 is not ready: escalated, but no hypothesis is confirmed
    !   hint: desk investigate 1 HYPOTHESIS, then desk investigate 1 --confirm EVIDENCE; or override it with --force --reason TEXT
    [exit 1]

    $ desk resolve 1 "restarted it" --code workaround
    #1 resolved (workaround) after 7m of 4h: met
    "#);
}

#[test]
fn a_gate_is_passed_by_force_on_the_record() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk resolve 1 "restarted it" --force
        desk resolve 1 "restarted it" --force --reason "the requester waits at the counter"
        desk close 1 --force --reason "she left"
        desk show 1
        "#
    ), @r#"
    $ desk resolve 1 "restarted it" --force
    ! desk: missing --reason <TEXT>
    !   hint: usage: desk resolve <ID> <TEXT> [OPTIONS]
    [exit 2]

    $ desk resolve 1 "restarted it" --force --reason "the requester waits at the counter"
    #1 resolved (solved) after 2m of 1d: met, gate identified passed by force, gate categorized passed by force, gate prioritized passed by force

    $ desk close 1 --force --reason "she left"
    #1 closed, gate confirmed-restored passed by force, gate requester-told passed by force

    $ desk show 1
    #1 VPN
      closed since 09:03 · no priority
      not identified · no category · L1 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      response    - cancelled    3m            3h          stopped 09:03
      resolution  ✓ met          2m            1d          Tue 09:00, stopped 09:02

    Resolution
      solved by anna, 09:02
      │ restarted it
      restored    not confirmed yet

    Timeline
      09:00  anna  opened
      09:02  anna  gate identified passed by force
             │ the requester waits at the counter
      09:02  anna  gate categorized passed by force
             │ the requester waits at the counter
      09:02  anna  gate prioritized passed by force
             │ the requester waits at the counter
      09:02  anna  resolved (solved)
             │ restarted it
      09:03  anna  gate confirmed-restored passed by force
             │ she left
      09:03  anna  gate requester-told passed by force
             │ she left
      09:03  anna  closed
    "#);
}

#[test]
fn resolve_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk resolve 1
        desk resolve 1 "done" --code sloved
        desk resolve 1 "done" --restored-at 9:00
        "#
    ), @r#"
    $ desk resolve 1
    ! desk: missing resolution
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk resolve 1 "done" --code sloved
    ! desk: invalid value 'sloved' for '--code <CODE>': unknown closing code 'sloved'
    !   hint: did you mean 'solved'? accepted: solved, workaround, fulfilled, not-reproducible, no-fault, withdrawn, duplicate
    [exit 2]

    $ desk resolve 1 "done" --restored-at 9:00
    ! desk: unexpected argument '--restored-at'
    !   hint: did you mean '--restored-by'?
    [exit 2]
    "#);
}
