//! Which tickets a command acts on: by number, as a list, as a range, or from
//! stdin.

use std::collections::HashSet;

use clap::Args;

use super::CommandContext;
use super::args::single;
use crate::domain::event::TicketId;
use crate::domain::policy::Policy;
use crate::error::Error;

/// The most tickets that one range may name.
const RANGE: i64 = 10_000;

/// Tickets by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    These(Vec<TicketId>),
    /// One a line, from stdin.
    Stdin,
    /// By the number in the system that it was imported from.
    Foreign(String),
}

/// Reads `42`, `#42`, `42,43`, `40-45` or `-`.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn which(typed: &str) -> Result<Which, String> {
    if typed == "-" {
        return Ok(Which::Stdin);
    }
    let wrong = || format!("'{typed}' is no ticket number; use 42, 42,43, 40-45, or - for stdin");
    let mut ids = Vec::new();
    for part in typed.split(',') {
        let number = |text: &str| {
            let digits = text.trim().trim_start_matches('#');
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits
                .parse::<i64>()
                .ok()
                .filter(|n| plain && *n > 0)
                .ok_or_else(wrong)
        };
        match part.split_once('-') {
            None => ids.push(TicketId(number(part)?)),
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                if to < from || to - from >= RANGE {
                    return Err(format!(
                        "'{part}' is no range of tickets; use the lower number first, at most {RANGE} tickets"
                    ));
                }
                ids.extend((from..=to).map(TicketId));
            }
        }
    }
    Ok(Which::These(ids))
}

/// As [`which`], and `INC0000045` or `zammad:10045`: the number of an imported
/// ticket where it came from.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn which_or_foreign(typed: &str) -> Result<Which, String> {
    let (source, number) = typed.split_once(':').unwrap_or(("", typed));
    let plain = |c: char| c.is_ascii_graphic() && c != ',';
    let lettered = typed.starts_with(|c: char| c.is_ascii_alphabetic()) && typed.len() >= 3;
    let numbered = number.contains(|c: char| c.is_ascii_digit());
    which(typed).or_else(|fault| {
        if lettered && numbered && typed.chars().all(plain) && source.len() < typed.len() {
            Ok(Which::Foreign(typed.to_owned()))
        } else {
            Err(fault)
        }
    })
}

/// Reads the number of one ticket.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn ticket(typed: &str) -> Result<TicketId, String> {
    match which(typed) {
        Ok(Which::These(ids)) if ids.len() == 1 => Ok(ids[0]),
        Ok(_) | Err(_) => Err(format!("'{typed}' is no ticket number; use one such as 42")),
    }
}

/// The tickets that were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tickets {
    /// Each once, in the order given.
    pub(super) ids: Vec<TicketId>,
    /// Whether they were named as several, be it one in the end: by a list, a
    /// range, or on stdin.
    pub(super) several: bool,
}

/// The tickets a command acts on.
#[derive(Debug, Clone, Args)]
pub(crate) struct Ids {
    /// Tickets: 42, 42,43, 40-45, the number an imported one had, or - to read
    /// them from stdin
    #[arg(value_name = "ID", value_parser = which_or_foreign, required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::complete::tickets))]
    ids: Vec<Which>,
}

impl Ids {
    pub(crate) fn resolve(&self, ctx: &CommandContext<'_>) -> Result<Tickets, Error> {
        resolve(&self.ids, ctx)
    }
}

/// Tickets, then words: the numbers come first, the text follows.
#[derive(Debug, Clone, Args)]
pub(crate) struct Words {
    /// Tickets (42, 42,43, 40-45, or - for stdin), then the text; after -- all
    /// is text
    #[arg(value_name = "ID|TEXT", required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::complete::tickets_and_more))]
    words: Vec<String>,
    /// Text, whatever it begins with
    #[arg(last = true, hide = true)]
    text: Vec<String>,
}

impl Words {
    /// The tickets, and the words after them.
    pub(crate) fn split(&self, ctx: &CommandContext<'_>) -> Result<(Tickets, Vec<String>), Error> {
        let mut named = Vec::new();
        let mut rest = Vec::new();
        for word in &self.words {
            match which(word) {
                Ok(which) if rest.is_empty() => named.push(which),
                Ok(_) | Err(_) => rest.push(word.clone()),
            }
        }
        if named.is_empty() {
            let first = self.words.first().map_or("", String::as_str);
            let message = which(first).err().unwrap_or_default();
            return Err(Error::usage(message, "name the tickets first"));
        }
        rest.extend(self.text.iter().cloned());
        Ok((resolve(&named, ctx)?, rest))
    }

    /// The tickets, and the one word after them, asked for if it is missing:
    /// among the names that the policy lists, where it lists some.
    pub(crate) fn with_one(
        &self,
        ctx: &CommandContext<'_>,
        what: &str,
        usage: &str,
        listed: impl FnOnce(&Policy) -> Vec<String>,
    ) -> Result<(Tickets, String), Error> {
        let (ids, rest) = self.split(ctx)?;
        let word = match single(&rest, what)? {
            Some(word) => word,
            None => match listed(&ctx.desk.policies_if_any()?.current).as_slice() {
                [] => ctx.ask.line(what, usage)?,
                names => ctx.ask.choose(what, usage, names)?,
            },
        };
        Ok((ids, word))
    }
}

fn resolve(named: &[Which], ctx: &CommandContext<'_>) -> Result<Tickets, Error> {
    let several = !matches!(named, [Which::These(these)] if these.len() == 1);
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |more: Vec<TicketId>| {
        ids.extend(more.into_iter().filter(|id| seen.insert(*id)));
    };
    for which_ones in named {
        match which_ones {
            Which::These(these) => add(these.clone()),
            Which::Foreign(number) => {
                let found = ctx.desk.by_number(number)?;
                if found.is_empty() {
                    return Err(Error::usage(
                        format!("'{number}' is no ticket number, nor was any imported under it"),
                        "see what there is with: desk list --all --columns id,number,title",
                    ));
                }
                add(found);
            }
            Which::Stdin => {
                for line in ctx.ask.stdin()?.split_whitespace() {
                    match which(line) {
                        Ok(Which::These(these)) => add(these),
                        Ok(Which::Stdin | Which::Foreign(_)) | Err(_) => {
                            return Err(Error::usage(
                                format!("stdin has '{line}', which is no ticket number"),
                                "give one number a line, as desk list --format ids writes them",
                            ));
                        }
                    }
                }
            }
        }
    }
    Ok(Tickets { ids, several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_named_by_number_list_and_range() {
        let these = |ids: &[i64]| Ok(Which::These(ids.iter().copied().map(TicketId).collect()));
        assert_eq!(which("42"), these(&[42]));
        assert_eq!(which("#42,7"), these(&[42, 7]));
        assert_eq!(which("40-42"), these(&[40, 41, 42]));
        assert_eq!(which("-"), Ok(Which::Stdin));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in [
            "",
            "0",
            "-1",
            "4.2",
            "x",
            "42,",
            "5-3",
            "1-99999999",
            "+4",
            "9223372036854775808",
        ] {
            assert!(which(typed).is_err(), "{typed:?}");
        }
    }
}
