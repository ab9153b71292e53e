//! `desk man`: the manual, from the same source as the help.

use std::path::PathBuf;

use super::{CommandOutput, CommandContext};
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

pub(crate) fn run<'a>(_: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { directory } = args;
    let Some(path) = directory else {
        return Ok(View::Raw(crate::manual::overview()?).into());
    };
    crate::manual::write(&path)?;
    Ok(View::StoreOperation(StoreOperation::done("written", path)).into())
}
