//! `desk backup`: copies the store to a file that `desk restore` accepts.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::copy_bar::CopyBar;
use crate::config::StoreUrl;
use crate::error::Error;
use crate::output::StoreOperation;

/// Back up the store
///
/// The backup is complete and consistent even while other processes write; a
/// plain copy of the file is not. Of a store in a database it is a file too, which
/// any desk opens.
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
    if ctx.desk.is_file() {
        ctx.desk.backup(&file)?;
    } else {
        let target = ctx.other_store(&StoreUrl::File(file.clone()))?;
        let shown = CopyBar::new(ctx);
        let observe = &mut |step| shown.show(step);
        let written = ctx.desk.backup_database(target.as_ref(), observe);
        shown.finish();
        written?;
    }
    Ok(StoreOperation::new("backed up", file).into())
}
