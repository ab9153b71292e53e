//! `desk person`: what is held about a person, and their rights over it. One file
//! each for its subcommands.

mod erase;
mod export;
mod find;
mod hold;
mod join;
mod limit_processing;

use crate::cli::args::usage;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::progress::Progress;
use crate::domain::people::Requester;
use crate::domain::privacy::read_models::FoundPerson;
use crate::error::Error;

/// Find, export, erase or hold what is held about a person
///
/// WHO is a mail address, a telephone number or a whole name, or both as in
/// 'Mia Roth <mia@example.org>', in any case and with any blanks. Where a part of
/// a name is given, or several people have the name, the people who may be meant
/// are listed and nothing is done.
#[derive(Debug, Clone, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  desk person find mia@example.org
  desk person export mia@example.org --output mia.json --json
  desk person join mia@example.org mia.roth@example.com
  desk person limit-processing mia@example.org --reason 'objection of 2 March'
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
    /// Export everything that is held about a person
    Export(export::Args),
    /// Record that two contacts or names are one person
    Join(join::Args),
    /// Limit the use of a person's data to storing them
    LimitProcessing(limit_processing::Args),
    /// Erase a person
    Erase(erase::Args),
    /// Keep a person or a ticket from being erased, or list the holds
    Hold(hold::Args),
}

impl Args {
    /// Whether the action prints its output as a page too.
    pub(crate) const fn has_page(&self) -> bool {
        matches!(self.action, Action::Export(_))
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    match args.action {
        Action::Find(args) => find::run(ctx, args),
        Action::Export(args) => export::run(ctx, args),
        Action::Join(args) => join::run(ctx, args),
        Action::LimitProcessing(args) => limit_processing::run(ctx, args),
        Action::Erase(args) => erase::run(ctx, args),
        Action::Hold(args) => hold::run(ctx, args),
    }
}

/// Parses whom a contact, a name, or both mean.
fn who(typed: &str) -> Result<Requester, Error> {
    Requester::parse(typed).map_err(usage)
}

/// Finds every piece about a person, and shows how far that is: it reads every
/// ticket.
fn find(ctx: &CommandContext<'_>, typed: &str) -> Result<FoundPerson, Error> {
    let person = who(typed)?;
    let bar = Progress::of_steps(!ctx.config.quiet);
    let found = ctx
        .desk
        .find_person(&person, &mut |done, all| bar.step(done, all));
    bar.finish();
    found
}
