//! `desk config`: every setting and its source.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{Setting, Settings};

/// Show every setting and its source
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk config
  desk config --json")]
pub(crate) struct Args {}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {}: Args,
) -> Result<CommandOutput<'a>, Error> {
    let settings = ctx.config.settings();
    let settings = settings.into_iter().map(|(name, value, source)| Setting {
        name,
        value,
        source,
    });
    Ok(Settings(settings.collect()).into())
}
