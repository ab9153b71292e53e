//! `desk sweep`: what is due by itself is done. Made for cron.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{Deeds, Matter, View};

/// Warn, escalate, wake and close what is due
///
/// Each level of each running clock warns once, escalation rules hand over,
/// pauses whose time is over end, and what has been resolved for as long as
/// the policy allows is closed. Everything is dated when it was due, also
/// after a long outage, and told in that order: a line each, or with --json a
/// JSON object each; nothing where nothing was due. Several sweeps at once do
/// nothing twice.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Args {
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { dry_run } = args;
    ctx.desk.policies()?;
    let sweep = move |sink: &mut Deeds<'_>| {
        if dry_run {
            ctx.desk.rehearse(sink)
        } else {
            ctx.desk.sweep(sink)
        }
    };
    Ok(View::Matter(Matter::Swept(Box::new(sweep))).into())
}
