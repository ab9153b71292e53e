//! The filter language and saved views.

mod random;

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
        desk check --metric open a:none --warning 1
        desk search mail --filter r:tom --ids
        desk search mail --filter '-r:tom' --ids
        "
    ), @"
    $ desk overdue a:ben
    ! nothing is overdue

    $ desk sla -a:ben --count
    2

    $ desk check --metric open a:none --warning 1
    DESK WARNING - 2 open, 0 overdue, 0 at risk | overdue=0;;;0 at_risk=0;;;0 open=2;1;;0 unassigned=2;;;0 oldest_overdue=0s;;;0
    [exit 1]

    $ desk search mail --filter r:tom --ids
    3

    $ desk search mail --filter '-r:tom' --ids
    ! no ticket matches
    ");
}

#[test]
fn a_report_takes_the_same_words() {
    let mut env = four_tickets();
    let mut opened = |word: &str| {
        let report = env.json(&["report", word]);
        report["total"]["opened"].clone()
    };
    assert_eq!(opened("k:request"), 1);
    assert_eq!(opened("-k:request"), 3);
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
    ), @"
    $ desk list asignee:ben
    ! desk: in the filter word 'asignee:ben': there is no field 'asignee'
    !   hint: did you mean 'assignee:'? desk help filters lists all
    [exit 2]

    $ desk list -p:P9
    ! desk: in the filter word '-p:P9': 'P9' is not a priority
    !   hint: give one of: P1, P1..P2, <=P2, none
    [exit 2]

    $ desk list a:bne
    ! desk: unknown agent 'bne'
    !   hint: did you mean 'ben'? accepted: anna, ben
    [exit 2]

    $ desk list c:netwrok
    ! desk: unknown category 'netwrok'
    !   hint: did you mean 'network'? accepted: facility, facility/cooling, network, network/vpn
    [exit 2]

    $ desk list 'updated:<2x'
    ! desk: in the filter word 'updated:<2x': '2x' is not a duration: use 90m, 2h30m, 3d or 45s
    !   hint: write whole numbers with their units: 1d12h, 2h30m, 90m, 45s
    [exit 2]

    $ desk list @night
    ! desk: in the filter word '@night': there is no view 'night'
    !   hint: saved views: @mine, @overdue, @today, @unassigned; save one under [views] in the user file
    [exit 2]
    ");
}

#[test]
fn views_are_saved_by_the_user_and_in_the_policy() {
    let mut env = four_tickets();
    let home = env.dir().join(".config/desk");
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
    ), @"
    $ desk list @loop
    ! desk: in the filter word '@loop': the view leads back to itself: @loop, @loop
    !   hint: write out the words in one of them
    [exit 2]

    $ desk policy check wrong.toml
    fault: line 2: views.me: 'me' cannot be the name of a view: a view is named with letters, digits and '-', and not 'me'
    fault: line 3: views.night: in the filter word 'p:P9': 'P9' is not a priority; give one of: P1, P1..P2, <=P2, none
    fault: line 4: views.a: in the filter word '@a': the view leads back to itself: @a, @a; write out the words in one of them
    ! wrong.toml has 3 faults; nothing was changed
    [exit 2]
    ");
}

/// Every word that the page of the filter language shows is understood.
#[test]
fn the_page_shows_every_field() {
    let page = Env::new().run(&["help", "filters"]).ok().stdout;
    let list = include_str!("../../src/domain/filter/fields.rs");
    let mut count = 0;
    for field in list.split("    field(").skip(1) {
        let name = field.split('"').nth(1).unwrap();
        assert!(page.contains(&format!("| `{name}` |")), "{name}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}
