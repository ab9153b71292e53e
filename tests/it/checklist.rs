//! Checklists: `desk checklist`, and checklists wherever tickets are.

use crate::env::Env;

fn listed() -> Env {
    let mut env = Env::new();
    env.ready();
    env.does(
        "
        desk checklist 1 add wipe the disk
        desk checklist 1 add 'label it'
        desk checklist 1 add 'ship it'
        desk checklist 1 done 1,3
        desk checklist 1 drop 3
        desk open 'Mouse'
        ",
    );
    env
}

#[test]
fn items_are_shown_with_their_numbers_and_what_is_done() {
    let mut env = listed();
    let page = env.run(&["checklist", "1"]).ok().stdout;
    assert_eq!(page, "  [x]  1 wipe the disk\n  [ ]  2 label it\n");
    let json = env.json(&["checklist", "1"]);
    assert_eq!(
        json,
        serde_json::json!([
            { "number": 1, "text": "wipe the disk", "done": true },
            { "number": 2, "text": "label it", "done": false },
        ])
    );
    let page = env.run(&["show", "1"]).ok().stdout;
    assert!(page.contains("Checklist: 1 of 2 done\n"), "{page}");
    let none = env.run(&["checklist", "2"]).ok();
    assert!(
        none.stderr.contains("desk checklist 2 add TEXT"),
        "{}",
        none.stderr
    );
    let undone = env.run(&["checklist", "1", "undone", "1-2"]).ok();
    assert_eq!(undone.stdout.trim(), "#1 item 1 open");
}

#[test]
fn checklists_are_columns_and_filters() {
    let mut env = listed();
    let ids = |env: &mut Env, word: &str| env.run(&["list", word, "--ids"]).ok().stdout;
    assert_eq!(ids(&mut env, "checklist:open"), "1\n");
    assert_eq!(ids(&mut env, "checklist:none"), "2\n");
    assert_eq!(ids(&mut env, "checklist:done"), "");
    let csv = env
        .run(&["list", "--columns", "id,checklist", "--format", "csv"])
        .ok();
    assert_eq!(csv.stdout, "id,checklist\n2,\n1,1/2\n");
    let json = env.json(&["show", "1"]);
    assert_eq!(
        json["checklist"],
        serde_json::json!({ "done": 1, "total": 2 })
    );
    env.does("desk checklist 1 done 2");
    assert_eq!(ids(&mut env, "checklist:done"), "1\n");
}

#[test]
fn wrong_items_and_actions_are_refused() {
    let mut env = listed();
    for (args, code, said) in [
        (
            &["checklist", "1", "finish", "1"][..],
            2,
            "unknown action 'finish'",
        ),
        (
            &["checklist", "1", "done", "x"],
            2,
            "'x' is not the number of an item",
        ),
        (&["checklist", "1", "done", "9"], 1, "#1 has no item 9"),
        (
            &["checklist", "1", "done"],
            2,
            "is not the number of an item",
        ),
        (&["checklist", "1", "add"], 2, "the item is empty"),
        (&["checklist", "1,2"], 2, "one ticket is shown at a time"),
        (&["checklist", "9"], 3, "#9"),
    ] {
        let refused = env.run(args).code(code);
        assert!(
            refused.stderr.contains(said),
            "{args:?}: {}",
            refused.stderr
        );
    }
}

#[test]
fn the_gate_asks_for_a_done_checklist() {
    let mut env = listed();
    std::fs::write(env.dir().join("gate.toml"), "gates = [\"checklist\"]\n").unwrap();
    let _ = env.run(&["policy", "set", "gate.toml"]).ok();
    let refused = env.run(&["resolve", "1", "done"]).code(1);
    assert!(
        refused.stderr.contains("the checklist is not done"),
        "{}",
        refused.stderr
    );
    env.does("desk checklist 1 done 2");
    let _ = env.run(&["resolve", "1", "done"]).ok();
}
