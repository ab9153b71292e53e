//! Public messages in both directions: `desk reply`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_message_to_a_resolved_ticket_takes_it_up_again() {
    let mut env = resolved("");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-02T09:00Z reply 1 --from-requester "NO it is still broken"
        desk --at 2026-03-02T11:00Z list
        desk --at 2026-03-02T12:30Z check
        desk --at 2026-03-02T12:30Z overdue --ids
        "#
    ), @r#"
    $ desk --at 2026-03-02T09:00Z reply 1 --from-requester "NO it is still broken"
    #1 message by email recorded, reopened, update due in 3h (12:00), resolution due in 23h 45m (Tue 08:45)

    $ desk --at 2026-03-02T11:00Z list
    ID  PRIO  STATUS  SLA   TIER  CATEGORY  REQUESTER  TITLE
     1  P4    active  ✓ 1h  L1    a         Mia        VPN

    $ desk --at 2026-03-02T12:30Z check
    DESK WARNING - 1 open, 1 overdue (oldest 30m), 0 at risk | overdue=1;0;;0 at_risk=0;;;0 open=1;;;0 unassigned=1;;;0 oldest_overdue=1800s;;;0
    [exit 1]

    $ desk --at 2026-03-02T12:30Z overdue --ids
    1
    "#);
}

#[test]
fn a_ticket_that_stays_resolved_owes_an_answer() {
    let mut env = resolved("auto_close = '7d'\n[messages]\non_resolved = 'keep'\n");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-02T09:00Z reply 1 --from-requester "NO it is still broken"
        desk --at 2026-03-02T11:00Z list
        desk --at 2026-03-02T12:30Z check
        desk --at 2026-03-02T12:30Z close 1
        desk --at 2026-03-12 sweep
        desk --at 2026-03-12T10:00Z reply 1 "Now it works."
        desk --at 2026-03-19T09:59Z sweep
        desk --at 2026-03-19T10:00Z sweep
        "#
    ), @r#"
    $ desk --at 2026-03-02T09:00Z reply 1 --from-requester "NO it is still broken"
    #1 message by email recorded, update due in 3h (12:00); it is resolved; if not: desk reopen 1 REASON

    $ desk --at 2026-03-02T11:00Z list
    ID  PRIO  STATUS    SLA   TIER  CATEGORY  REQUESTER  TITLE
     1  P4    resolved  ✓ 1h  L1    a         Mia        VPN

    $ desk --at 2026-03-02T12:30Z check
    DESK WARNING - 1 open, 1 overdue (oldest 30m), 0 at risk | overdue=1;0;;0 at_risk=0;;;0 open=1;;;0 unassigned=1;;;0 oldest_overdue=1800s;;;0
    [exit 1]

    $ desk --at 2026-03-02T12:30Z close 1
    ! desk: #1 is not ready: the requester has not been told of the resolution or waits for an answer
    !   hint: desk reply 1 TEXT; or override it with --force --reason TEXT
    [exit 1]

    $ desk --at 2026-03-12 sweep
    2026-03-02 11:15  #1 update has used 75 % of its time  VPN
    2026-03-02 11:42  #1 update has used 90 % of its time  VPN
    2026-03-02 12:00  #1 update is overdue  VPN

    $ desk --at 2026-03-12T10:00Z reply 1 "Now it works."
    #1 reply recorded, not sent (no mail transport configured)

    $ desk --at 2026-03-19T09:59Z sweep

    $ desk --at 2026-03-19T10:00Z sweep
    2026-03-19 10:00  #1 closed  VPN
    "#);
}

