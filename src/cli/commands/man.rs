//! `desk man`: prints or writes the manual pages, generated from the help.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{RawText, StoreOperation};

/// Print or write the manual pages
///
/// Without DIRECTORY, prints desk(1).
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk man | man -l -
  desk man /usr/local/share/man/man1")]
pub(crate) struct Args {
    /// Write one page per command to this directory
    #[arg(value_name = "DIRECTORY", value_hint = clap::ValueHint::DirPath)]
    directory: Option<PathBuf>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { directory } = args;
    let Some(path) = directory else {
        return Ok(RawText(crate::cli::man::overview((ctx.command_line)())?).into());
    };
    crate::cli::man::write((ctx.command_line)(), &path)?;
    Ok(StoreOperation::new("written", path).into())
}
