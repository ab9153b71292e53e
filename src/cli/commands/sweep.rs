//! `desk sweep`: runs due automation; meant for cron.

use crate::app::{ClockJump, DeliveryRound};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{self, Sweep, UpdateSink};

/// Run due automation: warn, escalate, resume, close, erase, send mail
///
/// Warns once per warning level of each running clock, applies escalation
/// rules, resumes tickets whose pause has ended, and closes tickets that have
/// been resolved for as long as the policy allows. Each action is dated when it
/// was due, even after a long outage, and printed in that order: one line each,
/// or one JSON object each with --json. Prints nothing if nothing was due.
/// Several sweeps at the same time do nothing twice.
///
/// Tries again to understand mail that was stored when desk mail was interrupted.
///
/// Hands over the mails that are due, if a mail transport is configured; see desk
/// outbox.
///
/// Runs the programs of hooks for the events that are due; see desk hooks.
///
/// Erases the texts of closed tickets for which the retention of the policy is
/// over, except under a hold, and finishes erasures that were interrupted.
///
/// Clocks and lists do not depend on it: a pause ends and a ticket is overdue
/// whether or not a sweep has run. If the machine's clock is more than 7 days
/// past the last write or sweep, it may be wrong, and the sweep only shows what
/// it would do.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk sweep
  desk sweep --dry-run")]
pub(crate) struct Args {
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
    /// Sweep although the clock is more than 7 days past the last write or sweep
    #[arg(long, conflicts_with = "dry_run")]
    clock_is_right: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        dry_run,
        clock_is_right,
    } = args;
    ctx.desk.policies()?;
    let jump = if clock_is_right {
        None
    } else {
        ctx.desk.clock_jump()?
    };
    let only_shows = dry_run || jump.is_some();
    let sweep = move |sink: &mut UpdateSink<'_>| {
        if only_shows {
            ctx.desk.preview_sweep(sink)
        } else {
            // One that fails must not keep the other from being done.
            let swept = ctx.desk.sweep(sink);
            let sent = ctx.desk.send_due();
            // Hooks are told of what has happened, whatever the time of the sweep.
            let told = match ctx.config.at {
                None => ctx.desk.deliver_hooks(DeliveryRound::Requested).map(drop),
                Some(_) => Ok(()),
            };
            swept.and(sent.map(drop)).and(told)
        }
    };
    let mut output = CommandOutput::from(Sweep(sweep));
    if only_shows {
        let due = ctx.desk.retention_due(None)?;
        output.after.extend(due.iter().map(output::retention_line));
    }
    if let Some(jump) = jump.filter(|_| !dry_run) {
        output.after.extend(note(jump));
    }
    Ok(output)
}

/// What to say where nothing is done because the clock may be wrong.
fn note(ClockJump { last, now }: ClockJump) -> [String; 2] {
    let days = now.signed_duration_since(last).num_days();
    [
        format!(
            "note: nothing was changed: the clock is {days} days past the last write or sweep, \
             and may be wrong"
        ),
        "hint: if it is right: desk sweep --clock-is-right".to_owned(),
    ]
}
