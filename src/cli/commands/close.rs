//! `desk close`: closes a resolved ticket.

use crate::cli::args::EndingArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::SpentArgs;
use crate::cli::text_args::TextArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Close a resolved ticket
///
/// Someone must have confirmed that the service is restored, and the requester
/// must have been told about the resolution.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk close <ID> [COMMENT] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk close 42 --restored-by 'Mia Sand' --satisfaction 5
  desk close 42 --force --reason 'requester left the company'")]
pub(crate) struct Args {
    #[command(flatten)]
    input: TextArgs,
    /// How satisfied the requester is, from 1 (not at all) to 5 (fully)
    #[arg(long, short, value_name = "1-5", value_parser = clap::value_parser!(u8).range(1..=5))]
    satisfaction: Option<u8>,
    #[command(flatten)]
    ending: EndingArgs,
    #[command(flatten)]
    spent: SpentArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        input,
        satisfaction,
        ending,
        spent,
    } = args;
    let (tickets, text) = input.split(ctx)?;
    let command = Command::Close {
        satisfaction,
        comment: text.given(ctx, "comment")?,
        closing: ending.ending()?,
    };
    ctx.execute(&tickets, &command.with_time(spent.time()))
}
