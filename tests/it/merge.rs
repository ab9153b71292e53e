//! Tickets are merged into another one: `desk merge`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_merged_ticket_continues_in_the_other_one() {
    let mut env = Env::new();
    env.ready().does(
        r#"
        desk open "VPN is slow" --requester "Tom Abel" --channel email
        desk open "No VPN" --channel chat
        "#,
    );
    assert_snapshot!(env.says(
        r#"
        desk merge 2 3 --into 1
        desk merge 2 --into 1
        desk reply 2 --from-requester "It is back now."
        desk show 2
        desk show 1
        desk list
        desk reopen 3 "another cause"
        desk show 3
        "#
    ), @r#"
    $ desk merge 2 3 --into 1
    #2 merged into #1
    #3 merged into #1

    $ desk merge 2 --into 1
    #2 unchanged

    $ desk reply 2 --from-requester "It is back now."
    #1 (#2 was merged into it) message by phone recorded, update due in 1h 56m (11:05), resolution due in 7h 51m (17:00)

    $ desk show 2
    #2 VPN is slow
      closed since 09:07, merged into #1 · no priority
      not identified · no category · L1 · unassigned
      opened 09:05 by anna, came by email

    Clocks
                  STATE        USED  LEFT  TARGET  PAUSED  DUE
      response    - cancelled    2m            3h          stopped 09:07
      resolution  - cancelled    2m            1d          stopped 09:07

    Requester
      name        Tom Abel

    Timeline
      09:05  anna  opened by email
      09:07  anna  merged into #1

    $ desk show 1
    #1 VPN drops
      active since 09:04 · P2 (users high, business medium, urgency medium)
      incident, occurred · network/vpn · L1 · anna
      opened 09:00 by anna, came by phone

    Clocks
                  STATE  USED    LEFT  TARGET  PAUSED  DUE
      response    ✓ met    0s              3h          12:00, stopped 09:00
      update      ✓ ok     6m  1h 54m      2h          11:05
      resolution  ✓ ok    11m  7h 49m      8h          17:00

    Requester
      name        Mia Roth
      contact     mia@example.org

    Participants
      of #2       Tom Abel

    Links
      merged      #2 and #3

    Timeline
      09:00  anna  opened by phone
      09:01  anna  identified as incident
      09:02  anna  categorized as network/vpn
      09:03  anna  prioritized P2 (impact high, urgency medium)
      09:04  anna  taken by anna
      09:05  anna  #2: opened by email: VPN is slow
      09:06  anna  #3: opened by chat: No VPN
      09:07  anna  merged #2 into this
      09:07  anna  merged #3 into this
      09:09  anna  public <- Tom Abel by phone
             │ It is back now.

    $ desk list
    ID  PRIO  STATUS  SLA      TIER  ASSIGNEE  CATEGORY     REQUESTER  TITLE
     1  P2    active  ✓ 1h53m  L1    anna      network/vpn  Mia Roth   VPN drops

    $ desk reopen 3 "another cause"
    #3 reopened, first response due in 2h 53m (12:06), resolution due in 23h 59m (Tue 09:12)

    $ desk show 3
    #3 No VPN
      active since 09:13 · no priority
      not identified · no category · L1 · unassigned
      opened 09:06 by anna, came by chat, 1 reopening

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok     8m   2h 52m      3h          12:06
      resolution  ✓ ok     2m  23h 58m      1d          Tue 09:12

    Timeline
      09:06  anna  opened by chat
      09:07  anna  merged into #1
      09:13  anna  reopened
             │ another cause
    "#);
}