#[test]
fn thanks_reopen_nothing_and_are_owed_no_answer() {
    let mut env = resolved("");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-02T09:00Z reply 1 --from-requester --thanks "It works, thank you!"
        desk --at 2026-03-02T09:05Z close 1
        desk --at 2026-03-02T09:10Z reply 1 --from-requester --thanks "Really."
        desk --at 2026-03-02T12:30Z list --all
        desk show 1
        desk reply 1 --thanks "You are welcome."
        "#
    ), @r#"
    $ desk --at 2026-03-02T09:00Z reply 1 --from-requester --thanks "It works, thank you!"
    #1 message by email recorded

    $ desk --at 2026-03-02T09:05Z close 1
    #1 closed

    $ desk --at 2026-03-02T09:10Z reply 1 --from-requester --thanks "Really."
    #1 message by email recorded

    $ desk --at 2026-03-02T12:30Z list --all
    ID  PRIO  STATUS  SLA    TIER  CATEGORY  REQUESTER  TITLE
     1  P4    closed  ✓ met  L1    a         Mia        VPN

    $ desk show 1
    #1 VPN
      closed since 2026-03-02 09:05 · P4 (users low, business low, urgency low)
      incident, occurred · a · L1 · unassigned
      opened 2026-03-02 08:05 by anna, came by email

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met   15m            3h          2026-03-02 11:05, stopped 2026-03-02 08:20
      resolution  ✓ met   15m            1d          2026-03-03 08:05, stopped 2026-03-02 08:20

    Requester
      name        Mia
      contact     m@example.org

    Resolution
      solved by anna, 2026-03-02 08:20
      │ new certificate
      restored    confirmed by Mia, 2026-03-02 08:20

    Timeline
      2026-03-02 08:05  anna  opened by email
      2026-03-02 08:05  anna  identified as incident
      2026-03-02 08:05  anna  categorized as a
      2026-03-02 08:05  anna  prioritized P4 (impact low, urgency low)
      2026-03-02 08:20  anna  resolved (solved)
                    │ new certificate
      2026-03-02 08:20  anna  restoration confirmed by Mia
      2026-03-02 08:20  anna  public -> requester by email
                    │ Please try again.
      2026-03-02 09:00  anna  public <- requester by email, thanks
                    │ It works, thank you!
      2026-03-02 09:05  anna  closed
      2026-03-02 09:10  anna  public <- requester by email, thanks
                    │ Really.

    $ desk reply 1 --thanks "You are welcome."
    ! desk: --thanks is for messages from the requester or a participant
    !   hint: add --from-requester or --from PERSON
    [exit 2]
    "#);
    let shown = env.json(&["show", "1"]);
    let last = shown["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["data"]["thanks"], true);
}

#[test]
fn a_message_soon_after_closing_reopens_and_a_later_one_opens_a_follow_up() {
    let mut env = resolved("[messages]\nreopen_within = '2d'\n");
    env.does("desk --at 2026-03-02T09:00Z close 1");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-04T09:00Z reply 1 --from-requester "It is back."
        desk --at 2026-03-04T09:10Z resolve 1 "again" --restored-by Mia --tell "Try again."
        desk --at 2026-03-04T09:20Z close 1
        desk --at 2026-03-08T10:00Z reply 1 --from-requester "And again."
        desk --at 2026-03-08T10:30Z reply 1 --from-requester "Nobody?"
        desk --at 2026-03-08T13:30Z overdue --ids
        desk --at 2026-03-08T13:30Z show 2
        desk show 1
        "#
    ), @r#"
    $ desk --at 2026-03-04T09:00Z reply 1 --from-requester "It is back."
    #1 message by email recorded, reopened, update due in 3h (12:00), resolution due in 23h 45m (Thu 08:45)

    $ desk --at 2026-03-04T09:10Z resolve 1 "again" --restored-by Mia --tell "Try again."
    #1 resolved (solved) after 25m of 1d: met, restoration confirmed by Mia, reply recorded, not sent (no mail transport configured)

    $ desk --at 2026-03-04T09:20Z close 1
    #1 closed

    $ desk --at 2026-03-08T10:00Z reply 1 --from-requester "And again."
    #2 (#1 is closed, it follows up) opened, message by email recorded, linked to #1 (previous), first response due in 3h (13:00), resolution due in 1d (Mon 10:00)

    $ desk --at 2026-03-08T10:30Z reply 1 --from-requester "Nobody?"
    #2 (#1 is closed, it follows up) message by email recorded, resolution due in 23h 30m (Mon 10:00)

    $ desk --at 2026-03-08T13:30Z overdue --ids
    2

    $ desk --at 2026-03-08T13:30Z show 2
    #2 VPN
      new since 10:00 · no priority
      not identified · no category · L1 · unassigned
      opened 10:00 by desk, came by email

    Clocks
                  STATE        USED     LEFT  TARGET  PAUSED  DUE
      response    ✗ overdue  3h 30m     -30m      3h          13:00
      resolution  ✓ ok       3h 30m  20h 30m      1d          Mon 10:00

    Requester
      name        Mia
      contact     m@example.org

    Links
      previous    #1

    Timeline
      10:00  desk  opened by email
      10:00  anna  public <- requester by email
             │ And again.
      10:00  desk  linked to #1 (previous)
      10:30  anna  public <- requester by email
             │ Nobody?

    $ desk show 1
    #1 VPN
      closed since 2026-03-04 09:20 · P4 (users low, business low, urgency low)
      incident, occurred · a · L1 · unassigned
      opened 2026-03-02 08:05 by anna, came by email, 1 reopening

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met   15m            3h          2026-03-02 11:05, stopped 2026-03-02 08:20
      update      ✓ met   10m            3h          2026-03-04 12:00, stopped 2026-03-04 09:10
      resolution  ✓ met   25m            1d          2026-03-05 08:45, stopped 2026-03-04 09:10

    Requester
      name        Mia
      contact     m@example.org

    Resolution
      solved by anna, 2026-03-04 09:10
      │ again
      restored    confirmed by Mia, 2026-03-04 09:10

    Links
      follow-up   #2

    Timeline
      2026-03-02 08:05  anna  opened by email
      2026-03-02 08:05  anna  identified as incident
      2026-03-02 08:05  anna  categorized as a
      2026-03-02 08:05  anna  prioritized P4 (impact low, urgency low)
      2026-03-02 08:20  anna  resolved (solved)
                    │ new certificate
      2026-03-02 08:20  anna  restoration confirmed by Mia
      2026-03-02 08:20  anna  public -> requester by email
                    │ Please try again.
      2026-03-02 09:00  anna  closed
      2026-03-04 09:00  anna  public <- requester by email
                    │ It is back.
      2026-03-04 09:00  desk  reopened
                    │ the requester wrote
      2026-03-04 09:10  anna  resolved (solved)
                    │ again
      2026-03-04 09:10  anna  restoration confirmed by Mia
      2026-03-04 09:10  anna  public -> requester by email
                    │ Try again.
      2026-03-04 09:20  anna  closed
      2026-03-08 10:00  desk  linked to #2 (follow-up)
    "#);
}

