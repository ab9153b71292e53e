//! `desk restore`: replaces the store with a backup.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::StoreOperation;

/// Restore the store from a backup
///
/// The backup is verified first. The current store is kept under another name
/// in the same directory.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk restore /var/backups/desk-monday.db")]
pub(crate) struct Args {
    /// A file written by desk backup
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { file } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    let restored = ctx.desk.restore(&file)?;
    let output = StoreOperation::new("restored", restored.path);
    Ok(output.with_aside(restored.previous).into())
}
