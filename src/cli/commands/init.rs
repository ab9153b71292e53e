//! `desk init`: creates a store.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::system_group;
use crate::error::Error;
use crate::output::StoreOperation;

/// Create a store
///
/// Only needed for a store at your own path (--db, DESK_DB or the user file);
/// the default store is created with the first ticket.
///
/// With --group, the members of that group share the store: its file is made
/// with mode 0660, and its directory is created with mode 2770, or must have
/// that group and the set-group-ID bit already.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk init --db /srv/desk/desk.db
  desk init --db /srv/desk/desk.db --group helpdesk")]
pub(crate) struct Args {
    /// Share the store with the members of this group
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { group } = args;
    let group = group.as_deref().map(system_group::find).transpose()?;
    let path = ctx.desk.init(group.as_ref())?;
    Ok(StoreOperation::new("created", path).into())
}
