//! A machine clock that was set back, time zones of every kind, and days of 23
//! and 25 hours.

use crate::concurrency::at_once;
use crate::env::{Env, Output};

#[test]
fn a_small_step_back_of_the_clock_is_tolerated() {
    let mut env = Env::new();
    env.at("2026-03-02T09:10:00Z");
    let _ = env.run(&["open", "clockwork"]).ok();
    env.at("2026-03-02T09:08:00Z");
    let _ = env.run(&["log", "1", "two minutes earlier"]).ok();
    let page = env.json(&["show", "1"]);
    let event = page["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(event["at"], "2026-03-02T09:10:00Z");
    assert_eq!(event["recorded_at"], "2026-03-02T09:08:00Z");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_clock_that_was_ahead_locks_nothing() {
    let mut env = Env::new();
    env.at("2026-03-02T09:10:00Z");
    let _ = env.run(&["open", "clockwork"]).ok();
    env.at("2026-05-01T09:00:00Z");
    let _ = env.run(&["open", "ahead"]).ok();
    let _ = env.run(&["reply", "1", "by a clock that is ahead"]).ok();
    env.at("2026-03-02T09:20:00Z");
    for args in [
        &["log", "1", "the clock is right again"][..],
        &["reply", "2", "and now"],
        &["resolve", "1", "done", "--force", "--reason", "x"],
    ] {
        let _ = env.run(args).ok();
    }
    let page = env.json(&["show", "1"]);
    assert_eq!(page["status"], "resolved");
    assert_eq!(
        page["clocks"]["response"]["stopped_at"],
        "2026-03-02T09:20:00Z"
    );
    let marks = page["timeline"].as_array().unwrap().iter();
    let marks: Vec<_> = marks.filter_map(|event| event["mark"].as_str()).collect();
    assert_eq!(marks, ["clock-ahead", "after-clock-ahead"]);
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_sweep_long_after_the_last_write_only_shows_what_it_would_do() {
    let kept = |env: &mut Env| {
        let page = env.json(&["show", "1"]);
        page["timeline"].as_array().unwrap().len()
    };
    let opened = || {
        let mut env = Env::new();
        env.at("2026-03-02T09:10:00Z");
        let _ = env.run(&["open", "clockwork"]).ok();
        env
    };
    // The control: within a week it acts.
    let mut acts = opened();
    let before = kept(&mut acts);
    acts.at("2026-03-09T09:10:00Z");
    let _ = acts.run(&["sweep"]).ok();
    assert!(kept(&mut acts) > before);
    let mut env = opened();
    env.at("2026-05-01T09:10:00Z");
    insta::assert_snapshot!(env.run(&["sweep"]), @"
    2026-03-02 11:25  #1 response has used 75 % of its time  clockwork
    2026-03-02 11:52  #1 response has used 90 % of its time  clockwork
    2026-03-02 12:10  #1 response is overdue  clockwork
    2026-03-03 03:10  #1 resolution has used 75 % of its time  clockwork
    2026-03-03 06:46  #1 resolution has used 90 % of its time  clockwork
    2026-03-03 09:10  #1 resolution is overdue  clockwork
    ------- stderr -------
    note: nothing was changed: the clock is 60 days past the last write or sweep, and may be wrong
    hint: if it is right: desk sweep --clock-is-right
    [exit 0]
    ");
    assert_eq!(kept(&mut env), before);
    let _ = env.run(&["sweep", "--clock-is-right"]).ok();
    assert!(kept(&mut env) > before);
    env.at("2026-05-20T09:10:00Z");
    let _ = env.run(&["log", "1", "still there"]).ok();
    let silent = env.run(&["sweep"]).ok();
    assert_eq!(silent.stderr, "");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn sweeps_without_anything_to_do_keep_the_time() {
    let mut env = Env::new();
    env.at("2026-03-02T09:10:00Z");
    let _ = env.run(&["open", "clockwork"]).ok();
    for day in ["03", "08", "14", "20", "26"] {
        env.at(&format!("2026-03-{day}T12:00:00Z"));
        assert_eq!(env.run(&["sweep"]).ok().stderr, "");
    }
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn a_clock_that_was_never_set_writes_nothing() {
    let mut env = Env::new();
    env.does("desk open clockwork");
    let head = env.json(&["verify"])["head"].clone();
    env.at("1969-12-31T23:59:00Z");
    insta::assert_snapshot!(env.says(
        "
        desk open again
        "
    ), @"
    $ desk open again
    ! desk: the machine's clock says 1969-12-31 23:59, before 1970; nothing was written
    !   hint: correct the clock of the machine, then try again
    [exit 1]
    ");
    for args in [
        &["log", "1", "x"][..],
        &["policy", "set", "-"],
        &["reindex"],
        &["init", "--db", "new.db"],
        &["open", "x", "--at", "2026-03-02T09:00:00Z"],
    ] {
        env.at("1969-12-31T23:59:59Z");
        let said = env.run_with(args, "warnings = [60]\n").code(1);
        assert!(
            said.stderr.contains(", before 1970; nothing was written"),
            "{said}"
        );
    }
    assert!(!env.dir().join("new.db").exists());
    env.at("1969-12-31T23:59:00Z");
    let _ = env.run(&["list"]).ok();
    assert_eq!(env.json(&["verify"])["head"], head);
    // At the first second of 1970 it may be right, although not here.
    env.at("1970-01-01T00:00:00Z");
    let _ = env.run(&["init", "--db", "new.db"]).ok();
}

/// The same command in another zone.
fn zoned(env: &Env, tz: &str, args: &[&str]) -> Output {
    let mut command = env.command(args);
    command.env("TZ", tz);
    at_once(env, vec![command]).remove(0)
}

#[test]
fn a_zone_changes_how_times_are_shown_and_nothing_else() {
    let mut env = Env::new();
    env.at("2026-03-02T09:00:00Z");
    let _ = env.run(&["open", "far away"]).ok();
    env.at("2026-03-02T09:30:00Z");
    let plain = zoned(&env, "UTC", &["show", "1", "--json"]).ok().stdout;
    for tz in [
        "Europe/Berlin",
        "Asia/Kathmandu",
        "America/St_Johns",
        ":UTC",
        "Pacific/Apia",
    ] {
        let said = zoned(&env, tz, &["show", "1", "--json"]).ok();
        assert_eq!(said.stdout, plain, "{tz}");
    }
    let opened = |tz: &str| {
        let page = zoned(&env, tz, &["show", "1"]).ok().stdout;
        page.lines()
            .find(|line| line.contains("opened"))
            .unwrap()
            .to_owned()
    };
    let told: Vec<String> = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]
        .iter()
        .map(|tz| opened(tz))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    opened 09:00 by anna
    opened 10:00 by anna
    opened 14:45 by anna
    opened 05:30 by anna
    ");
}

#[test]
fn a_broken_zone_of_the_machine_is_ignored() {
    let mut env = Env::new();
    let _ = env.run(&["open", "where are we"]).ok();
    for tz in [
        "",
        "Mars/Olympus",
        "../../etc/passwd",
        "UTC0UTC",
        ":",
        "x\u{1b}[31m",
    ] {
        let _ = zoned(&env, tz, &["list"]).ok();
    }
    // A zone that was given with --tz must exist.
    let _ = env.run(&["--tz", "Mars/Olympus", "list"]).code(2);
}

#[test]
fn the_hours_around_a_daylight_saving_change_are_distinguished() {
    let mut env = Env::bare();
    env.at("2026-03-28T12:00:00Z");
    let _ = env.run(&["init"]).ok();
    // Spring: the clock goes from 02:00 to 03:00 at 01:00 UTC on the 29th.
    env.at("2026-03-28T12:30:00Z");
    let _ = env.run(&["open", "a short day", "--json"]).ok();
    let berlin = |env: &Env, args: &[&str]| zoned(env, "Europe/Berlin", args);
    let spring = berlin(&env, &["list"]).ok().stdout;
    insta::assert_snapshot!(spring, @"
    ID  STATUS  SLA      TIER  TITLE
     1  new     ✓ 2h59m  L1    a short day
    ");
    // 24 hours are 24 hours of elapsed time, whatever local time it is then.
    let clocks = env.json(&["show", "1"]);
    assert_eq!(
        clocks["clocks"]["resolution"]["due"],
        "2026-03-29T12:30:00Z"
    );

    // A skipped local time is the end of the gap, a repeated one is its first
    // occurrence.
    env.at("2026-10-25T12:00:00Z");
    let gap = berlin(&env, &["--at", "2026-03-29 02:30", "list"]);
    insta::assert_snapshot!(gap, @"
    ID  STATUS  SLA       TIER  TITLE
     1  new     ✗ -9h30m  L1    a short day
    [exit 0]
    ");
    let twice = berlin(&env, &["--at", "2026-10-25 02:30", "list"]);
    insta::assert_snapshot!(twice, @"
    ID  STATUS  SLA        TIER  TITLE
     1  new     ✗ -210d9h  L1    a short day
    [exit 0]
    ");
}