#[test]
fn with_never_every_message_to_a_closed_ticket_opens_a_follow_up() {
    let mut env = resolved("[messages]\nreopen_within = 'never'\n");
    env.does("desk --at 2026-03-02T09:00Z close 1");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-02T09:01Z reply 1 --from-requester "One more thing."
        desk --at 2026-03-02T09:02Z reply 1 "Noted."
        desk --at 2026-03-02T09:03Z reply 2 "Noted."
        "#
    ), @r#"
    $ desk --at 2026-03-02T09:01Z reply 1 --from-requester "One more thing."
    #2 (#1 is closed, it follows up) opened, message by email recorded, linked to #1 (previous), first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    $ desk --at 2026-03-02T09:02Z reply 1 "Noted."
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk --at 2026-03-02T09:03Z reply 2 "Noted."
    #2 reply recorded, not sent (no mail transport configured)
    "#);
}

#[test]
fn a_follow_up_knows_everybody_who_asked_before() {
    let mut env = resolved("[messages]\nreopen_within = 'never'\n");
    env.does("desk --at 2026-03-02T08:30Z open 'VPN too' -r 'Tom <t@example.org>'");
    env.does("desk --at 2026-03-02T08:40Z merge 2 --into 1");
    env.does("desk --at 2026-03-02T08:50Z reply 1 'All of you: please try again.'");
    env.does("desk --at 2026-03-02T09:00Z close 1 --force --reason told");
    assert_snapshot!(env.says(
        r#"
        desk --at 2026-03-03T09:00Z reply 2 --from-requester "It is back here."
        desk --at 2026-03-03T09:05Z reply 1 --from-requester "Here too."
        desk --at 2026-03-03T09:10Z participants 3
        desk --at 2026-03-03T09:15Z reply 3 "We are on it."
        desk --at 2026-03-03T09:20Z open "Disk full" --key disk --requester "Mia <m@example.org>"
        desk --at 2026-03-03T09:25Z resolve 4 "freed" --force --reason gone
        desk --at 2026-03-03T09:26Z close 4 --force --reason gone
        desk --at 2026-03-04T09:30Z open "Disk full" --key disk
        desk --at 2026-03-04T09:35Z reply 4 --from-requester "Is it the disk again?"
        desk --at 2026-03-04T09:40Z reply 5 "Yes."
        "#
    ), @r#"
    $ desk --at 2026-03-03T09:00Z reply 2 --from-requester "It is back here."
    #3 (#2 is closed, it follows up) opened, added Mia <m@example.org> to the conversation as a requester, message by email recorded, linked to #1 (previous), first response due in 3h (12:00), resolution due in 1d (Wed 09:00)

    $ desk --at 2026-03-03T09:05Z reply 1 --from-requester "Here too."
    #3 (#1 is closed, it follows up) message by email recorded, resolution due in 23h 55m (Wed 09:00)

    $ desk --at 2026-03-03T09:10Z participants 3
      requester   Mia <m@example.org>

    $ desk --at 2026-03-03T09:15Z reply 3 "We are on it."
    #3 reply to Tom and Mia recorded, not sent (no mail transport configured)

    $ desk --at 2026-03-03T09:20Z open "Disk full" --key disk --requester "Mia <m@example.org>"
    #4 opened, first response due in 3h (12:20), resolution due in 1d (Wed 09:20)

    $ desk --at 2026-03-03T09:25Z resolve 4 "freed" --force --reason gone
    #4 resolved (solved) after 5m of 1d: met, gate identified passed by force, gate categorized passed by force, gate prioritized passed by force

    $ desk --at 2026-03-03T09:26Z close 4 --force --reason gone
    #4 closed, gate confirmed-restored passed by force, gate requester-told passed by force

    $ desk --at 2026-03-04T09:30Z open "Disk full" --key disk
    #5 opened, linked to #4 (previous), first response due in 3h (12:30), resolution due in 1d (Thu 09:30)

    $ desk --at 2026-03-04T09:35Z reply 4 --from-requester "Is it the disk again?"
    #5 (#4 is closed, it follows up) added Mia <m@example.org> to the conversation as a requester, message recorded, resolution due in 23h 55m (Thu 09:30)

    $ desk --at 2026-03-04T09:40Z reply 5 "Yes."
    #5 replied to Mia
    "#);
}

#[test]
fn a_pause_hides_no_answer_that_is_owed() {
    let mut env = Env::new();
    env.at("2026-03-20T12:00:00Z");
    env.does("desk --at 2026-03-02T08:00Z open VPN -c email -k incident -u high -b high -g high");
    env.does("desk --at 2026-03-02T08:10Z reply 1 looking");
    env.does("desk --at 2026-03-02T08:20Z reply 1 --from-requester 'and now?'");
    assert_snapshot!(env.says(
        "
        desk --at 2026-03-02T10:05Z pause 1 vendor
        desk --at 2026-03-02T10:05Z list
        desk --at 2026-03-02T10:05Z overdue --ids
        desk --at 2026-03-02T10:05Z show 1
        "
    ), @"
    $ desk --at 2026-03-02T10:05Z pause 1 vendor
    #1 paused, waiting for vendor; 1h 55m left

    $ desk --at 2026-03-02T10:05Z list
    ID  PRIO  STATUS  SLA     TIER  TITLE
     1  P1    paused  ✗ -55m  L3    VPN

    $ desk --at 2026-03-02T10:05Z overdue --ids
    1

    $ desk --at 2026-03-02T10:05Z show 1
    #1 VPN
      paused since 10:05, waiting for vendor · P1 (users high, business high, urgency high)
      incident, occurred · no category · L3 · unassigned
      opened 08:00 by anna, came by email

    Clocks
                  STATE        USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met         10m              1h          09:00, stopped 08:10
      update      ✗ overdue  1h 55m    -55m      1h          09:10
      resolution  ‖ paused    2h 5m  1h 55m      4h

    Timeline
      08:00  anna  opened by email
      08:00  anna  identified as incident
      08:00  anna  prioritized P1 (impact high, urgency high)
      08:00  desk  escalated L1 -> L3
             │ P1 goes to L3 at once
      08:10  anna  public -> requester by email
             │ looking
      08:20  anna  public <- requester by email
             │ and now?
      10:05  anna  paused, waiting for vendor
    ");
}

/// A desk with a policy, and a ticket that was resolved at 8:20.
fn resolved(policy: &str) -> Env {
    let mut env = Env::new();
    env.at("2026-03-20T12:00:00Z");
    std::fs::write(env.dir().join("policy.toml"), policy).unwrap();
    env.does(
        r#"
        desk policy set policy.toml
        desk --at 2026-03-02T08:05Z open VPN -c email -r "Mia <m@example.org>" -k incident --category a -u low -b low -g low
        desk --at 2026-03-02T08:20Z resolve 1 "new certificate" --restored-by Mia --tell "Please try again."
        "#,
    );
    env
}

#[test]
fn the_first_reply_stops_the_response_clock() {
    let mut env = Env::new();
    env.does("desk open VPN --requester Mia --channel email");
    assert_snapshot!(env.says(
        r#"
        desk reply 1 "We are looking into it."
        desk reply 1 --from-requester "Any news?" --via phone
        desk sla
        desk reply 1 "Not yet." --via phone
        desk sla
        "#
    ), @r#"
    $ desk reply 1 "We are looking into it."
    #1 reply recorded, not sent (no mail transport configured)

    $ desk reply 1 --from-requester "Any news?" --via phone
    #1 message by phone recorded, update due in 3h (12:02), resolution due in 23h 58m (Tue 09:00)

    $ desk sla
    ID  STATUS  RESPONSE  UPDATE   RESOLUTION  TIER  TITLE
     1  active  ✓ met     ✓ 2h59m  ✓ 23h57m    L1    VPN

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    none     1        0        0       0         0           1

    $ desk reply 1 "Not yet." --via phone
    #1 replied by phone

    $ desk sla
    ID  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     1  active  ✓ met     ✓ met   ✓ 23h55m    L1    VPN

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    none     1        0        0       0         0           1
    "#);
}

#[test]
fn a_closed_ticket_takes_no_message_to_the_requester() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        r#"
        desk reply 1 "One more thing."
        "#
    ), @r#"
    $ desk reply 1 "One more thing."
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn reply_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk reply 1
        desk reply 1 ""
        desk reply 1 "hello" --via pigeon
        desk reply 1 "hello" --to mia
        desk reply "hello"
        "#
    ), @r#"
    $ desk reply 1
    ! desk: missing message
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk reply 1 ""
    ! desk: the message is empty
    !   hint: write the message, or leave it out
    [exit 2]

    $ desk reply 1 "hello" --via pigeon
    ! desk: invalid value 'pigeon' for '--via <CHANNEL>': unknown channel 'pigeon'
    !   hint: accepted: phone, walk-in, email, chat, portal, monitoring, other
    [exit 2]

    $ desk reply 1 "hello" --to mia
    ! desk: unexpected argument '--to'
    !   hint: usage: desk reply <ID> <TEXT> [OPTIONS]
    [exit 2]

    $ desk reply "hello"
    ! desk: 'hello' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]
    "#);
}

