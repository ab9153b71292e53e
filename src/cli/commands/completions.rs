//! `desk completions`: the script that teaches a shell.

use clap_complete::Shell;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::View;

/// Print the completion script of a shell
///
/// The script asks desk itself, so that ticket numbers come with their
/// titles.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command is given its arguments"
)]
pub(crate) fn run<'a>(_: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { shell } = args;
    let script = crate::cli::completion::script(shell)?;
    Ok(View::Raw(script).into())
}
