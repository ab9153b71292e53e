//! `desk backup`: copies the store to a file that `desk restore` accepts.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::StoreOperation;

/// Back up the store
///
/// The backup is complete and consistent even while other processes write; a
/// plain copy of the file is not.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk backup /var/backups/desk-monday.db")]
pub(crate) struct Args {
    /// The file to create; it must not exist yet
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { file } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    ctx.desk.backup(&file)?;
    Ok(StoreOperation::new("backed up", file).into())
}
