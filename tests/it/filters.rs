//! The filter language and saved views.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use crate::env::Env;
use crate::list::four_tickets;

/// The numbers of the tickets that a listing with these words has.
fn ids(env: &mut Env, words: &[&str]) -> BTreeSet<i64> {
    let args: Vec<&str> = ["list", "--ids"].iter().chain(words).copied().collect();
    let listed = env.run(&args).ok().stdout;
    listed.lines().map(|id| id.parse().unwrap()).collect()
}

#[test]
fn words_say_which_tickets_are_meant() {
    let mut env = four_tickets();
    for (words, expected) in [
        (&[][..], &[2, 3, 4][..]),
        (&["mail"], &[3]),
        (&["MAIL", "server"], &[]),
        (&["r:tom"], &[3, 4]),
        (&["s:open"], &[2, 3, 4]),
        (&["s:closed"], &[1]),
        (&["s:closed,paused"], &[1, 4]),
        (&["-s:closed"], &[2, 3, 4]),
        (&["a:ben"], &[3]),
        (&["assignee:none"], &[2, 4]),
        (&["-a:ben"], &[2, 4]),
        (&["not:a:ben"], &[2, 4]),
        (&["k:request"], &[4]),
        (&["k:none"], &[3]),
        (&["p:P3..P4"], &[2, 4]),
        (&["p:none"], &[3]),
        (&["c:facility"], &[2]),
        (&["c:none", "-is:paused"], &[3]),
        (&["due:<1d"], &[2, 3, 4]),
        (&["due:<2h"], &[3]),
        (&["id:2..3"], &[2, 3]),
        (&["opened:today"], &[2, 3, 4]),
        (&["opened:yesterday"], &[]),
        (&["@unassigned", "-c:facility"], &[4]),
    ] {
        let expected: BTreeSet<i64> = expected.iter().copied().collect();
        assert_eq!(ids(&mut env, words), expected, "{words:?}");
    }
}

#[test]
fn other_commands_take_the_same_words() {
    let mut env = four_tickets();
    assert_snapshot!(env.says(
        "
        desk overdue a:ben
        desk sla -a:ben --count
        desk check --metric open a:none
        desk search mail r:tom --ids
        desk search mail r:mia --ids
        desk report k:request --by kind --format csv | cut -d, -f1-4 | head -3
        "
    ));
}

#[test]
fn a_word_that_is_not_understood_is_pointed_at() {
    let mut env = four_tickets();
    assert_snapshot!(env.says(
        "
        desk list asignee:ben
        desk list -p:P9
        desk list a:bne
        desk list c:netwrok
        desk list 'updated:<2x'
        desk list @night
        "
    ));
}

#[test]
fn views_are_saved_by_the_user_and_in_the_policy() {
    let mut env = four_tickets();
    let home = env.dir().join("home/.config/desk");
    std::fs::create_dir_all(&home).unwrap();
    std::fs::write(
        home.join("config.toml"),
        "[views]\nnight = \"@toms -k:request\"\nloop = \"@loop\"\n",
    )
    .unwrap();
    std::fs::write(
        env.dir().join("policy.toml"),
        "[views]\ntoms = \"r:\\\"tom@example.org\\\"\"\nnight = \"p:P1\"\n",
    )
    .unwrap();
    env.does("desk policy set policy.toml");
    assert_eq!(ids(&mut env, &["@toms"]), BTreeSet::from([3, 4]));
    // The user's own view goes before the one of the policy.
    assert_eq!(ids(&mut env, &["@night"]), BTreeSet::from([3]));
    std::fs::write(
        env.dir().join("wrong.toml"),
        "[views]\nme = \"p:P1\"\nnight = \"p:P9\"\na = \"@a\"\n",
    )
    .unwrap();
    assert_snapshot!(env.says(
        "
        desk list @loop
        desk policy check wrong.toml
        "
    ));
}

/// Every word that the page of the filter language shows is understood.
#[test]
fn the_page_shows_every_field() {
    let page = Env::new().run(&["help", "filters"]).ok().stdout;
    let list = include_str!("../../src/domain/filter/parse.rs");
    let fields = list.lines().filter_map(|line| line.trim().strip_prefix("field(\""));
    let mut count = 0;
    for field in fields {
        let name = field.split('"').next().unwrap();
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}
