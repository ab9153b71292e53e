//! `desk list`: tickets, what breaches next first.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{Display, Filter, Topic};
use crate::domain::query::Query;
use crate::error::Error;

/// List tickets, what breaches next first
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: Filter,
    /// With a clock past its due time
    #[arg(long, conflicts_with = "at_risk")]
    overdue: bool,
    /// With a clock past its first warning level, and none overdue
    #[arg(long)]
    at_risk: bool,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        filter,
        overdue,
        at_risk,
        display,
    } = args;
    let query = Query {
        overdue,
        at_risk,
        ..filter.query(ctx)?
    };
    let topic = Topic {
        empty: if query == Query::open() {
            "no open tickets; desk list --all has the closed ones too"
        } else {
            "no tickets match"
        },
        sla: None,
    };
    filter_args::list(ctx, query, display, topic)
}
