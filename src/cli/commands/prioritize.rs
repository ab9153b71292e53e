//! `desk prioritize`: impact and urgency; the priority and the promises follow.

use crate::cli::args::RatingArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Ids;
use crate::domain::decide::{Command, Ratings};
use crate::error::Error;

/// Rate impact and urgency; the priority follows
///
/// The greater of the two impacts counts. What is not given stays as it was
/// rated before.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    #[command(flatten)]
    ratings: RatingArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { ids, ratings } = args;
    let ids = ids.resolve(ctx)?;
    let mut ratings = ratings.ratings();
    if ratings == Ratings::default() {
        let matrix = &ctx.desk.policies()?.matrix;
        let ask = |what, flag, scale: &[String]| ctx.ask.choose(what, flag, scale).map(Some);
        ratings = Ratings {
            users: ask("impact on users", "--users LEVEL", &matrix.impact)?,
            business: ask("impact on business", "--business LEVEL", &matrix.impact)?,
            urgency: ask("urgency", "--urgency LEVEL", &matrix.urgency)?,
        };
    }
    ctx.act(&ids, &Command::Prioritize(ratings))
}
