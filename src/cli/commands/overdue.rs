//! `desk overdue`: lists breached tickets and those that are about to breach.

use chrono::TimeDelta;

use crate::cli::args::duration;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{Display, Filter, ListingKind};
use crate::cli::filter_words::FilterWords;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::Query;
use crate::error::Error;

/// List tickets with an overdue clock
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk overdue
  desk overdue --within 2h --mine
  desk overdue --exit-code --quiet")]
pub(crate) struct Args {
    /// Include tickets that will be overdue within this time
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    within: Option<TimeDelta>,
    #[command(flatten)]
    words: FilterWords,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        within,
        words,
        filter,
        display,
    } = args;
    let query = Query {
        restricted: RestrictedTickets::NumberOnly,
        overdue: within.is_none(),
        due_before: within.map(|span| ctx.desk.now() + span),
        ..filter.query(&words, ctx)?
    };
    let kind = ListingKind {
        empty: if within.is_some() {
            "nothing is due by then"
        } else {
            "nothing is overdue"
        },
        meant: words.meant_if_none("overdue"),
        sla: None,
    };
    filter_args::list(ctx, query, display, kind)
}