#[test]
fn a_later_reply_does_not_move_the_first_response() {
    let mut env = Env::new();
    env.does("desk open VPN --channel email");
    env.at("2026-03-02T09:10:00Z").does("desk reply 1 first");
    env.at("2026-03-02T11:30:00Z").does("desk reply 1 second");
    // A new target is measured against the first reply, not the last one.
    env.at("2026-03-02T11:40:00Z");
    env.does("desk prioritize 1 -u high -b high -g high");
    let response = &env.json(&["show", "1"])["clocks"]["response"];
    assert_eq!(response["stopped_at"], "2026-03-02T09:10:00Z");
    assert_eq!(response["state"], "met");
}

#[test]
fn the_first_of_several_replies_counts_when_a_withdrawn_ticket_is_reopened() {
    let mut env = Env::new();
    env.does("desk open VPN -c email -k incident --category a -u low -b low -g low");
    env.does("desk resolve 1 -c withdrawn never mind");
    env.at("2026-03-02T09:10:00Z").does("desk reply 1 first");
    env.at("2026-03-02T10:30:00Z").does("desk reply 1 second");
    env.at("2026-03-02T11:00:00Z")
        .does("desk reopen 1 it is back");
    let response = &env.json(&["show", "1"])["clocks"]["response"];
    assert_eq!(response["stopped_at"], "2026-03-02T09:10:00Z");
    assert_eq!(response["state"], "met");
}