#[test]
fn merges_form_no_cycles() {
    let mut env = Env::new();
    env.does("desk open one")
        .does("desk open two")
        .does("desk open three");
    assert_snapshot!(env.says(
        "
        desk merge 1 --into 1
        desk merge 1 --into 2
        desk merge 2 --into 1
        desk merge 2 --into 3
        desk merge 3 --into 1
        desk log 1 hello
        desk merge 1 --into 9
        desk merge 1
        desk merge 1 --with 2
        desk merge 1 --into x
        "
    ), @"
    $ desk merge 1 --into 1
    ! desk: #1 cannot be merged into itself
    !   hint: give the number of another ticket
    [exit 1]

    $ desk merge 1 --into 2
    #1 merged into #2

    $ desk merge 2 --into 1
    ! desk: #1 was merged into #2
    !   hint: work on #2, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk merge 2 --into 3
    #2 merged into #3

    $ desk merge 3 --into 1
    ! desk: #1 was merged into #3
    !   hint: work on #3, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk log 1 hello
    ! desk: #1 was merged into #2
    !   hint: work on #2, or undo the merge with: desk reopen 1 REASON
    [exit 1]

    $ desk merge 1 --into 9
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk merge 1
    ! desk: missing --into <ID>
    !   hint: usage: desk merge --into <ID> <ID>...
    [exit 2]

    $ desk merge 1 --with 2
    ! desk: unexpected argument '--with'
    !   hint: usage: desk merge --into <ID> <ID>...
    [exit 2]

    $ desk merge 1 --into x
    ! desk: 'x' is not a ticket number
    !   hint: use one such as 42
    [exit 2]
    ");
}

/// Two tickets that were answered, and a question of the first requester.
fn asked() -> Env {
    let mut env = Env::new();
    env.at("2026-03-02T08:00:00Z").does(
        r#"
        desk open "No VPN" -c email -r "Ada <a@example.org>" -k incident --category x -u low -b low -g low
        desk open "VPN is slow" -c email -r "Ben <b@example.org>" -k incident --category x -u low -b low -g low
        "#,
    );
    env.at("2026-03-02T08:30:00Z").does("desk reply 1 looking");
    env.at("2026-03-02T08:30:00Z").does("desk reply 2 looking");
    env.at("2026-03-02T09:00:00Z")
        .does("desk reply 1 --from-requester 'now also error 5'");
    env.at("2026-03-02T09:05:00Z").does("desk merge 1 --into 2");
    env
}

#[test]
fn an_unanswered_question_is_owed_on_the_survivor_and_answered_there() {
    let mut env = asked();
    env.at("2026-03-02T12:30:00Z");
    assert_snapshot!(env.says(
        r#"
        desk overdue --ids
        desk show 2
        desk reply 2 "Error 5 is a full disk."
        desk show 2
        desk overdue --ids
        desk reopen 1 "another cause"
        desk show 1
        desk show 2
        "#
    ), @r#"
    $ desk overdue --ids
    2

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE        USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met         29m               3h          11:01, stopped 08:30
      update      ✗ overdue  3h 31m     -31m      3h          12:00
      resolution  ✓ ok       4h 30m  19h 30m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Participants
      of #1       Ada <a@example.org>

    Links
      merged      #1

    Timeline
      08:00  anna  #1: opened by email: No VPN
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      08:30  anna  #1: public -> requester by email
             │ looking
      09:00  anna  #1: public <- requester by email
             │ now also error 5
      09:05  anna  merged #1 into this

    $ desk reply 2 "Error 5 is a full disk."
    #2 reply to Ben and Ada (#1) recorded, not sent (no mail transport configured)

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        29m               3h          11:01, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok      4h 32m  19h 28m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Participants
      of #1       Ada <a@example.org>

    Links
      merged      #1

    Timeline
      08:00  anna  #1: opened by email: No VPN
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      08:30  anna  #1: public -> requester by email
             │ looking
      09:00  anna  #1: public <- requester by email
             │ now also error 5
      09:05  anna  merged #1 into this
      12:32  anna  public -> requester and those of #1 by email
             │ Error 5 is a full disk.

    $ desk overdue --ids
    ! nothing is overdue

    $ desk reopen 1 "another cause"
    #1 the requester was answered on #2, 12:32, reopened, resolution due in 22h 55m (Tue 11:30)

    $ desk show 1
    #1 No VPN
      active since 12:35 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:00 by anna, came by email, 1 reopening

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        30m               3h          11:00, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok       1h 6m  22h 54m      1d          Tue 11:30

    Requester
      name        Ada
      contact     a@example.org

    Timeline
      08:00  anna  opened by email
      08:00  anna  identified as incident
      08:00  anna  categorized as x
      08:00  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      09:00  anna  public <- requester by email
             │ now also error 5
      09:05  anna  merged into #2
      12:35  desk  the requester was answered on #2, 12:32
      12:35  anna  reopened
             │ another cause

    $ desk show 2
    #2 VPN is slow
      active since 08:30 · P4 (users low, business low, urgency low)
      incident, occurred · x · L1 · unassigned
      opened 08:01 by anna, came by email

    Clocks
                  STATE       USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ met        29m               3h          11:01, stopped 08:30
      update      ✗ missed  3h 32m               3h          12:00, stopped 12:32
      resolution  ✓ ok      4h 36m  19h 24m      1d          Tue 08:01

    Requester
      name        Ben
      contact     b@example.org

    Timeline
      08:01  anna  opened by email
      08:01  anna  identified as incident
      08:01  anna  categorized as x
      08:01  anna  prioritized P4 (impact low, urgency low)
      08:30  anna  public -> requester by email
             │ looking
      09:05  anna  merged #1 into this
      12:32  anna  public -> requester and those of #1 by email
             │ Error 5 is a full disk.
      12:35  anna  separated #1 from this
    "#);
}

#[test]
fn an_answer_names_whom_it_is_for() {
    let mut env = asked();
    let done = env.json(&["reply", "2", "We are on it."]);
    let expected = serde_json::json!([
        { "ticket": 2, "name": "Ben", "contact": "b@example.org", "language": null },
        { "ticket": 1, "name": "Ada", "contact": "a@example.org", "language": null },
    ]);
    assert_eq!(done["addressed"], expected);
    let page = env.json(&["show", "2"]);
    let last = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["data"]["also_to"], serde_json::json!([1]));
    let messages = page["messages"].as_array().unwrap();
    let seen: Vec<_> = messages
        .iter()
        .map(|m| (m["ticket"].as_i64(), m["text"].as_str().unwrap()))
        .collect();
    let expected = [
        (None, "looking"),
        (Some(1), "looking"),
        (Some(1), "now also error 5"),
        (None, "We are on it."),
    ];
    assert_eq!(seen, expected);
    assert_eq!(page["participants"][0]["ticket"], 1);
}

#[test]
fn a_handover_has_what_the_requesters_of_merged_tickets_wrote() {
    let mut env = asked();
    assert_snapshot!(env.says("desk show 2 --brief"), @r"
    $ desk show 2 --brief
    # Ticket 2: VPN is slow

    - **Status**: active since 2026-03-02 08:30
    - **Priority**: P4 (users low, business low, urgency low)
    - **Kind**: incident, occurred
    - **Category**: x
    - **Tier**: L1
    - **Assignee**: nobody
    - **SLA**: ✓ 2h54m
    - **Due**: 2026-03-02 12:00
    - **Opened**: 2026-03-02 08:01 by anna
    - **Requester**: Ben, `b@example.org`
    - **Requester of `#1`**: Ada \<`a@example.org`>

    ## Timeline

    - **2026-03-02 08:00 anna**: `#1:` opened by email: No VPN
    - **2026-03-02 08:01 anna**: opened by email
    - **2026-03-02 08:01 anna**: identified as incident
    - **2026-03-02 08:01 anna**: categorized as x
    - **2026-03-02 08:01 anna**: prioritized P4 (impact low, urgency low)
    - **2026-03-02 08:30 anna**: public -> requester by email
      > looking
    - **2026-03-02 08:30 anna**: `#1:` public -> requester by email
      > looking
    - **2026-03-02 09:00 anna**: `#1:` public \<- requester by email
      > now also error 5
    - **2026-03-02 09:05 anna**: merged `#1` into this
    ");
}

#[test]
fn a_question_that_nobody_answered_returns_when_the_merge_is_undone() {
    let mut env = asked();
    env.at("2026-03-02T12:30:00Z")
        .does("desk reopen 1 'another cause'");
    assert_eq!(env.run(&["overdue", "--ids"]).ok().stdout, "1\n");
    let update = |env: &mut Env, id: &str| env.json(&["show", id])["clocks"]["update"].clone();
    assert_eq!(update(&mut env, "1")["due"], "2026-03-02T12:00:00Z");
    assert_eq!(update(&mut env, "2")["state"], "none");
}

#[test]
fn links_and_the_mark_of_a_known_error_move_and_come_back() {
    let mut env = Env::new();
    for title in ["one", "two", "three", "four", "five"] {
        env.does(&format!(
            "desk open {title} -c email -k incident --category x -u low -b low -g low"
        ));
    }
    env.does(
        "
        desk link 1 --related 3
        desk link 4 --parent 1
        desk link 2 --parent 1
        desk resolve 1 solved --known-error
        desk merge 1 --into 2
        ",
    );
    let links = |env: &mut Env| -> Vec<String> {
        let ids = ["1", "2", "3", "4"];
        ids.map(|id| env.json(&["show", id])["links"].to_string())
            .into()
    };
    let known = |env: &mut Env| env.says("desk known-errors --format ids");
    assert_snapshot!(links(&mut env).join("\n"), @r#"
    []
    [{"relation":"related","id":3},{"relation":"child","id":4}]
    [{"relation":"related","id":2}]
    [{"relation":"parent","id":2}]
    "#);
    assert_snapshot!(known(&mut env), @"
    $ desk known-errors --format ids
    2
    ");
    env.does("desk reopen 1 'another cause'");
    assert_snapshot!(links(&mut env).join("\n"), @r#"
    [{"relation":"related","id":3},{"relation":"child","id":4},{"relation":"child","id":2}]
    [{"relation":"parent","id":1}]
    [{"relation":"related","id":1}]
    [{"relation":"parent","id":1}]
    "#);
    assert_snapshot!(known(&mut env), @"
    $ desk known-errors --format ids
    1
    ");
    assert_snapshot!(env.says("desk verify"), @"
    $ desk verify
    DIR/desk.db: ✓ sound, 63 events, 5 tickets
      head: 64:HASH
    ");
}

const FIELDS: &str = "
[fields.asset]
type = \"text\"

[fields.cost]
type = \"number\"
";

/// Two tickets that carry something.
fn carrying() -> Env {
    let mut env = Env::new();
    std::fs::write(env.dir().join("fields.toml"), FIELDS).unwrap();
    env.does(
        "
        desk policy set fields.toml
        desk open 'No VPN' -c email --tag vpn --tag north --field asset=L-1 --field cost=5
        desk open 'VPN is slow' -c email --tag vpn --tag slow --field asset=L-2
        desk checklist 1 add 'call back'
        desk checklist 1 add 'wipe the disk'
        desk checklist 1 done 2
        desk spent 1 15m
        desk spent 1 5m --as ben
        desk spent 2 30m
        ",
    );
    env
}

#[test]
fn the_survivor_gets_tags_fields_and_open_items_and_gives_them_back() {
    let mut env = carrying();
    let carried = |env: &mut Env, id: &str| -> String {
        let json = env.json(&["show", id]);
        let items = json["checklist_items"].as_array().unwrap().iter();
        let items: Vec<String> = items
            .map(|item| format!("{} {}", item["text"], item["done"]))
            .collect();
        format!("{} {} {}", json["tags"], json["fields"], items.join(", "))
    };
    let before = ["1", "2"].map(|id| carried(&mut env, id));
    env.does("desk merge 1 --into 2");
    assert_snapshot!(carried(&mut env, "2"), @r#"["north","slow","vpn"] {"asset":"L-2","cost":5} "call back" false"#);
    assert_eq!(carried(&mut env, "1"), before[0]);
    let ids = |env: &mut Env, word: &str| env.run(&["list", "--ids", word]).ok().stdout;
    assert_eq!(ids(&mut env, "tag:north"), "2\n");
    assert_eq!(ids(&mut env, "cost:5"), "2\n");
    assert_eq!(ids(&mut env, "checklist:open"), "2\n");
    let found = env.run(&["search", "north", "--ids"]).ok().stdout;
    assert!(found.contains('2'), "{found}");
    // The other value is in the timeline, also in that of a hand-over.
    assert_snapshot!(env.says("desk show 2"), @"
    $ desk show 2
    #2 VPN is slow
      new since 09:02 · no priority
      not identified · no category · L1 · unassigned
      opened 09:02 by anna, came by email
      tags: north slow vpn

    Clocks
                  STATE  USED     LEFT  TARGET  PAUSED  DUE
      response    ✓ ok    16m   2h 44m      3h          12:02
      update      ✓ ok    17m   2h 43m      3h          12:01
      resolution  ✓ ok    16m  23h 44m      1d          Tue 09:02

    Time spent
      anna   30m
      on #1  20m
      all    50m

    Fields
      asset       L-2
      cost        5

    Checklist: 0 of 1 done
      [ ]  1 call back

    Links
      merged      #1

    Timeline
      09:01  anna  #1: opened by email: No VPN
      09:01  anna  #1: asset=L-1, cost=5
      09:02  anna  opened by email
      09:02  anna  tags +slow +vpn
      09:02  anna  asset=L-2
      09:08  anna  spent 30m
      09:11  anna  tags +north
      09:11  anna  cost=5
      09:11  anna  1 item added to the checklist
             │ call back
      09:11  anna  merged #1 into this
    ");
    let brief = env.run(&["show", "2", "--brief"]).ok().stdout;
    assert!(brief.contains("asset=L-1"), "{brief}");
    env.does("desk checklist 2 done 1").does("desk verify");
    env.does("desk reopen 1 'another cause'");
    assert_eq!(
        carried(&mut env, "2"),
        before[1].clone() + "\"call back\" true"
    );
    let back = before[0].replace("\"call back\" false", "\"call back\" true");
    assert_eq!(carried(&mut env, "1"), back);
    env.does("desk verify");
}

#[test]
fn an_undone_merge_leaves_both_as_they_were() {
    let mut env = carrying();
    let columns = [
        "list",
        "--columns",
        "id,tags,fields,checklist,spent_s",
        "--format",
        "csv",
    ];
    let before = env.run(&columns).ok().stdout;
    env.does("desk merge 1 --into 2").does("desk undo 1");
    assert_eq!(env.run(&columns).ok().stdout, before);
    env.does("desk merge 1 --into 2").does("desk undo 2");
    assert_eq!(env.run(&columns).ok().stdout, before);
    env.does("desk verify");
}

#[test]
fn time_is_counted_once_and_the_page_of_the_survivor_has_all_of_it() {
    let mut env = carrying();
    let total = |env: &mut Env| env.json(&["report"])["total"]["spent_s"].clone();
    let before = total(&mut env);
    env.does("desk open third").does("desk spent 3 1m");
    env.does("desk merge 1 --into 2")
        .does("desk merge 2 --into 3");
    assert_eq!(total(&mut env), before.as_i64().unwrap() + 60);
    let rows = env.json(&["list", "--all"]);
    let rows = rows.as_array().unwrap().iter();
    let sum: i64 = rows.map(|row| row["spent_s"].as_i64().unwrap_or(0)).sum();
    assert_eq!(total(&mut env), sum);
    let page = env.json(&["show", "3"]);
    assert_eq!(page["spent_s"], 60);
    assert_eq!(
        page["merged_time_spent"],
        serde_json::json!([{"ticket": 1, "spent_s": 1_200}, {"ticket": 2, "spent_s": 1_800}])
    );
    let page = env.run(&["show", "3"]).ok().stdout;
    let section = page.split("Time spent\n").nth(1).unwrap_or_default();
    let section = section.split("\n\n").next().unwrap_or_default();
    assert_snapshot!(section, @"
    anna    1m
    on #1  20m
    on #2  30m
    all    51m
    ");
}

#[test]
fn what_a_restricted_ticket_carries_does_not_move_to_an_open_one() {
    let mut env = carrying();
    env.does(
        "
        desk restrict 1 --to anna
        desk merge 1 --into 2
        ",
    );
    for args in [
        &["show", "2"][..],
        &["show", "2", "--json"],
        &["list", "--all", "--json"],
    ] {
        let all = [args, &["--as", "ben"]].concat();
        let seen = env.run(&all).ok().stdout;
        for hidden in ["north", "L-1", "call back", "1200"] {
            assert!(!seen.contains(hidden), "{args:?}: {seen}");
        }
    }
    // Whoever sees both reads the value in the timeline.
    let page = env.run(&["show", "2"]).ok().stdout;
    assert!(
        page.contains("#1: ") && page.contains("asset=L-1"),
        "{page}"
    );
}
