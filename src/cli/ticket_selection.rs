//! Which tickets a command acts on: by number, as a list, as a range, or from
//! stdin.

use std::collections::HashSet;

use clap::Args;

use crate::cli::args::single;
use crate::cli::context::CommandContext;
use crate::cli::ticket_selector::{Tickets, Which, which, which_or_foreign};
use crate::domain::event::TicketId;
use crate::domain::policy::Policy;
use crate::error::Error;

/// The tickets a command acts on.
#[derive(Debug, Clone, Args)]
pub(crate) struct Ids {
    /// Tickets: 42, 42,43, 40-45, the number an imported one had, or - to read
    /// them from stdin
    #[arg(value_name = "ID", value_parser = which_or_foreign, required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
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
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets_and_more))]
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
