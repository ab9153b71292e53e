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
        // `desk check` reports errors on stdout, with exit codes of its own.
        let (code, told) = match name {
            "check" => (3, &wrong.stdout),
            // So that a mail system keeps the message.
            "mail" => (75, &wrong.stderr),
            _ => (2, &wrong.stderr),
        };
        assert_eq!(wrong.code, Some(code), "{name}: {wrong}");
        assert!(told.contains("'--no-such-flag'"), "{name}: {wrong}");
    }
}

#[test]
fn every_command_has_examples_that_can_be_typed() {
    for verb in desk::command().get_subcommands() {
        let name = verb.get_name();
        let help = verb.get_after_long_help().map(ToString::to_string);
        let help = help.unwrap_or_default();
        let examples: Vec<&str> = help
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .collect();
        assert!(help.starts_with("Examples:\n"), "{name}: {help:?}");
        assert!(!examples.is_empty(), "{name}");
        for example in examples {
            assert!(example.contains(&format!("desk {name}")), "{example}");
            let typed = example.trim_start_matches("source <(");
            let ends = [" | ", " > ", " < ", ")"];
            let end = ends.iter().filter_map(|end| typed.find(end)).min();
            let words = words(&typed[..end.unwrap_or(typed.len())]);
            if let Err(fault) = desk::command().try_get_matches_from(&words) {
                panic!("{example}: {fault}");
            }
        }
    }
}

/// Splits a command line as a shell does, at blanks outside single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn the_help_command_prints_what_the_option_prints() {
    let mut env = Env::bare();
    let (command, option) = (env.run(&["help"]).ok(), env.run(&["--help"]).ok());
    assert_eq!(command.stdout, option.stdout);
    assert!(
        option.stdout.contains("desk [OPTIONS] [COMMAND]"),
        "{option}"
    );
}

