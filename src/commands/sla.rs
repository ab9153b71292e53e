//! `desk sla`: how the open tickets stand against their promises.

use chrono::TimeDelta;

use super::args::{duration, word};
use super::filter::{self, Display, Filter, Topic};
use super::{Answer, Seat};
use crate::complete::words;
use crate::domain::query::Query;
use crate::domain::word::Grouping;
use crate::error::Error;

/// Show how the open tickets stand against their promises
///
/// One line a ticket with its three clocks, what breaches next first, then
/// how many there are, one line a priority or whatever --by says. Both are of
/// the tickets asked for; the counts whatever --limit.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Args {
    /// Count by priority, tier, assignee or category [default: priority]
    #[arg(long, value_name = "WHAT", value_parser = word(Grouping::parse), add = words(Grouping::WORDS))]
    by: Option<Grouping>,
    /// Only those overdue, or with a clock due within this time
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    due_within: Option<TimeDelta>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        by,
        due_within,
        filter,
        display,
    } = args;
    let query = Query {
        due_before: due_within.map(|span| seat.desk.now() + span),
        ..filter.query(seat)?
    };
    let topic = Topic {
        empty: if due_within.is_some() {
            "nothing is due by then"
        } else {
            "no open tickets"
        },
        sla: Some(by.unwrap_or(Grouping::Priority)),
    };
    filter::list(seat, query, display, topic)
}
