//! Arguments that select tickets, and looking them up.

use std::collections::HashSet;

use clap::Args;

use crate::cli::args::single;
use crate::cli::context::CommandContext;
use crate::cli::ticket_selector::{SelectedTickets, TicketSelector, parse, parse_or_external};
use crate::domain::event::TicketId;
use crate::domain::policy::Policy;
use crate::error::Error;

/// Tickets, and nothing else.
#[derive(Debug, Clone, Args)]
pub(crate) struct TicketArgs {
    /// Tickets: 42, 42,43, 40-45, the external number of an imported ticket, or
    /// - to read numbers from stdin
    #[arg(value_name = "ID", value_parser = parse_or_external, required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    ids: Vec<TicketSelector>,
}

impl TicketArgs {
    /// Looks the tickets up.
    ///
    /// # Errors
    /// [`Error::Usage`] if stdin or an external number names no ticket.
    pub(crate) fn resolve(&self, ctx: &CommandContext<'_>) -> Result<SelectedTickets, Error> {
        resolve(&self.ids, ctx)
    }
}

/// Tickets followed by words: numbers first, then the text.
#[derive(Debug, Clone, Args)]
pub(crate) struct TicketsAndWords {
    /// Tickets (42, 42,43, 40-45, or - for stdin), then the text; everything
    /// after -- is text
    #[arg(value_name = "ID|TEXT", required = true,
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets_and_more))]
    words: Vec<String>,
    /// Text that may begin with anything
    #[arg(last = true, hide = true)]
    text: Vec<String>,
}

impl TicketsAndWords {
    /// The tickets, and the words after them.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are no tickets.
    pub(crate) fn split(
        &self,
        ctx: &CommandContext<'_>,
    ) -> Result<(SelectedTickets, Vec<String>), Error> {
        let mut named = Vec::new();
        let mut rest = Vec::new();
        for word in &self.words {
            match parse(word) {
                Ok(selector) if rest.is_empty() => named.push(selector),
                Ok(_) | Err(_) => rest.push(word.clone()),
            }
        }
        if named.is_empty() {
            let first = self.words.first().map_or("", String::as_str);
            return Err(match parse(first) {
                Err(invalid) => invalid.into(),
                Ok(_) => Error::usage("missing ticket number", "give the tickets first"),
            });
        }
        rest.extend(self.text.iter().cloned());
        Ok((resolve(&named, ctx)?, rest))
    }

    /// The tickets, and the one word after them. Prompts for a missing word; if
    /// the policy lists names, they are offered as choices.
    pub(crate) fn with_one(
        &self,
        ctx: &CommandContext<'_>,
        what: &str,
        usage: &str,
        listed: impl FnOnce(&Policy) -> Vec<String>,
    ) -> Result<(SelectedTickets, String), Error> {
        let (tickets, rest) = self.split(ctx)?;
        let word = match single(&rest, what)? {
            Some(word) => word,
            None => match listed(&ctx.desk.policies_if_any()?.current).as_slice() {
                [] => ctx.prompt.line(what, usage)?,
                names => ctx.prompt.choose(what, usage, names)?,
            },
        };
        Ok((tickets, word))
    }
}

fn resolve(named: &[TicketSelector], ctx: &CommandContext<'_>) -> Result<SelectedTickets, Error> {
    let several = !matches!(named, [TicketSelector::Numbers(numbers)] if numbers.len() == 1);
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |more: Vec<TicketId>| {
        ids.extend(more.into_iter().filter(|id| seen.insert(*id)));
    };
    for selector in named {
        match selector {
            TicketSelector::Numbers(numbers) => add(numbers.clone()),
            TicketSelector::External(number) => {
                let found = ctx.desk.tickets_by_external_number(number)?;
                if found.is_empty() {
                    return Err(Error::usage(
                        format!(
                            "'{number}' is neither a ticket number nor the external number of a ticket"
                        ),
                        "list them with: desk list --all --columns id,number,title",
                    ));
                }
                add(found);
            }
            TicketSelector::Stdin => {
                for line in ctx.prompt.stdin()?.split_whitespace() {
                    match parse(line) {
                        Ok(TicketSelector::Numbers(numbers)) => add(numbers),
                        Ok(TicketSelector::Stdin | TicketSelector::External(_)) | Err(_) => {
                            return Err(Error::usage(
                                format!("'{line}' on stdin is not a ticket number"),
                                "give one number per line, as desk list --format ids prints them",
                            ));
                        }
                    }
                }
            }
        }
    }
    Ok(SelectedTickets { ids, several })
}
