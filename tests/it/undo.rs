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
    ), @r#"
    $ desk resolve 1 "restarted" --code workaround
    #1 resolved (workaround) after 5m of 8h: met

    $ desk undo 1
    #1 undone: resolved -> active, resolution due in 7h 54m (17:00)

    $ desk escalate 1 "beyond me"
    #1 escalated L1 -> L2, unassigned, resolution due in 7h 53m (17:00)

    $ desk undo 1
    #1 undone: L2 -> L1, unassigned -> anna, resolution due in 7h 52m (17:00)

    $ desk sla
    ID  PRIO  STATUS  RESPONSE  RESOLUTION  TIER  ASSIGNEE  TITLE
     1  P2    active  ✓ met     ✓ 7h51m     L1    anna      VPN drops

    PRIO  OPEN  OVERDUE  AT RISK  PAUSED  RESOLVED  UNASSIGNED
    P2       1        0        0       0         0           0

    $ desk show 1
    #1 VPN drops
      active since 09:04 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      resolution  ✓ ok    10m  7h 50m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  resolved (workaround) (undone)
             │ restarted
      09:06  anna  took back: resolved
      09:07  anna  escalated L1 -> L2 (undone)
             │ beyond me
      09:08  anna  took back: escalated
    "#);
    let _ = env.run(&["verify"]).ok();
    let page = env.json(&["show", "1"]);
    assert_eq!(page["reopenings"], 0);
    let marks = page["timeline"].as_array().unwrap().iter();
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
    ), @r#"
    $ desk log 1 "his" --as ben
    #1 logged

    $ desk undo 1
    ! desk: the last step on #1 is by ben (logged, 2026-03-02 09:05), and not yours
    !   hint: see what happened with: desk show 1 --full
    [exit 1]

    $ desk undo 1 --as ben
    #1 the last step is undone, resolution due in 7h 53m (17:00)

    $ desk reply 1 "we look at it"
    #1 replied by phone

    $ desk undo 1
    ! desk: the last step on #1 cannot be undone: the requester has read it
    !   hint: tell them what is right, with: desk reply 1 TEXT
    [exit 1]

    $ desk log 1 "a slip"
    #1 logged

    ... 90 minutes pass
    $ desk undo 1
    ! desk: the last step on #1 was 91 minutes ago; the policy lets it be undone for 60 minutes
    !   hint: correct it with: desk edit 1, or with the step that reverses it
    [exit 1]

    $ desk undo 1 --at "1h ago"
    ! desk: --at does not apply to desk undo
    !   hint: leave --at out
    [exit 2]

    $ desk undo 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]
    "#);
}

#[test]
fn a_merge_is_taken_back_on_both_tickets() {
    let mut env = Env::new();
    env.does("desk open A -r Mia\ndesk open B -r Tom\ndesk merge 1 --into 2");
    env.does("desk undo 1");
    for id in ["1", "2"] {
        let page = env.json(&["show", id]);
        assert_eq!(
            (&page["status"], &page["reopenings"]),
            (&"new".into(), &0.into())
        );
    }
    env.does("desk merge 1 --into 2\ndesk log 2 'on with it' --as ben");
    let refused = env.run(&["undo", "1"]).code(1);
    assert!(
        refused.stderr.contains("the last step on #2 is by ben"),
        "{}",
        refused.stderr
    );
    let _ = env.run(&["verify"]).ok();
}

#[test]
fn an_undone_title_is_not_found_any_more_and_an_export_carries_it_over() {
    let mut env = Env::new();
    env.does("desk open 'printer jam'\ndesk edit 1 --title 'zebra crossing'\ndesk undo 1");
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
    env.does("desk open VPN\ndesk log 1 x");
    std::fs::write(env.dir().join("p.toml"), "[undo]\nwithin = \"never\"\n").unwrap();
    let _ = env.run(&["policy", "set", "p.toml"]).ok();
    let refused = env.run(&["undo", "1"]).code(1);
    assert!(
        refused.stderr.contains("the policy lets nothing be undone"),
        "{}",
        refused.stderr
    );
}
