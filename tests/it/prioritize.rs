//! Tickets get a priority: `desk prioritize`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn the_priority_follows_from_the_greater_impact_and_the_urgency() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk prioritize 1 --users low --business medium --urgency low
        desk prioritize 1 --users high
        desk prioritize 1 --users high
        desk prioritize 1 -g high
        desk show 1
        "
    ), @"
    $ desk prioritize 1 --users low --business medium --urgency low
    #1 prioritized P4 (impact medium, urgency low), resolution due in 23h 59m (Tue 09:00)

    $ desk prioritize 1 --users high
    #1 P4 -> P3 (impact high, urgency low), resolution due in 23h 58m (Tue 09:00)

    $ desk prioritize 1 --users high
    #1 unchanged

    $ desk prioritize 1 -g high
    #1 P3 -> P1 (impact high, urgency high), escalated L1 -> L3, first response due in 56m (10:00), resolution due in 3h 56m (13:00)

    $ desk show 1
    #1 VPN
      active since 09:04 · P1 (users high, business medium, urgency high)
      not identified · no category · L3 · unassigned
      opened 09:00 by anna

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     5m     55m      1h          10:00
      resolution  ✓ ok     5m  3h 55m      4h          13:00

    Timeline
      09:00  anna  opened
      09:01  anna  prioritized P4 (impact medium, urgency low)
      09:02  anna  P4 -> P3 (impact high, urgency low)
      09:04  anna  P3 -> P1 (impact high, urgency high)
      09:04  desk  escalated L1 -> L3
             │ P1 goes to L3 at once
    ");
}

#[test]
fn a_higher_priority_that_makes_a_ticket_late_at_once_is_reported() {
    let mut env = Env::new();
    env.does("desk open VPN --channel phone");
    assert_snapshot!(env.says(
        "
        500 minutes pass
        desk prioritize 1 -u high -b high -g medium
        desk sla
        "
    ), @"
    ... 500 minutes pass
    $ desk prioritize 1 -u high -b high -g medium
    #1 prioritized P2 (impact high, urgency medium), resolution overdue by 21m (since 17:00)

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  TITLE
     1  P2    new     ✓ met     ✗ -22m      L1    VPN

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        1        0       0         0           1
    ");
    let resolution = &env.json(&["show", "1"])["clocks"]["resolution"];
    assert_eq!(resolution["reclassified"], true);
}

#[test]
fn the_first_rating_needs_all_three() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk prioritize 1 --users high
        desk prioritize 1
        "
    ), @"
    $ desk prioritize 1 --users high
    ! desk: #1 has no ratings yet, so all three are needed
    !   hint: desk prioritize 1 --users LEVEL --business LEVEL --urgency LEVEL
    [exit 1]

    $ desk prioritize 1
    ! desk: missing impact on users
    !   hint: give it with --users LEVEL
    [exit 2]
    ");
}

#[test]
fn prioritize_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk prioritize 1 --users hgih --business low --urgency low
        desk prioritize 1 --priority P1
        desk prioritize 1 P1
        desk prioritize --users high
        "
    ), @"
    $ desk prioritize 1 --users hgih --business low --urgency low
    ! desk: unknown impact level 'hgih'
    !   hint: did you mean 'high'? accepted: high, medium, low
    [exit 2]

    $ desk prioritize 1 --priority P1
    ! desk: unexpected argument '--priority'
    !   hint: type: desk prioritize 1 -u high -b high -g high
    [exit 2]

    $ desk prioritize 1 P1
    ! desk: 'P1' is neither a ticket number nor the number of a ticket in another system
    !   hint: type: desk prioritize 1 -u high -b high -g high
    [exit 2]

    $ desk prioritize --users high
    ! desk: missing <ID>...
    !   hint: usage: desk prioritize --users <LEVEL> <ID>...
    [exit 2]
    ");
}
