//! What a shell and its user ask for: `config`, `schema`, `completions`, `man`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn every_setting_says_where_it_comes_from() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        r#"
        desk config
        desk config --tz Europe/Berlin --at 2026-03-01 --format csv
        desk config --json
        desk config db
        desk config --set agent=ben
        "#
    ), @r#"
    $ desk config
    SETTING    FROM         VALUE
    db         environment  DIR/desk.db
    agent      environment  anna
    at         default      -
    format     default      table
    color      default      off
    tz         environment  UTC
    editor     default      vi
    pager      default      -
    user file  default      DIR/.config/desk/config.toml

    $ desk config --tz Europe/Berlin --at 2026-03-01 --format csv
    name,value,source
    db,DIR/desk.db,environment
    agent,anna,environment
    at,2026-02-28T23:00:00Z,flag
    format,csv,flag
    color,off,default
    tz,Europe/Berlin,flag
    editor,vi,default
    pager,,default
    user-file,DIR/.config/desk/config.toml,default

    $ desk config --json
    [
    {"name":"db","value":"DIR/desk.db","source":"environment"},
    {"name":"agent","value":"anna","source":"environment"},
    {"name":"at","value":null,"source":"default"},
    {"name":"format","value":"json","source":"flag"},
    {"name":"color","value":"off","source":"default"},
    {"name":"tz","value":"UTC","source":"environment"},
    {"name":"editor","value":"vi","source":"default"},
    {"name":"pager","value":null,"source":"default"},
    {"name":"user-file","value":"DIR/.config/desk/config.toml","source":"default"}
    ]

    $ desk config db
    ! desk: unexpected argument 'db' found
    !   hint: usage: desk config [OPTIONS]
    [exit 2]

    $ desk config --set agent=ben
    ! desk: unexpected argument '--set' found
    !   hint: usage: desk config [OPTIONS]
    [exit 2]
    "#);
}

#[test]
fn the_schemas_are_listed_and_printed() {
    let mut env = Env::new();
    assert_snapshot!(env.says(
        "
        desk schema
        desk schema count
        desk schema tikcet
        desk schema --all
        "
    ), @r#"
    $ desk schema
    ticket
    tickets
    show
    sla
    done
    hypotheses
    count
    settings
    verified
    kept
    check
    swept
    editions
    policy
    policy-checked
    policy-set
    moves
    explained
    imported
    calendars
    calendar
    calendar-due
    calendar-elapsed
    calendar-open-at
    calendar-next-open
    report
    questions
    known-errors
    search
    similar
    suggestions
    evaluation
    error

    $ desk schema count
    {
      "$id": "urn:desk:schema:count",
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "A number of tickets, as --count prints it",
      "type": "object",
      "properties": {
        "count": {
          "type": "integer",
          "format": "uint64",
          "minimum": 0
        }
      },
      "required": [
        "count"
      ]
    }

    $ desk schema tikcet
    ! desk: unknown schema 'tikcet'
    !   hint: did you mean 'ticket'? accepted: ticket, tickets, show, sla, done, hypotheses, count, settings, verified, kept, check, swept, editions, policy, policy-checked, policy-set, moves, explained, imported, calendars, calendar, calendar-due, calendar-elapsed, calendar-open-at, calendar-next-open, report, questions, known-errors, search, similar, suggestions, evaluation, error
    [exit 2]

    $ desk schema --all
    ! desk: unexpected argument '--all' found
    !   hint: usage: desk schema [OPTIONS] [NAME]
    [exit 2]
    "#);
}

#[test]
fn completion_scripts_ask_desk_unless_static() {
    let mut env = Env::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let live = env.run(&["completions", shell]).ok().stdout;
        assert!(live.contains("COMPLETE"), "{shell}");
        let fixed = env.run(&["completions", "--static", shell]).ok().stdout;
        assert!(!fixed.contains("COMPLETE="), "{shell}");
        assert!(fixed.contains("categorize"), "{shell}");
    }
    assert_snapshot!(env.says(
        "
        desk completions
        desk completions csh
        desk completions bash --install
        "
    ), @"
    $ desk completions
    ! desk: the following required arguments were not provided: <SHELL>
    !   hint: usage: desk completions <SHELL>
    [exit 2]

    $ desk completions csh
    ! desk: invalid value 'csh' for '<SHELL>' [possible values: bash, elvish, fish, powershell, zsh]
    !   hint: a similar value exists: 'zsh'
    [exit 2]

    $ desk completions bash --install
    ! desk: unexpected argument '--install' found
    !   hint: usage: desk completions <SHELL>
    [exit 2]
    ");
}

#[test]
fn the_manual_is_printed_or_written() {
    let mut env = Env::bare();
    let page = env.run(&["man"]).ok().stdout;
    assert_snapshot!(page.lines().take(6).collect::<Vec<_>>().join("\n"), @r#"
    .ie \n(.g .ds Aq \(aq
    .el .ds Aq '
    .TH desk 1  "desk 0.2.0" 
    .ie \n(.g .ds Aq \(aq
    .el .ds Aq '
    .SH NAME
    "#);
    std::fs::create_dir(env.dir().join("man1")).unwrap();
    assert_snapshot!(env.says(
        "
        desk man man1
        desk man nowhere
        desk man --html man1
        "
    ), @"
    $ desk man man1
    written man1

    $ desk man nowhere
    ! desk: writing to nowhere failed: No such file or directory (os error 2)
    [exit 5]

    $ desk man --html man1
    ! desk: unexpected argument '--html' found
    !   hint: usage: desk man [OPTIONS] [DIRECTORY]
    [exit 2]
    ");
    let pages = std::fs::read_dir(env.dir().join("man1")).unwrap().count();
    assert_eq!(pages, desk::command().get_subcommands().count() + 1);
}
