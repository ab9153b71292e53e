//! `desk sweep`: runs due automation; meant for cron.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{Sweep, UpdateSink};

/// Run due automation: warn, escalate, resume, close
///
/// Warns once per warning level of each running clock, applies escalation
/// rules, resumes tickets whose pause has ended, and closes tickets that have
/// been resolved for as long as the policy allows. Each action is dated when it
/// was due, even after a long outage, and printed in that order: one line each,
/// or one JSON object each with --json. Prints nothing if nothing was due.
/// Several sweeps at the same time do nothing twice.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk sweep
  desk sweep --dry-run")]
pub(crate) struct Args {
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { dry_run } = args;
    ctx.desk.policies()?;
    let sweep = move |sink: &mut UpdateSink<'_>| {
        if dry_run {
            ctx.desk.preview_sweep(sink)
        } else {
            ctx.desk.sweep(sink)
        }
    };
    Ok(Sweep(sweep).into())
}
