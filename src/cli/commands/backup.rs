//! `desk backup`: a copy of the store that can be restored.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{StoreOperation, View};

/// Write a copy of the store
///
/// The copy is complete and consistent while others go on writing; a plain
/// copy of the file is not.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// A file that does not exist yet
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { file } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    ctx.desk.backup(&file)?;
    Ok(View::StoreOperation(StoreOperation::done("backed up", file)).into())
}
