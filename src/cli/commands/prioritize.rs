//! `desk prioritize`: rates impact and urgency, from which the priority follows.

use crate::cli::args::RatingArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::{Command, Ratings};
use crate::error::Error;

/// Rate impact and urgency, which give the priority
///
/// The greater of the two impacts counts. Ratings that you omit keep their
/// value.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk prioritize 42 --users high --business medium --urgency high
  desk prioritize 42 -g low")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    #[command(flatten)]
    ratings: RatingArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { tickets, ratings } = args;
    let tickets = tickets.resolve(ctx)?;
    let mut ratings = ratings.ratings();
    if ratings == Ratings::default() {
        let matrix = &ctx.desk.policies()?.matrix;
        let ask = |what, flag, scale: &[String]| ctx.prompt.choose(what, flag, scale).map(Some);
        ratings = Ratings {
            users: ask("impact on users", "--users LEVEL", &matrix.impact)?,
            business: ask("impact on business", "--business LEVEL", &matrix.impact)?,
            urgency: ask("urgency", "--urgency LEVEL", &matrix.urgency)?,
        };
    }
    ctx.execute(&tickets, &Command::Prioritize(ratings))
}
