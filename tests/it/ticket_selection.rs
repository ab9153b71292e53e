//! Several tickets in one command, by number, range and stdin.

use insta::assert_snapshot;

use crate::env::Env;

pub(crate) fn three_tickets() -> Env {
    let mut env = Env::new();
    env.ready().does("desk open two").does("desk open three");
    env
}

#[test]
fn each_ticket_is_handled_alone_and_the_worst_exit_code_wins() {
    let mut env = three_tickets();
    env.does("desk --as ben take 2");
    assert_snapshot!(env.says(
        r#"
        desk take 1 2 3
        desk resolve 1,2 "done"
        desk resolve 2,9 "done"
        desk show 3 9 --format ids
        desk log 2,3,1-2 "each once"
        desk log 9,8 "nowhere"
        "#
    ), @r#"
    $ desk take 1 2 3
    #1 unchanged
    #3 taken by anna
    ! desk: #2 is already taken by ben
    !   hint: take it over with: desk assign 2 AGENT
    [exit 4]

    $ desk resolve 1,2 "done"
    #1 resolved (solved) after 9m of 8h: met
    ! desk: #2 is not ready: not identified as incident or request, no category, no priority
    !   hint: desk identify 2 incident; or override it with --force --reason TEXT
    [exit 1]

    $ desk resolve 2,9 "done"
    ! desk: #2 is not ready: not identified as incident or request, no category, no priority
    !   hint: desk identify 2 incident; or override it with --force --reason TEXT
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk show 3 9 --format ids
    3
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    [exit 3]

    $ desk log 2,3,1-2 "each once"
    #2 logged
    #3 logged
    #1 logged

    $ desk log 9,8 "nowhere"
    ! desk: there is no ticket #9
    !   hint: list the tickets with: desk list --all
    ! desk: there is no ticket #8
    !   hint: list the tickets with: desk list --all
    [exit 3]
    "#);
}

#[test]
fn failures_among_several_tickets_are_reported_as_json_too() {
    let mut env = three_tickets();
    assert_snapshot!(env.says("desk log 2,9 hello --json"), @r#"
    $ desk log 2,9 hello --json
    [
    {"id":2,"named":null,"changed":true,"opened":false,"did":["logged"],"ticket":{"id":2,"title":"two","status":"new","since":"2026-03-02T09:05:00Z","waiting_for":null,"wake_at":null,"kind":null,"onset":"occurred","channel":"other","requester":{"name":null,"contact":null,"language":null},"category":null,"users":null,"business":null,"impact":null,"urgency":null,"priority":null,"tier":"L1","assignee":null,"opened_at":"2026-03-02T09:05:00Z","updated_at":"2026-03-02T09:07:00Z","resolved_at":null,"closed_at":null,"code":null,"satisfaction":null,"reopenings":0,"escalations":0,"merged_into":null,"key":null,"clocks":{"response":{"state":"running","shows":"ok","target_s":10800,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:05:00Z","due":"2026-03-02T12:05:00Z","used_s":120,"left_s":10680,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false},"update":{"state":"none","shows":"none","target_s":null,"cadence_s":null,"calendar":null,"policy_version":null,"started_at":null,"due":null,"used_s":null,"left_s":null,"stopped_at":null,"paused_s":null,"reclassified":null,"relaxed":null},"resolution":{"state":"running","shows":"ok","target_s":86400,"cadence_s":null,"calendar":"24x7","policy_version":1,"started_at":"2026-03-02T09:05:00Z","due":"2026-03-03T09:05:00Z","used_s":120,"left_s":86280,"stopped_at":null,"paused_s":0,"reclassified":false,"relaxed":false}},"next_due":"2026-03-02T12:05:00Z","sla":"ok","source":null,"number":null,"known_error":false,"assignee_name":null,"tags":[],"fields":{},"checklist":null,"unanswered_since":"2026-03-02T09:05:00Z"}}
    ]
    ! {"error":{"id":9,"code":"not_found","message":"there is no ticket #9","hint":"list the tickets with: desk list --all","exit_code":3}}
    [exit 3]
    "#);
}

#[test]
fn tickets_are_read_from_stdin_as_a_list_writes_them() {
    let mut env = three_tickets();
    let ids = env.run(&["list", "--unassigned", "--ids"]).ok().stdout;
    assert_snapshot!(ids, @"
    2
    3
    ");
    let taken = env.run_with(&["take", "-"], &ids);
    assert_snapshot!(taken, @"
    #2 taken by anna
    #3 taken by anna
    [exit 0]
    ");
    let logged = env.run_with(&["log", "-", "in one go"], "#1\n2-3\n");
    assert_snapshot!(logged, @"
    #1 logged
    #2 logged
    #3 logged
    [exit 0]
    ");
    let wrong = env.run_with(&["take", "-"], "1\ntwo\n");
    assert_snapshot!(wrong, @"
    ------- stderr -------
    desk: 'two' on stdin is not a ticket number
      hint: give one number per line, as desk list --format ids prints them
    [exit 2]
    ");
    let one = env.run_with(&["take", "-", "--format", "json"], "1\n").ok();
    assert_eq!(one.stdout.lines().next(), Some("["));
    let many = "1 ".repeat(2_200_000) + "23";
    assert_snapshot!(env.run_with(&["take", "-"], &many), @"
    ------- stderr -------
    desk: stdin has more than 4195328 bytes; nothing was changed
      hint: split it into smaller parts
    [exit 2]
    ");
    let nothing = env.run_with(&["take", "-"], "");
    assert_snapshot!(nothing, @"[exit 0]");
    let piped = env.shell("desk list --mine --ids | desk unassign - 'end of the shift'");
    assert_snapshot!(piped, @"
    #2 unassigned
    #3 unassigned
    #1 unassigned
    [exit 0]
    ");
}

/// A command whose first argument names tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Every argument names tickets.
    Tickets,
    /// The first argument names tickets; words follow.
    Words,
    /// The first argument names tickets, the second is a value; words follow.
    ValueAndWords,
    /// The only argument names one ticket.
    One,
    /// The first argument names one ticket, the second something on it.
    OneAndName,
}

/// Adds the commands without subcommands that take tickets, with their shape;
/// `Err` names a command whose arguments have no shape that is known.
fn shapes(
    command: &clap::Command,
    path: &[String],
    found: &mut Vec<Result<(Vec<String>, Shape), String>>,
) {
    for sub in command.get_subcommands() {
        let path: Vec<String> = path
            .iter()
            .cloned()
            .chain([sub.get_name().into()])
            .collect();
        shapes(sub, &path, found);
        let last = sub.get_positionals().find(|arg| arg.is_last_set());
        let shown: Vec<&clap::Arg> = sub
            .get_positionals()
            .filter(|arg| !arg.is_last_set())
            .collect();
        let names_tickets = |arg: &clap::Arg| {
            let names = arg.get_value_names().unwrap_or_default();
            names.iter().any(|name| *name == "ID")
        };
        if !shown.iter().any(|arg| names_tickets(arg)) {
            // A command that takes words has to say what they are about.
            continue;
        }
        let several = |arg: &clap::Arg| arg.get_num_args().is_some_and(|n| n.max_values() > 1);
        found.push(match shown.as_slice() {
            [ids] if several(ids) => Ok((path, Shape::Tickets)),
            [_] if last.is_none() => Ok((path, Shape::One)),
            [id, words]
                if names_tickets(id) && !several(id) && several(words) && last.is_some() =>
            {
                Ok((path, Shape::Words))
            }
            [id, value, words]
                if names_tickets(id)
                    && !several(id)
                    && !several(value)
                    && several(words)
                    && last.is_some() =>
            {
                Ok((path, Shape::ValueAndWords))
            }
            [id, name] if names_tickets(id) && !several(id) && !several(name) && last.is_none() => {
                Ok((path, Shape::OneAndName))
            }
            _ => Err(path.join(" ")),
        });
    }
}

/// The commands of this shape, and their words.
fn commands_with(shape: Shape) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    shapes(&desk::command(), &[], &mut found);
    let found = found.into_iter().map(Result::unwrap);
    let found = found.filter(|(_, found)| *found == shape);
    found.map(|(path, _)| path).collect()
}

#[test]
fn every_command_on_tickets_takes_them_in_a_known_way() {
    let joined = |shape| -> Vec<String> {
        let all = commands_with(shape);
        all.iter().map(|path| path.join(" ")).collect()
    };
    assert_eq!(
        joined(Shape::Words).join(", "),
        "identify, log, categorize, due, diagnose, investigate, assign, unassign, escalate, call, \
         pause, resume, resolve, close, reopen, known-errors add, breach log, breach contain, \
         reply, tag, field, checklist, participants"
    );
    assert_eq!(joined(Shape::ValueAndWords), ["spent"]);
    assert_eq!(
        joined(Shape::Tickets).join(", "),
        "edit, prioritize, take, confirm, undo, void, merge, link, known-errors remove, breach show, \
         restrict, show, sla explain"
    );
    assert_eq!(
        joined(Shape::One).join(", "),
        "breach decide, breach assess, breach close, breach notice, similar, review"
    );
    assert_eq!(
        joined(Shape::OneAndName).join(", "),
        "breach notify, attachments"
    );
    // The other arguments without a name of their own.
    let mut others = Vec::new();
    let command = desk::command();
    for verb in command.get_subcommands() {
        let taken = verb.get_positionals().next();
        let names = taken.and_then(|arg| arg.get_value_names());
        let names = names.unwrap_or_default().iter();
        let names = names
            .filter(|name| **name != "ID")
            .map(|name| format!("{} {name}", verb.get_name()));
        others.extend(names);
    }
    assert_eq!(
        others.join(", "),
        "open TITLE, list FILTER, events FILTER, sla FILTER, overdue FILTER, inbox FILTER, search WORDS, report FILTER, check FILTER, import FILE, backup FILE, restore FILE, schema NAME, \
         completions SHELL, man DIRECTORY, help COMMAND|TOPIC"
    );
}

#[test]
fn a_command_that_takes_several_tickets_and_a_text_is_found() {
    let ids = clap::Arg::new("ids").value_name("ID").num_args(1..);
    let text = clap::Arg::new("text")
        .value_name("TEXT")
        .num_args(0..)
        .last(true);
    let mut found = Vec::new();
    let verb = clap::Command::new("note").args([
        ids.num_args(1),
        clap::Arg::new("word").value_name("TEXT"),
        text,
    ]);
    shapes(
        &clap::Command::new("desk").subcommand(verb),
        &[],
        &mut found,
    );
    assert_eq!(found, [Err("note".to_owned())]);
}

/// Runs a command of the table on a store with three tickets.
fn run_words(env: &mut Env, verb: &[String], args: &[&str]) -> crate::env::Output {
    let words: Vec<&str> = verb
        .iter()
        .map(String::as_str)
        .chain(args.iter().copied())
        .collect();
    env.run(&words)
}

fn timelines(env: &mut Env) -> Vec<serde_json::Value> {
    ["1", "2", "3"]
        .map(|id| env.json(&["show", id])["timeline"].clone())
        .to_vec()
}

#[test]
fn words_that_are_only_numbers_are_refused_by_every_command_that_takes_words() {
    let mut env = three_tickets();
    let before = timelines(&mut env);
    let command = desk::command();
    for verb in commands_with(Shape::Words) {
        let mut takes = &command;
        for word in &verb {
            takes = takes.find_subcommand(word).unwrap();
        }
        let takes_message = takes.get_arguments().any(|arg| arg.get_id() == "message");
        for (args, list, word) in [
            (vec!["1", "2-3"], "1,2-3", "2-3"),
            (vec!["1", "2", "3"], "1,2,3", "2 3"),
            (vec!["1-2", "3"], "1-2,3", "3"),
            (vec!["1,", "#2"], "1,2", "#2"),
        ] {
            let refused = run_words(&mut env, &verb, &args).code(2);
            let otherwise = if takes_message {
                format!("-m '{word}' for a text")
            } else {
                format!("-- '{word}' for the ")
            };
            let hint = format!("hint: use {list} for tickets, or {otherwise}");
            assert!(
                refused.stderr.contains(&hint),
                "{verb:?} {args:?}\n{}",
                refused.stderr
            );
        }
        if takes_message {
            let refused = run_words(&mut env, &verb, &["1", "2", "-m", "seen"]).code(2);
            let hint = "'2' is not part of the text, which was given with -m\n  hint: use 1,2 for several tickets\n";
            assert!(
                refused.stderr.contains(hint),
                "{verb:?}\n{}",
                refused.stderr
            );
        }
    }
    // A number stands where the value belongs, or after it.
    for verb in commands_with(Shape::ValueAndWords) {
        for args in [
            &["1", "2-3"][..],
            &["1", "2", "5m"],
            &["1-2", "3", "5m"],
            &["1", "5m", "2"],
            &["1", "5m", "2", "3"],
        ] {
            let _refused = run_words(&mut env, &verb, args).code(2);
        }
    }
    assert_eq!(timelines(&mut env), before);
}

#[test]
fn no_command_takes_the_number_at_the_start_of_a_text_for_a_ticket() {
    for verb in commands_with(Shape::Words) {
        let mut env = three_tickets();
        let before = timelines(&mut env);
        for args in [
            vec!["1", "3", "users affected"],
            vec!["1", "2-3", "users"],
            vec!["1", "--", "2-3"],
            vec!["1", "text", "2", "3"],
        ] {
            let said = run_words(&mut env, &verb, &args);
            assert!(
                !said.stderr.contains("can mean tickets"),
                "{verb:?}\n{}",
                said.stderr
            );
        }
        let after = timelines(&mut env);
        assert_eq!(after[1..], before[1..], "{verb:?}");
    }
    for verb in commands_with(Shape::ValueAndWords) {
        let mut env = three_tickets();
        let before = timelines(&mut env);
        let said = run_words(&mut env, &verb, &["1", "5m", "3", "users affected"]).ok();
        assert_eq!(said.stderr, "", "{verb:?}");
        let after = timelines(&mut env);
        assert_eq!(after[1..], before[1..], "{verb:?}");
    }
}

#[test]
fn a_text_may_begin_with_a_number() {
    let mut env = three_tickets();
    assert_snapshot!(env.says(
        r#"
        desk log 2 3 users affected
        desk reply 3 10-16 users wrote
        desk log 2 -- 691
        desk log 2 -m 691
        desk log 2,3 see also 1
        desk log 2 5-3
        desk log 2 -
        desk log 2 3 -- users
        desk log - 3
        "#
    ), @"
    $ desk log 2 3 users affected
    #2 logged

    $ desk reply 3 10-16 users wrote
    #3 replied

    $ desk log 2 -- 691
    #2 logged

    $ desk log 2 -m 691
    #2 logged

    $ desk log 2,3 see also 1
    #2 logged
    #3 logged

    $ desk log 2 5-3
    ! desk: '5-3' can mean tickets or a text
    !   hint: use 2,5-3 for tickets, or -m '5-3' for a text
    [exit 2]

    $ desk log 2 -
    ! desk: '-' can mean tickets or a text
    !   hint: use one list, such as 4,5, for tickets, or -m - to read a text from stdin
    [exit 2]

    $ desk log 2 3 -- users
    ! desk: '3' can mean tickets or a text
    !   hint: use 2,3 for tickets, or -m '3 ...' for a text
    [exit 2]

    $ desk log - 3
    ! desk: '3' can mean tickets or a text
    !   hint: use one list, such as 4,5, for tickets, or -m '3' for a text
    [exit 2]
    ");
    let texts = |env: &mut Env, id: &str| -> Vec<String> {
        let timeline = env.json(&["show", id])["timeline"].clone();
        let entries = timeline.as_array().unwrap().iter();
        let texts = entries.filter_map(|entry| entry["data"]["text"].as_str());
        texts.map(str::to_owned).collect()
    };
    assert_eq!(
        texts(&mut env, "2"),
        ["3 users affected", "691", "691", "see also 1"]
    );
    assert_eq!(texts(&mut env, "3"), ["10-16 users wrote", "see also 1"]);
}

#[test]
fn what_was_typed_for_several_tickets_is_explained() {
    let mut env = three_tickets();
    assert_snapshot!(env.says(
        r#"
        desk assign 1 2 ben
        desk assign 1 2
        desk assign 1 -- 2
        desk categorize 1 2 network/vpn
        desk identify 1 2
        desk pause 1 2 vendor
        desk investigate 1 "a full disk"
        desk investigate 1 --confirm 2
        desk investigate 1 --confirm 1 "df shows it"
        desk call 1 --held 1
        desk investigate 1 --confirm=1 "df shows it"
        desk take two
        desk log
        desk reply hello
        desk show 3-2
        desk log 1 -5 degrees
        desk log 1 -- -5 degrees
        desk take 1 -5
        "#
    ), @r#"
    $ desk assign 1 2 ben
    ! desk: expected one agent, found also 'ben'
    !   hint: name several tickets as one list, such as 4,5; quote words that belong together
    [exit 2]

    $ desk assign 1 2
    ! desk: '2' can mean tickets or an agent
    !   hint: use 1,2 for tickets, or -- '2' for the agent
    [exit 2]

    $ desk assign 1 -- 2
    #1 assigned to 2

    $ desk categorize 1 2 network/vpn
    ! desk: expected one category, found also 'network/vpn'
    !   hint: name several tickets as one list, such as 4,5; quote words that belong together
    [exit 2]

    $ desk identify 1 2
    ! desk: '2' can mean tickets or a kind
    !   hint: use 1,2 for tickets, or -- '2' for the kind
    [exit 2]

    $ desk pause 1 2 vendor
    ! desk: '2' is not a pause reason
    !   hint: give the reason after the tickets; name several as one list, such as 4,5
    [exit 2]

    $ desk investigate 1 "a full disk"
    #1 hypothesis 1 proposed

    $ desk investigate 1 --confirm 2
    ! desk: '2' after --confirm can be the number of the hypothesis or the text
    !   hint: use --confirm=2 for hypothesis 2, or -m '2 ...' for the text
    [exit 2]

    $ desk investigate 1 --confirm 1 "df shows it"
    ! desk: '1' after --confirm can be the number of the hypothesis or the text
    !   hint: use --confirm=1 for hypothesis 1, or -m '1 ...' for the text
    [exit 2]

    $ desk call 1 --held 1
    ! desk: '1' after --held can be the number of the call or the text
    !   hint: use --held=1 for call 1, or -m '1 ...' for the text
    [exit 2]

    $ desk investigate 1 --confirm=1 "df shows it"
    #1 hypothesis 1 confirmed

    $ desk take two
    ! desk: 'two' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk log
    ! desk: missing <ID>
    !   hint: usage: desk log <ID> [TEXT] [OPTIONS]
    [exit 2]

    $ desk reply hello
    ! desk: 'hello' is not a ticket number
    !   hint: use 42, 42,43, 40-45, or - for stdin
    [exit 2]

    $ desk show 3-2
    ! desk: '3-2' is not a range of tickets
    !   hint: use the lower number first, at most 10000 tickets
    [exit 2]

    $ desk log 1 -5 degrees
    ! desk: unexpected argument '-5'
    !   hint: write -- before a text that begins with '-5'
    [exit 2]

    $ desk log 1 -- -5 degrees
    #1 logged

    $ desk take 1 -5
    ! desk: unexpected argument '-5'
    !   hint: usage: desk take [OPTIONS] <ID>...
    [exit 2]
    "#);
}

/// A desk with tickets of two other systems, one of them with a blank in its
/// name. Their numbers look like anything.
fn imported() -> Env {
    let mut env = three_tickets();
    let mapping = |source: &str| {
        format!(
            "source = \"{source}\"\ndates = [\"%Y-%m-%d %H:%M\"]\nzone = \"UTC\"\n\
             [columns]\nnumber = \"id\"\ntitle = \"Subject\"\nopened = \"Created\"\n"
        )
    };
    let write = |name: &str, text: &str| std::fs::write(env.dir().join(name), text).unwrap();
    write("old.toml", &mapping("old desk"));
    write("new.toml", &mapping("new"));
    write(
        "old.csv",
        "id,Subject,Created\n\
         INC0000045,four,2026-01-05 10:00\n2024/117,five,2026-01-05 10:00\n\
         52 267,six,2026-01-05 10:00\n\"1,2\",seven,2026-01-05 10:00\n\
         2-3,eight,2026-01-05 10:00\n10045,nine,2026-01-05 10:00\n",
    );
    write(
        "new.csv",
        "id,Subject,Created\nINC0000045,ten,2026-01-05 10:00\nbd:kwro,eleven,2026-01-05 10:00\n",
    );
    env.does("desk -q import --map old.toml old.csv")
        .does("desk -q import --map new.toml new.csv");
    env
}

#[test]
fn a_number_of_another_system_is_looked_up_wherever_a_ticket_is_named() {
    let mut env = imported();
    assert_snapshot!(env.says(
        r##"
        desk log 2024/117 "3 users"
        desk log "52 267" seen
        desk log "old desk:INC0000045" seen
        desk log new:INC0000045 seen
        desk log bd:kwro seen
        desk log new:bd:kwro seen
        desk log "2024/117,52 267" both
        desk log 2024/117,1 both
        desk log INC0000045 seen
        desk log INC9 seen
        desk log 1,2 seen
        desk log "old desk:1,2" seen
        desk log "#1,2" seen
        desk log 2-3 seen
        desk log 10045 seen
        desk log "old desk:10045" seen
        desk take 1 10045
        desk take 2024/117 "52 267"
        desk link 1 --parent 2024/117
        desk link 2024/117 --related "old desk:10045"
        desk merge 3 --into "old desk:INC0000045"
        desk merge 3 --into 4,5
        desk similar bd:kwro --limit 1
        desk assign 2024/117 5
        "##
    ), @r##"
    $ desk log 2024/117 "3 users"
    #5 logged

    $ desk log "52 267" seen
    #6 logged

    $ desk log "old desk:INC0000045" seen
    #4 logged

    $ desk log new:INC0000045 seen
    #10 logged

    $ desk log bd:kwro seen
    #11 logged

    $ desk log new:bd:kwro seen
    #11 logged

    $ desk log "2024/117,52 267" both
    #5 logged
    #6 logged

    $ desk log 2024/117,1 both
    #5 logged
    #1 logged

    $ desk log INC0000045 seen
    ! desk: several systems have a ticket 'INC0000045'
    !   hint: use 'old desk:INC0000045' for #4, or 'new:INC0000045' for #10
    [exit 2]

    $ desk log INC9 seen
    ! desk: 'INC9' is neither a ticket number nor the number of a ticket in another system
    !   hint: list them with: desk list --all --columns id,source,number,title
    [exit 2]

    $ desk log 1,2 seen
    ! desk: '1,2' is a list of tickets and also the number of #7 in old desk
    !   hint: use 'old desk:1,2' for #7, or '#1,2' for the list
    [exit 2]

    $ desk log "old desk:1,2" seen
    #7 logged

    $ desk log "#1,2" seen
    #1 logged
    #2 logged

    $ desk log 2-3 seen
    ! desk: '2-3' is a range of tickets and also the number of #8 in old desk
    !   hint: use 'old desk:2-3' for #8, or '#2-3' for the range
    [exit 2]

    $ desk log 10045 seen
    ! desk: there is no ticket #10045 here, but old desk has a ticket of that number
    !   hint: use 'old desk:10045' for #9
    [exit 3]

    $ desk log "old desk:10045" seen
    #9 logged

    $ desk take 1 10045
    #1 unchanged
    ! desk: there is no ticket #10045 here, but old desk has a ticket of that number
    !   hint: use 'old desk:10045' for #9
    [exit 3]

    $ desk take 2024/117 "52 267"
    #5 taken by anna
    #6 taken by anna

    $ desk link 1 --parent 2024/117
    #1 linked to #5 (parent)

    $ desk link 2024/117 --related "old desk:10045"
    #5 linked to #9 (related)

    $ desk merge 3 --into "old desk:INC0000045"
    #3 merged into #4

    $ desk merge 3 --into 4,5
    ! desk: '4,5' is more than one ticket
    !   hint: use one such as 42
    [exit 2]

    $ desk similar bd:kwro --limit 1
    ! no similar tickets

    $ desk assign 2024/117 5
    ! desk: '5' can mean tickets or an agent
    !   hint: use one list, such as 4,5, for tickets, or -- '5' for the agent
    [exit 2]
    "##);
    let piped = env.run_with(&["log", "-", "from a pipe"], "1\n2024/117\n#2 6\n");
    assert_eq!(
        piped.ok().stdout,
        "#1 logged\n#5 logged\n#2 logged\n#6 logged\n"
    );
    let piped = env.run_with(&["log", "-", "from a pipe"], "1\n52 267\n2024/117\n");
    assert_snapshot!(piped, @"
    ------- stderr -------
    desk: '52 267' is a list of tickets and also the number of #6 in old desk
      hint: use 'old desk:52 267' for #6, or '#52 267' for the list
    [exit 2]
    ");
}
