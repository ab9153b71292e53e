//! One's own last step is taken back: `desk undo`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn everything_comes_back_and_the_timeline_shows_what_was_taken_back() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk resolve 1 "restarted" --code workaround
        desk undo 1
        desk escalate 1 "beyond me"
        desk undo 1
        desk sla
        desk show 1
        "#
    ), @"");
    let _ = env.run(&["verify"]).ok();
    let page = env.json(&["show", "1"]);
    assert_eq!(page["reopenings"], 0);
    let marks = page["history"].as_array().unwrap().iter();
    assert!(marks.filter(|event| event["mark"] == "undone").count() >= 2);
}

#[test]
fn what_is_not_yours_or_left_the_desk_is_refused() {
    let mut env = Env::new();
    env.ready();
    assert_snapshot!(env.says(
        r#"
        desk log 1 "his" --as ben
        desk undo 1
        desk undo 1 --as ben
        desk reply 1 "we look at it"
        desk undo 1
        desk log 1 "a slip"
        90 minutes pass
        desk undo 1
        desk undo 1 --at "1h ago"
        desk undo 9
        "#
    ), @"");
}

#[test]
fn a_merge_is_taken_back_on_both_tickets() {
    let mut env = Env::new();
    env.does("desk open A -r Mia; desk open B -r Tom; desk merge 1 --into 2");
    assert_snapshot!(env.says(
        r#"
        desk undo 1
        desk list --columns id,title,status
        desk merge 1 --into 2
        desk log 2 "on with it" --as ben
        desk undo 1
        "#
    ), @"");
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn an_undone_title_is_not_found_any_more_and_an_export_carries_it_over() {
    let mut env = Env::new();
    env.does("desk open 'printer jam'; desk edit 1 --title 'zebra crossing'; desk undo 1");
    assert_eq!(env.json(&["search", "zebra"]), serde_json::json!([]));
    assert_eq!(env.json(&["search", "printer"])[0]["id"], 1);
    let _ = env.run(&["verify"]).ok();
    let _ = env.run(&["reindex"]).ok();
    let _ = env.run(&["verify"]).ok();
    let export = env.run(&["export"]).ok().stdout;
    let mut other = Env::bare();
    let _ = other.run(&["init"]).ok();
    let _ = other.run_with(&["import", "-"], export).ok();
    assert_eq!(other.json(&["show", "1"])["title"], "printer jam");
    let _ = other.run(&["verify"]).ok();
}

#[test]
fn the_policy_says_for_how_long() {
    let mut env = Env::new();
    env.does("desk open VPN; desk log 1 x");
    std::fs::write(env.dir().join("p.toml"), "[undo]\nwithin = \"never\"\n").unwrap();
    let _ = env.run(&["policy", "set", "p.toml"]).ok();
    let refused = env.run(&["undo", "1"]).code(1);
    assert!(
        refused.stderr.contains("the policy lets nothing be undone"),
        "{}",
        refused.stderr
    );
}
