//! `desk reindex`: rebuilds the search index.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::StoreOperation;

/// Rebuild the search index
///
/// The index is updated with every change. Rebuild it if desk verify reports a
/// fault in it.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk reindex")]
pub(crate) struct Args {}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {}: Args,
) -> Result<CommandOutput<'a>, Error> {
    ctx.desk.reindex()?;
    let done = StoreOperation::new("indexed", ctx.config.store_path());
    Ok(done.into())
}
