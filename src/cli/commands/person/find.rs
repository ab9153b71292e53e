//! `desk person find`: every piece about a person.

use super::find;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::PersonPieces;

/// List every stored piece about a person
///
/// Lists the fields that name the person, the texts that they wrote, and the texts
/// that mention them: certainly, by the address, or by the whole name on a ticket
/// of theirs; possibly, by the name alone elsewhere, or by a part of it on a ticket
/// of theirs. Somebody of the same name with another address is possibly the person.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person find mia@example.org
  desk person find 'Mia Roth' --json")]
pub(super) struct Args {
    /// A mail address, a telephone number, a whole name, or 'NAME <CONTACT>'
    #[arg(value_name = "WHO")]
    who: String,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { who: typed } = args;
    let found = find(ctx, &typed)?;
    let drafts = ctx.prompt.drafts_about(&found.who);
    let mut output = CommandOutput::from(PersonPieces(found));
    let drafts = drafts.into_iter();
    output.after = drafts
        .map(|path| format!("note: a draft mentions the person: {}", path.display()))
        .collect();
    Ok(output)
}
