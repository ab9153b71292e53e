//! `desk sla explain`: the reckoning of a clock, to be checked by hand.

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
fn every_stretch_is_told_with_why_it_counts_and_the_sum() {
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
    ), @"");
}

#[test]
fn what_was_never_promised_or_is_not_there_is_said() {
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
    ), @"");
}

#[test]
fn a_new_target_is_told_with_the_one_before() {
    let mut env = office();
    env.does("desk open VPN --channel phone -k incident -u low -b low -g low");
    std::fs::write(
        env.dir().join("faster.toml"),
        "[[targets]]\nresponse = \"3h\"\nresolution = \"24h\"\n[[targets]]\npriority = \"P1\"\nresolution = \"1s\"\n",
    )
    .unwrap();
    env.does("desk policy set faster.toml\ndesk prioritize 1 -u high -b high -g high");
    assert_snapshot!(env.says("desk sla explain 1 --clock resolution"), @"");
}
