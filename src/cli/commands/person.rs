//! `desk person`: the rights of a person over what is stored about them.

mod erase;
mod find;
mod hold;

use crate::cli::args::usage;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::people::Requester;
use crate::error::Error;

/// Find, erase or hold what is stored about a person
///
/// WHO is a mail address, a telephone number or a whole name, or both as in
/// 'Mia Roth <mia@example.org>', in any letter case. A part of a name means
/// nobody: desk lists whom it could mean.
#[derive(Debug, Clone, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  desk person find mia@example.org
  desk person erase mia@example.org --reason 'asked for on 2 March' --dry-run
  desk person hold 42 --reason 'case 7 at the district court'")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// List every stored piece about a person
    Find(find::Args),
    /// Erase a person
    Erase(erase::Args),
    /// Keep a person or a ticket from being erased, or list the holds
    Hold(hold::Args),
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    match args.action {
        Action::Find(args) => find::run(ctx, args),
        Action::Erase(args) => erase::run(ctx, args),
        Action::Hold(args) => hold::run(ctx, args),
    }
}

/// Parses whom a contact, a name, or both mean.
fn who(typed: &str) -> Result<Requester, Error> {
    Requester::parse(typed).map_err(usage)
}
