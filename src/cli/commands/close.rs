//! `desk close`: the requester's closure.

use crate::cli::args::EndingArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::domain::decide::Command;
use crate::error::Error;

/// Close it
///
/// Needs that somebody confirmed the restored service and that the requester
/// was told of the resolution.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk close <ID>... [COMMENT] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// How satisfied the requester is, from 1 (not at all) to 5 (fully)
    #[arg(long, short, value_name = "1-5", value_parser = clap::value_parser!(u8).range(1..=5))]
    satisfaction: Option<u8>,
    #[command(flatten)]
    ending: EndingArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        saying,
        satisfaction,
        ending,
    } = args;
    let (ids, said) = saying.split(ctx)?;
    let command = Command::Close {
        satisfaction,
        comment: said.given(ctx, "comment")?,
        closing: ending.ending()?,
    };
    ctx.act(&ids, &command)
}
