//! Tickets are merged into another one: `desk merge`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_merged_ticket_continues_in_the_other_one() {
    let mut env = Env::new();
    env.ready().does(
        r#"
        desk open "VPN is slow" --requester "Tom Abel" --channel email
        desk open "No VPN" --channel chat
        "#,
    );
    assert_snapshot!(env.says(
        r#"
        desk merge 2 3 --into 1
        desk merge 2 --into 1
        desk reply 2 --from-requester "It is back now."
        desk show 2
        desk show 1
        desk list
        desk reopen 3 "another cause"
        desk show 3
        "#
    ), @r#"
    $ desk merge 2 3 --into 1
    #2 merged into #1
    #3 merged into #1

    $ desk merge 2 --into 1
    #2 unchanged

    $ desk reply 2 --from-requester "It is back now."
    #1 (#2 was merged into it) message by phone recorded, update due in 1h 56m (11:05), resolution due in 7h 51m (17:00)

    $ desk show 2
    #2 VPN is slow
      closed since 09:07, merged into #1 · no priority
      not identified · no category · L1 · unassigned
      opened 09:05 by anna, came by email

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      response    - cancelled    2m            3h          stopped 09:07
      resolution  - cancelled    2m            1d          stopped 09:07

    Requester
      name        Tom Abel

    Timeline
      09:05  anna  opened by email
      09:07  anna  merged into #1

    $ desk show 1
    #1 VPN drops
      active since 09:04 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      update      ✓ ok     6m  1h 54m      2h          11:05
      resolution  ✓ ok    11m  7h 49m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Participants
      of #2       Tom Abel

    Links
      merged      #2 and #3

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  #2: opened by email: VPN is slow
      09:06  anna  #3: opened by chat: No VPN
      09:07  anna  merged #2 into this
      09:07  anna  merged #3 into this
      09:09  anna  public <- Tom Abel by phone
             │ It is back now.

    $ desk list
    ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✓ 1h53m  L1    anna      network/vpn  Mia Roth   VPN drops

    $ desk reopen 3 "another cause"
    #3 reopened, first response due in 2h 53m (12:06), resolution due in 23h 59m (Tue 09:12)

    $ desk show 3
    #3 No VPN
      active since 09:13 · no priority
      not identified · no category · L1 · unassigned
      opened 09:06 by anna, came by chat, 1 reopening

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     8m   2h 52m      3h          12:06
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:12

    Timeline
      09:06  anna  opened by chat
      09:07  anna  merged into #1
      09:13  anna  reopened
             │ another cause
    "#);
}

