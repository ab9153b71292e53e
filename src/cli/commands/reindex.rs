//! `desk reindex`: what is written, indexed anew.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{StoreOperation, View};

/// Write the search index anew
///
/// The index follows every change by itself; this is for when verify finds
/// fault with it, or what was written has been erased.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {}: Args,
) -> Result<CommandOutput<'a>, Error> {
    ctx.desk.reindex()?;
    let done = StoreOperation::done("indexed", ctx.config.store_path());
    Ok(View::StoreOperation(done).into())
}
