//! `desk breach close`: closes a breach, with what was learned.

use super::execute;
use crate::cli::args::{ForceArgs, body};
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection;
use crate::domain::decide::BreachCommand;
use crate::error::Error;

/// Close a breach, with what was learned
///
/// Awareness and risk must be decided, and every notification whose time runs
/// sent or not required. --force closes it all the same; the reason and what was
/// open stay on the record. The ticket is closed separately.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach close 42 --lessons 'disks are encrypted from now on'
  desk breach close 42 --lessons 'none' --force --reason 'no personal data after all'")]
pub(super) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    id: String,
    /// What was learned
    #[arg(long, value_name = "TEXT")]
    lessons: Option<String>,
    #[command(flatten)]
    force: ForceArgs,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { id, lessons, force } = args;
    let id = ticket_selection::one(&id, ctx)?;
    let force = force.reason()?;
    let lessons = match body("lessons", lessons.as_ref())? {
        Some(lessons) => lessons,
        None => {
            let typed = ctx.prompt.line("lessons", "--lessons TEXT")?;
            body("lessons", Some(&typed))?.unwrap_or_default()
        }
    };
    execute(ctx, id, BreachCommand::Close { lessons, force })
}
