//! What the parser of arguments refuses, said as every other error is: what is
//! wrong, and one thing to type instead.

use std::ffi::OsString;

use crate::config::Env;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// Reads the parser's error.
pub(crate) fn to_error(fault: &clap::Error) -> Error {
    let text = fault.render().to_string();
    let mut parts = text.split("\n\n").map(|part| {
        let lines: Vec<&str> = part.lines().map(str::trim).collect();
        // Each way to use a command is a line.
        let ways = part.starts_with("Usage: ");
        lines.join(if ways { ", or " } else { " " })
    });
    let message = parts.next().unwrap_or_default();
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    // Our own parsers of values say what is wrong, then what to type instead.
    let (message, instead) = match message.split_once("; ") {
        Some((wrong, instead)) if message.starts_with("invalid value") => (wrong, Some(instead)),
        Some(_) | None => (message, None),
    };
    let more: Vec<String> = parts.collect();
    let usage = more.iter().find_map(|part| part.strip_prefix("Usage: "));
    let tips = more.iter().flat_map(|part| part.split("tip: ").skip(1));
    let tip = tips.map(str::trim).find(|tip| !tip.starts_with("to pass"));
    let hint = match (instead.or(tip), usage) {
        (Some(tip), _) => tip.to_owned(),
        (None, Some(usage)) => format!("usage: {usage}"),
        (None, None) => "see desk --help, or desk COMMAND --help".to_owned(),
    };
    Error::usage(message, hint)
}

/// The format for an error from before the settings are known: JSON if it is
/// for a program.
pub(crate) fn requested_format(args: &[OsString], env: Env) -> OutputFormat {
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let format = words.iter().enumerate().find_map(|(at, word)| {
        let next = || words.get(at + 1).map(|word| word.as_ref());
        match word.as_ref() {
            "--json" => Some("json"),
            "--format" => next(),
            other => other.strip_prefix("--format="),
        }
    });
    let set = env("DESK_FORMAT");
    let set = set.as_ref().and_then(|format| format.to_str());
    match format.or(set) {
        Some("json" | "jsonl") => OutputFormat::Json,
        Some(_) | None => OutputFormat::Table,
    }
}

/// Whether `desk check` is meant by arguments that cannot be parsed as a whole.
pub(crate) fn names_monitoring_check(command_line: clap::Command, args: &[OsString]) -> bool {
    let parsed = command_line.ignore_errors(true).try_get_matches_from(args);
    let verb = parsed.ok();
    let verb = verb.as_ref().and_then(clap::ArgMatches::subcommand_name);
    // clap gives up at an unknown global flag, so look for the word itself.
    verb.map_or_else(
        || args.iter().any(|arg| arg == "check"),
        |verb| verb == "check",
    )
}
