//! How the time of a clock was calculated: `desk sla explain`.

use insta::assert_snapshot;

use crate::env::Env;

const OFFICE: &str = r#"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]
holidays = [{ date = "2026-03-03", name = "Carnival" }]
breaks = { "2026-03-04" = ["12:00-13:00"] }

[[targets]]
response = "3h"
resolution = "16h"
calendar = "office"
"#;

fn office() -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("office.toml"), OFFICE).unwrap();
    env.does("desk policy set office.toml");
    env.at("2026-03-02T14:00:00Z");
    env
}

#[test]
fn every_interval_is_shown_with_its_reason_and_the_sum() {
    let mut env = office();
    env.does(r#"desk open "VPN drops" --channel phone -k incident --category network -u high -b low -g medium"#);
    env.at("2026-03-04T09:00:00Z");
    env.does("desk pause 1 vendor");
    env.at("2026-03-04T10:30:00Z");
    env.does("desk resume 1");
    env.at("2026-03-04T14:00:00Z");
    env.does(r#"desk resolve 1 "patched""#);
    env.at("2026-03-04T15:00:00Z");
    env.does(r#"desk reopen 1 "again""#);
    assert_snapshot!(env.says(
        "desk --tz Europe/Berlin sla explain 1
         desk sla explain 1 --clock resolution --json
         desk sla explain 1 --clock resolution --format csv"
    ), @r#"
    $ desk --tz Europe/Berlin sla explain 1
    #1 VPN drops

    response: met
      Mon 2026-03-02 15:00 +01:00  target 3:00:00 on office, policy 2 for every ticket
      Mon 2026-03-02 15:00 +01:00  starts
      counted on calendar office (Europe/Berlin); times in Europe/Berlin
      used 0:00:00 of 3:00:00: 3:00:00 left
      stopped Mon 2026-03-02 15:00 +01:00, due was Wed 2026-03-04 10:00 +01:00

    resolution: ok
      Mon 2026-03-02 15:00 +01:00  target 16:00:00 on office, policy 2 for every ticket
      Mon 2026-03-02 15:00 +01:00  starts
      counted on calendar office (Europe/Berlin); times in Europe/Berlin
      FROM                  TO                           COUNTED       SUM
      Mon 2026-03-02 15:00  17:00      counted           2:00:00   2:00:00
      Mon 2026-03-02 17:00  Tue 00:00  closed                  -   2:00:00
      Tue 2026-03-03 00:00  Wed 00:00  holiday Carnival        -   2:00:00
      Wed 2026-03-04 00:00  09:00      closed                  -   2:00:00
      Wed 2026-03-04 09:00  10:00      counted           1:00:00   3:00:00
      Wed 2026-03-04 10:00  11:30      paused                  -   3:00:00  open 1:30:00
      Wed 2026-03-04 11:30  12:00      counted           0:30:00   3:30:00
      Wed 2026-03-04 12:00  13:00      break                   -   3:30:00
      Wed 2026-03-04 13:00  15:00      counted           2:00:00   5:30:00
      Wed 2026-03-04 15:00  16:00      resolved                -   5:30:00
      Wed 2026-03-04 16:00  16:01      counted           0:01:00   5:31:00
      Wed 2026-03-04 16:01  17:00      counted           0:59:00   6:30:00  ahead
      Wed 2026-03-04 17:00  Thu 09:00  closed                  -   6:30:00  ahead
      Thu 2026-03-05 09:00  17:00      counted           8:00:00  14:30:00  ahead
      Thu 2026-03-05 17:00  Fri 09:00  closed                  -  14:30:00  ahead
      Fri 2026-03-06 09:00  10:30      counted           1:30:00  16:00:00  ahead, then due
      used 5:31:00 of 16:00:00: 10:29:00 left
      due Fri 2026-03-06 10:30 +01:00

    $ desk sla explain 1 --clock resolution --json
    {"id":1,"title":"VPN drops","clocks":[{"clock":"resolution","shows":"ok","started_at":"2026-03-02T14:00:00Z","due":"2026-03-06T09:30:00Z","stopped_at":null,"target_s":57600,"used_s":19920,"left_s":37680,"paused_s":5400,"calendar":"office","reclassified":false,"promises":[{"at":"2026-03-02T14:00:00Z","by":"anna","target_s":57600,"cadence_s":null,"calendar":"office","policy_version":2,"target_of":"every ticket"}],"lines":[{"from":"2026-03-02T14:00:00Z","to":"2026-03-02T16:00:00Z","why":"counted","holiday":null,"counted_s":7200,"paused_s":0,"total_s":7200,"due":false,"ahead":false},{"from":"2026-03-02T16:00:00Z","to":"2026-03-02T23:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":7200,"due":false,"ahead":false},{"from":"2026-03-02T23:00:00Z","to":"2026-03-03T23:00:00Z","why":"holiday","holiday":"Carnival","counted_s":0,"paused_s":0,"total_s":7200,"due":false,"ahead":false},{"from":"2026-03-03T23:00:00Z","to":"2026-03-04T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":7200,"due":false,"ahead":false},{"from":"2026-03-04T08:00:00Z","to":"2026-03-04T09:00:00Z","why":"counted","holiday":null,"counted_s":3600,"paused_s":0,"total_s":10800,"due":false,"ahead":false},{"from":"2026-03-04T09:00:00Z","to":"2026-03-04T10:30:00Z","why":"paused","holiday":null,"counted_s":0,"paused_s":5400,"total_s":10800,"due":false,"ahead":false},{"from":"2026-03-04T10:30:00Z","to":"2026-03-04T11:00:00Z","why":"counted","holiday":null,"counted_s":1800,"paused_s":0,"total_s":12600,"due":false,"ahead":false},{"from":"2026-03-04T11:00:00Z","to":"2026-03-04T12:00:00Z","why":"break","holiday":null,"counted_s":0,"paused_s":0,"total_s":12600,"due":false,"ahead":false},{"from":"2026-03-04T12:00:00Z","to":"2026-03-04T14:00:00Z","why":"counted","holiday":null,"counted_s":7200,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-04T14:00:00Z","to":"2026-03-04T15:00:00Z","why":"resolved","holiday":null,"counted_s":0,"paused_s":0,"total_s":19800,"due":false,"ahead":false},{"from":"2026-03-04T15:00:00Z","to":"2026-03-04T15:02:00Z","why":"counted","holiday":null,"counted_s":120,"paused_s":0,"total_s":19920,"due":false,"ahead":false},{"from":"2026-03-04T15:02:00Z","to":"2026-03-04T16:00:00Z","why":"counted","holiday":null,"counted_s":3480,"paused_s":0,"total_s":23400,"due":false,"ahead":true},{"from":"2026-03-04T16:00:00Z","to":"2026-03-05T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":23400,"due":false,"ahead":true},{"from":"2026-03-05T08:00:00Z","to":"2026-03-05T16:00:00Z","why":"counted","holiday":null,"counted_s":28800,"paused_s":0,"total_s":52200,"due":false,"ahead":true},{"from":"2026-03-05T16:00:00Z","to":"2026-03-06T08:00:00Z","why":"closed","holiday":null,"counted_s":0,"paused_s":0,"total_s":52200,"due":false,"ahead":true},{"from":"2026-03-06T08:00:00Z","to":"2026-03-06T09:30:00Z","why":"counted","holiday":null,"counted_s":5400,"paused_s":0,"total_s":57600,"due":true,"ahead":true}]}]}

    $ desk sla explain 1 --clock resolution --format csv
    id,clock,from,to,why,holiday,counted_s,total_s,due,ahead
    1,resolution,2026-03-02T14:00:00Z,2026-03-02T16:00:00Z,counted,,7200,7200,false,false
    1,resolution,2026-03-02T16:00:00Z,2026-03-02T23:00:00Z,closed,,0,7200,false,false
    1,resolution,2026-03-02T23:00:00Z,2026-03-03T23:00:00Z,holiday,Carnival,0,7200,false,false
    1,resolution,2026-03-03T23:00:00Z,2026-03-04T08:00:00Z,closed,,0,7200,false,false
    1,resolution,2026-03-04T08:00:00Z,2026-03-04T09:00:00Z,counted,,3600,10800,false,false
    1,resolution,2026-03-04T09:00:00Z,2026-03-04T10:30:00Z,paused,,0,10800,false,false
    1,resolution,2026-03-04T10:30:00Z,2026-03-04T11:00:00Z,counted,,1800,12600,false,false
    1,resolution,2026-03-04T11:00:00Z,2026-03-04T12:00:00Z,break,,0,12600,false,false
    1,resolution,2026-03-04T12:00:00Z,2026-03-04T14:00:00Z,counted,,7200,19800,false,false
    1,resolution,2026-03-04T14:00:00Z,2026-03-04T15:00:00Z,resolved,,0,19800,false,false
    1,resolution,2026-03-04T15:00:00Z,2026-03-04T15:03:00Z,counted,,180,19980,false,false
    1,resolution,2026-03-04T15:03:00Z,2026-03-04T16:00:00Z,counted,,3420,23400,false,true
    1,resolution,2026-03-04T16:00:00Z,2026-03-05T08:00:00Z,closed,,0,23400,false,true
    1,resolution,2026-03-05T08:00:00Z,2026-03-05T16:00:00Z,counted,,28800,52200,false,true
    1,resolution,2026-03-05T16:00:00Z,2026-03-06T08:00:00Z,closed,,0,52200,false,true
    1,resolution,2026-03-06T08:00:00Z,2026-03-06T09:30:00Z,counted,,5400,57600,true,true
    "#);
}

#[test]
fn a_clock_without_a_target_or_a_missing_ticket_is_reported() {
    let mut env = Env::new();
    env.does("desk open VPN --channel phone");
    assert_snapshot!(env.says(
        "desk sla explain 1 --clock update
         desk sla explain 9
         desk sla explain
         desk sla explain 1 --clock resolutoin
         desk sla --by tier explain 1
         desk sla --json explain 1,9
         desk --at 2026-03-01 sla explain 1"
    ), @r#"
    $ desk sla explain 1 --clock update
    #1 VPN
    no clock has run

    $ desk sla explain 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk sla explain
    ! desk: missing <ID>...
    !   hint: usage: desk sla explain <ID>...
    [exit 2]

    $ desk sla explain 1 --clock resolutoin
    ! desk: invalid value 'resolutoin' for '--clock <CLOCK>': unknown clock 'resolutoin'
    !   hint: did you mean 'resolution'? accepted: response, update, resolution, notification
    [exit 2]

    $ desk sla --by tier explain 1
    ! desk: filters and options of the table cannot be combined with a subcommand
    !   hint: use: desk sla explain ID, or desk sla what-if --policy FILE
    [exit 2]

    $ desk sla --json explain 1,9
    [
    {"id":1,"title":"VPN","clocks":[{"clock":"response","shows":"met","started_at":"2026-03-02T09:00:00Z","due":"2026-03-02T12:00:00Z","stopped_at":"2026-03-02T09:00:00Z","target_s":10800,"used_s":0,"left_s":10800,"paused_s":0,"calendar":"24x7","reclassified":false,"promises":[{"at":"2026-03-02T09:00:00Z","by":"anna","target_s":10800,"cadence_s":null,"calendar":"24x7","policy_version":1,"target_of":"every ticket"}],"lines":[]},{"clock":"resolution","shows":"ok","started_at":"2026-03-02T09:00:00Z","due":"2026-03-03T09:00:00Z","stopped_at":null,"target_s":86400,"used_s":360,"left_s":86040,"paused_s":0,"calendar":"24x7","reclassified":false,"promises":[{"at":"2026-03-02T09:00:00Z","by":"anna","target_s":86400,"cadence_s":null,"calendar":"24x7","policy_version":1,"target_of":"every ticket"}],"lines":[{"from":"2026-03-02T09:00:00Z","to":"2026-03-02T09:06:00Z","why":"counted","holiday":null,"counted_s":360,"paused_s":0,"total_s":360,"due":false,"ahead":false},{"from":"2026-03-02T09:06:00Z","to":"2026-03-03T09:00:00Z","why":"counted","holiday":null,"counted_s":86040,"paused_s":0,"total_s":86400,"due":true,"ahead":true}]}]}
    ]
    ! {"error":{"id":9,"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]

    $ desk --at 2026-03-01 sla explain 1
    ! desk: there is no ticket #1
    !   hint: list the tickets with: desk list --all
    [exit 3]
    "#);
}

#[test]
fn a_new_target_is_shown_with_the_previous_one() {
    let mut env = office();
    env.does("desk open VPN --channel phone -k incident -u low -b low -g low");
    std::fs::write(
        env.dir().join("faster.toml"),
        "[[targets]]\nresponse = \"3h\"\nresolution = \"24h\"\n[[targets]]\npriority = \"P1\"\nresolution = \"1s\"\n",
    )
    .unwrap();
    env.does("desk policy set faster.toml\ndesk prioritize 1 -u high -b high -g high");
    assert_snapshot!(env.says("desk sla explain 1 --clock resolution"), @"
    $ desk sla explain 1 --clock resolution
    #1 VPN

    resolution: overdue
      Mon 2026-03-02 14:00 +00:00  target 16:00:00 on office, policy 2 for every ticket
      Mon 2026-03-02 14:02 +00:00  target 0:00:01 on 24x7, policy 3 for P1
      Mon 2026-03-02 14:00 +00:00  starts
      counted on calendar 24x7; times in UTC
      FROM                     TO                 COUNTED      SUM
      Mon 2026-03-02 14:00     14:00:01  counted  0:00:01  0:00:01  then due
      Mon 2026-03-02 14:00:01  14:02     counted  0:01:59  0:02:00
      Mon 2026-03-02 14:02     14:03     counted  0:01:00  0:03:00
      used 0:03:00 of 0:00:01: over by 0:02:59
      due Mon 2026-03-02 14:00:01 +00:00
      late at once because of a new target: reclassified
    ");
}

#[test]
fn sums_hold_in_whole_seconds() {
    let mut env = office();
    env.at("2026-03-02T14:00:00.400Z");
    env.does("desk open 'VPN drops' -c email");
    for (at, command) in [
        ("2026-03-02T14:00:01.900Z", "desk pause 1 vendor"),
        ("2026-03-02T14:00:05.100Z", "desk resume 1"),
        ("2026-03-02T15:59:59.700Z", "desk pause 1 vendor"),
        ("2026-03-04T08:00:00.800Z", "desk resume 1"),
        ("2026-03-04T08:00:02.300Z", "desk reply 1 hello"),
    ] {
        env.at(at).does(command);
    }
    let mut parts = 0;
    for now in ["2026-03-04T09:30:00.950Z", "2026-03-09T09:00:00.001Z"] {
        let clocks = env.at(now).json(&["sla", "explain", "1"])["clocks"].clone();
        let ticket = env.at(now).json(&["show", "1"]);
        let listed = env.at(now).json(&["list", "--all"]);
        for clock in clocks.as_array().unwrap() {
            let span = |name: &str| clock[name].as_i64().unwrap();
            assert_eq!(
                span("used_s") + span("left_s"),
                span("target_s"),
                "{clock:#}"
            );
            let lines = clock["lines"].as_array().unwrap().iter();
            let past = lines.filter(|line| line["ahead"] == false);
            let sum = |name: &str| -> i64 { past.clone().map(|l| l[name].as_i64().unwrap()).sum() };
            assert_eq!(span("used_s"), sum("counted_s"), "{clock:#}");
            assert_eq!(span("paused_s"), sum("paused_s"), "{clock:#}");
            let name = clock["clock"].as_str().unwrap();
            for other in [&ticket["clocks"], &listed[0]["clocks"]] {
                for span in ["used_s", "left_s", "target_s", "paused_s"] {
                    assert_eq!(clock[span], other[name][span], "{name} {span}");
                }
            }
            parts += past.count();
        }
    }
    assert!(parts > 8, "{parts} lines were checked");
}
