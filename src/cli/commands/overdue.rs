//! `desk overdue`: what has breached, or will within a while. Made for cron.

use chrono::TimeDelta;

use crate::cli::args::duration;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{Display, Filter, Topic};
use crate::domain::query::Query;
use crate::error::Error;

/// List tickets with a clock past its due time
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// Also those that will be overdue within this time
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    within: Option<TimeDelta>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        within,
        filter,
        display,
    } = args;
    let query = Query {
        overdue: within.is_none(),
        due_before: within.map(|span| ctx.desk.now() + span),
        ..filter.query(ctx)?
    };
    let topic = Topic {
        empty: if within.is_some() {
            "nothing is due by then"
        } else {
            "nothing is overdue"
        },
        sla: None,
    };
    filter_args::list(ctx, query, display, topic)
}
