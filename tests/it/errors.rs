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
    ! {"error":{"code":"wrong_state","message":"#1 is closed: closed is final unless it is reopened","hint":"desk reopen 1 REASON","exit_code":1}}
    [exit 1]

    $ desk show 9 --json
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"see what there is with: desk list --all","exit_code":3}}
    [exit 3]

    $ desk --as ben take 2 --json
    ! {"error":{"code":"taken","message":"#2 is already taken by anna","hint":"to take it over all the same: desk assign 2 AGENT","exit_code":4}}
    [exit 4]

    $ desk identify 2 incidnet --json
    ! {"error":{"code":"usage","message":"unknown kind 'incidnet'","hint":"did you mean 'incident'? accepted: incident, request","exit_code":2}}
    [exit 2]

    $ desk open --json
    ! {"error":{"code":"usage","message":"the title is missing","hint":"give it with desk open TITLE","exit_code":2}}
    [exit 2]

    $ desk list --status reslved --json
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed","exit_code":2}}
    [exit 2]

    $ desk categorise 2 mail --json
    ! {"error":{"code":"usage","message":"unrecognized subcommand 'categorise'","hint":"a similar subcommand exists: 'categorize'","exit_code":2}}
    [exit 2]

    $ desk log --json
    ! {"error":{"code":"usage","message":"the following required arguments were not provided: <ID|TEXT>...","hint":"usage: desk log <ID>... [TEXT] [OPTIONS]","exit_code":2}}
    [exit 2]

    $ desk --db nowhere.db list --json
    ! {"error":{"code":"store_missing","message":"there is no store at DIR/nowhere.db","hint":"create it with: desk init --db DIR/nowhere.db","exit_code":2}}
    [exit 2]

    $ desk --tz Berlin list --json
    ! {"error":{"code":"usage","message":"unknown time zone 'Berlin', did you mean Europe/Berlin?","hint":"give an IANA name such as Europe/Berlin, or UTC","exit_code":2}}
    [exit 2]

    $ desk --format json show 9
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"see what there is with: desk list --all","exit_code":3}}
    [exit 3]

    $ DESK_FORMAT=json desk show 9
    ! {"error":{"code":"not_found","message":"there is no ticket #9","hint":"see what there is with: desk list --all","exit_code":3}}
    [exit 3]

    $ desk list --format json --status reslved
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed","exit_code":2}}
    [exit 2]

    $ desk list --format=jsonl --colums id
    ! {"error":{"code":"usage","message":"unexpected argument '--colums' found","hint":"a similar argument exists: '--columns'","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk lst
    ! {"error":{"code":"usage","message":"unrecognized subcommand 'lst'","hint":"a similar subcommand exists: 'list'","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk --tz Berlin list
    ! {"error":{"code":"usage","message":"unknown time zone 'Berlin', did you mean Europe/Berlin?","hint":"give an IANA name such as Europe/Berlin, or UTC","exit_code":2}}
    [exit 2]

    $ DESK_FORMAT=json desk lst --format table
    ! desk: unrecognized subcommand 'lst'
    !   hint: a similar subcommand exists: 'list'
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
        desk help
        desk --verison
        "
    ), @"
    $ desk categorise 1 network
    ! desk: unrecognized subcommand 'categorise'
    !   hint: a similar subcommand exists: 'categorize'
    [exit 2]

    $ desk lst
    ! desk: unrecognized subcommand 'lst'
    !   hint: a similar subcommand exists: 'list'
    [exit 2]

    $ desk 1
    ! desk: unrecognized subcommand '1'
    !   hint: usage: desk [OPTIONS] [COMMAND]
    [exit 2]

    $ desk help
    A service desk in a shell: tickets from the first word to closure, and how
    they stand against the promise.

    Usage: desk [OPTIONS] [COMMAND]

    Without a command, desk shows what needs attention next.

    Receive
      open         Open a ticket
      identify     Say whether it is an incident or a request
      log          Record a step taken, symptoms, or a correction

    Classify
      categorize   Put it into its category
      prioritize   Rate impact and urgency; the priority follows

    Work
      diagnose     Ask the questions of its category, or record what was found
      investigate  Propose, confirm or refute a hypothesis
      assign       Assign it to an agent
      take         Assign it to yourself, if nobody has it
      unassign     Give it back to the queue
      escalate     Hand it to another tier, or tell a manager
      call         Arrange a call, or say how it went
      pause        Stop the resolution clock while waiting
      resume       Go on after a pause

    Finish
      resolve      Resolve it
      confirm      Record who confirmed that the service is restored
      close        Close it
      reopen       Take up again what was resolved, closed or merged
      merge        Merge tickets into another one
      link         Link it to its parent, a child or a related ticket
      known-errors List known errors and their workarounds, or mark a ticket

    Talk
      reply        Send a public message, or record what the requester said

    Look
      list         List tickets, what breaches next first
      show         Show all about a ticket
      sla          Show how the open tickets stand against their promises
      overdue      List tickets with a clock past its due time
      search       Find tickets by what is written on them
      similar      Find past tickets like this one, and how they were resolved
      report       Report how the desk did: volume, promises kept, turnaround, quality

    Run the desk
      policy       Show, check and change what the desk decides for itself
      sweep        Warn, escalate, wake and close what is due
      check        Tell a monitoring system how the desk stands
      init         Create a store
      import       Take in tickets of another store or system
      export       Write everything out, for another store or a spreadsheet
      verify       Check the whole store for damage and tampering
      reindex      Write the search index anew
      backup       Write a copy of the store
      restore      Put a copy in the place of the store
      calendar     Ask the calendars when time counts
      config       Show every setting and where it comes from
      schema       Print the JSON Schema of an output
      completions  Print the completion script of a shell
      man          Write the manual pages
      help         Explain a command, or print a page of the documentation

    Global options
          --db PATH        Use this store [env: DESK_DB]
          --as AGENT       Act as this agent [env: DESK_AGENT]
          --at TIME        Act as if it were that moment [env: DESK_AT]
          --format FORMAT  Print as table, json, jsonl, csv or ids
          --json           Short for --format json
          --color WHEN     Use colour: auto, always or never
          --tz ZONE        Read and show local times in this zone
      -q, --quiet          Say less: no hints, no confirmations
          --no-input       Never ask; fail where a value is missing
          --no-pager       Never page long output
      -h, --help           Print this help
      -V, --version        Print the version

    Help on a command: desk help COMMAND
    Help on a topic: desk help TOPIC, with one of tutorial, policy-guide, clocks,
    import-guide, operate, scripting, glossary, architecture

    $ desk --verison
    ! desk: unexpected argument '--verison' found
    !   hint: a similar argument exists: '--version'
    [exit 2]
    ");
}
