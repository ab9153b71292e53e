//! What was probably meant by a word that is no command: another command, or a
//! ticket.

use std::ffi::{OsStr, OsString};

use clap::{CommandFactory, Parser};

use super::Cli;
use super::aliases;
use super::command_word;
use super::invocation::Invocation;
use crate::error::Error;

/// Words for a command that other tools have, and the words to type here.
const GUESSES: &[(&[&str], &str)] = &[
    (
        &["new", "create", "add", "report-problem", "submit"],
        "open",
    ),
    (&["comment", "note", "annotate", "append"], "log"),
    (
        &[
            "view", "info", "get", "cat", "read", "display", "details", "history", "timeline",
        ],
        "show",
    ),
    (
        &["done", "fix", "fixed", "solve", "finish", "complete"],
        "resolve",
    ),
    (
        &["wait", "hold", "snooze", "defer", "park", "stop"],
        "pause",
    ),
    (&["unpause", "continue", "unhold"], "resume"),
    (&["claim", "ack", "accept", "grab", "own", "start"], "take"),
    (
        &["modify", "update", "change", "correct", "rename", "set"],
        "edit",
    ),
    (&["revert", "rollback", "back"], "undo"),
    (
        &[
            "delete", "rm", "cancel", "remove", "del", "trash", "discard",
        ],
        "void",
    ),
    (&["ls", "tickets", "queue", "all"], "list"),
    (&["find", "grep", "lookup"], "search"),
    (&["status", "dashboard"], "sla"),
    (&["mine", "my"], "list @mine"),
    (&["late", "breached"], "overdue"),
    (&["answer", "respond", "send"], "reply"),
    (&["handover", "forward", "transfer"], "escalate"),
    (&["priority", "rate", "triage"], "prioritize"),
    (&["category", "classify"], "categorize"),
    (&["duplicate", "dup"], "merge"),
    (&["stats", "statistics"], "report"),
    (&["settings", "whoami"], "config"),
];

/// The command that was typed.
pub(crate) fn typed_verb(args: &[OsString]) -> Option<String> {
    let verb = &args[command_word::position(args, &Cli::command())?];
    Some(verb.to_str()?.to_owned())
}

/// The words to type instead of one that other tools have.
fn guessed(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let known = GUESSES.iter().find(|(words, _)| words.contains(&&*word));
    known.map(|(_, verb)| *verb)
}

/// The word that is no command of desk, and where it stands.
fn unknown_verb(fault: &clap::Error, args: &[OsString]) -> Option<(usize, String)> {
    let word = aliases::unknown_command(fault)?;
    let at = command_word::position(args, &Cli::command())?;
    (args[at] == OsStr::new(word)).then(|| (at, word.to_owned()))
}

/// The command that shows a ticket, for a word that is no command but names one:
/// `desk 42` is `desk show 42`.
pub(crate) fn show_ticket(fault: &clap::Error, invocation: &Invocation<'_>) -> Option<Cli> {
    let (at, word) = unknown_verb(fault, invocation.args)?;
    if guessed(&word).is_some() {
        return None;
    }
    let mut with_verb = invocation.args.to_vec();
    with_verb.insert(at, "show".into());
    let cli = Cli::try_parse_from(with_verb).ok()?;
    invocation.knows_ticket(&cli, &word).then_some(cli)
}

/// Explains a word that other tools have for a command: with the arguments as they
/// were typed, if the command takes them.
pub(crate) fn explain(fault: &clap::Error, args: &[OsString]) -> Option<Error> {
    let (at, word) = unknown_verb(fault, args)?;
    let verb = guessed(&word)?;
    let mut instead = args[..at].to_vec();
    instead.extend(verb.split(' ').map(OsString::from));
    instead.extend_from_slice(&args[at + 1..]);
    let fits = Cli::try_parse_from(&instead).is_ok();
    let typed = if fits {
        let words = instead.iter().skip(1);
        words.map(|word| quoted(&word.to_string_lossy())).collect()
    } else {
        vec![verb.to_owned()]
    };
    let hint = match fits || verb.contains(' ') {
        true => format!("type: desk {}", typed.join(" ")),
        false => format!("that is desk {verb}; see: desk {verb} --help"),
    };
    Some(Error::usage(format!("unknown command '{word}'"), hint))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@,=+%#".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('#') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn every_guess_is_no_command_and_what_it_stands_for_is_one() {
        let command = Cli::command();
        let is_verb = |word: &str| command.find_subcommand(word).is_some();
        let mut seen = std::collections::BTreeSet::new();
        for (words, verb) in GUESSES {
            let verb = verb.split(' ').next().unwrap();
            assert!(is_verb(verb), "{verb}");
            for word in *words {
                assert!(!is_verb(word), "{word} is a command");
                assert!(seen.insert(word), "{word} is there twice");
            }
        }
    }

    #[test]
    fn the_command_is_found_behind_global_options() {
        for (typed, verb) in [
            ("desk reply 4", Some("reply")),
            ("desk --db x.db --as ben -q log 4", Some("log")),
            ("desk --format=json --at log show 4", Some("show")),
            ("desk --json", None),
            ("desk", None),
        ] {
            assert_eq!(typed_verb(&line(typed)).as_deref(), verb, "{typed}");
        }
    }

    #[test]
    fn a_guess_is_answered_with_the_arguments_where_they_fit() {
        for (typed, hint) in [
            ("desk new VPN", "type: desk open VPN"),
            (
                "desk --db x.db done 4 it's",
                "type: desk --db x.db resolve 4 'it'\\''s'",
            ),
            ("desk mine", "type: desk list @mine"),
            ("desk rm 4 5 --reason x", "type: desk void 4 5 --reason x"),
            (
                "desk view --nonsense",
                "that is desk show; see: desk show --help",
            ),
            ("desk ls", "type: desk list"),
            ("desk rm", "that is desk void; see: desk void --help"),
        ] {
            let args = line(typed);
            let fault = Cli::try_parse_from(&args).unwrap_err();
            let error = explain(&fault, &args).expect(typed);
            assert_eq!(
                (error.code(), error.hint().as_deref()),
                (2, Some(hint)),
                "{typed}"
            );
        }
        for typed in ["desk shwo 4", "desk outbox new"] {
            let args = line(typed);
            let fault = Cli::try_parse_from(&args).unwrap_err();
            assert!(explain(&fault, &args).is_none(), "{typed}");
        }
    }
}
