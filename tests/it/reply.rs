//! Public messages in both directions: `desk reply`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_reply_to_a_resolved_ticket_says_how_to_reopen_it() {
    let mut env = Env::new();
    env.does("desk open VPN -c phone -k incident --category a -u low -b low -g low");
    env.does("desk resolve 1 done");
    assert_snapshot!(env.says(r#"desk reply 1 --from-requester "still broken""#), @r#"
    $ desk reply 1 --from-requester "still broken"
    #1 message by phone recorded; it is resolved; if not: desk reopen 1 REASON
    "#);
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
    #1 replied by email

    $ desk reply 1 --from-requester "Any news?" --via phone
    #1 message by phone recorded, update due in 3h (12:02), resolution due in 23h 58m (Tue 09:00)

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE       RESOLUTION    TIER  ASSIGNEE  TITLE
     1  -     active  ✓ met     ✓ ok 2h 59m  ✓ ok 23h 57m  L1    -         VPN

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    none     1        0        0       0         0           1

    $ desk reply 1 "Not yet." --via phone
    #1 replied by phone

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION    TIER  ASSIGNEE  TITLE
     1  -     active  ✓ met     ✓ met   ✓ ok 23h 55m  L1    -         VPN

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    none     1        0        0       0         0           1
    "#);
}

#[test]
fn a_closed_ticket_takes_no_message_in_either_direction() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        r#"
        desk reply 1 "One more thing."
        desk reply 1 --from-requester "Thanks!"
        "#
    ), @r#"
    $ desk reply 1 "One more thing."
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk reply 1 --from-requester "Thanks!"
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
