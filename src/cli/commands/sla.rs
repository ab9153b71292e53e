//! `desk sla`: how the open tickets stand against their promises.

use std::time::Duration;

use chrono::TimeDelta;
use clap::ValueHint;

use crate::cli::args::{duration, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{Display, Filter, LINES, Topic};
use crate::cli::input_file;
use crate::cli::ticket_selection::Ids;
use crate::config::Form;
use crate::domain::query::Query;
use crate::domain::vocabulary::{ClockName, Grouping};
use crate::error::Error;
use crate::render::{Matter, View};

/// Show how the open tickets stand against their promises
///
/// One line a ticket with its three clocks, what breaches next first, then
/// how many there are, one line a priority or whatever --by says. Both are of
/// the tickets asked for; the counts whatever --limit.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    question: Option<Question>,
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

/// What may be asked beyond the table.
#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Question {
    /// Reckon the clocks of tickets line by line
    ///
    /// Every stretch of time with why it counted or not, the running sum, the
    /// promises with the policy and the target that made them, and the due
    /// time that follows. What lies ahead is marked: so it will be if nothing
    /// happens.
    Explain(Explain),
    /// Say which open tickets another policy would give other promises
    ///
    /// Nothing is changed; desk policy set and desk policy apply do that.
    WhatIf {
        /// The policy document
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        policy: String,
    },
}

#[derive(Debug, Clone, clap::Args)]
struct Explain {
    #[command(flatten)]
    ids: Ids,
    /// Only this clock: response, update or resolution; may be given several
    /// times [default: each]
    #[arg(long, value_name = "CLOCK", value_delimiter = ',', value_parser = word(ClockName::parse), add = words(ClockName::WORDS))]
    clock: Vec<ClockName>,
}

fn answer<'a>(ctx: &'a CommandContext<'a>, question: Question) -> Result<CommandOutput<'a>, Error> {
    match question {
        Question::Explain(Explain { ids, clock }) => {
            let clocks = if clock.is_empty() {
                ClockName::ALL.to_vec()
            } else {
                clock
            };
            let explained = |all| View::Matter(Matter::Accounts(all));
            ctx.each(&ids.resolve(ctx)?, explained, |id| {
                ctx.desk.explain(id, &clocks)
            })
        }
        Question::WhatIf { policy } => {
            let policy = input_file::policy(&policy)?.policy;
            Ok(CommandOutput::of_moves(ctx.desk.what_if(Some(policy))?))
        }
    }
}

/// Lines that a screen needs beside those of the tickets: heads, the counts by
/// priority, and a remark.
const BELOW: usize = 13;

/// The fewest lines of tickets on a small screen.
const LEAST: u32 = 5;

impl Args {
    /// How often it is shown again, if it is.
    pub(crate) const fn refresh_interval(&self) -> Option<Duration> {
        self.watch
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        question,
        by,
        due_within,
        watch,
        filter,
        mut display,
    } = args;
    if let Some(question) = question {
        let table = (by, due_within, watch, &filter, &display);
        if table != (None, None, None, &Filter::default(), &Display::default()) {
            return Err(Error::usage(
                "the options of the table do not go with a subcommand",
                "desk sla explain ID, or desk sla what-if --policy FILE",
            ));
        }
        return answer(ctx, question);
    }
    // What is most urgent must not be the first to leave the screen.
    if let (Some(_), Form::Table, Some((_, height))) =
        (watch, ctx.config.format.value, ctx.config.size)
    {
        let lines = u32::try_from(height.saturating_sub(BELOW)).unwrap_or(LINES);
        display = display.within(lines.clamp(LEAST, LINES));
    }
    let query = Query {
        due_before: due_within.map(|span| ctx.desk.now() + span),
        ..filter.query(ctx)?
    };
    let topic = Topic {
        empty: if due_within.is_some() {
            "nothing is due by then"
        } else {
            "no open tickets"
        },
        sla: Some(by.unwrap_or(Grouping::Priority)),
    };
    filter_args::list(ctx, query, display, topic)
}

/// Reads how often: whole seconds, or a duration, from a second to a day.
fn pace(typed: &str) -> Result<Duration, String> {
    let seconds = typed.parse().ok();
    let seconds = seconds.or_else(|| u64::try_from(duration(typed).ok()?.num_seconds()).ok());
    seconds
        .filter(|seconds| (1..=86_400).contains(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| {
            format!("'{typed}' is no pace; give seconds, or a duration such as 1m, from 1s to 1d")
        })
}
