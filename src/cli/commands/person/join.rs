//! `desk person join`: two contacts are one person.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::PersonChanged;

/// Record that two contacts or names are one person
///
/// From then on both are found, exported and limited together. Tickets stay as
/// they are. Two spellings of one address are one person anyway.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person join mia@example.org mia.roth@example.com --reason 'she says so'
  desk person join mia@example.org mia.roth@example.com --undo")]
pub(super) struct Args {
    /// A person: a contact, or the whole name
    #[arg(value_name = "WHO")]
    one: String,
    /// The other contact or name of the same person
    #[arg(value_name = "SAME")]
    other: String,
    /// Take it back: they are two people
    #[arg(long)]
    undo: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        one,
        other,
        undo,
        reason,
    } = args;
    let reason = body("reason", reason.as_ref())?;
    let both = [one.as_str(), other.as_str()];
    let change = if undo {
        ctx.desk.separate_people(both, reason.as_deref())?
    } else {
        ctx.desk.join_people(both, reason.as_deref())?
    };
    Ok(PersonChanged(change).into())
}
