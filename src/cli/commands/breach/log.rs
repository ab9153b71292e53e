//! `desk breach log`: adds what became known to the register.

use super::details::DetailArgs;
use super::execute;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::domain::decide::BreachCommand;
use crate::error::Error;

/// Add what became known to the register
///
/// A part that is given replaces what was known; the timeline keeps both. TEXT
/// is a note.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk breach log <ID> [TEXT] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk breach log 42 'the disk was not encrypted'
  desk breach log 42 --persons 300-450 --person-category customers --state DE
  desk breach log 42 --effects 'misuse of the account data'")]
pub(super) struct Args {
    #[command(flatten)]
    input: TextArgs,
    #[command(flatten)]
    details: DetailArgs,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { input, details } = args;
    let (tickets, text) = input.split(ctx)?;
    let id = tickets.one("the register is changed for", "desk breach log ID TEXT")?;
    let details = Box::new(details.details(ctx)?);
    let note = match text.given(ctx, "note")? {
        None if details.is_empty() => Some(text.required(ctx, "note")?),
        note => note,
    };
    execute(ctx, id, BreachCommand::Log { details, note })
}
