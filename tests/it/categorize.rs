//! Tickets get a category: `desk categorize`.

use std::fs;

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::env::Env;
use crate::similar::solved;
use crate::terminal::Terminal;

#[test]
fn a_ticket_gets_its_category_and_may_change_it() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk categorize 1 network/vpn
        desk categorize 1 network/vpn
        desk categorize 1 network/wifi
        desk list --columns id,category
        "
    ), @"
    $ desk categorize 1 network/vpn
    #1 categorized as network/vpn

    $ desk categorize 1 network/vpn
    #1 unchanged

    $ desk categorize 1 network/wifi
    #1 categorized as network/wifi

    $ desk list --columns id,category
    ID  CATEGORY
     1  network/wifi
    ");
}

#[test]
fn a_closed_ticket_keeps_its_category() {
    let mut env = Env::new();
    env.closed();
    assert_snapshot!(env.says("desk categorize 1 mail"), @"
    $ desk categorize 1 mail
    ! desk: #1 is closed: it must be reopened first
    !   hint: desk reopen 1 REASON
    [exit 1]
    ");
}

#[test]
fn categorize_refuses_invalid_arguments() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        r#"
        desk categorize 1
        desk categorize 1 "a b"
        desk categorize 1 a/b/c/d/e/f
        desk categorize 1 --into network
        "#
    ), @r#"
    $ desk categorize 1
    ! no similar ticket has a category; to set one: desk categorize 1 CATEGORY

    $ desk categorize 1 "a b"
    ! desk: 'a b' is not a category
    !   hint: write a path of one to five names joined by '/', such as network/vpn; names are letters, digits and - _ . + &
    [exit 2]

    $ desk categorize 1 a/b/c/d/e/f
    ! desk: 'a/b/c/d/e/f' is not a category
    !   hint: write a path of one to five names joined by '/', such as network/vpn; names are letters, digits and - _ . + &
    [exit 2]

    $ desk categorize 1 --into network
    ! desk: unexpected argument '--into'
    !   hint: usage: desk categorize <ID> <CATEGORY> [OPTIONS], or desk categorize <ID>
    [exit 2]
    "#);
}

#[test]
fn a_category_that_the_policy_does_not_list_is_not_suggested() {
    let mut env = Env::new();
    solved(&mut env);
    fs::write(env.dir().join("p.toml"), "[categories.print]\n").unwrap();
    env.does("desk policy set p.toml");
    assert_eq!(env.json(&["categorize", "5"]), json!([]));
    let (_, shown) = Terminal::run(&env, &[], &["open", "VPN tunnel closes after login"]).ends();
    assert!(shown.contains("similar tickets"), "{shown}");
    assert!(!shown.contains("no category yet"), "{shown}");
}

#[test]
fn a_category_is_chosen_from_those_of_similar_tickets() {
    let mut env = Env::new();
    solved(&mut env);
    let mut terminal = Terminal::run(&env, &[], &["categorize", "5"]);
    terminal
        .sees("category")
        .sees("network/vpn")
        .sees("of similar tickets");
    terminal.types("\r").sees("#5 categorized as network/vpn");
    assert_eq!(terminal.ends().0, 0);
    assert_eq!(env.json(&["show", "5"])["category"], "network/vpn");
}

#[test]
fn without_a_terminal_categories_are_suggested_and_nothing_changes() {
    let mut env = Env::new();
    solved(&mut env);
    let before = env.json(&["verify"])["head"].clone();
    assert_snapshot!(env.says("desk categorize 5\ndesk categorize 5 --json\ndesk categorize 99"), @r#"
    $ desk categorize 5
    network/vpn  100 %  #2 VPN tunnel closes after login; #3 The VPN tunnel closes; #1 VPN certificate expired
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk categorize 5 --json
    [
    {"category":"network/vpn","share":1.0,"tickets":3,"evidence":[{"id":2,"title":"VPN tunnel closes after login"},{"id":3,"title":"The VPN tunnel closes"},{"id":1,"title":"VPN certificate expired"}]}
    ]
    ! nothing was changed; to take the first: desk categorize 5 network/vpn

    $ desk categorize 99
    ! desk: there is no ticket #99
    !   hint: list the tickets with: desk list --all
    [exit 3]
    "#);
    assert_eq!(env.json(&["verify"])["head"], before);
    assert_eq!(env.json(&["show", "5"])["category"], Value::Null);
}
