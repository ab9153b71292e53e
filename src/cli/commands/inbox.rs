//! `desk inbox`: the tickets of an agent on the whole screen, by single keys.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_words::FilterWords;
use crate::cli::inbox;
use crate::error::Error;
use crate::output::RawText;

/// Work on tickets by single keys, on the whole screen
///
/// The tickets are on the left, next to breach first, the page of the selected one
/// is on the right. A key runs a command of desk on the selection, and the status
/// line shows which. ? lists the keys; desk help inbox-guide explains them.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk inbox
  desk inbox @mine
  desk inbox p:P1,P2 assignee:none
  desk inbox --plain")]
pub(crate) struct Args {
    #[command(flatten)]
    words: FilterWords,
    /// Write lines and numbered questions, for screen readers and terminals that
    /// cannot do more
    #[arg(long)]
    plain: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { words, plain } = args;
    let exit_code = inbox::run(ctx, &words.text(), plain)?;
    Ok(CommandOutput {
        exit_code,
        may_be_lost: true,
        ..RawText(Vec::new()).into()
    })
}
