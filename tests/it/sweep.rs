//! `desk sweep`: what is due by itself is done, once, and dated when it was
//! due.

use insta::assert_snapshot;

use crate::env::Env;

const RULES: &str = r#"
warnings = [50, 75]
auto_close = "2d"

[[escalations]]
clock = "resolution"
percent = 75
from = "L1"
to = "L2"
"#;

fn env() -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("policy.toml"), RULES).unwrap();
    env.does("desk policy set policy.toml");
    env.at("2026-03-02T09:00:00Z");
    env.does(
        r#"
        desk open "VPN drops" --channel phone -k incident -u high -b low -g medium --assign ben
        desk open "Mail bounces" --channel phone
        desk pause 2 vendor --until "12:00"
        "#,
    );
    env
}

#[test]
fn a_sweep_warns_escalates_wakes_and_says_so_in_the_order_of_time() {
    let mut env = env();
    env.at("2026-03-02T18:00:00Z");
    assert_snapshot!(env.says(
        "desk sweep --dry-run
         desk sweep --json
         desk sweep
         desk show 1 --json --no-pager
         desk verify -q"
    ), @"");
}

#[test]
fn what_is_resolved_for_long_enough_is_closed() {
    let mut env = env();
    env.does(
        r#"
        desk identify 2 request
        desk categorize 2 mail
        desk prioritize 2 -u low -b low -g low
        desk resolve 2 "done" --restored-by Tom --tell "Done."
        "#,
    );
    env.at("2026-03-05T08:00:00Z");
    assert_snapshot!(env.says("desk sweep --format csv\ndesk list --status closed"), @"");
}

#[test]
fn two_sweeps_at_once_do_nothing_twice() {
    let mut env = env();
    env.at("2026-03-04T18:00:00Z");
    let running: Vec<_> = (0..8)
        .map(|_| env.command(&["sweep", "--json"]).spawn().unwrap())
        .collect();
    let mut told: Vec<String> = Vec::new();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        told.extend(text.lines().map(str::to_owned));
    }
    let mut once = told.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), told.len(), "{told:#?}");
    assert_eq!(told.len(), 8, "{told:#?}");
    let quiet = env.run(&["sweep"]).ok();
    assert_eq!(quiet.stdout, "");
    let _sound = env.run(&["verify"]).ok();
}

#[test]
fn a_sweep_without_a_store_or_anything_due_says_nothing() {
    let mut bare = Env::bare();
    let mut command = bare.command(&["sweep"]);
    command.env_remove("DESK_DB");
    let output = bare.finish(command, None).ok();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    let mut env = env();
    let output = env.run(&["sweep"]).ok();
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", ""));
    assert_snapshot!(env.says("desk sweep 1"), @"");
}
