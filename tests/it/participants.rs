//! Who takes part in a conversation: `desk participants`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn somebody_in_copy_is_shown_and_is_owed_an_answer_but_reopens_nothing() {
    let mut env = Env::new();
    env.ready().does("desk reply 1 'We are on it.'");
    env.does("desk resolve 1 done --restored-by Mia --tell 'Try again.'");
    assert_snapshot!(env.says(
        "
        desk participants 1
        desk participants 1 add 'Kim Lund <kim@example.org>'
        desk participants 1 add 'Kim Lund <kim@example.org>'
        desk participants 1
        desk participants 1 --json
        desk participants 1 --format csv
        desk reply 1 --from kim@example.org 'It is the same for us.'
        desk reply 1 --from kim@example.org --thanks 'Thank you.'
        desk show 1
        desk close 1 --force --reason told
        desk reply 1 --from kim@example.org 'And here?'
        desk participants 1 remove kim@example.org
        desk participants 1 remove kim@example.org
        "
    ), @r#"
    $ desk participants 1
    ! #1 has no participants yet

    $ desk participants 1 add 'Kim Lund <kim@example.org>'
    #1 added Kim Lund <kim@example.org> to the conversation

    $ desk participants 1 add 'Kim Lund <kim@example.org>'
    #1 unchanged

    $ desk participants 1
      in copy     Kim Lund <kim@example.org>

    $ desk participants 1 --json
    [
    {"name":"Kim Lund","contact":"kim@example.org","language":null,"ticket":null,"role":"in-copy"}
    ]

    $ desk participants 1 --format csv
    name,contact,language,ticket,role
    Kim Lund,kim@example.org,,,in-copy

    $ desk reply 1 --from kim@example.org 'It is the same for us.'
    #1 message by phone recorded, update due in 2h (11:13); it is resolved; if not: desk reopen 1 REASON

    $ desk reply 1 --from kim@example.org --thanks 'Thank you.'
    #1 message by phone recorded, update due in 1h 59m (11:13)

    $ desk show 1
    #1 VPN drops
      resolved since 09:06 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      update      ✓ ok     2m  1h 58m      2h          11:13
      resolution  ✓ met    6m              8h          17:00, stopped 09:06

    Requester
      name        Mia Roth
      contact     mia@example.org

    Participants
      in copy     Kim Lund <kim@example.org>

    Resolution
      solved by anna, 09:06
      │ done
      restored    confirmed by Mia, 09:06

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  public -> requester by phone
             │ We are on it.
      09:06  anna  resolved (solved)
             │ done
      09:06  anna  restoration confirmed by Mia
      09:06  anna  public -> requester by phone
             │ Try again.
      09:08  anna  added Kim Lund <kim@example.org> to the conversation
      09:13  anna  public <- Kim Lund <kim@example.org> by phone
             │ It is the same for us.
      09:14  anna  public <- Kim Lund <kim@example.org> by phone, thanks
             │ Thank you.

    $ desk close 1 --force --reason told
    #1 closed, gate requester-told passed by force

    $ desk reply 1 --from kim@example.org 'And here?'
    #1 message by phone recorded; it stays closed; if not: desk reopen 1 REASON

    $ desk participants 1 remove kim@example.org
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]

    $ desk participants 1 remove kim@example.org
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_type() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        "
        desk participants 1 add Kim
        desk participants 1 add
        desk participants 1 invite 'Kim <kim@example.org>'
        desk participants 1 2
        desk participants 1,2
        desk participants 1 add ''
        desk participants 9
        desk reply 1 --from tom@example.org hello
        desk reply 1 --from tom@example.org --from-requester hello
        desk reply 1 --thanks hello
        "
    ), @"
    $ desk participants 1 add Kim
    ! desk: 'Kim' has no contact, so no message of #1 could reach them
    !   hint: desk participants 1 add 'Kim <CONTACT>'
    [exit 1]

    $ desk participants 1 add
    ! desk: the participant is missing
    !   hint: give name and contact, such as 'Kim Lund <kim@example.org>'
    [exit 2]

    $ desk participants 1 invite 'Kim <kim@example.org>'
    ! desk: unknown action 'invite'
    !   hint: accepted: add, remove
    [exit 2]

    $ desk participants 1 2
    ! desk: '2' can mean tickets or an action
    !   hint: use 1,2 for tickets, or -- '2' for the action
    [exit 2]

    $ desk participants 1,2
    ! desk: the participants of one ticket are shown at a time
    !   hint: use one number such as 42
    [exit 2]

    $ desk participants 1 add ''
    ! desk: the participant is missing
    !   hint: give name and contact, such as 'Kim Lund <kim@example.org>'
    [exit 2]

    $ desk participants 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk reply 1 --from tom@example.org hello
    ! desk: 'tom@example.org' does not take part in #1
    !   hint: see them with: desk participants 1; or desk participants 1 add 'NAME <CONTACT>'
    [exit 1]

    $ desk reply 1 --from tom@example.org --from-requester hello
    ! desk: '--from <PERSON>' cannot be used with '--from-requester'
    !   hint: usage: desk reply <ID> <TEXT> [OPTIONS]
    [exit 2]

    $ desk reply 1 --thanks hello
    ! desk: --thanks is for messages from the requester or a participant
    !   hint: add --from-requester or --from PERSON
    [exit 2]
    ");
}
