//! `desk list`: lists tickets, next to breach first.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{Display, Filter, ListingKind};
use crate::cli::filter_words::FilterWords;
use crate::domain::query::Query;
use crate::error::Error;

/// List tickets, next to breach first
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk list --mine
  desk list --priority P1,P2 --unassigned
  desk list --all --category network --columns id,title,status")]
pub(crate) struct Args {
    #[command(flatten)]
    words: FilterWords,
    #[command(flatten)]
    filter: Filter,
    /// With an overdue clock
    #[arg(long, conflicts_with = "at_risk")]
    overdue: bool,
    /// With a clock past its first warning level, but none overdue
    #[arg(long)]
    at_risk: bool,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        words,
        filter,
        overdue,
        at_risk,
        display,
    } = args;
    let query = Query {
        overdue,
        at_risk,
        ..filter.query(&words, ctx)?
    };
    let kind = ListingKind {
        empty: if query == Query::open() {
            "no open tickets; desk list --all includes closed ones"
        } else {
            "no tickets match"
        },
        meant: words.meant_if_none("list"),
        sla: None,
    };
    filter_args::list(ctx, query, display, kind)
}
