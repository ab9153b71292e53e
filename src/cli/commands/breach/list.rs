//! `desk breach list`: the register as a list.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{BreachList, BreachRegister};

/// List the register
///
/// Every breach, also those that nobody had to be told of, the newest first.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach list
  desk breach list --open
  desk breach list --json")]
pub(super) struct Args {
    /// Only breaches that are not closed
    #[arg(long, conflicts_with = "closed")]
    open: bool,
    /// Only closed ones
    #[arg(long)]
    closed: bool,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { open, closed } = args;
    ctx.desk.policies()?;
    let mut all = ctx.desk.breaches()?;
    if open || closed {
        all.retain(|entry| entry.breach.is_open() == open);
    }
    all.reverse();
    Ok(BreachList(BreachRegister(all)).into())
}
