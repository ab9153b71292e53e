//! `desk init`: creates a store.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::StoreOperation;

/// Create a store
///
/// Only needed for a store at your own path (--db, DESK_DB or the user file);
/// the default store is created with the first ticket.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk init --db /srv/desk/desk.db")]
pub(crate) struct Args {}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {}: Args,
) -> Result<CommandOutput<'a>, Error> {
    let path = ctx.desk.init()?;
    Ok(StoreOperation::new("created", path).into())
}
