//! Errors for people and for programs, and exit codes.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn with_json_every_error_is_json_on_stderr() {
    let mut env = Env::new();
    env.closed().does("desk open VPN").does("desk take 2");
    assert_snapshot!(env.says(
        r#"
        desk take 1 --json
        desk show 9 --json
        desk --as ben take 2 --json
        desk identify 2 incidnet --json
        desk open --json
        desk list --status reslved --json
        desk categorise 2 mail --json
        desk log --json
        desk --db nowhere.db list --json
        desk --tz Berlin list --json
        desk --format json show 9
        DESK_FORMAT=json desk show 9
        desk list --format json --status reslved
        desk list --format=jsonl --colums id
        DESK_FORMAT=json desk lst
        DESK_FORMAT=json desk --tz Berlin list
        DESK_FORMAT=json desk lst --format table
        "#
    ), @r##"
    $ desk take 1 --json
    ! {"error":{"code":"wrong_state","message":"#1 is closed: it must be reopened first","hint":"desk reopen 1 REASON","exit_code":1}}
    [exit 1]

    $ desk show 9 --json
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]

    $ desk --as ben take 2 --json
    ! {"error":{"code":"taken","message":"#2 is already taken by anna","hint":"take it over with: desk assign 2 AGENT","exit_code":4}}
    [exit 4]

    $ desk identify 2 incidnet --json
    ! {"error":{"code":"usage","message":"unknown kind 'incidnet'","hint":"did you mean 'incident'? accepted: incident, request","exit_code":2}}
    [exit 2]

    $ desk open --json
    ! {"error":{"code":"usage","message":"missing title","hint":"give it with desk open TITLE","exit_code":2}}
    [exit 2]

    $ desk list --status reslved --json
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed, open, void","exit_code":2}}
    [exit 2]

    $ desk categorise 2 mail --json
    ! {"error":{"code":"usage","message":"unknown command 'categorise'","hint":"did you mean 'categorize'?","exit_code":2}}
    [exit 2]

    $ desk log --json
    ! {"error":{"code":"usage","message":"missing <ID>","hint":"usage: desk log <ID> [TEXT] [OPTIONS]","exit_code":2}}
    [exit 2]

    $ desk --db nowhere.db list --json
    ! {"error":{"code":"store_missing","message":"there is no store at DIR/nowhere.db","hint":"create it with: desk init --db DIR/nowhere.db","exit_code":2}}
    [exit 2]

    $ desk --tz Berlin list --json
    ! {"error":{"code":"usage","message":"unknown time zone 'Berlin', did you mean Europe/Berlin?","hint":"give an IANA name such as Europe/Berlin, or UTC","exit_code":2}}
    [exit 2]

    $ desk --format json show 9
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]

    $ DESK_FORMAT=json desk show 9
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]

    $ desk list --format json --status reslved
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed, open, void","exit_code":2}}
    [exit 2]

    $ desk list --format=jsonl --colums id
    ! {"error":{"code":"usage","message":"unexpected argument '--colums'","hint":"did you mean '--columns'?","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk lst
    ! {"error":{"code":"usage","message":"unknown command 'lst'","hint":"did you mean 'list'?","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk --tz Berlin list
    ! {"error":{"code":"usage","message":"unknown time zone 'Berlin', did you mean Europe/Berlin?","hint":"give an IANA name such as Europe/Berlin, or UTC","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk lst --format table
    ! desk: unknown command 'lst'
    !   hint: did you mean 'list'?
    [exit 2]
    "##);
}

#[test]
fn every_exit_code_means_one_thing() {
    let mut env = Env::new();
    env.does("desk open VPN").does("desk take 1");
    let mut code = |args: &[&str]| env.run(args).code;
    assert_eq!(code(&["list"]), Some(0));
    assert_eq!(code(&["close", "1"]), Some(1));
    assert_eq!(code(&["list", "--no-such-flag"]), Some(2));
    assert_eq!(code(&["show", "2"]), Some(3));
    assert_eq!(code(&["--as", "ben", "take", "1"]), Some(4));
    assert_eq!(code(&["list", "--exit-code"]), Some(10));
    std::fs::write(env.dir().join("foreign.db"), "something else").unwrap();
    assert_eq!(env.run(&["--db", "foreign.db", "list"]).code, Some(5));
}

#[test]
fn a_misspelled_command_is_refused_with_a_suggestion() {
    assert_snapshot!(Env::new().says(
        "
        desk categorise 1 network
        desk lst
        desk 1
        desk --verison
        "
    ), @"
    $ desk categorise 1 network
    ! desk: unknown command 'categorise'
    !   hint: did you mean 'categorize'?
    [exit 2]

    $ desk lst
    ! desk: unknown command 'lst'
    !   hint: did you mean 'list'?
    [exit 2]

    $ desk 1
    ! desk: there is no ticket #1
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk --verison
    ! desk: unexpected argument '--verison'
    !   hint: did you mean '--version'?
    [exit 2]
    ");
}
