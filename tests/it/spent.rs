//! Time that agents spend: `desk spent`, and `--spent` of other commands.

use crate::env::Env;

#[test]
fn time_adds_up_by_agent_on_the_page_in_json_and_in_lists() {
    let mut env = Env::new();
    env.ready().does(
        "
        desk log 1 --spent 15m 'compared the configurations'
        desk reply 1 --spent 1h30m 'We are on it.'
        desk spent 1 10m --as ben
        desk spent 1 -5m 'counted twice'
        desk call 1 --when 'in 1h'
        desk call 1 --held --spent 20m 'traced it'
        desk open 'mail' --channel phone
        ",
    );
    let json = env.json(&["show", "1"]);
    assert_eq!(json["spent_s"], 7_800);
    assert_eq!(
        json["time_spent"],
        serde_json::json!([{"agent":"anna","spent_s":7_200},{"agent":"ben","spent_s":600}])
    );
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(
        page.contains("Time spent\n  anna      2h\n  ben      10m\n  all   2h 10m"),
        "{page}"
    );
    let columns = [
        "list",
        "--columns",
        "id,spent_s",
        "--sort",
        "id",
        "--format",
    ];
    let list = |env: &mut Env, format| env.run(&[&columns[..], &[format]].concat()).ok().stdout;
    assert_eq!(list(&mut env, "csv"), "id,spent_s\n1,7800\n2,0\n");
    let table = list(&mut env, "table");
    assert!(table.contains("2h 10m"), "{table}");
    let ids = |env: &mut Env, word| env.run(&["list", "--ids", word]).ok().stdout;
    assert_eq!(ids(&mut env, "spent:>2h"), "1\n");
    assert_eq!(ids(&mut env, "spent:>2h10m"), "");
    assert_eq!(ids(&mut env, "spent:<=3h"), ids(&mut env, "is:open"));
    assert_eq!(ids(&mut env, "spent:any"), "1\n");
    assert_eq!(ids(&mut env, "spent:none"), "2\n");
    env.does("desk verify");
}

#[test]
fn a_report_sums_it_up_by_group_and_agent() {
    let mut env = Env::new();
    env.ready().does(
        "
        desk spent 1 30m
        desk spent 1 10m --as ben
        desk open 'mail' --channel phone
        desk spent 2 5m --as ben
        ",
    );
    let report = env.json(&["report", "--by", "category"]);
    assert_eq!(report["total"]["spent_s"], 2_700);
    let by = |agent: &str, spent: i64| serde_json::json!({"agent": agent, "spent_s": spent});
    assert_eq!(
        report["total"]["spent_by"],
        serde_json::json!([by("anna", 1_800), by("ben", 900)])
    );
    let groups = report["groups"].as_array().unwrap().iter();
    let sums = groups.map(|group| group["spent_s"].as_i64().unwrap());
    assert_eq!(sums.sum::<i64>(), 2_700);
    let table = env.run(&["report"]).ok().stdout;
    assert!(table.contains("Time spent"), "{table}");
    // Before the time was spent, there was none.
    let before = env.json(&["report", "--to", "2026-03-02"]);
    assert_eq!(before["total"]["spent_s"], 0);
}

#[test]
fn what_is_no_time_of_work_is_refused_and_nothing_is_written() {
    let mut env = Env::new();
    env.ready();
    for (args, says) in [
        (&["spent", "1", "1d"][..], "days of work differ in length"),
        (&["spent", "1", "90"], "number without a unit"),
        (&["spent", "1", "0m"], "no time at all"),
        (&["spent", "1", "soon"], "not a duration"),
        (&["spent", "1"], "desk spent ID 25m"),
        (&["log", "1", "--spent", "-5m", "x"], "-5m"),
        (
            &["reply", "1", "--from-requester", "--spent", "5m", "x"],
            "messages that you write",
        ),
        (
            &["call", "1", "--when", "in 1h", "--spent", "5m"],
            "a call that took place",
        ),
    ] {
        let refused = env.run(args).code(2).stderr;
        assert!(refused.contains(says), "{args:?}: {refused}");
    }
    let refused = env.run(&["spent", "1", "-5m"]).code(1).stderr;
    assert!(refused.contains("anna recorded only 0m on #1"), "{refused}");
    let json = env.json(&["show", "1"]);
    assert_eq!(json.get("spent_s"), None);
    // A command that is refused records no time.
    let _refused = env.run(&["close", "1", "--spent", "5m"]).code(1);
    assert_eq!(env.json(&["show", "1"]).get("spent_s"), None);
    // After the end it is written down all the same.
    env.does(
        "
        desk resolve 1 'new certificate' --restored-by Mia --tell 'Try again.' --spent 5m
        desk close 1 --spent 1m
        desk spent 1 5m 'wrote the report'
        ",
    );
    assert_eq!(env.json(&["show", "1"])["spent_s"], 660);
}
