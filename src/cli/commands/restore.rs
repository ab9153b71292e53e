//! `desk restore`: a backup becomes the store.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{StoreOperation, View};

/// Put a copy in the place of the store
///
/// The backup is checked first; the store that was there is kept beside it
/// under another name.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// A file written by desk backup
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { file } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    let restored = ctx.desk.restore(&file)?;
    Ok(View::StoreOperation(StoreOperation {
        done: "restored",
        path: restored.path,
        aside: restored.previous,
    })
    .into())
}
