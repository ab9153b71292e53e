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
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed","exit_code":2}}
    [exit 2]

    $ desk categorise 2 mail --json
    ! {"error":{"code":"usage","message":"unknown command 'categorise'","hint":"did you mean 'categorize'?","exit_code":2}}
    [exit 2]

    $ desk log --json
    ! {"error":{"code":"usage","message":"missing <ID|TEXT>...","hint":"usage: desk log <ID>... [TEXT] [OPTIONS]","exit_code":2}}
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
    ! {"error":{"code":"usage","message":"invalid value 'reslved' for '--status <STATUS>': unknown status 'reslved'","hint":"did you mean 'resolved'? accepted: new, active, paused, resolved, closed","exit_code":2}}
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
        desk help
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
    ! desk: unknown command '1'
    !   hint: usage: desk [OPTIONS] [COMMAND]
    [exit 2]

    $ desk help
    A service desk in the terminal: tickets from the first call to closure, and
    how they stand against their SLA targets.

    Usage: desk [OPTIONS] [COMMAND]

    Without a command, desk shows what needs attention next.

    Receive
      open         Open a ticket
      identify     Set the kind: incident or request
      log          Add an internal note, symptoms, or a correction

    Classify
      categorize   Set the category
      prioritize   Rate impact and urgency, which give the priority

    Work
      diagnose     Answer the category's questions, or record findings
      investigate  Propose, confirm or refute a hypothesis
      assign       Assign a ticket to an agent
      take         Assign a ticket to yourself, if nobody has it
      unassign     Return a ticket to the queue
      escalate     Hand a ticket to another tier, or notify a manager
      call         Schedule a call, or record its outcome
      pause        Pause a ticket and its resolution clock
      resume       Resume a paused ticket

    Finish
      resolve      Resolve a ticket
      confirm      Record who confirmed that the service is restored
      close        Close a resolved ticket
      reopen       Reopen a resolved, closed or merged ticket
      merge        Merge tickets into another
      link         Link a ticket to its parent, a child or a related ticket
      known-errors List known errors and workarounds, or mark a ticket as one

    Communicate
      reply        Send a public message, or record one from the requester

    View
      list         List tickets, next to breach first
      show         Show everything about a ticket
      sla          Show the SLA status of open tickets
      overdue      List tickets with an overdue clock
      search       Search the text of tickets
      similar      Find similar past tickets and how they were resolved
      report       Report volume, SLA results, turnaround and quality

    Run the desk
      policy       Show, check and change the policy
      sweep        Run due automation: warn, escalate, resume, close
      check        Report the state of the desk to a monitoring system
      init         Create a store
      import       Import tickets from another store or system
      export       Export everything, for another store or a spreadsheet
      verify       Check the store for damage and tampering
      reindex      Rebuild the search index
      backup       Back up the store
      restore      Restore the store from a backup
      calendar     Show calendars and calculate with them
      config       Show every setting and its source
      schema       Print the JSON Schema of an output
      completions  Print the completion script for a shell
      man          Print or write the manual pages
      help         Explain a command, or print a page of the documentation

    Global options
          --db PATH        Use this store [env: DESK_DB]
          --as AGENT       Act as this agent [env: DESK_AGENT]
          --at TIME        Act as if it were this time [env: DESK_AT]
          --format FORMAT  Print as table, json, jsonl, csv or ids
          --json           Short for --format json
          --color WHEN     Use colour: auto, always or never
          --tz ZONE        Read and show local times in this zone
      -q, --quiet          Print no confirmations, notes or hints
          --no-input       Never prompt; fail if a value is missing
          --no-pager       Do not page long output
      -h, --help           Print this help
      -V, --version        Print the version

    See 'desk help COMMAND' for more about a command, and 'desk help TOPIC' for a
    guide: tutorial, policy-guide, clocks, import-guide, operate, scripting,
    glossary, architecture.

    $ desk --verison
    ! desk: unexpected argument '--verison'
    !   hint: did you mean '--version'?
    [exit 2]
    ");
}
