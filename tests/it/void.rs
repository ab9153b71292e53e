//! A ticket that was a mistake is taken out: `desk void`.

use insta::assert_snapshot;

use crate::env::Env;
use crate::terminal::{DOWN, ENTER, Terminal};

#[test]
fn it_is_in_no_list_and_no_figure_until_it_is_asked_for() {
    let mut env = Env::new();
    env.does("desk open 'a slip' --key disk\ndesk open VPN -c phone");
    assert_snapshot!(env.says(
        r#"
        desk void 1 --reason "opened by a slip"
        desk list status:void
        desk log 1 more
        "#
    ), @r#"
    $ desk void 1 --reason "opened by a slip"
    #1 void: a mistake

    $ desk list status:void
    ID  STATUS  SLA          TIER  TITLE
     1  void    - cancelled  L1    a slip

    $ desk log 1 more
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    "#);
    let again = env.run(&["void", "1", "--reason", "opened by a slip"]).ok();
    assert_eq!(again.stdout, "#1 unchanged\n");
    for words in [vec!["--all"], vec!["--", "-is:void"]] {
        let mut args = vec!["list", "--json"];
        args.extend(words);
        let ids = serde_json::from_str::<serde_json::Value>(&env.run(&args).ok().stdout).unwrap();
        let ids: Vec<i64> = ids
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["id"].as_i64().unwrap())
            .collect();
        assert!(!ids.contains(&1), "{args:?}: {ids:?}");
    }
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(
        page.contains("void since 09:02: opened by a slip"),
        "{page}"
    );
    let report = env.json(&["report"]);
    assert_eq!(report["total"]["opened"], 1, "{report}");
    assert_eq!(env.json(&["search", "slip"]), serde_json::json!([]));
    assert_eq!(env.json(&["list", "is:void"])[0]["void"], true);
    for args in [
        &["--status", "void"][..],
        &["--status", "new,void"],
        &["--status", "VOID,closed"],
    ] {
        let all = [&["list", "--ids"][..], args].concat();
        let ids = env.run(&all).ok().stdout;
        let has_new = args[1].contains("new");
        assert_eq!(ids.contains("2\n"), has_new, "{args:?}: {ids}");
        assert!(ids.contains("1\n"), "{args:?}: {ids}");
    }
    assert_eq!(
        env.run(&["list", "--ids", "--status", "closed"])
            .ok()
            .stdout,
        ""
    );
    let wrong = env.run(&["list", "--status", "vod"]).code(2).stderr;
    assert!(wrong.contains("did you mean 'void'?"), "{wrong}");
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
    ), @r#"
    $ desk reply 1 --from-requester "is anybody there?"
    #2 (#1 is closed, it follows up) opened, message by monitoring recorded, linked to #1 (previous), first response due in 3h (12:02), resolution due in 1d (Tue 09:02)

    $ desk open "disk full" --key disk -c monitoring
    #3 opened, linked to #1 (previous), first response due in 3h (12:03), resolution due in 1d (Tue 09:03)

    $ desk reopen 1 "no test after all"
    #1 reopened, first response due in 2h 56m (12:00), resolution due in 23h 59m (Tue 09:03)

    $ desk list --columns id,title,status
    ID  TITLE      STATUS
     1  disk full  active
     2  disk full  new
     3  disk full  new
    "#);
    assert_eq!(env.json(&["show", "1"])["reopenings"], 0);
}

#[test]
fn several_are_asked_about() {
    let mut env = Env::new();
    env.does("desk open A\ndesk open B");
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
