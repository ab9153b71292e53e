//! What desk prints about itself: `--help`, `--version`.

use insta::assert_snapshot;

use crate::env::Env;

#[test]
fn every_command_has_help() {
    let mut env = Env::bare();
    for verb in desk::command().get_subcommands() {
        let name = verb.get_name();
        let long = env.run(&[name, "--help"]).ok();
        let about = verb.get_about().unwrap().to_string();
        assert!(long.stdout.starts_with(&about), "{name}: {long}");
        assert!(
            long.stdout.contains(&format!("Usage: desk {name}")),
            "{name}: {long}"
        );
        assert_eq!(long.stderr, "", "{name}");
        let short = env.run(&[name, "-h"]).ok();
        let wide = short.stdout.lines().chain(long.stdout.lines());
        let wide: Vec<&str> = wide.filter(|line| line.chars().count() > 100).collect();
        assert_eq!(wide, Vec::<&str>::new(), "{name}");
        let wrong = env.run(&[name, "--no-such-flag"]);
        // What monitoring runs is told on stdout, and knows other codes.
        let (code, told) = match name {
            "check" => (3, &wrong.stdout),
            _ => (2, &wrong.stderr),
        };
        assert_eq!(wrong.code, Some(code), "{name}: {wrong}");
        assert!(told.contains("'--no-such-flag'"), "{name}: {wrong}");
    }
}

#[test]
fn the_help_groups_commands_by_the_steps_of_the_process() {
    assert_snapshot!(Env::bare().says("desk --help\ndesk --version"), @"
    $ desk --help
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

    $ desk --version
    desk 0.2.0
    ");
}

#[test]
fn the_help_of_escalate_is_complete() {
    assert_snapshot!(Env::bare().says("desk escalate --help"), @"
    $ desk escalate --help
    Hand it to another tier, or tell a manager

    Without a tier it goes to the next one up. A lower tier hands it back.

    Usage: desk escalate <ID>... [TIER] <REASON> [OPTIONS]

    Arguments:
      <ID|TEXT>...
              Tickets (42, 42,43, 40-45, or - for stdin), then the text; after -- all is text

    Options:
      -m, --message <TEXT>
              The text, or - to read it from stdin

          --to <AGENT>
              Assign it to this agent there

          --manager <NAME>
              Keep the tier and record that this manager was told

      -h, --help
              Print help (see a summary with '-h')

    Global options:
          --db <PATH>
              Use this store [env: DESK_DB]

          --as <AGENT>
              Act as this agent [env: DESK_AGENT]

          --at <TIME>
              Act as if it were that moment [env: DESK_AT]

          --format <FORMAT>
              Print as table, json, jsonl, csv or ids

          --json
              Print JSON, short for --format json

          --color <WHEN>
              Use colour: auto, always or never

          --tz <ZONE>
              Read and show local times in this zone, such as Europe/Berlin

      -q, --quiet
              Say less: no hints, no confirmations

          --no-input
              Never ask; fail where a value is missing

          --no-pager
              Never page long output
    ");
}
