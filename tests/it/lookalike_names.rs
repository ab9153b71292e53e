//! Names of agents and categories that could pass for others.

use std::fs;

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn a_name_that_no_policy_lists_is_of_one_script() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk assign 1 аnna
        desk assign 1 𝐚nna
        desk --as bοb log 1 text
        desk categorize 1 network/vрn
        desk assign 1 анна
        desk categorize 1 network/доступ
        desk --as 田中さん log 1 text
        "#
    ), @"
    $ desk assign 1 аnna
    ! desk: 'аnna' mixes Cyrillic 'а' (U+0430) with Latin
    !   hint: write it in Latin letters only, or list the name in the policy
    [exit 2]

    $ desk assign 1 𝐚nna
    ! desk: '𝐚nna' has '𝐚' (U+1D41A), which looks like 'a'
    !   hint: write anna, or list the name in the policy
    [exit 2]

    $ desk --as bοb log 1 text
    ! desk: 'bοb' mixes Greek 'ο' (U+03BF) with Latin
    !   hint: write it in Latin letters only, or list the name in the policy
    [exit 2]

    $ desk categorize 1 network/vрn
    ! desk: 'vрn' mixes Cyrillic 'р' (U+0440) with Latin
    !   hint: write it in Latin letters only, or list the name in the policy
    [exit 2]

    $ desk assign 1 анна
    #1 assigned to анна

    $ desk categorize 1 network/доступ
    #1 categorized as network/доступ

    $ desk --as 田中さん log 1 text
    #1 logged
    ");
    for blank in ["anna\u{3164}", "\u{115f}", "an\u{ad}na", "anna\u{2800}"] {
        let said = env.run(&["assign", "1", blank]).code(2);
        assert!(said.stderr.contains("is not a name for an agent"), "{said}");
        let _ = env.run(&["categorize", "1", blank]).code(2);
    }
}

#[test]
fn the_policy_may_list_any_name_that_can_be_seen() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let policy = |name: &str| {
        format!(
            "[agents]\nanna = {{}}\n\"{name}\" = {{}}\n[categories.\"vpn-доступ\"]\ntitle = \"x\"\n"
        )
    };
    fs::write(env.dir().join("p.toml"), policy("ann-анна")).unwrap();
    env.does(
        "desk policy set p.toml
         desk assign 1 ann-анна
         desk --as ann-анна categorize 1 vpn-доступ",
    );
    fs::write(env.dir().join("p.toml"), policy("anna\u{3164}")).unwrap();
    let said = env.run(&["policy", "check", "p.toml"]).code(2);
    assert!(said.stdout.contains(r"anna\u{3164}"), "{said}");
}

#[test]
fn an_import_keeps_a_name_that_could_pass_for_another_as_a_fact_and_reports_it() {
    let mut env = Env::new();
    let map = "source = \"old\"\nzone = \"UTC\"\ndates = \"%Y-%m-%d %H:%M\"\n[columns]\n\
               number = \"n\"\nopened = \"o\"\nassignee = \"who\"\ncategory = \"what\"\n";
    fs::write(env.dir().join("map.toml"), map).unwrap();
    let log = "n,o,who,what\n1,2026-01-01 10:00,аnna,vрn\n2,2026-01-01 10:00,анна,vpn\n";
    fs::write(env.dir().join("log.csv"), log).unwrap();
    assert_snapshot!(env.says("desk import log.csv --map map.toml"), @"
    $ desk import log.csv --map map.toml
    read 2 rows: 2 new, 0 extended, 0 unchanged, 0 refused
    read 2 tickets: 2 new, 0 extended, 0 unchanged, 0 refused
    added 12 events
    kept 1 row, the first in line 2: assignee could pass for another agent name (who 'аnna')
    kept 1 row, the first in line 2: could pass for another category name (what 'vрn')
    ! to list each of them: --json, or --format csv
    ");
    assert_eq!(
        env.json(&["show", "1"])["assignee"],
        serde_json::Value::Null
    );
    assert_eq!(env.json(&["show", "2"])["assignee"], "анна");
}
