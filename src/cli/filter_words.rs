//! Words of the filter language on the command line, with saved views.

use std::borrow::Cow;
use std::ffi::OsString;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::domain::filter::Condition;
use crate::domain::filter::fields;
use crate::domain::filter::parse::{self, FilterContext, FilterError};
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::views;
use crate::error::Error;

/// The commands that take words of a filter.
const VERBS: &[&str] = &["list", "sla", "overdue", "report", "check", "inbox"];

/// Words of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
pub(crate) struct FilterWords {
    /// Words of a filter: vpn, p:P1, assignee:none, -category:network, @VIEW; see desk help filters
    #[arg(value_name = "FILTER", add = ArgValueCompleter::new(completion::filter_words))]
    words: Vec<String>,
}

impl FilterWords {
    /// The words of one text, in which blanks separate them.
    ///
    /// # Errors
    /// [`Error::Usage`] if a quote is not closed.
    pub(crate) fn split(text: Option<&str>) -> Result<Self, Error> {
        let words = parse::split(text.unwrap_or_default()).map_err(usage)?;
        Ok(Self { words })
    }

    /// The words as one text, which [`Self::split`] splits into them again.
    pub(crate) fn text(&self) -> String {
        let quoted = self.words.iter().map(|word| {
            if word.is_empty() || word.contains(char::is_whitespace) {
                format!("\"{word}\"")
            } else {
                word.clone()
            }
        });
        quoted.collect::<Vec<_>>().join(" ")
    }

    /// Refuses words that name no field: where nobody looks at the tickets, a slip
    /// would be taken for a text that no ticket has.
    ///
    /// # Errors
    /// [`Error::Usage`] for the first one.
    pub(crate) fn require_fields(&self) -> Result<(), Error> {
        let is_text = |word: &&String| {
            let word = word.strip_prefix("not:").unwrap_or(word);
            !word.starts_with('@') && !fields::names_field(word)
        };
        match self.words.iter().find(is_text) {
            None => Ok(()),
            Some(word) => Err(Error::usage(
                format!("'{word}' names no field to filter by"),
                format!("for a part of the title or the requester: text:{word}"),
            )),
        }
    }

    /// What the words say.
    ///
    /// # Errors
    /// [`Error::Usage`] for a word that is not understood, and errors of the store.
    pub(crate) fn conditions(&self, ctx: &CommandContext<'_>) -> Result<Vec<Condition>, Error> {
        if self.words.is_empty() {
            return Ok(Vec::new());
        }
        let policies = ctx.desk.policies()?;
        let policy = &policies.current;
        let own = &ctx.config.views;
        let find = |name: &str| own.get(name).or_else(|| policy.views.get(name)).cloned();
        let known = || own.keys().chain(policy.views.keys()).cloned().collect();
        let words = views::expand(&self.words, &find, &known).map_err(usage)?;
        let filter = FilterContext {
            clock: Clock {
                now: ctx.desk.now(),
                zone: ctx.desk.zone,
            },
            me: &|| ctx.desk.agent().ok(),
            tiers: &policy.tiers,
            lowest_priority: policy.matrix.lowest_rank(),
        };
        parse::parse(&words, &filter).map_err(usage)
    }
}

fn usage(fault: FilterError) -> Error {
    Error::usage(fault.to_string(), fault.hint)
}

/// Writes `-FIELD:VALUE` as `not:FIELD:VALUE` for the commands that take filters,
/// because an argument that begins with `-` is an option.
pub(crate) fn protect(
    args: &[OsString],
    command_line: fn() -> clap::Command,
) -> Cow<'_, [OsString]> {
    // Most command lines have none, which is told without building the commands.
    if !args.iter().any(|arg| negated_field(arg).is_some()) {
        return Cow::Borrowed(args);
    }
    let root = command_line();
    let takes_value = |typed: &str| {
        let option = typed.strip_prefix("--").and_then(|name| {
            let mut globals = root.get_arguments().filter(|arg| arg.is_global_set());
            globals.find(|arg| arg.get_long() == Some(name))
        });
        option.is_some_and(|option| option.get_action().takes_values())
    };
    let mut is_value = false;
    let verb = args.iter().position(|arg| {
        let typed = arg.to_str().unwrap_or_default();
        let is_verb = !is_value && root.find_subcommand(typed).is_some();
        is_value = takes_value(typed);
        is_verb
    });
    let Some(verb) = verb.filter(|at| VERBS.iter().any(|verb| args[*at] == *verb)) else {
        return Cow::Borrowed(args);
    };
    let texts = args.iter().position(|arg| arg == "--");
    let options = verb..texts.unwrap_or(args.len());
    let mut protected = args.to_vec();
    for arg in protected.get_mut(options).unwrap_or_default() {
        if let Some(rest) = negated_field(arg) {
            *arg = format!("not:{rest}").into();
        }
    }
    Cow::Owned(protected)
}

/// What follows the sign of an argument that begins with `-` and a field.
fn negated_field(arg: &OsString) -> Option<&str> {
    let rest = arg.to_str()?.strip_prefix('-')?;
    fields::names_field(rest).then_some(rest)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn only_a_negated_field_of_a_listing_is_rewritten() {
        let protected = |line: &str| {
            let args: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            let all = protect(&args, crate::cli::Cli::command)
                .into_owned()
                .into_iter();
            let all: Vec<String> = all.map(|arg| arg.into_string().unwrap()).collect();
            all.join(" ")
        };
        for (line, expected) in [
            ("desk list -tier:L1 -t L1", "desk list not:tier:L1 -t L1"),
            ("desk list -p:P1 -p P1", "desk list not:p:P1 -p P1"),
            ("desk list -- -p:P1", "desk list -- -p:P1"),
            ("desk --as list log -p:P1", "desk --as list log -p:P1"),
            (
                "desk --db x report -kind:request",
                "desk --db x report not:kind:request",
            ),
            ("desk log 1 -due:today", "desk log 1 -due:today"),
            ("desk list -colour:red -vpn", "desk list -colour:red -vpn"),
        ] {
            assert_eq!(protected(line), expected);
        }
    }
}
