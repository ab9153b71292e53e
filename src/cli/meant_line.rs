//! The line that was probably meant by one that desk does not take as it is.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use crate::cli::command_word;
use crate::cli::filter_words::{self, takes_filter};
use crate::cli::foreign_verbs;
use crate::cli::guessed_options;
use crate::cli::guessed_words;
use crate::cli::shell_line::in_a_shell;
use crate::cli::ticket_selector::looks_like_tickets;
use crate::cli::{Cli, aliases};
use crate::domain::rejection::Rejection;
use crate::error::Error;

/// How many things are put right in one line.
const MOST: usize = 8;

/// Returns the line that was probably meant, as a shell takes it. It is one that the
/// argument parser takes, and another than the typed one.
pub(crate) fn find(args: &[OsString]) -> Option<String> {
    let typed: Option<Vec<String>> = args
        .iter()
        .map(|arg| arg.to_str().map(str::to_owned))
        .collect();
    let typed = typed?;
    if let [_, version] = typed.as_slice()
        && version == "-v"
    {
        return Some("desk --version".to_owned());
    }
    let root = built();
    let mut line = typed.clone();
    for _ in 0..MOST {
        let fault = fault_of(&line);
        let Some(better) = improved(&line, fault.as_ref(), &root) else {
            let is_better = fault.is_none() && line != typed;
            return is_better.then(|| in_a_shell(&line[1..]));
        };
        line = better;
    }
    None
}

/// The command line with the options of its commands, which it has once it is built.
pub(crate) fn built() -> clap::Command {
    let mut root = Cli::command();
    root.build();
    root
}

/// Why the argument parser does not take a line.
fn fault_of(line: &[String]) -> Option<clap::Error> {
    let args: Vec<OsString> = line.iter().map(OsString::from).collect();
    let args = filter_words::protect(&args, Cli::command);
    let fault = Cli::try_parse_from(args.iter()).err()?;
    fault.use_stderr().then_some(fault)
}

/// The line with one thing put right.
fn improved(
    line: &[String],
    fault: Option<&clap::Error>,
    root: &clap::Command,
) -> Option<Vec<String>> {
    let args: Vec<OsString> = line.iter().map(OsString::from).collect();
    let at = command_word::position(&args, root)?;
    let (globals, command_line) = line.split_at(at);
    let (verb, typed) = command_line.split_first()?;
    let whole = |words: Vec<String>| Some([globals, words.as_slice()].concat());
    if looks_like_tickets(verb) {
        let Some((next, more)) = typed.split_first() else {
            return whole(vec!["show".to_owned(), verb.clone()]);
        };
        // `desk 3 resolve TEXT`.
        let is_command =
            root.find_subcommand(next).is_some() || foreign_verbs::guessed(next).is_some();
        return is_command
            .then(|| [std::slice::from_ref(next), std::slice::from_ref(verb), more].concat())
            .and_then(whole);
    }
    let Some(command) = root.find_subcommand(verb) else {
        aliases::unknown_command(fault?)?;
        return foreign_verbs::replace(command_line).and_then(whole);
    };
    if let Some(option) = fault.and_then(unknown_option) {
        return guessed_options::replace(command_line, &option, command).and_then(whole);
    }
    // `-a` is all tickets in other tools.
    let is_option = |at: usize| typed.get(at).is_none_or(|word| word.starts_with('-'));
    if takes_filter(verb)
        && let Some(at) = typed.iter().position(|word| word == "-a")
        && is_option(at + 1)
    {
        let mut words = command_line.to_vec();
        "--all".clone_into(&mut words[at + 1]);
        return whole(words);
    }
    if verb == "mail" && typed.first().is_some_and(|word| looks_like_tickets(word)) {
        return whole([&["reply".to_owned()], typed].concat());
    }
    guessed_words::rearrange(command_line, command).and_then(whole)
}

/// The option that the command does not have.
fn unknown_option(fault: &clap::Error) -> Option<String> {
    if fault.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(option)) = fault.get(ContextKind::InvalidArg) else {
        return None;
    };
    option.starts_with('-').then(|| option.clone())
}

/// What to type instead of a line that the argument parser does not take.
pub(crate) fn hint(fault: &clap::Error, args: &[OsString]) -> Option<String> {
    if let Some(line) = find(args) {
        return Some(format!("type: {line}"));
    }
    let option = unknown_option(fault)?;
    let root = built();
    let verb = args.get(command_word::position(args, &root)?)?.to_str()?;
    let advice = guessed_options::advice(&option, root.find_subcommand(verb)?);
    advice.map(str::to_owned)
}

/// The error of a command, with the line that was probably meant where the words of
/// the typed one stand in another order.
pub(crate) fn explain(fault: Error, args: &[OsString]) -> Error {
    let is_usage = matches!(
        fault,
        Error::Usage { .. } | Error::Rejected(Rejection::Unknown(_))
    );
    match is_usage.then(|| find(args)).flatten() {
        Some(line) => Error::usage(fault.to_string(), format!("type: {line}")),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &[&str]) -> Option<String> {
        let args: Vec<OsString> = typed.iter().map(OsString::from).collect();
        find(&args)
    }

    #[test]
    fn verb_options_and_order_are_put_right_in_one_line() {
        for (typed, expected) in [
            ("desk new VPN", "desk open VPN"),
            ("desk mine", "desk list @mine"),
            ("desk ls", "desk list"),
            ("desk rm 4 5 --reason x", "desk void 4 5 --reason x"),
            (
                "desk --db x.db done 4 it's",
                "desk --db x.db resolve 4 'it'\\''s'",
            ),
            ("desk note text 3", "desk log 3 text"),
            ("desk set 3 status closed", "desk close 3"),
            (
                "desk priority 3 low",
                "desk prioritize 3 -u low -b low -g low",
            ),
            (
                "desk create -t Printer -p high --label hw",
                "desk open Printer -u high -b high -g high --tag hw",
            ),
            ("desk ticket list", "desk list"),
            ("desk issue view 3", "desk show 3"),
            ("desk ticket 3", "desk show 3"),
            ("desk 3 done cleaned", "desk resolve 3 cleaned"),
            ("desk status 3", "desk show 3"),
            ("desk move 3 resolved", "desk resolve 3"),
            ("desk version", "desk --version"),
            ("desk list --label vpn", "desk list tag:vpn"),
            ("desk list --open", "desk list"),
            ("desk list -a", "desk list --all"),
            ("desk list -a --json", "desk list --all --json"),
            ("desk -v", "desk --version"),
            ("desk mail 8 hi", "desk reply 8 hi"),
            ("desk report --since monday", "desk report --from monday"),
            (
                "desk list --state closed -o json",
                "desk list --status closed --format json",
            ),
            ("desk assign 3 --to ben", "desk assign 3 ben"),
            ("desk void 6 -m test", "desk void 6 --reason test"),
            ("desk delete 6 -f", "desk void 6 --yes"),
            ("desk label 3 vpn", "desk tag 3 vpn"),
            ("desk untag 3 vpn", "desk tag 3 --remove vpn"),
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(meant(&words).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn a_line_that_stands_or_is_not_understood_is_left_alone() {
        for typed in [
            "desk list",
            "desk show 3",
            "desk 3 4",
            "desk shwo 4",
            "desk outbox new",
            "desk view --nonsense",
            "desk open --nonsense",
            "desk rm",
        ] {
            let words: Vec<&str> = typed.split(' ').collect();
            assert_eq!(meant(&words), None, "{typed}");
        }
    }
}
