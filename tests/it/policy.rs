//! `desk policy`: the document, its versions, and what a change of it does.

use insta::assert_snapshot;

use crate::env::Env;

fn write(env: &Env, name: &str, text: &str) {
    std::fs::write(env.dir().join(name), text).unwrap();
}

const OFFICE: &str = r#"
[calendars.office]
timezone = "Europe/Berlin"
mon = ["09:00-12:00", "13:00-17:30"]
tue = ["09:00-12:00", "13:00-17:30"]
wed = ["09:00-12:00", "13:00-17:30"]
thu = ["09:00-12:00", "13:00-17:30"]
fri = ["09:00-12:00", "13:00-17:30"]
holidays = [{ date = "2026-03-03", name = "Carnival" }]

[[targets]]
response = "3h"
resolution = "24h"
calendar = "office"

[[targets]]
priority = "P2"
response = "2h"
resolution = "8h"
"#;

#[test]
fn a_version_is_set_kept_and_compared() {
    let mut env = Env::new();
    write(&env, "a.toml", "warnings = [80]\n");
    write(&env, "b.toml", "warnings = [80, 95]\n");
    assert_snapshot!(env.says(
        "desk policy history
         desk policy set a.toml
         desk policy set a.toml
         desk --as ben policy set b.toml
         desk policy show
         desk policy show --version 2
         desk policy history
         desk policy history --json
         desk policy diff
         desk policy diff 2 2
         desk policy show --version 9
         desk verify"
    ), @r#"
    $ desk policy history
    ! the built-in policy is in force; no other was ever set

    $ desk policy set a.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk policy set a.toml
    unchanged: policy version 2 is the same

    $ desk --as ben policy set b.toml
    policy version 3 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk policy show
    warnings = [80, 95]

    $ desk policy show --version 2
    warnings = [80]

    $ desk policy history
    VERSION  SET               BY
          2  2026-03-02 09:01  anna
          3  2026-03-02 09:03  ben

    $ desk policy history --json
    [
    {"version":2,"at":"2026-03-02T09:01:00Z","recorded_at":"2026-03-02T09:01:00Z","author":"anna","text":"warnings = [80]\n"},
    {"version":3,"at":"2026-03-02T09:03:00Z","recorded_at":"2026-03-02T09:03:00Z","author":"ben","text":"warnings = [80, 95]\n"}
    ]

    $ desk policy diff
    --- policy version 2
    +++ policy version 3
    @@ -1 +1 @@
    -warnings = [80]
    +warnings = [80, 95]

    $ desk policy diff 2 2

    $ desk policy show --version 9
    ! desk: there is no policy version 9; the latest is 3
    !   hint: list them with: desk policy history
    [exit 2]

    $ desk verify
    DIR/desk.db: ✓ sound, 0 events, 0 tickets
      head: 4:HASH
    "#);
}

#[test]
fn every_fault_is_reported_at_once_and_nothing_is_stored() {
    let mut env = Env::new();
    write(
        &env,
        "bad.toml",
        r#"warnings = [90, 75]
tirs = ["L1"]
auto_close = "soon"

[calendars.office]
timezone = "Europe/Berln"
mon = ["09:00-12:00", "11:00-17:00"]
holidays = ["2026-02-30"]

[calendars.never]
timezone = "UTC"

[[targets]]
priority = "P1"
resolution = "0s"
"#,
    );
    assert_snapshot!(env.says(
        "desk policy check bad.toml
         desk policy set bad.toml
         desk policy check bad.toml --json
         desk policy check nowhere.toml
         desk policy history"
    ), @r#"
    $ desk policy check bad.toml
    fault: line 1: warnings: 75 follows 90: write them in ascending order, each once
    fault: line 2: tirs: unknown key 'tirs': did you mean 'tiers'? accepted: levels, matrix, tiers, agents, categories, calendars, targets, warnings, escalations, gates, auto_close, messages, undo, codes, retention, notifications, breach, mail, views, fields, review, templates
    fault: line 3: auto_close: 'soon' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "7d", or "off"
    fault: line 6: calendars.office.timezone: unknown time zone 'Europe/Berln', did you mean Europe/Berlin?; give an IANA name such as Europe/Berlin, or UTC
    fault: line 7: calendars.office.mon: 09:00-12:00 and 11:00-17:00 overlap
    fault: line 8: calendars.office.holidays: 2026-02-30 does not exist
    fault: line 10: calendars.never: the calendar 'never' cannot be used: it has no open second in 400 days, from 1970-01-01 on
    fault: line 15: targets[1].resolution: '0s' is zero; write a duration such as "4h", or business days such as "5bd"
    ! bad.toml has 8 faults; nothing was changed
    [exit 2]

    $ desk policy set bad.toml
    fault: line 1: warnings: 75 follows 90: write them in ascending order, each once
    fault: line 2: tirs: unknown key 'tirs': did you mean 'tiers'? accepted: levels, matrix, tiers, agents, categories, calendars, targets, warnings, escalations, gates, auto_close, messages, undo, codes, retention, notifications, breach, mail, views, fields, review, templates
    fault: line 3: auto_close: 'soon' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as "7d", or "off"
    fault: line 6: calendars.office.timezone: unknown time zone 'Europe/Berln', did you mean Europe/Berlin?; give an IANA name such as Europe/Berlin, or UTC
    fault: line 7: calendars.office.mon: 09:00-12:00 and 11:00-17:00 overlap
    fault: line 8: calendars.office.holidays: 2026-02-30 does not exist
    fault: line 10: calendars.never: the calendar 'never' cannot be used: it has no open second in 400 days, from 1970-01-01 on
    fault: line 15: targets[1].resolution: '0s' is zero; write a duration such as "4h", or business days such as "5bd"
    ! bad.toml has 8 faults; nothing was changed
    [exit 2]

    $ desk policy check bad.toml --json
    {"name":"bad.toml","ok":false,"faults":[{"line":1,"key":"warnings","message":"75 follows 90: write them in ascending order, each once"},{"line":2,"key":"tirs","message":"unknown key 'tirs': did you mean 'tiers'? accepted: levels, matrix, tiers, agents, categories, calendars, targets, warnings, escalations, gates, auto_close, messages, undo, codes, retention, notifications, breach, mail, views, fields, review, templates"},{"line":3,"key":"auto_close","message":"'soon' is not a duration: use 90m, 2h30m, 3d or 45s; write a duration such as \"7d\", or \"off\""},{"line":6,"key":"calendars.office.timezone","message":"unknown time zone 'Europe/Berln', did you mean Europe/Berlin?; give an IANA name such as Europe/Berlin, or UTC"},{"line":7,"key":"calendars.office.mon","message":"09:00-12:00 and 11:00-17:00 overlap"},{"line":8,"key":"calendars.office.holidays","message":"2026-02-30 does not exist"},{"line":10,"key":"calendars.never","message":"the calendar 'never' cannot be used: it has no open second in 400 days, from 1970-01-01 on"},{"line":15,"key":"targets[1].resolution","message":"'0s' is zero; write a duration such as \"4h\", or business days such as \"5bd\""}],"notes":[]}
    [exit 2]

    $ desk policy check nowhere.toml
    ! desk: cannot read nowhere.toml: No such file or directory (os error 2)
    !   hint: give the path of a text file
    [exit 2]

    $ desk policy history
    ! the built-in policy is in force; no other was ever set
    "#);
}

#[test]
fn the_built_in_policy_can_be_set_as_it_is_printed() {
    let mut env = Env::new();
    let text = env.run(&["policy", "show"]).ok().stdout;
    assert!(text.starts_with('#'), "{text}");
    assert!(text.len() > 2000, "it teaches");
    let output = env.run_with(&["policy", "set", "-"], text.clone()).ok();
    assert_eq!(output.stderr.lines().count(), 1, "{output}");
    assert_eq!(env.run(&["policy", "show"]).ok().stdout, text);
}

#[test]
fn open_tickets_keep_their_targets_until_the_policy_is_applied() {
    let mut env = Env::new();
    write(&env, "office.toml", OFFICE);
    env.does(
        r#"
        desk open "VPN drops" --channel phone -k incident -u high -b low -g medium
        desk open "Mail bounces" --channel email
        "#,
    );
    assert_snapshot!(env.says(
        "desk sla what-if --policy office.toml
         desk policy set office.toml
         desk sla
         desk policy apply --dry-run --json
         desk policy apply
         desk policy apply
         desk sla
         desk verify -q"
    ), @r#"
    $ desk sla what-if --policy office.toml
    ID  CLOCK       TARGET     DUE                     NOW SHOWS  TITLE
     1  resolution  8h         17:00 -> Wed 09:30      ok         VPN drops
     2  response    3h         12:01 -> 13:01          ok         Mail bounces
     2  resolution  1d -> 24h  Tue 09:01 -> Fri 10:31  ok         Mail bounces
    ! 2 open tickets with other targets

    $ desk policy set office.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  TITLE
     2  -     new     ✓ 2h57m   ✓ 23h57m    L1    Mail bounces
     1  P2    new     ✓ met     ✓ 7h56m     L1    VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         0           1
    none     1        0        0       0         0           1
    all      2        0        0       0         0           2

    $ desk policy apply --dry-run --json
    [
    {"id":1,"title":"VPN drops","clocks":[{"clock":"resolution","before":{"state":"running","shows":"ok","target_s":28800,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-02T17:00:00Z","used_s":300,"left_s":28500,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false},"after":{"state":"running","shows":"ok","target_s":28800,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-04T09:30:00Z","used_s":300,"left_s":28500,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}}],"ticket":{"id":1,"title":"VPN drops","status":"new","since":"2026-03-02T09:00:00Z","waiting_for":null,"wake_at":null,"kind":"incident","onset":"occurred","channel":"phone","requester":{"name":null,"contact":null,"language":null},"category":null,"users":"high","business":"low","impact":"high","urgency":"medium","priority":"P2","tier":"L1","assignee":null,"opened_at":"2026-03-02T09:00:00Z","updated_at":"2026-03-02T09:05:00Z","resolved_at":null,"closed_at":null,"code":null,"satisfaction":null,"reopenings":0,"escalations":0,"merged_into":null,"key":null,"clocks":{"response":{"state":"met","shows":"met","target_s":7200,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-02T11:00:00Z","used_s":0,"left_s":7200,"stopped_at":"2026-03-02T09:00:00Z","paused_s":0,"reclassified":false,"relaxed":false},"update":{"state":"none","shows":"none","target_s":null,"cadence_s":null,"calendar":null,"policy_version":null,"started_at":null,"due":null,"used_s":null,"left_s":null,"stopped_at":null,"paused_s":null,"reclassified":null,"relaxed":null},"resolution":{"state":"running","shows":"ok","target_s":28800,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:00:00Z","due":"2026-03-04T09:30:00Z","used_s":300,"left_s":28500,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}},"next_due":"2026-03-04T09:30:00Z","sla":"ok","source":null,"number":null,"known_error":false,"assignee_name":null,"tags":[],"fields":{},"checklist":null,"unanswered_since":null}},
    {"id":2,"title":"Mail bounces","clocks":[{"clock":"response","before":{"state":"running","shows":"ok","target_s":10800,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-02T12:01:00Z","used_s":240,"left_s":10560,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false},"after":{"state":"running","shows":"ok","target_s":10800,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-02T13:01:00Z","used_s":240,"left_s":10560,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}},{"clock":"resolution","before":{"state":"running","shows":"ok","target_s":86400,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-03T09:01:00Z","used_s":240,"left_s":86160,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false},"after":{"state":"running","shows":"ok","target_s":86400,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-06T10:31:00Z","used_s":240,"left_s":86160,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}}],"ticket":{"id":2,"title":"Mail bounces","status":"new","since":"2026-03-02T09:01:00Z","waiting_for":null,"wake_at":null,"kind":null,"onset":"occurred","channel":"email","requester":{"name":null,"contact":null,"language":null},"category":null,"users":null,"business":null,"impact":null,"urgency":null,"priority":null,"tier":"L1","assignee":null,"opened_at":"2026-03-02T09:01:00Z","updated_at":"2026-03-02T09:05:00Z","resolved_at":null,"closed_at":null,"code":null,"satisfaction":null,"reopenings":0,"escalations":0,"merged_into":null,"key":null,"clocks":{"response":{"state":"running","shows":"ok","target_s":10800,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-02T13:01:00Z","used_s":240,"left_s":10560,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false},"update":{"state":"none","shows":"none","target_s":null,"cadence_s":null,"calendar":null,"policy_version":null,"started_at":null,"due":null,"used_s":null,"left_s":null,"stopped_at":null,"paused_s":null,"reclassified":null,"relaxed":null},"resolution":{"state":"running","shows":"ok","target_s":86400,"cadence_s":null,"calendar":"office","policy_version":2,"started_at":"2026-03-02T09:01:00Z","due":"2026-03-06T10:31:00Z","used_s":240,"left_s":86160,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}},"next_due":"2026-03-02T13:01:00Z","sla":"ok","source":null,"number":null,"known_error":false,"assignee_name":null,"tags":[],"fields":{},"checklist":null,"unanswered_since":"2026-03-02T09:01:00Z"}}
    ]

    $ desk policy apply
    ID  CLOCK       TARGET     DUE                     NOW SHOWS  TITLE
     1  resolution  8h         17:00 -> Wed 09:30      ok         VPN drops
     2  response    3h         12:01 -> 13:01          ok         Mail bounces
     2  resolution  1d -> 24h  Tue 09:01 -> Fri 10:31  ok         Mail bounces
    ! 2 open tickets with other targets

    $ desk policy apply
    ! no open ticket gets other targets

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  TITLE
     2  -     new     ✓ 2h53m   ✓ 23h53m    L1    Mail bounces
     1  P2    new     ✓ met     ✓ 7h52m     L1    VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         0           1
    none     1        0        0       0         0           1
    all      2        0        0       0         0           2

    $ desk verify -q
    DIR/desk.db: ✓ sound, 15 events, 2 tickets
      head: 17:HASH
    "#);
}

#[test]
fn a_removed_agent_or_category_in_use_is_a_note() {
    let mut env = Env::new();
    write(
        &env,
        "roster.toml",
        "[agents]\nanna = \"L1\"\n[categories.mail]\n",
    );
    env.does(r#"desk open "VPN drops" --category network/vpn --assign ben"#);
    assert_snapshot!(env.says(
        "desk policy check roster.toml
         desk policy set roster.toml
         desk categorize 1 mial
         desk assign 1 ana
         desk --as ben take 1
         desk categorize 1 mail
         desk list --assignee ben"
    ), @"
    $ desk policy check roster.toml
    note: line 1: agents: 'ben' is not listed, but one open ticket has it
    note: line 1: categories: 'network/vpn' is not listed, but one open ticket has it
    ! roster.toml is a valid policy

    $ desk policy set roster.toml
    policy version 2 is in force for targets set from now on
    ! note: line 1: agents: 'ben' is not listed, but one open ticket has it
    ! note: line 1: categories: 'network/vpn' is not listed, but one open ticket has it
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk categorize 1 mial
    ! desk: unknown category 'mial'
    !   hint: did you mean 'mail'? accepted: mail
    [exit 2]

    $ desk assign 1 ana
    ! desk: unknown agent 'ana'
    !   hint: did you mean 'anna'? accepted: anna
    [exit 2]

    $ desk --as ben take 1
    ! desk: unknown agent 'ben'
    !   hint: accepted: anna
    [exit 2]

    $ desk categorize 1 mail
    #1 categorized as mail

    $ desk list --assignee ben
    ID  STATUS  SLA      TIER  ASSIGNEE  CATEGORY  TITLE
     1  active  ✓ 2h53m  L1    ben       mail      VPN drops
    ");
}

#[test]
fn a_holiday_file_is_kept_with_the_version() {
    let mut env = Env::new();
    std::fs::create_dir(env.dir().join("sub")).unwrap();
    write(
        &env,
        "sub/days.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n\
         DTSTART;VALUE=DATE:20260303\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Carnival\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    let text = OFFICE.replace(
        r#"{ date = "2026-03-03", name = "Carnival" }"#,
        r#"{ ics = "days.ics" }"#,
    );
    write(&env, "sub/office.toml", &text);
    assert_snapshot!(env.says(
        "desk policy set sub/office.toml
         desk open VPN --channel email -k incident -u high -b low -g medium"
    ), @"
    $ desk policy set sub/office.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk open VPN --channel email -k incident -u high -b low -g medium
    #1 opened as P2 incident, first response due in 3h (12:01), resolution due in 2d (Wed 09:31)
    ");
    std::fs::remove_file(env.dir().join("sub/days.ics")).unwrap();
    assert_snapshot!(env.says("desk sla explain 1 --clock resolution"), @"
    $ desk sla explain 1 --clock resolution
    #1 VPN

    resolution: ok
      Mon 2026-03-02 09:01 +00:00  target 8:00:00 on office, policy 2 for P2
      Mon 2026-03-02 09:01 +00:00  starts
      counted on calendar office (Europe/Berlin); times in UTC
      FROM                  TO                           COUNTED      SUM
      Mon 2026-03-02 09:01  09:02      counted           0:01:00  0:01:00
      Mon 2026-03-02 09:02  11:00      counted           1:58:00  1:59:00  ahead
      Mon 2026-03-02 11:00  12:00      closed                  -  1:59:00  ahead
      Mon 2026-03-02 12:00  16:30      counted           4:30:00  6:29:00  ahead
      Mon 2026-03-02 16:30  23:00      closed                  -  6:29:00  ahead
      Mon 2026-03-02 23:00  Tue 23:00  holiday Carnival        -  6:29:00  ahead
      Tue 2026-03-03 23:00  Wed 08:00  closed                  -  6:29:00  ahead
      Wed 2026-03-04 08:00  09:31      counted           1:31:00  8:00:00  ahead, then due
      used 0:01:00 of 8:00:00: 7:59:00 left
      due Wed 2026-03-04 09:31 +00:00
    ");
}

#[test]
fn a_new_version_changes_when_desk_acts_on_open_tickets() {
    let mut env = Env::new();
    env.does("desk open VPN -k incident --category network -u high -b high -g high");
    env.at("2026-03-02T09:30:00Z");
    let due = |env: &mut Env| env.run(&["sweep", "--dry-run"]).ok().stdout;
    assert_eq!(due(&mut env), "");
    write(&env, "early.toml", "warnings = [5]\n");
    env.does("desk policy set early.toml");
    assert!(due(&mut env).contains("resolution has used 5 %"));
    let _sound = env.run(&["verify"]).ok();
}
