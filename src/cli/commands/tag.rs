//! `desk tag`: puts tags on tickets and removes them.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::usage;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::cli::ticket_selector::looks_like_tickets;
use crate::domain::decide::Command;
use crate::domain::tag::Tag;
use crate::error::Error;

/// Put tags on tickets, or remove them
///
/// A tag is a word of letters, digits and - _ . in any letter case. A - before a tag
/// removes it. Find tickets with desk list tag:vpn, and see all tags with desk
/// report --by tag.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk tag <ID> <TAG|-TAG>... [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk tag 42 vpn
  desk tag 42,43 vpn waiting-for-parts --remove new-laptop")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The tags to add, and with a - before them those to remove
    #[arg(value_name = "TAG", add = ArgValueCandidates::new(completion::tags))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    /// Remove a tag, as -TAG does; can be repeated
    #[arg(long, value_name = "TAG", value_delimiter = ',', add = ArgValueCandidates::new(completion::tags))]
    remove: Vec<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
        remove: removed,
    } = args;
    // All of them are refused with the tickets.
    if let [first, .., last] = words.as_slice()
        && looks_like_tickets(first)
        && !looks_like_tickets(last)
    {
        return Err(Error::usage(
            format!("'{first}' can mean a ticket or a tag"),
            format!(
                "name several tickets as one list, such as 4,5; or write -- {first} for the tag"
            ),
        ));
    }
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, words) = words.split(ctx, Expected::Word("tag"))?;
    let (mut add, mut remove) = (Vec::new(), Vec::new());
    for word in words.iter().flat_map(|word| word.split(',')) {
        let word = word.trim();
        match word.strip_prefix("not:").or(word.strip_prefix('-')) {
            Some(tag) => remove.push(Tag::parse(tag).map_err(usage)?),
            None => add.push(ctx.tag(word.strip_prefix('+').unwrap_or(word))?),
        }
    }
    for tag in &removed {
        remove.push(Tag::parse(tag).map_err(usage)?);
    }
    if add.is_empty() && remove.is_empty() {
        return Err(Error::usage(
            "the tags are missing",
            "give some to add, or with a - before them to remove, such as: desk tag 42 vpn -old",
        ));
    }
    ctx.execute(&tickets, &Command::Tag { add, remove })
}