#[test]
fn merges_form_no_cycles() {
    let mut env = Env::new();
    env.does("desk open one")
        .does("desk open two")
        .does("desk open three");
    assert_snapshot!(env.says(
        "
        desk merge 1 --into 1
        desk merge 1 --into 2
        desk merge 2 --into 1
        desk merge 2 --into 3
        desk merge 3 --into 1
        desk log 1 hello
        desk merge 1 --into 9
        desk merge 1
        desk merge 1 --with 2
        desk merge 1 --into x
        "
    ), @"
    $ desk merge 1 --into 1
    ! desk: #1 cannot be merged into itself
    !   hint: give the number of another ticket
    [exit 1]

    $ desk merge 1 --into 2
    #1 merged into #2

    $ desk merge 2 --into 1
    ! desk: #1 was merged into #2
    !   hint: work on #2, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk merge 2 --into 3
    #2 merged into #3

    $ desk merge 3 --into 1
    ! desk: #1 was merged into #3
    !   hint: work on #3, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk log 1 hello
    ! desk: #1 was merged into #2
    !   hint: work on #2, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk merge 1 --into 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk merge 1
    ! desk: missing --into <ID>
    !   hint: usage: desk merge --into <ID> <ID>...
    [exit 2]

    $ desk merge 1 --with 2
    ! desk: unexpected argument '--with'
    !   hint: usage: desk merge --into <ID> <ID>...
    [exit 2]

    $ desk merge 1 --into x
    ! desk: 'x' is not a ticket number
    !   hint: use one such as 42
    [exit 2]
    ");
}

/// Two tickets that were answered, and a question of the first requester.
fn asked() -> Env {
    let mut env = Env::new();
    env.at("2026-03-02T08:00:00Z").does(
        r#"
        desk open "No VPN" -c email -r "Ada <a@example.org>" -k incident --category x -u low -b low -g low
        desk open "VPN is slow" -c email -r "Ben <b@example.org>" -k incident --category x -u low -b low -g low
        "#,
    );
    env.at("2026-03-02T08:30:00Z").does("desk reply 1 looking");
    env.at("2026-03-02T08:30:00Z").does("desk reply 2 looking");
    env.at("2026-03-02T09:00:00Z")
        .does("desk reply 1 --from-requester 'now also error 5'");
    env.at("2026-03-02T09:05:00Z").does("desk merge 1 --into 2");
    env
}

#[test]
fn an_unanswered_question_is_owed_on_the_survivor_and_answered_there() {
    let mut env = asked();
    env.at("2026-03-02T12:30:00Z");
    assert_snapshot!(env.says(
        r#"
        desk overdue --ids
        desk show 2
        desk reply 2 "Error 5 is a full disk."
        desk show 2
        desk overdue --ids
        desk reopen 1 "another cause"
        desk show 1
        desk show 2
        "#
    ), @r#"
    $ desk overdue --ids
    2

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE        USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met         29m               3h          11:01, stopped 08:30
      update      ✗ overdue  3h 31m     -31m      3h          12:00
      resolution  ✓ ok       4h 30m  19h 30m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Participants
      of #1       Ada <a@example.org>

    Links
      merged      #1

    Timeline
      08:00  anna  #1: opened by email: No VPN
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      08:30  anna  #1: public -> requester by email
             │ looking
      09:00  anna  #1: public <- requester by email
             │ now also error 5
      09:05  anna  merged #1 into this

    $ desk reply 2 "Error 5 is a full disk."
    #2 reply to Ben and Ada (#1) recorded, not sent (no mail transport configured)

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        29m               3h          11:01, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok      4h 32m  19h 28m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Participants
      of #1       Ada <a@example.org>

    Links
      merged      #1

    Timeline
      08:00  anna  #1: opened by email: No VPN
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      08:30  anna  #1: public -> requester by email
             │ looking
      09:00  anna  #1: public <- requester by email
             │ now also error 5
      09:05  anna  merged #1 into this
      12:32  anna  public -> requester and those of #1 by email
             │ Error 5 is a full disk.

    $ desk overdue --ids
    ! nothing is overdue

    $ desk reopen 1 "another cause"
    #1 the requester was answered on #2, 12:32, reopened, resolution due in 22h 55m (Tue 11:30)

    $ desk show 1
    #1 No VPN
      active since 12:35 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:00 by anna, came by email, 1 reopening

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        30m               3h          11:00, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok       1h 6m  22h 54m      1d          Tue 11:30

    Requester
      name        Ada
      contact     a@example.org

    Timeline
      08:00  anna  opened by email
      08:00  anna  identified as incident
      08:00  anna  categorized as x
      08:00  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      09:00  anna  public <- requester by email
             │ now also error 5
      09:05  anna  merged into #2
      12:35  desk  the requester was answered on #2, 12:32
      12:35  anna  reopened
             │ another cause

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        29m               3h          11:01, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok      4h 36m  19h 24m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Timeline
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      09:05  anna  merged #1 into this
      12:32  anna  public -> requester and those of #1 by email
             │ Error 5 is a full disk.
      12:35  anna  separated #1 from this
    "#);
}

#[test]
fn an_answer_names_whom_it_is_for() {
    let mut env = asked();
    let done = env.json(&["reply", "2", "We are on it."]);
    let expected = serde_json::json!([
        { "ticket": 2, "name": "Ben", "contact": "b@example.org", "language": null },
        { "ticket": 1, "name": "Ada", "contact": "a@example.org", "language": null },
    ]);
    assert_eq!(done["addressed"], expected);
    let page = env.json(&["show", "2"]);
    let last = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["data"]["also_to"], serde_json::json!([1]));
    let messages = page["messages"].as_array().unwrap();
    let seen: Vec<_> = messages
        .iter()
        .map(|m| (m["ticket"].as_i64(), m["text"].as_str().unwrap()))
        .collect();
    let expected = [
        (None, "looking"),
        (Some(1), "looking"),
        (Some(1), "now also error 5"),
        (None, "We are on it."),
    ];
    assert_eq!(seen, expected);
    assert_eq!(page["participants"][0]["ticket"], 1);
}

#[test]
fn a_handover_has_what_the_requesters_of_merged_tickets_wrote() {
    let mut env = asked();
    assert_snapshot!(env.says("desk show 2 --brief"), @r"
    $ desk show 2 --brief
    # Ticket 2: VPN is slow

    - **Status**: active since 2026-03-02 08:30
    - **Priority**: P4 (users low, business low, urgency low)
    - **Kind**: incident, occurred
    - **Category**: x
    - **Tier**: L1
    - **Assignee**: nobody
    - **SLA**: ✓ 2h54m
    - **Due**: 2026-03-02 12:00
    - **Opened**: 2026-03-02 08:01 by anna
    - **Requester**: Ben, `b@example.org`
    - **Requester of `#1`**: Ada \<`a@example.org`>

    ## Timeline

    - **2026-03-02 08:00 anna**: `#1:` opened by email: No VPN
    - **2026-03-02 08:01 anna**: opened by email
    - **2026-03-02 08:01 anna**: identified as incident
    - **2026-03-02 08:01 anna**: categorized as x
    - **2026-03-02 08:01 anna**: prioritized P4 (impact low, urgency low)
    - **2026-03-02 08:30 anna**: public -> requester by email
      > looking
    - **2026-03-02 08:30 anna**: `#1:` public -> requester by email
      > looking
    - **2026-03-02 09:00 anna**: `#1:` public \<- requester by email
      > now also error 5
    - **2026-03-02 09:05 anna**: merged `#1` into this
    ");
}

#[test]
fn a_question_that_nobody_answered_returns_when_the_merge_is_undone() {
    let mut env = asked();
    env.at("2026-03-02T12:30:00Z")
        .does("desk reopen 1 'another cause'");
    assert_eq!(env.run(&["overdue", "--ids"]).ok().stdout, "1\n");
    let update = |env: &mut Env, id: &str| env.json(&["show", id])["clocks"]["update"].clone();
    assert_eq!(update(&mut env, "1")["due"], "2026-03-02T12:00:00Z");
    assert_eq!(update(&mut env, "2")["state"], "none");
}

#[test]
fn links_and_the_mark_of_a_known_error_move_and_come_back() {
    let mut env = Env::new();
    for title in ["one", "two", "three", "four", "five"] {
        env.does(&format!(
            "desk open {title} -c email -k incident --category x -u low -b low -g low"
        ));
    }
    env.does(
        "
        desk link 1 --related 3
        desk link 4 --parent 1
        desk link 2 --parent 1
        desk resolve 1 solved --known-error
        desk merge 1 --into 2
        ",
    );
    let links = |env: &mut Env| -> Vec<String> {
        let ids = ["1", "2", "3", "4"];
        ids.map(|id| env.json(&["show", id])["links"].to_string())
            .into()
    };
    let known = |env: &mut Env| env.says("desk known-errors --format ids");
    assert_snapshot!(links(&mut env).join("\n"), @r#"
    []
    [{"relation":"related","id":3},{"relation":"child","id":4}]
    [{"relation":"related","id":2}]
    [{"relation":"parent","id":2}]
    "#);
    assert_snapshot!(known(&mut env), @"
    $ desk known-errors --format ids
    2
    ");
    env.does("desk reopen 1 'another cause'");
    assert_snapshot!(links(&mut env).join("\n"), @r#"
    [{"relation":"related","id":3},{"relation":"child","id":4},{"relation":"child","id":2}]
    [{"relation":"parent","id":1}]
    [{"relation":"related","id":1}]
    [{"relation":"parent","id":1}]
    "#);
    assert_snapshot!(known(&mut env), @"
    $ desk known-errors --format ids
    1
    ");
    assert_snapshot!(env.says("desk verify"), @"
    $ desk verify
    DIR/desk.db: ✓ sound, 63 events, 5 tickets
      head: 64:HASH
    ");
}
