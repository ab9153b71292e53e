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
    #1 (#2 was merged into it) message by phone recorded, update due in 2h (11:09), resolution due in 7h 51m (17:00)

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
      update      ✓ ok     2m  1h 58m      2h          11:09
      resolution  ✓ ok    11m  7h 49m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Links
      merged      #2 and #3

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:07  anna  merged #2 into this
      09:07  anna  merged #3 into this
      09:09  anna  public <- requester by phone
             │ It is back now.

    $ desk list
    ID  PRIO  STATUS  SLA          TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✓ ok 1h 57m  L1    anna      network/vpn  Mia Roth   VPN drops

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
