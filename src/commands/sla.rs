//! `desk sla`: how the open tickets stand against their promises.

use std::time::Duration;

use chrono::TimeDelta;

use super::args::{duration, word};
use super::filter::{self, Display, Filter, LINES, Topic};
use super::{Answer, Seat};
use crate::complete::words;
use crate::config::Form;
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
    /// Show it again every so many seconds, until Ctrl-C [default: 10]
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "10",
          value_parser = pace, conflicts_with = "exit_code")]
    watch: Option<Duration>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

/// Lines that a screen needs beside those of the tickets: heads, the counts by
/// priority, and a remark.
const BELOW: usize = 13;

/// The fewest lines of tickets on a small screen.
const LEAST: u32 = 5;

impl Args {
    /// How often it is shown again, if it is.
    pub(crate) const fn pace(&self) -> Option<Duration> {
        self.watch
    }
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        by,
        due_within,
        watch,
        filter,
        mut display,
    } = args;
    // What is most urgent must not be the first to leave the screen.
    if let (Some(_), Form::Table, Some((_, height))) =
        (watch, seat.config.format.value, seat.config.size)
    {
        let lines = u32::try_from(height.saturating_sub(BELOW)).unwrap_or(LINES);
        display = display.within(lines.clamp(LEAST, LINES));
    }
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

/// Reads how often: whole seconds, or a duration, from a second to a day.
fn pace(typed: &str) -> Result<Duration, String> {
    let seconds = typed.parse().ok();
    let seconds = seconds.or_else(|| u64::try_from(duration(typed).ok()?.num_seconds()).ok());
    seconds
        .filter(|seconds| (1..=86_400).contains(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| format!("'{typed}' is no pace; give seconds, or a duration such as 1m, from 1s to 1d"))
}
