//! Other times and other zones: `--at`, `--tz`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_backdated_event_is_recorded_with_both_times() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk --at "2h ago" open VPN
        desk log 1 --at 8:15 "restarted the client"
        DESK_AT=8:30 desk log 1 "restarted the router"
        desk show 1
        "#
    ), @r#"
    $ desk --at "2h ago" open VPN
    #1 opened, first response due in 3h (10:00), resolution due in 1d (Tue 07:00)

    $ desk log 1 --at 8:15 "restarted the client"
    #1 logged

    $ DESK_AT=8:30 desk log 1 "restarted the router"
    #1 logged

    $ desk show 1
    #1 VPN
      new since 07:00 · no priority
      not identified · no category · L1 · unassigned
      opened 07:00 by anna

    Clocks
                  STATE   USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok   2h 3m      57m      3h          10:00
      resolution  ✓ ok   2h 3m  21h 57m      1d          Tue 07:00

    Timeline
      07:00  anna  opened
      08:15  anna  logged
             │ restarted the client
      08:30  anna  logged
             │ restarted the router
    "#);
    let timeline = &env.json(&["show", "1"])["timeline"];
    let logged = timeline.as_array().unwrap().last().unwrap();
    assert_eq!(logged["at"], "2026-03-02T08:30:00Z");
    assert_eq!(logged["recorded_at"], "2026-03-02T09:02:00Z");
}

#[test]
fn events_in_the_future_or_before_the_last_one_are_refused() {
    let mut env = Env::new();
    env.does("desk open VPN").does("desk open Printer");
    assert_snapshot!(env.says(
        r#"
        desk --at "in 5m" open VPN
        desk --at "in 5m" log 1 "so soon"
        desk --at 8:59 log 1 "too early"
        desk --at 9:00 log 1 "in time"
        desk --at 9:00 merge 1 --into 2
        desk --at "next week" log 1 "when"
        desk --at 02/03/2026 log 1 "when"
        desk list --columns id,updated_at
        "#
    ), @r#"
    $ desk --at "in 5m" open VPN
    ! desk: the time 2026-03-02 09:07 is in the future; it is 2026-03-02 09:02 now
    !   hint: give the time when it happened, such as --at '2h ago'
    [exit 1]

    $ desk --at "in 5m" log 1 "so soon"
    ! desk: the time 2026-03-02 09:08 is in the future; it is 2026-03-02 09:03 now
    !   hint: give the time when it happened, such as --at '2h ago'
    [exit 1]

    $ desk --at 8:59 log 1 "too early"
    ! desk: the time 2026-03-02 08:59 is before the last thing that an agent did on #1, at 2026-03-02 09:00
    !   hint: give a later --at; see the timeline with: desk show 1
    [exit 1]

    $ desk --at 9:00 log 1 "in time"
    #1 logged

    $ desk --at 9:00 merge 1 --into 2
    ! desk: the time 2026-03-02 09:00 is before the last thing that an agent did on #2, at 2026-03-02 09:01
    !   hint: give a later --at; see the timeline with: desk show 2
    [exit 1]

    $ desk --at "next week" log 1 "when"
    ! desk: 'next week' is not a time: use 2026-03-02 14:30, 14:30, monday 9:00, 2h ago, in 45m or RFC 3339
    !   hint: quote a time that has a space in it: '2026-03-02 14:30'
    [exit 2]

    $ desk --at 02/03/2026 log 1 "when"
    ! desk: '02/03/2026' could be 2026-03-02 or 2026-02-03
    !   hint: write the date as year-month-day, such as 2026-03-02
    [exit 2]

    $ desk list --columns id,updated_at
    ID  UPDATED AT
     1  09:00
     2  09:01
    "#);
}

#[test]
fn the_past_is_shown_as_it_was() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says(
        "
        desk --at 8:59 list
        desk --at 8:59 show 1
        desk --at 9:01 list
        desk --at 9:03 show 1
        desk --at 9:04 sla
        desk --at 9:04 list --count --status active
        desk --at 9:05 list --count --all --status closed
        desk --at 9:05 list --ids --status resolved
        "
    ), @"
    $ desk --at 8:59 list
    ! no open tickets; desk list --all includes closed ones

    $ desk --at 8:59 show 1
    ! desk: there is no ticket #1
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk --at 9:01 list
    ID  STATUS  SLA       TIER  REQUESTER  TITLE
     1  new     ✓ 23h59m  L1    Mia Roth   VPN drops

    $ desk --at 9:03 show 1
    #1 VPN drops
      new since 09:00 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · unassigned
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      resolution  ✓ ok     3m  7h 57m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)

    $ desk --at 9:04 sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P2    active  ✓ met     ✓ 7h56m     L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         0           0

    $ desk --at 9:04 list --count --status active
    1

    $ desk --at 9:05 list --count --all --status closed
    ! desk: '--all' cannot be used with '--status <STATUS>'
    !   hint: usage: desk list --count --all [FILTER]...
    [exit 2]

    $ desk --at 9:05 list --ids --status resolved
    1
    ");
}

#[test]
fn the_future_is_shown_as_if_nothing_happens_until_then() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk --at "in 7h" sla
        desk --at "tomorrow 9:00" overdue --exit-code
        desk --at "in 7h" overdue
        desk --at 2026-03-02T17:00:00Z list --count --overdue
        desk --at 2026-03-02T17:00:01Z list --count --overdue
        "#
    ), @r#"
    $ desk --at "in 7h" sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P2    active  ✓ met     ! 55m       L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        1       0         0           0

    $ desk --at "tomorrow 9:00" overdue --exit-code
    ID  PRIO  STATUS  SLA     TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✗ -16h  L1    anna      network/vpn  Mia Roth   VPN drops
    [exit 10]

    $ desk --at "in 7h" overdue
    ! nothing is overdue

    $ desk --at 2026-03-02T17:00:00Z list --count --overdue
    0

    $ desk --at 2026-03-02T17:00:01Z list --count --overdue
    1
    "#);
}

