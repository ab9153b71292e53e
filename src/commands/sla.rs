//! `desk sla`: how the open tickets stand against their promises.

use super::filter::{self, Display, Filter, Topic};
use super::{Answer, Seat};
use crate::error::Error;

/// Show how the open tickets stand against their promises
///
/// One line a ticket with its three clocks, what breaches next first, then
/// one line a priority.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { filter, display } = args;
    let topic = Topic {
        empty: "no open tickets",
        sla: true,
    };
    filter::list(seat, filter.query(seat)?, display, topic)
}
