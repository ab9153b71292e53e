//! Targets in business days, from the policy to the sweep.

use insta::assert_snapshot;

use crate::env::Env;

const OFFICE: &str = r#"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-14:00"]
holidays = [{ date = "2026-03-03", name = "Carnival" }]

[[targets]]
response = "1bd"
resolution = "3bd"
calendar = "office"
"#;

fn desk_with(policy: &str) -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("office.toml"), policy).unwrap();
    env.does("desk --tz Europe/Berlin policy set office.toml");
    env.at("2026-03-02T10:30:00Z");
    env
}

#[test]
fn a_target_in_business_days_is_explained_and_swept() {
    let mut env = desk_with(OFFICE);
    assert_snapshot!(env.says(
        r#"
        desk --tz Europe/Berlin open "New laptop" --channel email
        desk --tz Europe/Berlin show 1 --no-pager
        "#
    ), @r#"
    $ desk --tz Europe/Berlin open "New laptop" --channel email
    #1 opened, first response due in 2d (Wed 11:30), resolution due in 4d (Fri 11:30)

    $ desk --tz Europe/Berlin show 1 --no-pager
    #1 New laptop
      new since 11:30 · no priority
      not identified · no category · L1 · unassigned
      opened 11:30 by anna, came by email

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     1m   7h 59m     1bd          Wed 11:30
      resolution  ✓ ok     1m  23h 59m     3bd          Fri 11:30

    Timeline
      11:30  anna  opened by email
    "#);
    env.at("2026-03-05T09:00:00Z");
    env.does("desk pause 1 vendor");
    env.at("2026-03-05T11:00:00Z");
    assert_snapshot!(env.says(
        r#"
        desk resume 1
        desk --tz Europe/Berlin sla
        desk --tz Europe/Berlin sla explain 1
        desk sla explain 1 --clock resolution --json
        "#
    ), @r#"
    $ desk resume 1
    #1 resumed, resolution due in 1d 1h (Fri 12:30)

    $ desk --tz Europe/Berlin sla
    ID  STATUS  RESPONSE  RESOLUTION  TIER  TITLE
     1  active  ✗ -8h31m  ✓ 9h29m     L1    New laptop

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    none     1        1        0       0         0           1

    $ desk --tz Europe/Berlin sla explain 1
    #1 New laptop

    response: overdue
      Mon 2026-03-02 11:30 +01:00  target 1bd, here 8:00:00, on office, policy 2 for every ticket
      Mon 2026-03-02 11:30 +01:00  starts
      counted on calendar office (Europe/Berlin); times in Europe/Berlin
      FROM                  TO                           COUNTED       SUM
      Mon 2026-03-02 11:30  17:00      counted           5:30:00   5:30:00
      Mon 2026-03-02 17:00  Tue 00:00  closed                  -   5:30:00
      Tue 2026-03-03 00:00  Wed 00:00  holiday Carnival        -   5:30:00
      Wed 2026-03-04 00:00  09:00      closed                  -   5:30:00
      Wed 2026-03-04 09:00  11:30      counted           2:30:00   8:00:00  then due
      Wed 2026-03-04 11:30  17:00      counted           5:30:00  13:30:00
      Wed 2026-03-04 17:00  Thu 09:00  closed                  -  13:30:00
      Thu 2026-03-05 09:00  12:02      counted           3:02:00  16:32:00
      used 16:32:00 of 8:00:00: over by 8:32:00
      due Wed 2026-03-04 11:30 +01:00

    resolution: ok
      Mon 2026-03-02 11:30 +01:00  target 3bd, here 24:00:00, on office, policy 2 for every ticket
      Mon 2026-03-02 11:30 +01:00  starts
      counted on calendar office (Europe/Berlin); times in Europe/Berlin
      FROM                  TO                           COUNTED       SUM
      Mon 2026-03-02 11:30  17:00      counted           5:30:00   5:30:00
      Mon 2026-03-02 17:00  Tue 00:00  closed                  -   5:30:00
      Tue 2026-03-03 00:00  Wed 00:00  holiday Carnival        -   5:30:00
      Wed 2026-03-04 00:00  09:00      closed                  -   5:30:00
      Wed 2026-03-04 09:00  17:00      counted           8:00:00  13:30:00
      Wed 2026-03-04 17:00  Thu 09:00  closed                  -  13:30:00
      Thu 2026-03-05 09:00  10:00      counted           1:00:00  14:30:00
      Thu 2026-03-05 10:00  12:00      paused                  -  14:30:00  open 2:00:00
      Thu 2026-03-05 12:00  12:02      counted           0:02:00  14:32:00
      Thu 2026-03-05 12:02  17:00      counted           4:58:00  19:30:00  ahead
      Thu 2026-03-05 17:00  Fri 09:00  closed                  -  19:30:00  ahead
      Fri 2026-03-06 09:00  13:30      counted           4:30:00  24:00:00  ahead, then due
      used 14:32:00 of 24:00:00: 9:28:00 left
      due Fri 2026-03-06 13:30 +01:00

    $ desk sla explain 1 --clock resolution --json
    {"id":1,"title":"New laptop","clocks":[{"clock":"resolution","shows":"ok","started_at":"2026-03-02T10:30:00Z","due":"2026-03-06T12:30:00Z","stopped_at":null,"target_s":86400,"used_s":52380,"left_s":34020,"paused_s":7200,"calendar":"office","reclassified":false,"promises":[{"at":"2026-03-02T10:30:00Z","by":"anna","target_s":86400,"business_days":3,"cadence_s":null,"calendar":"office","policy_version":2,"target_of":"every ticket"}],"lines":[{"from":"2026-03-02T10:30:00Z","to":"2026-03-02T16:00:00Z","why":"counted","holiday":null,"counted_s":19800,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-02T16:00:00Z","to":"2026-03-02T23:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-02T23:00:00Z","to":"2026-03-03T23:00:00Z","why":"holiday","holiday":"Carnival","counted_s":0,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-03T23:00:00Z","to":"2026-03-04T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-04T08:00:00Z","to":"2026-03-04T16:00:00Z","why":"counted","holiday":null,"counted_s":28800,"paused_s":0,"total_s":48600,"due":false,"ahead":false},{"from":"2026-03-04T16:00:00Z","to":"2026-03-05T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":48600,"due":false,"ahead":false},{"from":"2026-03-05T08:00:00Z","to":"2026-03-05T09:00:00Z","why":"counted","holiday":null,"counted_s":3600,"paused_s":0,"total_s":52200,"due":false,"ahead":false},{"from":"2026-03-05T09:00:00Z","to":"2026-03-05T11:00:00Z","why":"paused","holiday":null,"counted_s":0,"paused_s":7200,"total_s":52200,"due":false,"ahead":false},{"from":"2026-03-05T11:00:00Z","to":"2026-03-05T11:03:00Z","why":"counted","holiday":null,"counted_s":180,"paused_s":0,"total_s":52380,"due":false,"ahead":false},{"from":"2026-03-05T11:03:00Z","to":"2026-03-05T16:00:00Z","why":"counted","holiday":null,"counted_s":17820,"paused_s":0,"total_s":70200,"due":false,"ahead":true},{"from":"2026-03-05T16:00:00Z","to":"2026-03-06T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":70200,"due":false,"ahead":true},{"from":"2026-03-06T08:00:00Z","to":"2026-03-06T12:30:00Z","why":"counted","holiday":null,"counted_s":16200,"paused_s":0,"total_s":86400,"due":true,"ahead":true}]}]}
    "#);
    env.at("2026-03-10T15:00:00Z");
    assert_snapshot!(env.says(
        "desk --tz Europe/Berlin sweep
         desk verify -q"
    ), @"
    $ desk --tz Europe/Berlin sweep
    2026-03-04 09:30  #1 response has used 75 % of its time  New laptop
    2026-03-04 10:42  #1 response has used 90 % of its time  New laptop
    2026-03-04 11:30  #1 response is overdue  New laptop
    2026-03-05 15:30  #1 resolution has used 75 % of its time  New laptop
    2026-03-06 11:06  #1 resolution has used 90 % of its time  New laptop
    2026-03-06 13:30  #1 resolution is overdue  New laptop

    $ desk verify -q
    DIR/desk.db: ✓ sound, 12 events, 1 ticket
      head: 14:HASH
    ");
}

#[test]
fn the_end_of_the_day_is_kept_after_a_pause() {
    let policy = OFFICE.replace(
        "resolution = \"3bd\"",
        "resolution = \"3bd\"\nend_of_day = true",
    );
    let mut env = desk_with(&policy);
    env.does(r#"desk open "New laptop" --channel phone"#);
    env.at("2026-03-05T09:00:00Z");
    env.does("desk pause 1 vendor");
    env.at("2026-03-05T11:00:00Z");
    assert_snapshot!(env.says(
        "desk --tz Europe/Berlin resume 1
         desk --tz Europe/Berlin sla explain 1 --clock resolution
         desk verify -q"
    ), @"
    $ desk --tz Europe/Berlin resume 1
    #1 resumed, resolution due in 4d 5h (Mon 17:00)

    $ desk --tz Europe/Berlin sla explain 1 --clock resolution
    #1 New laptop

    resolution: ok
      Mon 2026-03-02 11:30 +01:00  target 3bd to the end of the day, here 26:30:00, on office, policy 2 for every ticket
      Mon 2026-03-02 11:30 +01:00  starts
      counted on calendar office (Europe/Berlin); times in Europe/Berlin
      FROM                  TO                           COUNTED       SUM
      Mon 2026-03-02 11:30  17:00      counted           5:30:00   5:30:00
      Mon 2026-03-02 17:00  Tue 00:00  closed                  -   5:30:00
      Tue 2026-03-03 00:00  Wed 00:00  holiday Carnival        -   5:30:00
      Wed 2026-03-04 00:00  09:00      closed                  -   5:30:00
      Wed 2026-03-04 09:00  17:00      counted           8:00:00  13:30:00
      Wed 2026-03-04 17:00  Thu 09:00  closed                  -  13:30:00
      Thu 2026-03-05 09:00  10:00      counted           1:00:00  14:30:00
      Thu 2026-03-05 10:00  12:00      paused                  -  14:30:00  open 2:00:00
      Thu 2026-03-05 12:00  12:01      counted           0:01:00  14:31:00
      Thu 2026-03-05 12:01  17:00      counted           4:59:00  19:30:00  ahead
      Thu 2026-03-05 17:00  Fri 09:00  closed                  -  19:30:00  ahead
      Fri 2026-03-06 09:00  14:00      counted           5:00:00  24:30:00  ahead
      Fri 2026-03-06 14:00  Mon 09:00  closed                  -  24:30:00  ahead
      Mon 2026-03-09 09:00  17:00      counted           8:00:00  32:30:00  ahead, then due
      used 14:31:00 of 32:30:00: 17:59:00 left
      due Mon 2026-03-09 17:00 +01:00
      after a pause the due time moved to the end of a day: the target is now 32:30:00

    $ desk verify -q
    DIR/desk.db: ✓ sound, 6 events, 1 ticket
      head: 8:HASH
    ");
}

#[test]
fn a_calendar_answers_in_business_days() {
    let env = &mut desk_with(OFFICE);
    assert_snapshot!(env.says(
        r#"
        desk --tz Europe/Berlin calendar due --calendar office --from "2026-03-02 10:30" --target 3bd
        desk --tz Europe/Berlin calendar due --calendar office --from "2026-03-02 10:30" --target 3bd --pause "2026-03-04 10:00..2026-03-04 12:00" --json
        desk calendar due --calendar 24x7 --from 2026-03-06T10:30:00Z --target 3bd --json
        desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:30"
        desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:29" --json
        desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:30" --pause "2026-03-04 10:00..2026-03-04 12:00" --json
        desk calendar due --calendar office --from 2026-03-02T10:30:00Z --target 3wd
        desk calendar due --calendar office --from 2026-03-02T10:30:00Z --target 1d3bd
        "#
    ), @r#"
    $ desk --tz Europe/Berlin calendar due --calendar office --from "2026-03-02 10:30" --target 3bd
    Fri 2026-03-06 10:30, in 3d 23h

    $ desk --tz Europe/Berlin calendar due --calendar office --from "2026-03-02 10:30" --target 3bd --pause "2026-03-04 10:00..2026-03-04 12:00" --json
    {"due":"2026-03-06T11:30:00Z"}

    $ desk calendar due --calendar 24x7 --from 2026-03-06T10:30:00Z --target 3bd --json
    {"due":"2026-03-09T10:30:00Z"}

    $ desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:30"
    24h (3bd)

    $ desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:29" --json
    {"elapsed_s":86340,"business_days":2}

    $ desk --tz Europe/Berlin calendar elapsed --calendar office --from "2026-03-02 10:30" --to "2026-03-06 10:30" --pause "2026-03-04 10:00..2026-03-04 12:00" --json
    {"elapsed_s":79200}

    $ desk calendar due --calendar office --from 2026-03-02T10:30:00Z --target 3wd
    ! desk: invalid value '3wd' for '--target <DURATION>': '3wd' is not a duration: use 90m, 2h30m, 3d or 45s
    !   hint: write whole numbers with their units: 2h30m, 90m, or 5bd for business days
    [exit 2]

    $ desk calendar due --calendar office --from 2026-03-02T10:30:00Z --target 1d3bd
    ! desk: invalid value '1d3bd' for '--target <DURATION>': '1d3bd' mixes business days with other units: use bd alone, as in 5bd
    !   hint: write business days alone: 5bd
    [exit 2]
    "#);
}

#[test]
fn days_on_an_office_calendar_are_noted_and_not_refused() {
    let policy = OFFICE
        .replace("\"3bd\"", "\"3d\"")
        .replace("fri = [\"09:00-14:00\"]", "fri = [\"09:00-17:00\"]");
    let mut env = desk_with(&policy);
    assert_snapshot!(env.says(
        "desk policy check office.toml
         desk sla what-if --policy office.toml
         desk open 'New laptop'
         desk sla what-if --policy office.toml"
    ), @r#"
    $ desk policy check office.toml
    note: line 13: targets[1].resolution: 3d is 72 open hours: 9 days of office; for 3 business days write "3bd"
    ! office.toml is a valid policy

    $ desk sla what-if --policy office.toml
    ! no open ticket gets other targets

    $ desk open 'New laptop'
    #1 opened, first response due in 2d (Wed 10:32), resolution due in 14d (2026-03-16 10:32)

    $ desk sla what-if --policy office.toml
    ! no open ticket gets other targets
    "#);
}

#[test]
fn warnings_and_escalations_may_be_spans_before_and_after_the_due_time() {
    let levels = r#"
warnings = [75, "1bd before", "2h after"]

[[escalations]]
clock = "resolution"
before = "2h"
from = "L1"
to = "L2"
"#;
    let mut env = desk_with(&format!("{levels}{OFFICE}"));
    env.does(r#"desk open "New laptop" --channel phone"#);
    env.at("2026-03-10T15:00:00Z");
    assert_snapshot!(env.says(
        "desk policy check office.toml
         desk --tz Europe/Berlin sweep --dry-run
         desk sweep --clock-is-right --json
         desk show 1 --no-pager
         desk verify -q"
    ), @r#"
    $ desk policy check office.toml
    note: line 2: warnings: 1bd is not shorter than the response target of every ticket (1bd) and 1 more: it has no effect there
    note: line 17: calendars.office.holidays: the last date of this list has passed: 2026-03-03
    ! office.toml is a valid policy

    $ desk --tz Europe/Berlin sweep --dry-run
    2026-03-05 11:30  #1 resolution is due in 1bd  New laptop
    2026-03-05 13:30  #1 resolution has used 75 % of its time  New laptop
    2026-03-06 09:30  #1 resolution is due in 2h, escalated L1 -> L2, resolution overdue by 4d 4h (since Fri 11:30)  New laptop
    2026-03-06 11:30  #1 resolution is overdue  New laptop
    2026-03-06 13:30  #1 resolution has been overdue for 2h  New laptop

    $ desk sweep --clock-is-right --json
    {"id":1,"at":"2026-03-05T10:30:00Z","act":"warned","clock":"resolution","percent":66,"offset":"1bd before","to_tier":null,"assignee":null,"title":"New laptop"}
    {"id":1,"at":"2026-03-05T12:30:00Z","act":"warned","clock":"resolution","percent":75,"to_tier":null,"assignee":null,"title":"New laptop"}
    {"id":1,"at":"2026-03-06T08:30:00Z","act":"escalated","clock":"resolution","percent":91,"offset":"2h before","to_tier":"L2","assignee":null,"title":"New laptop"}
    {"id":1,"at":"2026-03-06T10:30:00Z","act":"breached","clock":"resolution","percent":100,"to_tier":null,"assignee":null,"title":"New laptop"}
    {"id":1,"at":"2026-03-06T12:30:00Z","act":"warned","clock":"resolution","percent":108,"offset":"2h after","to_tier":null,"assignee":null,"title":"New laptop"}

    $ desk show 1 --no-pager
    #1 New laptop
      active since Fri 08:30 · no priority
      not identified · no category · L2 · unassigned
      opened 2026-03-02 10:30 by anna, came by phone

    Clocks
                  STATE         USED      LEFT  TARGET  PAUSED  DUE
      response    ✓ met           0s               1bd          Wed 10:30, stopped 2026-03-02 10:30
      resolution  ✗ overdue  41h 33m  -17h 33m     3bd          Fri 10:30

    Timeline
      2026-03-02 10:30  anna  opened by phone
      Thu 10:30         desk  resolution is due in 1bd
      Thu 12:30         desk  resolution has used 75 % of its time
      Fri 08:30         desk  resolution is due in 2h
      Fri 08:30         desk  escalated L1 -> L2
                    │ the resolution clock has reached 2h before due
      Fri 10:30         desk  resolution is overdue
      Fri 12:30         desk  resolution has been overdue for 2h

    $ desk verify -q
    DIR/desk.db: ✓ sound, 10 events, 1 ticket
      head: 12:HASH
    "#);
}
