//! Options of every command: `--quiet`, `--no-input`, `--color`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn quiet_prints_less() {
    let mut env = Env::bare();
    assert_snapshot!(env.says(
        "
        DESK_DB= desk -q open VPN
        DESK_DB= desk log 1 hello --quiet
        DESK_DB= desk -q log 1 hello --format ids
        DESK_DB= desk -q backup copy.db
        DESK_DB= desk -q log 9 hello
        DESK_DB= desk -q list --title nothing
        DESK_DB= desk -q list
        "
    ), @"
    $ DESK_DB= desk -q open VPN

    $ DESK_DB= desk log 1 hello --quiet

    $ DESK_DB= desk -q log 1 hello --format ids
    1

    $ DESK_DB= desk -q backup copy.db

    $ DESK_DB= desk -q log 9 hello
    ! desk: there is no ticket #9
    [exit 3]

    $ DESK_DB= desk -q list --title nothing

    $ DESK_DB= desk -q list
    ID  STATUS  SLA      TIER  TITLE
     1  new     ✓ 2h54m  L1    VPN
    ");
}

#[test]
fn without_input_a_missing_value_is_refused_with_the_flag_to_give() {
    let mut env = Env::new();
    env.does("desk open VPN");
    assert_snapshot!(env.says(
        "
        desk --no-input open
        desk --no-input identify 1
        desk --no-input categorize 1
        desk --no-input prioritize 1
        desk --no-input assign 1
        desk --no-input pause 1
        desk --no-input call 1
        desk --no-input log 1
        desk --no-input open VPN --edit
        "
    ), @"
    $ desk --no-input open
    ! desk: missing title
    !   hint: give it with desk open TITLE
    [exit 2]

    $ desk --no-input identify 1
    ! desk: missing kind
    !   hint: give it with desk identify ID incident
    [exit 2]

    $ desk --no-input categorize 1
    ! no similar ticket has a category; to set one: desk categorize 1 CATEGORY

    $ desk --no-input prioritize 1
    ! desk: missing impact on users
    !   hint: give it with --users LEVEL
    [exit 2]

    $ desk --no-input assign 1
    ! desk: missing agent
    !   hint: give it with desk assign ID AGENT
    [exit 2]

    $ desk --no-input pause 1
    ! desk: missing pause reason
    !   hint: give it with desk pause ID REASON
    [exit 2]

    $ desk --no-input call 1
    ! desk: missing time of the call
    !   hint: give it with --when TIME
    [exit 2]

    $ desk --no-input log 1
    ! desk: missing note
    !   hint: give it with -m TEXT, or as the last words
    [exit 2]

    $ desk --no-input open VPN --edit
    ! desk: missing description
    !   hint: give it with -m TEXT
    [exit 2]
    ");
}

#[test]
fn colour_is_for_terminals_unless_requested() {
    let mut env = Env::new();
    env.does("desk open VPN");
    let mut coloured = |script: &str| {
        let shown = env.says(script);
        shown.contains('␛')
    };
    assert!(!coloured("desk list"));
    assert!(coloured("desk list --color always"));
    assert!(!coloured("desk list --color never"));
    assert!(coloured("CLICOLOR_FORCE=1 desk list"));
    assert!(!coloured("CLICOLOR_FORCE=0 desk list"));
    assert!(!coloured("NO_COLOR=1 CLICOLOR_FORCE=1 desk list"));
    assert!(coloured("NO_COLOR=1 desk list --color always"));
    assert!(!coloured("CLICOLOR_FORCE=1 desk list --json"));
    assert!(!coloured("CLICOLOR_FORCE=1 desk list --format csv"));
    assert_snapshot!(env.says("desk list --color sometimes"), @"
    $ desk list --color sometimes
    ! desk: invalid value 'sometimes' for '--color <WHEN>'
    !   hint: accepted: auto, always, never
    [exit 2]
    ");
}
