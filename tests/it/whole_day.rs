//! A whole day of tickets, from the first call to the last closure.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn an_incident_of_the_highest_priority_from_call_to_closure() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk open "Till system is down" --requester "Store 12 <+49 30 1234567>" --channel phone --kind incident --category retail/till -u high -b high -g high
        desk open "Cannot pay by card" --requester "Ida Berg <ida@example.org>" --channel email
        4 minutes pass
        desk --as dora take 1
        desk merge 2 --into 1
        desk sla
        desk --as dora investigate 1 "the database is full"
        desk --as dora investigate 1 --confirm "0 bytes left on db2"
        desk --as dora pause 1 vendor "needs a bigger volume" --until "in 2h"
        30 minutes pass
        desk sla
        desk --as dora resume 1 "the volume is there"
        desk --as dora resolve 1 "bigger volume, tills restarted" --tell "The tills work again." --restored-by "Store 12"
        desk list --all
        20 minutes pass
        desk reopen 1 "three tills still offline"
        desk sla
        desk reply 2 --from-requester "Mine too."
        desk overdue --within 1h
        desk --as dora resolve 1 "restarted the last three" --tell "Now all of them." --restored-by "Store 12"
        desk close 1 --satisfaction 4
        desk
        "#
    ), @r#"
    $ desk open "Till system is down" --requester "Store 12 <+49 30 1234567>" --channel phone --kind incident --category retail/till -u high -b high -g high
    #1 opened as P1 incident, categorized as retail/till, escalated L1 -> L3, resolution due in 4h (13:00)

    $ desk open "Cannot pay by card" --requester "Ida Berg <ida@example.org>" --channel email
    #2 opened, first response due in 3h (12:01), resolution due in 1d (Tue 09:01)

    ... 4 minutes pass
    $ desk --as dora take 1
    #1 taken by dora

    $ desk merge 2 --into 1
    #2 merged into #1

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P1    active  ✓ met     ✓ 52m   ✓ 3h52m     L3    dora      Till system is down

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       0         0           0

    $ desk --as dora investigate 1 "the database is full"
    #1 hypothesis 1 proposed

    $ desk --as dora investigate 1 --confirm "0 bytes left on db2"
    #1 hypothesis 1 confirmed

    $ desk --as dora pause 1 vendor "needs a bigger volume" --until "in 2h"
    #1 paused, waiting for vendor until 11:11; 3h 49m left

    ... 30 minutes pass
    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P1    paused  ✓ met     ✓ 19m   ‖ 3h49m     L3    dora      Till system is down

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       1         0           0

    $ desk --as dora resume 1 "the volume is there"
    #1 resumed, update due in 18m (10:01), resolution due in 3h 49m (13:32)

    $ desk --as dora resolve 1 "bigger volume, tills restarted" --tell "The tills work again." --restored-by "Store 12"
    #1 resolved (solved) after 12m of 4h: met, restoration confirmed by Store 12, replied by phone to Store 12 and Ida Berg (#2)

    $ desk list --all
    ID  PRIO  STATUS    SLA          TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P1    resolved  ✓ met        L3    dora      retail/till  Store 12   Till system is down
     2  -     closed    - cancelled  L1    -                      Ida Berg   Cannot pay by card

    ... 20 minutes pass
    $ desk reopen 1 "three tills still offline"
    #1 reopened, update due in 1h (11:06), resolution due in 3h 48m (13:54)

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P1    active  ✓ met     ✓ 59m   ✓ 3h47m     L3    dora      Till system is down

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       0         0           0

    $ desk reply 2 --from-requester "Mine too."
    #1 (#2 was merged into it) message by phone recorded, update due in 58m (11:06), resolution due in 3h 46m (13:54)

    $ desk overdue --within 1h
    ID  PRIO  STATUS  SLA    TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P1    active  ✓ 57m  L3    dora      retail/till  Store 12   Till system is down

    $ desk --as dora resolve 1 "restarted the last three" --tell "Now all of them." --restored-by "Store 12"
    #1 resolved (solved) after 16m of 4h: met, restoration confirmed by Store 12, replied by phone to Store 12 and Ida Berg (#2)

    $ desk close 1 --satisfaction 4
    #1 closed, satisfaction 4

    $ desk
    ! no open tickets
    "#);
    assert_snapshot!(env.says("desk show 1"), @"
    $ desk show 1
    #1 Till system is down
      closed since 10:11, satisfaction 4 · P1 (users high, business high, urgency high)
      incident, occurred · retail/till · L3 · dora
      opened 09:00 by anna, came by phone, 1 reopening

    Clocks
                  STATE  USED  LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s            1h          10:00, stopped 09:00
      update      ✓ met    4m            1h     22m  11:06, stopped 10:10
      resolution  ✓ met   16m            4h     32m  13:54, stopped 10:10

    Requester
      name        Store 12
      contact     +49 30 1234567

    Participants
      of #2       Ida Berg <ida@example.org>

    Tried
      hypothesis 1 by dora: ✓ confirmed
        │ the database is full
        evidence:
        │ 0 bytes left on db2

    Resolution
      solved by dora, 10:10
      │ restarted the last three
      restored    confirmed by Store 12, 10:10

    Links
      merged      #2

    Timeline
      09:00  anna  opened by phone
      09:00  anna  identified as incident
      09:00  anna  categorized as retail/till
      09:00  anna  prioritized P1 (impact high, urgency high)
      09:00  desk  escalated L1 -> L3
             │ P1 goes to L3 at once
      09:01  anna  #2: opened by email: Cannot pay by card
      09:06  dora  taken by dora
      09:07  anna  merged #2 into this
      09:09  dora  hypothesis 1 proposed
             │ the database is full
      09:10  dora  hypothesis 1 confirmed
             │ 0 bytes left on db2
      09:11  dora  paused, waiting for vendor until 11:11
             │ needs a bigger volume
      09:43  dora  resumed
             │ the volume is there
      09:44  dora  resolved (solved)
             │ bigger volume, tills restarted
      09:44  dora  restoration confirmed by Store 12
      09:44  dora  public -> requester and those of #2 by phone
             │ The tills work again.
      10:06  anna  reopened
             │ three tills still offline
      10:08  anna  public <- Ida Berg <ida@example.org> by phone
             │ Mine too.
      10:10  dora  resolved (solved)
             │ restarted the last three
      10:10  dora  restoration confirmed by Store 12
      10:10  dora  public -> requester and those of #2 by phone
             │ Now all of them.
      10:11  anna  closed, satisfaction 4
    ");
    assert_snapshot!(env.says("desk show 1 --brief"), @r"
    $ desk show 1 --brief
    # Ticket 1: Till system is down

    - **Status**: closed since 2026-03-02 10:11
    - **Priority**: P1 (users high, business high, urgency high)
    - **Kind**: incident, occurred
    - **Category**: retail/till
    - **Tier**: L3
    - **Assignee**: dora
    - **SLA**: ✓ met
    - **Opened**: 2026-03-02 09:00 by anna
    - **Requester**: Store 12, +49 30 1234567
    - **Requester of `#2`**: Ida Berg \<`ida@example.org`>

    ## What was tried

    - **Hypothesis 1, confirmed**: the database is full
      > 0 bytes left on db2

    ## Resolution

    - **Code**: solved

    > restarted the last three

    ## Timeline

    - **2026-03-02 09:00 anna**: opened by phone
    - **2026-03-02 09:00 anna**: identified as incident
    - **2026-03-02 09:00 anna**: categorized as retail/till
    - **2026-03-02 09:00 anna**: prioritized P1 (impact high, urgency high)
    - **2026-03-02 09:00 desk**: escalated L1 -> L3
      > P1 goes to L3 at once
    - **2026-03-02 09:01 anna**: `#2:` opened by email: Cannot pay by card
    - **2026-03-02 09:06 dora**: taken by dora
    - **2026-03-02 09:07 anna**: merged `#2` into this
    - **2026-03-02 09:09 dora**: hypothesis 1 proposed
      > the database is full
    - **2026-03-02 09:10 dora**: hypothesis 1 confirmed
      > 0 bytes left on db2
    - **2026-03-02 09:11 dora**: paused, waiting for vendor until 2026-03-02 11:11
      > needs a bigger volume
    - **2026-03-02 09:43 dora**: resumed
      > the volume is there
    - **2026-03-02 09:44 dora**: resolved (solved)
      > bigger volume, tills restarted
    - **2026-03-02 09:44 dora**: restoration confirmed by Store 12
    - **2026-03-02 09:44 dora**: public -> requester and those of `#2` by phone
      > The tills work again.
    - **2026-03-02 10:06 anna**: reopened
      > three tills still offline
    - **2026-03-02 10:08 anna**: public \<- Ida Berg \<`ida@example.org`> by phone
      > Mine too.
    - **2026-03-02 10:10 dora**: resolved (solved)
      > restarted the last three
    - **2026-03-02 10:10 dora**: restoration confirmed by Store 12
    - **2026-03-02 10:10 dora**: public -> requester and those of `#2` by phone
      > Now all of them.
    - **2026-03-02 10:11 anna**: closed, satisfaction 4
    ");
}

#[test]
fn a_request_waits_for_its_requester_and_is_fulfilled() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk open "Laptop for a new colleague" --requester "Tom Abel <tom@example.org>" --channel portal
        desk list
        10 minutes pass
        desk identify 1 request
        desk categorize 1 hardware/laptop
        desk prioritize 1 -u low -b low -g low
        desk take 1
        desk pause 1 requester --ask "Which size, 13 or 15 inches?"
        600 minutes pass
        desk sla
        desk reply 1 --from-requester "13, please."
        100 minutes pass
        desk sla
        desk overdue --exit-code
        desk reply 1 "It is ordered."
        desk resolve 1 "handed over, 13 inches" --restored-by Tom --tell "Enjoy."
        desk list
        desk close 1 --satisfaction 5 "quick"
        desk list
        desk list --all --format csv --columns id,kind,status,priority,code,response,update,resolution
        "#
    ), @r#"
    $ desk open "Laptop for a new colleague" --requester "Tom Abel <tom@example.org>" --channel portal
    #1 opened, first response due in 3h (12:00), resolution due in 1d (Tue 09:00)

    $ desk list
    ID  STATUS  SLA      TIER  REQUESTER  TITLE
     1  new     ✓ 2h59m  L1    Tom Abel   Laptop for a new colleague

    ... 10 minutes pass
    $ desk identify 1 request
    #1 identified as request

    $ desk categorize 1 hardware/laptop
    #1 categorized as hardware/laptop

    $ desk prioritize 1 -u low -b low -g low
    #1 prioritized P4 (impact low, urgency low), resolution due in 23h 46m (Tue 09:00)

    $ desk take 1
    #1 taken by anna

    $ desk pause 1 requester --ask "Which size, 13 or 15 inches?"
    #1 paused, waiting for requester, replied by portal; 23h 44m left

    ... 600 minutes pass
    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P4    paused  ✓ met     ‖ 23h44m    L1    anna      Laptop for a new colleague

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P4       1        0        0       1         0           0

    $ desk reply 1 --from-requester "13, please."
    #1 message by portal recorded, resumed, update due in 3h (22:18), resolution due in 23h 44m (Tue 19:02)

    ... 100 minutes pass
    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE   RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P4    active  ✓ met     ✓ 1h19m  ✓ 22h3m     L1    anna      Laptop for a new colleague

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P4       1        0        0       0         0           0

    $ desk overdue --exit-code
    ! nothing is overdue

    $ desk reply 1 "It is ordered."
    #1 replied by portal

    $ desk resolve 1 "handed over, 13 inches" --restored-by Tom --tell "Enjoy."
    #1 resolved (fulfilled) after 2h of 1d: met, restoration confirmed by Tom, replied by portal

    $ desk list
    ID  PRIO  STATUS    SLA    TIER  ASSIGNEE  CATEGORY         REQUESTER  TITLE
     1  P4    resolved  ✓ met  L1    anna      hardware/laptop  Tom Abel   Laptop for a new colleague

    $ desk close 1 --satisfaction 5 "quick"
    #1 closed, satisfaction 5

    $ desk list
    ! no open tickets; desk list --all includes closed ones

    $ desk list --all --format csv --columns id,kind,status,priority,code,response,update,resolution
    id,kind,status,priority,code,response_state,response_shows,response_target_s,response_due,response_used_s,response_left_s,response_stopped_at,response_paused_s,response_reclassified,update_state,update_shows,update_target_s,update_due,update_used_s,update_left_s,update_stopped_at,update_paused_s,update_reclassified,resolution_state,resolution_shows,resolution_target_s,resolution_due,resolution_used_s,resolution_left_s,resolution_stopped_at,resolution_paused_s,resolution_reclassified
    1,request,closed,P4,fulfilled,met,met,10800,2026-03-02T12:00:00Z,960,9840,2026-03-02T09:16:00Z,0,false,met,met,10800,2026-03-02T22:18:00Z,6180,4620,2026-03-02T21:01:00Z,0,false,met,met,86400,2026-03-03T19:02:00Z,7200,79200,2026-03-02T21:02:00Z,36120,false
    "#);
    let clocks = &env.json(&["show", "1"])["clocks"];
    assert_snapshot!(serde_json::to_string_pretty(clocks).unwrap(), @r#"
    {
      "response": {
        "state": "met",
        "shows": "met",
        "target_s": 10800,
        "cadence_s": null,
        "calendar": "24x7",
        "policy_version": 1,
        "started_at": "2026-03-02T09:00:00Z",
        "due": "2026-03-02T12:00:00Z",
        "used_s": 960,
        "left_s": 9840,
        "stopped_at": "2026-03-02T09:16:00Z",
        "paused_s": 0,
        "reclassified": false,
        "relaxed": false
      },
      "update": {
        "state": "met",
        "shows": "met",
        "target_s": 10800,
        "cadence_s": null,
        "calendar": "24x7",
        "policy_version": 1,
        "started_at": "2026-03-02T19:18:00Z",
        "due": "2026-03-02T22:18:00Z",
        "used_s": 6180,
        "left_s": 4620,
        "stopped_at": "2026-03-02T21:01:00Z",
        "paused_s": 0,
        "reclassified": false,
        "relaxed": false
      },
      "resolution": {
        "state": "met",
        "shows": "met",
        "target_s": 86400,
        "cadence_s": null,
        "calendar": "24x7",
        "policy_version": 1,
        "started_at": "2026-03-02T09:00:00Z",
        "due": "2026-03-03T19:02:00Z",
        "used_s": 7200,
        "left_s": 79200,
        "stopped_at": "2026-03-02T21:02:00Z",
        "paused_s": 36120,
        "reclassified": false,
        "relaxed": false
      }
    }
    "#);
}
