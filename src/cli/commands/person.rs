//! `desk person`: what is held about a person, and their rights to it. One file
//! each for its subcommands.

mod export;
mod join;
mod limit_processing;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;

/// Give a person what is held about them, and limit its use
///
/// WHO is a contact, or the whole name of somebody: of Mia Roth
/// <mia@example.org>, mia@example.org or 'Mia Roth', in any case and with any
/// blanks. Where a part of a name is given, or several people have the name, the
/// people who may be meant are listed and nothing is done.
#[derive(Debug, Clone, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  desk person export mia@example.org --output mia.json --json
  desk person join mia@example.org mia.roth@example.com
  desk person limit-processing mia@example.org --reason 'objection of 2 March'")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Export everything that is held about a person
    Export(export::Args),
    /// Record that two contacts or names are one person
    Join(join::Args),
    /// Limit the use of a person's data to storing them
    LimitProcessing(limit_processing::Args),
}

impl Args {
    /// Whether the action prints its output as a page too.
    pub(crate) const fn has_page(&self) -> bool {
        matches!(self.action, Action::Export(_))
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    match args.action {
        Action::Export(args) => export::run(ctx, args),
        Action::Join(args) => join::run(ctx, args),
        Action::LimitProcessing(args) => limit_processing::run(ctx, args),
    }
}
