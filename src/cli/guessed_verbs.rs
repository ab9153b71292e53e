//! What was probably meant by a word that is no command: another command, or a
//! ticket.

use std::ffi::{OsStr, OsString};

use clap::{CommandFactory, Parser};

use super::Cli;
use super::aliases;
use super::command_word;
use super::foreign_verbs::guessed;
use super::invocation::Invocation;
use super::meant_line;
use crate::error::Error;

/// The command that was typed.
pub(crate) fn typed_verb(args: &[OsString]) -> Option<String> {
    let verb = &args[command_word::position(args, &Cli::command())?];
    Some(verb.to_str()?.to_owned())
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

/// Explains a word that other tools have for a command.
pub(crate) fn explain(fault: &clap::Error, args: &[OsString]) -> Option<Error> {
    let (_, word) = unknown_verb(fault, args)?;
    let message = format!("unknown command '{word}'");
    if let Some(line) = meant_line::find(args) {
        return Some(Error::usage(message, format!("type: {line}")));
    }
    let verb = guessed(&word)?;
    let hint = match verb.contains(' ') {
        true => format!("type: desk {verb}"),
        false => format!("that is desk {verb}; see: desk {verb} --help"),
    };
    Some(Error::usage(message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
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
