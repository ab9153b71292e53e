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
    ), @"");
}

#[test]
fn every_fault_is_told_at_once_and_nothing_is_stored() {
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
    ), @"");
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
fn open_tickets_keep_their_promises_until_the_policy_is_applied() {
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
    ), @"");
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
    ), @"");
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
    ), @"");
    std::fs::remove_file(env.dir().join("sub/days.ics")).unwrap();
    assert_snapshot!(env.says("desk sla explain 1 --clock resolution"), @"");
}
