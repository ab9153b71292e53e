//! How open tickets stand against their targets: `desk sla`, and `desk` alone.

use std::io::{BufRead, BufReader};

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn the_status_table_has_all_three_clocks_and_counts_by_priority() {
    let mut env = Env::new();
    env.ready().does(
        r#"
        desk open "Mail bounces" --channel email
        desk open "Server room is hot" --channel phone -u high -b high -g high
        "#,
    );
    assert_snapshot!(env.says(
        "
        150 minutes pass
        desk sla
        120 minutes pass
        desk
        desk sla --priority P1 --columns id,due,sla
        desk sla --count
        "
    ), @"
    ... 150 minutes pass
    $ desk sla
    ID  PRIO  STATUS  RESPONSE  UPDATE    RESOLUTION  TIER  ASSIGNEE  TITLE
     3  P1    active  ✓ met     ✗ -1h31m  ✓ 1h29m     L3    -         Server room is hot
     2  -     new     ! 28m     ·         ✓ 21h28m    L1    -         Mail bounces
     1  P2    active  ✓ met     ·         ✓ 5h23m     L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        1        0       0         0           1
    P2       1        0        0       0         0           0
    none     1        0        1       0         0           1
    all      3        1        1       0         0           2

    ... 120 minutes pass
    $ desk
    YOURS 1
    1  P2  ✓ 3h22m   anna  VPN drops

    WAITING FOR AN ANSWER 1
    2  -   ✗ -1h33m  -     Mail bounces

    UNASSIGNED 2  desk list is:unassigned
    3  P1  ✗ -3h32m  -     Server room is hot

    3 open, 2 overdue, 2 unassigned

    $ desk sla --priority P1 --columns id,due,sla
    ! desk: unknown column 'due'
    !   hint: accepted: id, title, status, since, waiting_for, wake_at, kind, onset, channel, requester, contact, category, users, business, impact, urgency, priority, tier, assignee, opened_at, updated_at, resolved_at, closed_at, code, satisfaction, reopenings, escalations, merged_into, key, response, update, resolution, next_due, sla, source, number, known_error, assignee_name, tags, fields, checklist, unanswered_since, spent_s, promised, notification, void
    [exit 2]

    $ desk sla --count
    3
    ");
}

#[test]
fn counts_cover_the_selected_tickets_and_are_grouped_as_requested() {
    let mut env = Env::new();
    env.ready().does(
        r#"
        desk open "Mail bounces" --channel email
        desk open "Server room is hot" --channel phone -u high -b high -g high
        desk open "No VPN" --category network/vpn
        "#,
    );
    assert_snapshot!(env.says(
        "
        desk sla --by tier -n 1
        desk sla --by Assignee -n 1 --tier L1
        desk sla --by category --unassigned -n 1 --no-header
        desk sla --due-within 2h
        desk sla --due-within 1m
        desk sla --by tier --columns id --json --due-within 2h
        desk sla --by teir
        "
    ), @r#"
    $ desk sla --by tier -n 1
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     3  P1    active  ✓ met     ✓ 58m   ✓ 3h58m     L3    Server room is hot

    TIER  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    L1       3        0        0       0         0           2
    L3       1        0        0       0         0           1
    all      4        0        0       0         0           3
    ! … and 3 more; show them with --limit 0

    $ desk sla --by Assignee -n 1 --tier L1
    ID  STATUS  RESPONSE  RESOLUTION  TIER  TITLE
     2  new     ✓ 2h56m   ✓ 23h56m    L1    Mail bounces

    ASSIGNEE  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    anna         1        0        0       0         0           0
    none         2        0        0       0         0           2
    all          3        0        0       0         0           2
    ! … and 2 more; show them with --limit 0

    $ desk sla --by category --unassigned -n 1 --no-header
    3  P1  active  ✓ met  ✓ 56m  ✓ 3h56m  L3  Server room is hot

    CATEGORY     OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    network/vpn     1        0        0       0         0           1
    none            2        0        0       0         0           2
    all             3        0        0       0         0           3
    ! … and 2 more; show them with --limit 0

    $ desk sla --due-within 2h
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     3  P1    active  ✓ met     ✓ 55m   ✓ 3h55m     L3    Server room is hot

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       0         0           1

    $ desk sla --due-within 1m
    ! nothing is due by then

    $ desk sla --by tier --columns id --json --due-within 2h
    {"at":"2026-03-02T09:13:00Z","by":"tier","groups":[{"group":"L3","open":1,"overdue":0,"at_risk":0,"paused":0,"resolved":0,"unassigned":1}],"tickets":[{"id":3}]}

    $ desk sla --by teir
    ! desk: invalid value 'teir' for '--by <WHAT>': unknown grouping 'teir'
    !   hint: did you mean 'tier'? accepted: priority, tier, assignee, category
    [exit 2]
    "#);
}

#[test]
fn a_piped_watch_runs_until_its_reader_has_gone() {
    let mut env = Env::new();
    env.does("desk open Printer");
    let mut child = env
        .command(&["sla", "--count", "--watch=1"])
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    assert_eq!(line(), "1");
    env.does("desk open VPN");
    // Another round may have run while that was written.
    let mut rounds = Vec::new();
    while rounds.last().is_none_or(|count| count == "1") {
        assert_eq!(line(), "");
        rounds.push(line());
    }
    assert_eq!(rounds.last().unwrap(), "2");
    drop(lines);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_watch_ends_with_the_first_error_and_refuses_invalid_options() {
    assert_snapshot!(Env::new().says(
        "
        desk --db nowhere.db sla --watch
        desk sla --watch=0
        desk sla --watch=soon
        desk sla --watch=2d
        desk sla --watch --exit-code
        "
    ), @"
    $ desk --db nowhere.db sla --watch
    ! desk: there is no store at DIR/nowhere.db
    !   hint: create it with: desk init --db DIR/nowhere.db
    [exit 2]

    $ desk sla --watch=0
    ! desk: invalid value '0' for '--watch[=<SECONDS>]': not an interval
    !   hint: use seconds, or a duration such as 1m, from 1s to 1d
    [exit 2]

    $ desk sla --watch=soon
    ! desk: invalid value 'soon' for '--watch[=<SECONDS>]': not an interval
    !   hint: use seconds, or a duration such as 1m, from 1s to 1d
    [exit 2]

    $ desk sla --watch=2d
    ! desk: invalid value '2d' for '--watch[=<SECONDS>]': not an interval
    !   hint: use seconds, or a duration such as 1m, from 1s to 1d
    [exit 2]

    $ desk sla --watch --exit-code
    ! desk: '--watch[=<SECONDS>]' cannot be used with '--exit-code'
    !   hint: usage: desk sla --watch[=<SECONDS>] [FILTER]...
    [exit 2]
    ");
}

#[test]
fn a_desk_without_tickets_says_so() {
    assert_snapshot!(Env::new().says(
        "
        desk
        desk sla
        desk overdue
        desk list
        desk list --json
        desk sla --json
        desk list --format csv
        desk list --ids
        "
    ), @r#"
    $ desk
    ! no open tickets

    $ desk sla
    ! no open tickets

    $ desk overdue
    ! nothing is overdue

    $ desk list
    ! no open tickets; desk list --all includes closed ones

    $ desk list --json
    []
    ! no open tickets; desk list --all includes closed ones

    $ desk sla --json
    {"at":"2026-03-02T09:05:00Z","priorities":[],"by":"priority","groups":[],"tickets":[]}
    ! no open tickets

    $ desk list --format csv
    ! no open tickets; desk list --all includes closed ones

    $ desk list --ids
    ! no open tickets; desk list --all includes closed ones
    "#);
}

#[test]
fn sla_refuses_invalid_arguments() {
    assert_snapshot!(Env::new().says(
        "
        desk sla --status opne
        desk sla --clock response
        desk sla 1
        "
    ), @"
    $ desk sla --status opne
    ! desk: invalid value 'opne' for '--status <STATUS>': unknown status 'opne'
    !   hint: did you mean 'open'? accepted: new, active, paused, resolved, closed, open, void
    [exit 2]

    $ desk sla --clock response
    ! desk: unexpected argument '--clock'
    !   hint: usage: desk sla [OPTIONS] [FILTER]... [COMMAND]
    [exit 2]

    $ desk sla 1
    ! desk: in the filter word '1': it could be a ticket or a text
    !   hint: write id:1 for the ticket, or text:1 for the text
    [exit 2]
    ");
}

#[test]
fn the_status_of_any_past_time_can_be_shown() {
    let mut env = Env::new();
    env.does(
        r#"
        desk open "Till system is down" --channel phone -u high -b high -g high
        desk open "Mail bounces" --channel email
        60 minutes pass
        desk reply 2 "We are on it."
        90 minutes pass
        desk reply 1 "Still working."
        "#,
    );
    assert_snapshot!(env.says(
        "
        desk --at 9:00 sla
        desk --at 9:30 sla
        desk --at 10:01 sla
        desk --at 11:30 sla
        desk --at 18:00 sla
        "
    ), @"
    $ desk --at 9:00 sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     1  P1    active  ✓ met     ✓ 1h    ✓ 4h        L3    Till system is down

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       0         0           1

    $ desk --at 9:30 sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     1  P1    active  ✓ met     ✓ 30m   ✓ 3h30m     L3    Till system is down
     2  -     new     ✓ 2h31m   ·       ✓ 23h31m    L1    Mail bounces

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        0        0       0         0           1
    none     1        0        0       0         0           1
    all      2        0        0       0         0           2

    $ desk --at 10:01 sla
    ID  PRIO  STATUS  RESPONSE  UPDATE  RESOLUTION  TIER  TITLE
     1  P1    active  ✓ met     ✗ -1m   ✓ 2h59m     L3    Till system is down
     2  -     new     ✓ 2h      ·       ✓ 23h       L1    Mail bounces

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        1        0       0         0           1
    none     1        0        0       0         0           1
    all      2        1        0       0         0           2

    $ desk --at 11:30 sla
    ID  PRIO  STATUS  RESPONSE  UPDATE    RESOLUTION  TIER  TITLE
     1  P1    active  ✓ met     ✗ -1h30m  ✓ 1h30m     L3    Till system is down
     2  -     active  ✓ met     ·         ✓ 21h31m    L1    Mail bounces

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        1        0       0         0           1
    none     1        0        0       0         0           1
    all      2        1        0       0         0           2

    $ desk --at 18:00 sla
    ID  PRIO  STATUS  RESPONSE  UPDATE    RESOLUTION  TIER  TITLE
     1  P1    active  ✓ met     ✗ -5h27m  ✗ -5h       L3    Till system is down
     2  -     active  ✓ met     ·         ✓ 15h1m     L1    Mail bounces

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P1       1        1        0       0         0           1
    none     1        0        0       0         0           1
    all      2        1        0       0         0           2
    ");
}

#[test]
fn a_filter_before_a_subcommand_is_refused_because_it_would_have_no_effect() {
    let mut env = Env::new();
    env.ready();
    let refused = env.run(&["sla", "p:P1", "explain", "1"]).code(2).stderr;
    assert!(
        refused.contains("filters and options of the table cannot be combined"),
        "{refused}"
    );
    let _explained = env.run(&["sla", "explain", "1"]).ok();
}
