//! `desk doctor`: looks for what is wrong, also where other commands fail.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::health;
use crate::domain::health::{HealthCheck, HealthState};
use crate::error::Error;
use crate::output::{HealthReport, plural};

/// Look for problems with the store and this machine
///
/// Looks at the store, the disk, the log, leftovers of killed commands, kept
/// copies, permissions, the clock, the zone, the settings and drafts, and says
/// what to do about each. Works where other commands fail: without a store, or
/// with one that is damaged, unreadable or of a newer version. Changes nothing
/// unless --clean is given.
///
/// Exits with 0 if there is nothing to do, with 10 if there are only warnings,
/// and with 5 if there is a problem. For the chain and every row, see desk
/// verify.
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk doctor
  desk doctor --json
  desk doctor --clean --yes")]
pub(crate) struct Args {
    /// Remove what killed commands left, after asking
    #[arg(long)]
    clean: bool,
    /// With --clean: remove without asking
    #[arg(long, requires = "clean")]
    yes: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { clean, yes } = args;
    let mut found = ctx.desk.health();
    let mut removed = Vec::new();
    if clean && !found.leftovers.is_empty() && (yes || confirmed(ctx, &found.leftovers)?) {
        removed = ctx.desk.remove_leftovers(&found.leftovers)?;
        found = ctx.desk.health();
    }
    let mut checks = found.checks;
    if !removed.is_empty() {
        let text = format!("removed {}", names(&removed));
        checks.push(HealthCheck::ok("leftovers", text));
    }
    checks.extend(health::checks(ctx.config, &ctx.prompt.all_drafts()));
    let report = HealthReport(checks);
    let exit_code = match report.worst() {
        HealthState::Ok => 0,
        HealthState::Warning => 10,
        HealthState::Problem => 5,
    };
    Ok(CommandOutput {
        exit_code,
        ..report.into()
    })
}

/// Asks whether to remove these files.
fn confirmed(ctx: &CommandContext<'_>, files: &[PathBuf]) -> Result<bool, Error> {
    let count = plural(files.len() as u64, "file");
    if !ctx.prompt.is_interactive() {
        return Err(Error::usage(
            format!("{count} would be removed: {}", names(files)),
            "desk doctor --clean --yes",
        ));
    }
    let question = format!("remove {count}: {}", names(files));
    let choices = ["keep", "remove"].map(str::to_owned);
    Ok(ctx.prompt.choose_index(&question, "--yes", &choices)? == 1)
}

fn names(files: &[PathBuf]) -> String {
    let names: Vec<String> = files
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(", ")
}
