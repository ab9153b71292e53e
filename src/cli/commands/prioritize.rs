//! `desk prioritize`: rates impact and urgency, from which the priority follows.

use crate::cli::args::RatingArgs;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::{Command, Ratings};
use crate::domain::event::TicketId;
use crate::domain::priority::{Level, RatedLevels};
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
        ratings = ask(ctx, &tickets.ids)?;
    }
    ctx.execute(&tickets, &Command::Prioritize(ratings))
}

/// Asks for the three ratings. Each prompt stands on the present rating, which
/// Enter keeps.
fn ask(ctx: &CommandContext<'_>, ids: &[TicketId]) -> Result<Ratings, Error> {
    let matrix = &ctx.desk.policies()?.matrix;
    let present = if ctx.prompt.is_interactive() {
        let ratings = ids.iter().map(|id| ctx.desk.rating(*id));
        ratings.collect::<Result<Vec<_>, Error>>()?
    } else {
        Vec::new()
    };
    let ask = |what, flag, scale: &[String], level: fn(&RatedLevels) -> &Level| {
        let levels = present
            .iter()
            .map(|one| one.as_ref()?.levels.as_ref().map(level));
        let at = stands_at(&levels.collect::<Vec<_>>(), scale);
        ctx.prompt.choose_from(what, flag, scale, at).map(Some)
    };
    let impact = &matrix.impact;
    Ok(Ratings {
        users: ask("impact on users", "--users LEVEL", impact, |r| &r.users)?,
        business: ask("impact on business", "--business LEVEL", impact, |r| {
            &r.business
        })?,
        urgency: ask("urgency", "--urgency LEVEL", &matrix.urgency, |r| {
            &r.urgency
        })?,
    })
}

/// Returns where a prompt for a level stands, given that of each ticket: on the
/// one that all of them have, on the first one if none is rated, and nowhere
/// otherwise, so that Enter changes no rating by accident.
fn stands_at(levels: &[Option<&Level>], scale: &[String]) -> Option<usize> {
    let first = levels.first().copied().flatten();
    if !levels.iter().all(|level| *level == first) {
        return None;
    }
    match first {
        Some(level) => scale.iter().position(|one| one == level.as_str()),
        None => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_for_a_level_stands_on_the_one_that_all_tickets_have() {
        let scale = ["high", "medium", "low"].map(str::to_owned);
        let [low, high, odd] = ["low", "high", "huge"].map(Level::from_stored);
        for (levels, expected) in [
            (vec![Some(&low)], Some(2)),
            (vec![Some(&low), Some(&low)], Some(2)),
            (vec![None, None], Some(0)),
            (vec![], Some(0)),
            (vec![Some(&low), Some(&high)], None),
            (vec![None, Some(&high)], None),
            (vec![Some(&odd)], None),
        ] {
            assert_eq!(stands_at(&levels, &scale), expected, "{levels:?}");
        }
    }
}
