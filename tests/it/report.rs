//! Reports: `desk report` in every format, by month, and as an HTML page.

use insta::assert_snapshot;

use crate::env::Env;

/// A month and a half of a small desk.
fn spring() -> Env {
    spring_in(Env::new())
}

fn spring_in(mut env: Env) -> Env {
    env.at("2026-02-27T09:00:00Z");
    env.closed().at("2026-03-01T08:00:00Z").does(
        r#"
        desk open "Mail bounces" --channel email --kind incident --category mail -u low -b low -g low
        150 minutes pass
        desk reply 2 "We are on it."
        desk escalate 2 logs
        desk escalate 2 L1 "not the server"
        1500 minutes pass
        desk resolve 2 "new filter" --code workaround --restored-by Tom --tell "Try again."
        desk reopen 2 "still bounces"
        desk resolve 2 "newer filter" --code workaround --restored-by Tom --tell "Try again."
        desk open "Server room is hot" --channel phone --kind incident -u high -b high -g high
        desk open "No use" --channel email
        desk resolve 4 "sorted itself out" --code withdrawn --force --reason gone
        "#,
    );
    env
}

#[test]
fn every_target_is_reported_by_group_and_in_total() {
    assert_snapshot!(spring().says(
        "
        desk report
        "
    ), @"
    $ desk report
    All time until 2026-03-02 11:40, UTC

    Tickets
    PRIO  OPENED  RESOLVED  CLOSED  OPEN  OVERDUE  MEDIAN AGE  OLDEST
    P1         1         0       0     1        0          3m      3m
    P2         1         1       1     0        0           -       -
    P4         1         1       0     1        0       1d 3h   1d 3h
    none       1         1       0     1        0          2m      2m
    all        4         3       1     3        0          3m   1d 3h

    First response
    PRIO  MET  MISSED  LATE  RECL  NONE  SHARE MET           MEAN  MEDIAN     P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    P1      1       0     0     0     0  ██████████ 100 %      0s      0s      0s            0s              0s           0s
    P2      1       0     0     0     0  ██████████ 100 %      0s      0s      0s            0s              0s           0s
    P4      1       0     0     0     0  ██████████ 100 %  2h 31m  2h 31m  2h 31m        2h 31m          2h 31m       2h 31m
    none    0       0     0     0     0  -                      -       -       -             -               -            -
    all     3       0     0     0     0  ██████████ 100 %     50m      0s      2h           50m              0s           2h

    Resolution
    PRIO  MET  MISSED  LATE  RECL  NONE  SHARE MET            MEAN   MEDIAN    P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    P1      0       0     0     0     0  -                       -        -      -             -               -            -
    P2      1       0     0     0     0  ██████████ 100 %       5m       5m     5m            5m              5m           5m
    P4      0       1     0     0     0  ░░░░░░░░░░   0 %    1d 3h    1d 3h  1d 3h         1d 3h           1d 3h        1d 3h
    none    0       0     0     0     0  -                       -        -      -             -               -            -
    all     1       1     0     0     0  █████░░░░░  50 %  13h 50m  13h 50m     1d       13h 50m         13h 50m           1d

    Quality
    PRIO  REOPENED  FIRST LINE  L1->L2  L1->L3  BACK  RATED  RATING
    P1           -           -       0       1     0      0       -
    P2         0 %       100 %       0       0     0      1     5.0
    P4       100 %         0 %       1       0     1      0       -
    none       0 %           -       0       0     0      0       -
    all       33 %        50 %       1       1     1      1     5.0

    Against the published targets
    first response within 1h  ███████░░░  67 %  2 of 3
    first response within 3h  ██████████ 100 %  3 of 3
    mean time to resolution   ✓ met             13h 50m of 1d
    ");
}

#[test]
fn a_time_a_filter_and_the_months_narrow_it() {
    assert_snapshot!(spring().says(
        "
        desk report --from 2026-03-01 --to 2026-03-02 --by tier --kind incident
        desk report --by month --format csv
        desk report --from 2025-01-01 --to 2025-02-01
        "
    ), @"
    $ desk report --from 2026-03-01 --to 2026-03-02 --by tier --kind incident
    2026-03-01 00:00 until 2026-03-02 00:00, UTC

    Tickets
    TIER  OPENED  RESOLVED  CLOSED  OPEN  OVERDUE  MEDIAN AGE  OLDEST
    L1         1         0       0     1        0         16h     16h

    First response
    TIER  MET  MISSED  LATE  RECL  NONE  SHARE MET           MEAN  MEDIAN     P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    L1      1       0     0     0     0  ██████████ 100 %  2h 31m  2h 31m  2h 31m        2h 31m          2h 31m       2h 31m

    Resolution
    TIER  MET  MISSED  LATE  RECL  NONE  SHARE MET  MEAN  MEDIAN  P90  WORKING MEAN  WORKING MEDIAN  WORKING P90
    L1      0       0     0     0     0  -             -       -    -             -               -            -

    Quality
    TIER  REOPENED  FIRST LINE  L1->L2  BACK  RATED  RATING
    L1           -           -       1     1      0       -

    Against the published targets
    first response within 1h  ░░░░░░░░░░   0 %  0 of 1
    first response within 3h  ██████████ 100 %  1 of 1
    mean time to resolution   -                 nothing resolved

    $ desk report --by month --format csv
    scope,month,opened,resolved,closed,merged,open,open_resolved,open_overdue,open_response_late,open_resolution_late,age_median_s,age_oldest_s,response_met,response_missed,response_missed_open,response_relaxed,response_reclassified,response_cancelled,response_unpromised,response_no_evidence,response_met_share,response_met_share_of_all,response_elapsed_count,response_elapsed_mean_s,response_elapsed_median_s,response_elapsed_p90_s,response_working_count,response_working_mean_s,response_working_median_s,response_working_p90_s,resolution_met,resolution_missed,resolution_missed_open,resolution_relaxed,resolution_reclassified,resolution_cancelled,resolution_unpromised,resolution_no_evidence,resolution_met_share,resolution_met_share_of_all,resolution_elapsed_count,resolution_elapsed_mean_s,resolution_elapsed_median_s,resolution_elapsed_p90_s,resolution_working_count,resolution_working_mean_s,resolution_working_median_s,resolution_working_p90_s,answered_within_1h,answered_within_1h_share,answered_within_3h,answered_within_3h_share,mean_resolution_met,reopened,reopenings,reopened_share,first_line,first_line_share,escalations,handbacks,handed_back,satisfaction_count,satisfaction_mean,notifications_in_time,notifications_late,notifications_not_required,notifications_open,notifications_overdue,spent_s
    group,2026-02,1,1,1,0,0,0,0,0,0,,,1,0,0,0,0,0,0,0,1,1,1,0,0,0,1,0,0,0,1,0,0,0,0,0,0,0,1,1,1,300,300,300,1,300,300,300,1,1,1,1,true,0,0,0,1,1,,0,0,1,5,0,0,0,0,0,0
    group,2026-03,3,2,0,0,3,2,0,0,0,240,99660,2,0,0,0,0,1,0,0,1,1,2,4530,4530,8154,2,4530,4530,8154,0,1,0,0,0,1,0,0,0,0,1,99360,99360,99360,1,99300,99300,99300,1,0.5,2,1,false,1,1,0.5,0,0,L1->L2:1 L1->L3:1,1,1,0,,0,0,0,0,0,0
    all,,4,3,1,0,3,2,0,0,0,240,99660,3,0,0,0,0,1,0,0,1,1,3,3020,0,7248,3,3020,0,7248,1,1,0,0,0,1,0,0,0.5,0.5,2,49830,49830,89454,2,49800,49800,89400,2,0.6667,3,1,true,1,1,0.3333,1,0.5,L1->L2:1 L1->L3:1,1,1,1,5,0,0,0,0,0,0

    $ desk report --from 2025-01-01 --to 2025-02-01
    ! nothing happened in this time
    ");
}

#[test]
fn a_past_moment_is_answered_as_it_was() {
    let mut env = spring();
    let opened = |value: serde_json::Value| {
        let total = &value["total"];
        (
            total["resolved"].clone(),
            total["reopened"].clone(),
            total["backlog"]["open"].clone(),
        )
    };
    let before = opened(env.json(&["--at", "2026-03-02 11:35", "report"]));
    let now = opened(env.json(&["report"]));
    assert_eq!(before, (1.into(), 0.into(), 1.into()));
    assert_eq!(now, (3.into(), 1.into(), 3.into()));
}

#[test]
fn what_cannot_be_reported_is_refused() {
    let mut env = spring_in(Env::file("a page would replace the store"));
    assert_snapshot!(env.says(
        "
        desk report --from 2026-03-02 --to 2026-03-01
        desk report --from tomorrow
        desk report --by weekday
        desk report --assignee nobody
        desk report --html desk.db
        desk report --html none/page.html
        desk list --count
        "
    ), @"
    $ desk report --from 2026-03-02 --to 2026-03-01
    ! desk: the period of the report ends before it starts
    !   hint: give a --from before --to, or before now
    [exit 2]

    $ desk report --from tomorrow
    ! desk: the period of the report ends before it starts
    !   hint: give a --from before --to, or before now
    [exit 2]

    $ desk report --by weekday
    ! desk: invalid value 'weekday' for '--by <WHAT>': unknown grouping 'weekday'
    !   hint: accepted: priority, tier, assignee, category, month, channel, kind, tag, domain, responder, resolver
    [exit 2]

    $ desk report --assignee nobody
    ! desk: unknown agent 'nobody'
    !   hint: accepted: anna
    [exit 2]

    $ desk report --html desk.db
    ! desk: desk.db exists and is not an HTML page written by desk
    !   hint: use a new file name, or that of an earlier page
    [exit 2]

    $ desk report --html none/page.html
    ! desk: writing none/page.html failed: entity not found
    [exit 5]

    $ desk list --count
    3
    ");
}

#[test]
fn a_page_is_written_and_written_again() {
    let mut env = spring();
    assert_snapshot!(env.says(
        "
        desk report --html page.html
        desk --json report --html page.html --from 2026-03-01
        "
    ), @r#"
    $ desk report --html page.html
    written page.html

    $ desk --json report --html page.html --from 2026-03-01
    {"done":"written","path":"page.html","aside":null}
    "#);
    let page = std::fs::read_to_string(env.dir().join("page.html")).unwrap();
    assert!(page.ends_with("</html>\n") && !page.contains("Mail bounces"));
    let names = std::fs::read_dir(env.dir()).unwrap();
    let left = names.filter(|name| {
        let name = name.as_ref().unwrap().file_name();
        name.to_str().unwrap().starts_with(".desk-")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn the_response_is_credited_to_who_gave_it_and_the_resolution_to_who_resolved() {
    let mut env = Env::new();
    env.does(
        "desk open A -c email -k incident --category x/y -u low -b low -g low
         desk open B -c email
         desk --as ann reply 1 hi
         desk assign 1 bob
         desk --as cleo resolve 1 done",
    );
    let mut groups = |by: &str| {
        let report = env.json(&["report", "--by", by]);
        let groups = report["groups"].as_array().unwrap().iter();
        let groups = groups.map(|group| {
            let name = group["group"].as_str().unwrap_or("none").to_owned();
            let count = |name: &str| group[name]["met"].as_u64().unwrap();
            (name, count("response"), count("resolution"))
        });
        groups.collect::<Vec<_>>()
    };
    let named = |name: &str, met| (name.to_owned(), met, met);
    assert_eq!(groups("responder"), [named("ann", 1), named("none", 0)]);
    assert_eq!(groups("resolver"), [named("cleo", 1), named("none", 0)]);
    assert_eq!(groups("assignee"), [named("bob", 1), named("none", 0)]);
}

#[test]
fn a_report_at_an_earlier_time_knows_no_later_credit() {
    let mut env = Env::new();
    env.does(
        "desk open A -c email
         30 minutes pass
         desk --as ann reply 1 hi",
    );
    let before = env.json(&["--at", "2026-03-02T09:10Z", "report", "--by", "responder"]);
    assert_eq!(before["groups"].as_array().unwrap().len(), 1);
    assert!(before["groups"][0]["group"].is_null(), "{before:#}");
    let now = env.json(&["report", "--by", "responder"]);
    assert_eq!(now["groups"][0]["group"], "ann");
}

#[test]
fn late_tickets_that_are_still_open_are_missed_as_the_list_and_the_check_say() {
    let mut env = Env::new();
    for title in ["A", "B", "C", "D"] {
        env.does(&format!("desk open {title} -c email"));
    }
    env.does("desk reply 1 hi");
    env.at("2026-03-02T13:00:00Z");
    let report = env.json(&["report"])["total"].clone();
    let response = &report["response"];
    assert_eq!(
        (
            &response["met"],
            &response["missed"],
            &response["missed_open"]
        ),
        (&1.into(), &3.into(), &3.into())
    );
    assert_eq!(response["met_share"], 0.25);
    assert_eq!(report["promise"]["answered_within_3h_share"], 0.25);
    let listed = env.json(&["list", "--overdue"]).as_array().unwrap().len();
    assert_eq!(report["backlog"]["overdue"], listed);
    let check = env.finish(env.command(&["check", "--json"]), None);
    let check: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    assert_eq!(check["metrics"]["overdue"], listed, "{check:#}");
    env.does("desk reply 2 'sorry, late'");
    let response = env.json(&["report"])["total"]["response"].clone();
    assert_eq!(
        (&response["missed"], &response["missed_open"]),
        (&3.into(), &2.into())
    );
}

#[test]
fn tickets_are_counted_by_the_domain_of_the_requester() {
    let mut env = Env::new();
    env.does(
        "
        desk open A -c email -r 'Mia <mia@Example.org>'
        desk open B -c email -r tom@example.ORG
        desk open C -c email -r 'Ada <ada@mail.example.com>'
        desk open D -c phone -r '+49 30 1234'
        desk open E -c phone -r Ole
        desk open F -c phone
        desk spent 1 30m
        desk spent 3 10m
        ",
    );
    let report = env.json(&["report", "--by", "domain"]);
    let groups = report["groups"].as_array().unwrap().iter();
    let groups: Vec<(Option<&str>, i64, i64)> = groups
        .map(|group| {
            let number = |name: &str| group[name].as_i64().unwrap();
            (group["group"].as_str(), number("opened"), number("spent_s"))
        })
        .collect();
    let expected = [
        (Some("example.org"), 2, 1_800),
        (Some("mail.example.com"), 1, 600),
        (None, 3, 0),
    ];
    assert_eq!(groups, expected);
    assert_eq!(report["total"]["opened"], 6);
    let table = env.run(&["report", "--by", "domain"]).ok().stdout;
    assert!(table.contains("example.org"), "{table}");
    let csv = env.run(&["report", "--by", "domain", "--format", "csv"]);
    assert_eq!(csv.ok().stdout.matches("example.org").count(), 1);
}
