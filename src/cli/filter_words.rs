//! Words of the filter language on the command line, with saved views.

use std::borrow::Cow;
use std::ffi::OsString;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::command_word;
use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::cli::shell_line::in_a_shell;
use crate::cli::ticket_selector::looks_like_tickets;
use crate::domain::filter::Condition;
use crate::domain::filter::fields;
use crate::domain::filter::parse::{self, FilterContext, FilterError};
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::views;
use crate::error::Error;
use crate::output::safe_line;

/// The command whose words are tags.
const TAG: &str = "tag";

/// The commands that take words of a filter.
const VERBS: &[&str] = &[
    "list", "sla", "overdue", "report", "check", "events", "calendar", "inbox",
];

/// Whether a command takes words of a filter.
pub(crate) fn takes_filter(verb: &str) -> bool {
    VERBS.contains(&verb)
}

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

    /// Takes words that are numbers for tickets: `42` is `id:42`.
    pub(crate) fn with_ticket_numbers(self) -> Self {
        let is_number = |word: &&String| {
            let digits = word.strip_prefix('#').unwrap_or(word);
            !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == ',')
        };
        let numbers = self.words.iter().filter(is_number);
        let numbers: Vec<&str> = numbers.map(|word| word.trim_start_matches('#')).collect();
        let mut words: Vec<String> = Vec::new();
        if !numbers.is_empty() {
            words.push(format!("id:{}", numbers.join(",")));
        }
        words.extend(self.words.iter().filter(|word| !is_number(word)).cloned());
        Self { words }
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

    /// The line that was probably meant if no ticket matches: with a word that was
    /// looked for as a text and is one for a state of tickets, or names some.
    pub(crate) fn meant_if_none(&self, verb: &str) -> Option<String> {
        let at = self.words.iter().position(|word| meant(word).is_some())?;
        let mut words = self.words.clone();
        words[at] = meant(&words[at])?;
        let line = [verb.to_owned()].into_iter().chain(words);
        let line = in_a_shell(&line.collect::<Vec<_>>());
        let word = &self.words[at];
        let note = format!("'{word}' was looked for in titles and requesters; type: {line}");
        Some(safe_line(&note))
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
            fields: &policy.fields,
            retired: &|name| ctx.desk.type_of_field(name),
        };
        parse::parse(&words, &filter).map_err(usage)
    }
}

/// The word of a filter that is meant by one that has no field.
fn meant(word: &str) -> Option<String> {
    if looks_like_tickets(word) {
        let numbers = word.replace('#', "").replace('-', "..");
        return Some(format!("id:{}", numbers.trim_matches(',')));
    }
    let lower = word.to_ascii_lowercase();
    if let Some(tag) = word.strip_prefix('+').filter(|tag| !tag.is_empty()) {
        return Some(format!("tag:{tag}"));
    }
    let is_priority = lower
        .strip_prefix('p')
        .is_some_and(|rank| rank.len() == 1 && rank.bytes().all(|byte| byte.is_ascii_digit()));
    match lower.as_str() {
        "all" => Some("--all".to_owned()),
        "me" | "my" => Some("@mine".to_owned()),
        "today" => Some("@today".to_owned()),
        _ if is_priority => Some(format!("p:{}", lower.to_ascii_uppercase())),
        state if fields::states().any(|known| known == state) => Some(format!("is:{state}")),
        _ => None,
    }
}

fn usage(fault: FilterError) -> Error {
    Error::usage(fault.to_string(), fault.hint)
}

/// Writes `-FIELD:VALUE` as `not:FIELD:VALUE` for the commands that take filters, and
/// `-TAG` as `not:TAG` for the one that takes tags,
/// because an argument that begins with `-` is an option.
pub(crate) fn protect(
    args: &[OsString],
    command_line: fn() -> clap::Command,
) -> Cow<'_, [OsString]> {
    // Most command lines have none, which is told without building the commands.
    if !args
        .iter()
        .any(|arg| negated_field(arg).or(removed_tag(arg)).is_some())
    {
        return Cow::Borrowed(args);
    }
    let root = command_line();
    let verb = command_word::position(args, &root);
    let takes_words = |at: &usize| args[*at] == TAG || args[*at].to_str().is_some_and(takes_filter);
    let Some(verb) = verb.filter(takes_words) else {
        return Cow::Borrowed(args);
    };
    let negated = if args[verb] == TAG {
        removed_tag
    } else {
        negated_field
    };
    let texts = args.iter().position(|arg| arg == "--");
    let options = verb..texts.unwrap_or(args.len());
    let mut protected = args.to_vec();
    for arg in protected.get_mut(options).unwrap_or_default() {
        if let Some(rest) = negated(arg) {
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

/// What follows the sign of an argument that begins with `-` and is longer than a
/// short option.
fn removed_tag(arg: &OsString) -> Option<&str> {
    let rest = arg.to_str()?.strip_prefix('-')?;
    let begins = rest.starts_with(char::is_alphanumeric);
    (begins && rest.chars().count() > 1).then_some(rest)
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
            (
                "desk list -colour:red -vpn",
                "desk list not:colour:red -vpn",
            ),
            ("desk tag 1 vpn -old -q", "desk tag 1 vpn not:old -q"),
            ("desk tag 1 --json -- -old", "desk tag 1 --json -- -old"),
            ("desk log 1 -old", "desk log 1 -old"),
        ] {
            assert_eq!(protected(line), expected);
        }
    }
}
