//! Turns errors of the argument parser into errors of desk: what is wrong, and
//! one thing to type.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::config::Env;
use crate::domain::did_you_mean::nearest;
use crate::error::Error;
use crate::output_format::OutputFormat;

/// Why one of desk's own value parsers refused a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {hint}")]
pub(crate) struct InvalidValue {
    message: String,
    hint: String,
}

impl InvalidValue {
    /// Returns the error for a value that clap did not parse.
    pub(crate) fn into_usage(self) -> Error {
        Error::usage(self.message, self.hint)
    }

    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl From<InvalidValue> for Error {
    fn from(invalid: InvalidValue) -> Self {
        Self::usage(invalid.message, invalid.hint)
    }
}

/// Converts an error of clap into a usage error.
pub(crate) fn to_error(fault: &clap::Error) -> Error {
    let invalid = fault.source().and_then(|source| source.downcast_ref());
    let message = match invalid {
        Some(InvalidValue { message, .. }) => format!("{}: {message}", invalid_value(fault)),
        None => message(fault),
    };
    let hint = match invalid {
        Some(InvalidValue { hint, .. }) => hint.clone(),
        None => suggestion(fault)
            .or_else(|| text_with_a_dash(fault))
            .or_else(|| usage(fault))
            .or_else(|| without_value(fault))
            .unwrap_or_else(|| "see: desk --help, or desk COMMAND --help".to_owned()),
    };
    Error::usage(message, hint)
}

/// The text of a context entry; lists are joined with commas.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of clap are non-exhaustive"
)]
fn context(fault: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match fault.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn invalid_value(fault: &clap::Error) -> String {
    let arg = context(fault, ContextKind::InvalidArg).unwrap_or_default();
    match context(fault, ContextKind::InvalidValue) {
        Some(value) => format!("invalid value '{value}' for '{arg}'"),
        None => format!("'{arg}' needs a value"),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of clap are non-exhaustive"
)]
fn message(fault: &clap::Error) -> String {
    let get = |kind| context(fault, kind).unwrap_or_default();
    let arg = get(ContextKind::InvalidArg);
    match fault.kind() {
        ErrorKind::InvalidValue => invalid_value(fault),
        ErrorKind::ValueValidation => match fault.source() {
            Some(reason) => format!("{}: {reason}", invalid_value(fault)),
            None => invalid_value(fault),
        },
        ErrorKind::UnknownArgument => format!("unexpected argument '{arg}'"),
        ErrorKind::InvalidSubcommand => {
            format!("unknown command '{}'", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("missing {arg}"),
        ErrorKind::MissingSubcommand => {
            format!("'{}' needs a command", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            let arg = context(fault, ContextKind::InvalidArg)
                .unwrap_or_else(|| get(ContextKind::InvalidSubcommand));
            match context(fault, ContextKind::PriorArg) {
                Some(other) if other == arg => format!("'{arg}' is given more than once"),
                Some(other) => format!("'{arg}' cannot be used with '{other}'"),
                None => format!("'{arg}' cannot be used with other arguments given"),
            }
        }
        ErrorKind::NoEquals => format!("'{arg}' needs an equals sign before its value"),
        ErrorKind::TooManyValues => {
            let value = get(ContextKind::InvalidValue);
            format!("unexpected value '{value}' for '{arg}'")
        }
        other => other
            .as_str()
            .map_or_else(|| fault.to_string(), ToOwned::to_owned),
    }
}

/// What may have been meant, and the accepted values.
fn suggestion(fault: &clap::Error) -> Option<String> {
    use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue};
    let meant = [SuggestedArg, SuggestedSubcommand, SuggestedValue]
        .into_iter()
        .find_map(|kind| {
            // The best of several guesses comes last.
            if let ContextValue::Strings(all) = fault.get(kind)? {
                all.last().cloned()
            } else {
                context(fault, kind)
            }
        });
    // Its guesses at options go further than those of desk at words.
    let typed = context(fault, ContextKind::InvalidArg).unwrap_or_default();
    let is_near = |word: &String| {
        let words = [&typed, word].map(|word| word.trim_start_matches('-'));
        fault.kind() != ErrorKind::UnknownArgument || !nearest(words[0], [words[1]]).is_empty()
    };
    let meant = meant.filter(is_near);
    let meant = meant.map(|word| format!("did you mean '{word}'?"));
    let valid = context(fault, ContextKind::ValidValue)
        .or_else(|| context(fault, ContextKind::ValidSubcommand));
    let valid = valid.map(|words| format!("accepted: {words}"));
    match (meant, valid) {
        (Some(meant), Some(valid)) => Some(format!("{meant} {valid}")),
        (meant, valid) => meant.or(valid),
    }
}

/// How to write a text that begins like a negative number, if the command
/// takes one after the tickets.
fn text_with_a_dash(fault: &clap::Error) -> Option<String> {
    let arg = context(fault, ContextKind::InvalidArg)?;
    let number = arg
        .strip_prefix('-')?
        .starts_with(|c: char| c.is_ascii_digit());
    let usage = context(fault, ContextKind::Usage)?;
    let takes_words = usage.contains("<ID> ") && !usage.contains("<ID>...");
    (number && takes_words).then(|| format!("write -- before a text that begins with '{arg}'"))
}

/// How to write an option that stands without its value.
fn without_value(fault: &clap::Error) -> Option<String> {
    let is_without = fault.kind() == ErrorKind::InvalidValue
        && context(fault, ContextKind::InvalidValue).is_none();
    let arg = context(fault, ContextKind::InvalidArg).filter(|_| is_without)?;
    Some(format!("give it, as in: {}", arg.replace(['<', '>'], "")))
}

/// The usage of the command, its forms on one line.
fn usage(fault: &clap::Error) -> Option<String> {
    let text = context(fault, ContextKind::Usage)?;
    let forms: Vec<&str> = text
        .trim_start_matches("Usage:")
        .lines()
        .map(str::trim)
        .collect();
    Some(format!("usage: {}", forms.join(", or ")))
}

/// The output format for errors from before the settings are known.
pub(crate) fn requested_format(args: &[OsString], env: Env) -> OutputFormat {
    let words: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let flag = words.iter().enumerate().find_map(|(at, word)| {
        let next = || words.get(at + 1).map(|word| word.as_ref());
        match word.as_ref() {
            "--json" => Some("json"),
            "--format" => next(),
            other => other.strip_prefix("--format="),
        }
    });
    let variable = env("DESK_FORMAT");
    let variable = variable.as_ref().and_then(|format| format.to_str());
    match flag.or(variable) {
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
