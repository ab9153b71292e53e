//! `desk reply`: every public message, in both directions.

use crate::cli::args::word;
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::domain::vocabulary::Channel;
use crate::error::Error;

/// Send a public message, or record what the requester said
///
/// The requester gets to read it; an internal note goes with desk log. To a
/// merged ticket, it lands on the surviving one.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reply <ID>... <TEXT> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// The requester said it; it wakes a paused ticket
    #[arg(long)]
    from_requester: bool,
    /// How it went or came [default: as the ticket came]
    #[arg(long, value_name = "CHANNEL", value_parser = word(Channel::parse), add = words(Channel::WORDS))]
    via: Option<Channel>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        from_requester,
        via,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let text = said.needed(ctx, "message")?;
    let command = if from_requester {
        Command::RecordMessage { text, via }
    } else {
        Command::Reply { text, via }
    };
    ctx.act(&ids, &command)
}
