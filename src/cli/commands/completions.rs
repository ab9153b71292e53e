//! `desk completions`: prints the completion script for a shell.

use clap_complete::Shell;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::RawText;

/// Print the completion script for a shell
///
/// The script runs desk to complete, so it offers open tickets with their
/// titles, agents, categories and the levels of the policy.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  source <(desk completions bash)
  desk completions fish > ~/.config/fish/completions/desk.fish")]
pub(crate) struct Args {
    /// The shell
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
    Ok(RawText(script).into())
}