#[test]
fn the_help_groups_commands_by_the_steps_of_the_process() {
    assert_snapshot!(Env::bare().says("desk --help\ndesk --version"), @"
    $ desk --help
    A service desk in the terminal: tickets from the first call to closure, and
    how they stand against their SLA targets.

    Usage: desk [OPTIONS] [COMMAND]

    Without a command, desk shows what needs attention next.

    Receive
      open         Open a ticket
      identify     Set the kind: incident or request
      log          Add an internal note, symptoms, or a correction
      edit         Correct what was typed

    Classify
      categorize   Set the category
      prioritize   Rate impact and urgency, which give the priority
      tag          Put tags on tickets, or remove them
      field        Set fields that the policy defines
      due          Promise by hand when a ticket is due

    Work
      diagnose     Answer the category's questions, or record findings
      investigate  Propose, confirm or refute a hypothesis
      checklist    Show or change the checklist of a ticket
      assign       Assign a ticket to an agent
      take         Assign a ticket to yourself, if nobody has it
      unassign     Return a ticket to the queue
      escalate     Hand a ticket to another tier, or notify a manager
      call         Schedule a call, move it, or record its outcome
      spent        Record the time that you spent on a ticket
      pause        Pause a ticket and its resolution clock
      resume       Resume a paused ticket

    Finish
      resolve      Resolve a ticket
      confirm      Record who confirmed that the service is restored
      close        Close a resolved ticket
      reopen       Reopen a resolved, closed or merged ticket
      undo         Take back your own last step on a ticket
      void         Take a ticket that was a mistake out of the desk
      merge        Merge tickets into another
      link         Link a ticket to its parent, a child or a related ticket
      known-errors List known errors and workarounds, or mark a ticket as one

    Personal data
      breach       Record a breach of personal data, its deadlines and notifications

    Communicate
      reply        Send a public message, or record one from the requester
      participants Show, add or remove the participants of a conversation
      mail         Take mail, and decide about mail that waits
      outbox       List, send, retry and drop the mails on their way out
      attachments  List the files of a ticket, or write one out

    Protect
      restrict     Restrict a ticket to some agents, or lift the restriction
      person       Find, export, erase or hold what is held about a person

    View
      list         List tickets, next to breach first
      show         Show everything about a ticket
      events       List what happened, and follow it
      sla          Show the SLA status of open tickets
      overdue      List tickets with an overdue clock
      inbox        Work on tickets by single keys, on the whole screen
      search       Search the text of tickets
      similar      Find similar past tickets and how they were resolved
      report       Report volume, SLA results, turnaround and quality
      review       Write a document for the review after an incident

    Run the desk
      policy       Show, check and change the policy
      sweep        Run due automation: warn, escalate, resume, close, erase, send mail
      check        Report the state of the desk to a monitoring system
      metrics      Print figures in the text format of Prometheus
      hooks        List hooks, and send, retry and drop what they are told
      init         Create a store
      import       Import tickets from another store or system
      export       Export everything, for another store or a spreadsheet
      verify       Check the store for damage and tampering
      doctor       Look for problems with the store and this machine
      team         Give the logins of a PostgreSQL store their roles, and check them
      reindex      Rebuild the search index
      backup       Back up the store
      restore      Restore the store from a backup
      store        Move or copy the store to another file or database
      calendar     Show calendars and calculate with them
      drafts       List, show or drop texts that were typed and not stored
      config       Show and change settings
      schema       Print the JSON Schema of an output
      completions  Print the completion script for a shell
      man          Print or write the manual pages
      help         Explain a command, or print a page of the documentation

    Global options
          --db PATH        Use this store [env: DESK_DB]
          --as AGENT       Act as this agent [env: DESK_AGENT]
          --at TIME        Act as if it were this time [env: DESK_AT]
          --notify         With --at: tell people by mail all the same
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
    guide: tutorial, opening, policy-guide, clocks, filters, fields, editing,
    inbox-guide, mail-guide, privacy, rights, erasure, import-guide, operate,
    team-guide, scripting, hooks-guide, glossary, architecture, columns.

    $ desk --version
    desk 0.2.0
    ");
}

#[test]
fn the_help_of_escalate_is_complete() {
    assert_snapshot!(Env::bare().says("desk escalate --help"), @"
    $ desk escalate --help
    Hand a ticket to another tier, or notify a manager

    Without TIER, the ticket goes to the next higher tier. A lower tier hands it back.

    Usage: desk escalate <ID> [TIER] <REASON> [OPTIONS]

    Arguments:
      <ID>
              Tickets, as one argument: 42, 42,43, 40-45, a number in another system, or - to read
              numbers from stdin

      [REASON]...
              The tier, if it is not the next higher one; then the reason

    Options:
      -m, --message <TEXT>
              The text; - reads it from stdin

          --draft <N>
              Go on with a draft; see desk drafts

          --to <AGENT>
              Assign it to this agent of the tier

          --manager <NAME>
              Keep the tier, and record that this manager was notified

      -h, --help
              Print help (see a summary with '-h')

    Global options:
          --db <PATH>
              Use this store [env: DESK_DB]

          --as <AGENT>
              Act as this agent [env: DESK_AGENT]

          --at <TIME>
              Act as if it were this time [env: DESK_AT]

          --notify
              With --at: tell people by mail all the same

          --format <FORMAT>
              Print as table, json, jsonl, csv or ids

          --json
              Print JSON; short for --format json

          --color <WHEN>
              Use colour: auto, always or never

          --tz <ZONE>
              Read and show local times in this zone, such as Europe/Berlin

      -q, --quiet
              Print no confirmations, notes or hints

          --no-input
              Never prompt; fail if a value is missing

          --no-pager
              Do not page long output

    Examples:
      desk escalate 42 'needs access to the core switch'
      desk escalate 42 L3 --to cara 'kernel panic in the driver'
      desk escalate 42 --manager 'Iris Blum' 'P1 for three hours'
    ");
}

#[test]
fn the_columns_of_lists_are_explained_from_their_own_table() {
    let mut env = Env::bare();
    let page = env.run(&["help", "columns"]).ok().stdout;
    let wrong = env.run(&["list", "--columns", "colour"]).code(2).stderr;
    let accepted = wrong.split_once("accepted: ").map_or("", |(_, list)| list);
    let names = accepted.lines().next().unwrap_or_default().split(", ");
    let names: Vec<&str> = names.map(str::trim).collect();
    assert!(names.len() > 40, "{wrong}");
    for name in names {
        let row = format!("| `{name}` | ");
        assert!(page.contains(&row), "{name} is not explained");
    }
}