#[test]
fn times_are_read_and_shown_in_the_requested_zone() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk --tz Europe/Berlin --at 9:30 open VPN
        desk --tz Asia/Kathmandu show 1
        DESK_TZ=America/New_York desk list --columns id,opened_at
        TZ=Asia/Tokyo desk list --columns id,opened_at
        DESK_TZ=America/New_York desk --tz Europe/Berlin list --columns id,opened_at
        desk --tz Europe/Berlin list --columns id,opened_at --format csv
        desk --tz Berlin list
        DESK_TZ=Europe/Berlni desk list
        TZ=nonsense desk list --columns id,opened_at
        "#
    ), @"
    $ desk --tz Europe/Berlin --at 9:30 open VPN
    #1 opened, first response due in 3h (12:30), resolution due in 1d (Tue 09:30)

    $ desk --tz Asia/Kathmandu show 1
    #1 VPN
      new since 14:15 · no priority
      not identified · no category · L1 · unassigned
      opened 14:15 by anna

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok    31m   2h 29m      3h          17:15
      resolution  ✓ ok    31m  23h 29m      1d          Tue 14:15

    Timeline
      14:15  anna  opened

    $ DESK_TZ=America/New_York desk list --columns id,opened_at
    ID  OPENED AT
     1  03:30

    $ TZ=Asia/Tokyo desk list --columns id,opened_at
    ID  OPENED AT
     1  17:30

    $ DESK_TZ=America/New_York desk --tz Europe/Berlin list --columns id,opened_at
    ID  OPENED AT
     1  09:30

    $ desk --tz Europe/Berlin list --columns id,opened_at --format csv
    id,opened_at
    1,2026-03-02T08:30:00Z

    $ desk --tz Berlin list
    ! desk: unknown time zone 'Berlin', did you mean Europe/Berlin?
    !   hint: give an IANA name such as Europe/Berlin, or UTC
    [exit 2]

    $ DESK_TZ=Europe/Berlni desk list
    ! desk: unknown time zone 'Europe/Berlni', did you mean Europe/Berlin? (environment)
    !   hint: give an IANA name such as Europe/Berlin, or UTC
    [exit 2]

    $ TZ=nonsense desk list --columns id,opened_at
    ID  OPENED AT
     1  08:30
    ");
}

#[test]
fn a_command_that_has_no_time_refuses_one_and_takes_no_notice_of_the_environment() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let timeless: &[&[&str]] = &[
        &["init"],
        &["verify"],
        &["doctor"],
        &["reindex"],
        &["export"],
        &["backup", "copy.db"],
        &["schema"],
        &["completions", "bash"],
        &["man"],
        &["help", "open"],
        &["policy", "show"],
        &["policy", "history"],
        &["policy", "diff"],
    ];
    for args in timeless {
        let dated = [&["--at", "1h ago"][..], args].concat();
        let refused = env.run(&dated).code(2);
        let name = args[0].to_owned();
        assert!(
            refused
                .stderr
                .contains(&format!("--at does not apply to desk {name}")),
            "{args:?}: {}",
            refused.stderr
        );
        let mut command = env.command(args);
        command.env("DESK_AT", "1h ago");
        let told = env.finish(command, None);
        assert!(!told.stderr.contains("--at"), "{args:?}: {}", told.stderr);
    }
    assert!(
        env.dir().join("copy.db").exists(),
        "the control: it runs without a time"
    );
}

#[test]
fn a_policy_is_dated_by_the_time_given() {
    let mut env = Env::new();
    std::fs::write(
        env.dir().join("p.toml"),
        "[[targets]]\nresponse = \"6h\"\nresolution = \"9h\"\n",
    )
    .unwrap();
    assert_snapshot!(env.says(
        r#"
        desk --at "2h ago" open VPN
        desk --at "in 5m" policy set p.toml
        desk --at "30m ago" policy set p.toml
        desk policy history
        desk --at "25m ago" policy apply
        desk --at "3h ago" policy set -
        "#
    ), @r#"
    $ desk --at "2h ago" open VPN
    #1 opened, first response due in 3h (10:00), resolution due in 1d (Tue 07:00)

    $ desk --at "in 5m" policy set p.toml
    ! desk: the time 2026-03-02 09:06 is in the future; it is 2026-03-02 09:01 now
    !   hint: give the time when it happened, such as --at '2h ago'
    [exit 1]

    $ desk --at "30m ago" policy set p.toml
    policy version 2 is in force for targets set from now on
    ! open tickets keep their targets; to see what would change: desk policy apply --dry-run

    $ desk policy history
    VERSION  SET               BY
          2  2026-03-02 08:32  anna

    $ desk --at "25m ago" policy apply
    ID  CLOCK       TARGET    DUE                 NOW SHOWS  TITLE
     1  response    3h -> 6h  10:00 -> 13:00      ok         VPN
     1  resolution  1d -> 9h  Tue 07:00 -> 16:00  ok         VPN
    ! 1 open ticket with other targets

    $ desk --at "3h ago" policy set -
    ! desk: the time 2026-03-02 06:05 is before version 2 of the policy, set at 2026-03-02 08:32
    !   hint: give a later --at; see the versions with: desk policy history
    [exit 1]
    "#);
    let timeline = &env.json(&["show", "1"])["timeline"];
    let last = timeline.as_array().unwrap().last().unwrap();
    assert_eq!(last["kind"], "promised");
    assert_eq!(last["at"], "2026-03-02T08:39:00Z");
}
