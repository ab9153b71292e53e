//! `desk completions`: the script that teaches a shell.

use clap_complete::Shell;

use super::{CommandOutput, CommandContext};
use crate::error::Error;
use crate::render::View;

/// Print the completion script of a shell
///
/// The script asks desk itself, so that ticket numbers come with their
/// titles. --static prints one that knows the words only and never runs desk.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "SHELL")]
    shell: Shell,
    /// A script that never runs desk
    #[arg(long = "static")]
    fixed: bool,
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command is given its arguments"
)]
pub(crate) fn run<'a>(_: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { shell, fixed } = args;
    let script = crate::complete::script(shell, fixed)?;
    Ok(View::Raw(script).into())
}
