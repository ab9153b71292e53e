//! `desk man`: the manual, from the same source as the help.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{StoreOperation, View};

/// Write the manual pages
///
/// Without a directory, prints desk(1).
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// Write a page per command into this directory
    #[arg(value_name = "DIRECTORY", value_hint = clap::ValueHint::DirPath)]
    directory: Option<PathBuf>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { directory } = args;
    let Some(path) = directory else {
        return Ok(View::Raw(crate::cli::man::overview((ctx.command_line)())?).into());
    };
    crate::cli::man::write((ctx.command_line)(), &path)?;
    Ok(View::StoreOperation(StoreOperation::done("written", path)).into())
}
