//! A ticket that was a mistake is taken out: `desk void`.

use insta::assert_snapshot;

use crate::env::Env;
use crate::terminal::{DOWN, ENTER, Terminal};

#[test]
fn it_is_in_no_list_and_no_figure_until_it_is_asked_for() {
    let mut env = Env::new();
    env.does("desk open 'a slip' --key disk; desk open VPN -c phone");
    assert_snapshot!(env.says(
        r#"
        desk void 1 --reason "opened by a slip"
        desk list --all
        desk list status:void
        desk list -- -is:void
        desk show 1
        desk void 1 --reason "opened by a slip"
        desk log 1 more
        "#
    ), @"");
    let report = env.json(&["report"]);
    assert_eq!(report["volume"]["opened"], 1, "{report}");
    assert_eq!(env.json(&["search", "slip"]), serde_json::json!([]));
    assert_eq!(env.json(&["list", "is:void"])[0]["void"], true);
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn messages_and_alarms_go_to_new_tickets_and_it_can_be_taken_up_again() {
    let mut env = Env::new();
    env.does(
        "desk open 'disk full' --key disk -r Mia -c monitoring
         desk void 1 --reason 'a test'",
    );
    assert_snapshot!(env.says(
        r#"
        desk reply 1 --from-requester "is anybody there?"
        desk open "disk full" --key disk -c monitoring
        desk reopen 1 "no test after all"
        desk list --columns id,title,status
        "#
    ), @"");
    assert_eq!(env.json(&["show", "1"])["reopenings"], 0);
}

#[test]
fn several_are_asked_about() {
    let mut env = Env::new();
    env.does("desk open A; desk open B");
    let refused = env.run(&["void", "1,2", "--reason", "tests"]).code(2);
    assert!(refused.stderr.contains("give --yes"), "{}", refused.stderr);
    let args = ["void", "1,2", "--reason", "tests"];
    let mut terminal = Terminal::run(&env, &[], &args);
    terminal
        .sees("make 2 tickets void")
        .types(DOWN)
        .types(ENTER);
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(
        env.json(&["list", "status:void"]).as_array().unwrap().len(),
        2
    );
}
