//! `desk sla`: the SLA status of open tickets, and explanations of clocks.

use std::time::Duration;

use chrono::TimeDelta;
use clap::ValueHint;

use crate::cli::args::{duration, value_of};
use crate::cli::clap_errors::InvalidValue;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args;
use crate::cli::filter_args::{DEFAULT_LIMIT, Display, Filter, ListingKind};
use crate::cli::filter_words::FilterWords;
use crate::cli::input_file;
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::privacy::view::RestrictedTickets;
use crate::domain::query::Query;
use crate::domain::vocabulary::{ClockName, Grouping, UnknownWord};
use crate::error::Error;
use crate::output::SlaExplanations;
use crate::output_format::OutputFormat;

/// Show the SLA status of open tickets
///
/// Prints one line per ticket with its clocks, next to breach first, then
/// counts per priority (or as --by says). Both cover the selected tickets; the
/// counts ignore --limit.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk sla
  desk sla --due-within 2h --by assignee
  desk sla --watch
  desk sla explain 42 --clock resolution")]
#[command(subcommand_precedence_over_arg = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Count by priority, tier, assignee or category [default: priority]
    #[arg(long, value_name = "WHAT", value_parser = value_of(Grouping::parse), add = fixed(Grouping::WORDS))]
    by: Option<Grouping>,
    /// Only tickets that are overdue or due within this time
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    due_within: Option<TimeDelta>,
    /// Refresh every SECONDS seconds until Ctrl-C [default: 10]
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "10",
          value_parser = refresh_interval, conflicts_with = "exit_code")]
    watch: Option<Duration>,
    #[command(flatten)]
    words: FilterWords,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    display: Display,
}

/// Subcommands of `desk sla`.
#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Explain how a ticket's clocks were calculated
    Explain(Explain),
    /// Show which open tickets would get other SLA targets under another policy
    ///
    /// Changes nothing; see desk policy set and desk policy apply.
    WhatIf {
        /// The policy document
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        policy: String,
    },
}

/// Explain how a ticket's clocks were calculated
///
/// Shows every interval with the reason why it counted or not, the running
/// total, the SLA targets with the policy version that set them, and the
/// resulting due time. Intervals in the future are marked; they assume that
/// nothing else happens.
#[derive(Debug, Clone, clap::Args)]
struct Explain {
    #[command(flatten)]
    tickets: TicketArgs,
    /// Only this clock: response, update, resolution or notification; can be
    /// repeated [default: all]
    #[arg(long, value_name = "CLOCK", value_delimiter = ',', value_parser = value_of(ExplainedClock::parse), add = fixed(&EXPLAINED))]
    clock: Vec<ExplainedClock>,
}

/// A clock that can be explained: one of every ticket, or those of the
/// notifications of a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExplainedClock {
    Target(ClockName),
    Notification,
}

const NOTIFICATION: &str = "notification";
const EXPLAINED: [&str; 4] = ["response", "update", "resolution", NOTIFICATION];

impl ExplainedClock {
    fn parse(typed: &str) -> Result<Self, UnknownWord> {
        if typed.trim().eq_ignore_ascii_case(NOTIFICATION) {
            return Ok(Self::Notification);
        }
        let found = ClockName::parse(typed).map(Self::Target);
        found.map_err(|_| UnknownWord::new("clock", typed, EXPLAINED))
    }
}

fn run_action<'a>(ctx: &'a CommandContext<'a>, action: Action) -> Result<CommandOutput<'a>, Error> {
    match action {
        Action::Explain(Explain { tickets, clock }) => {
            let all = clock.is_empty();
            let named = clock.iter().filter_map(|one| match one {
                ExplainedClock::Target(name) => Some(*name),
                ExplainedClock::Notification => None,
            });
            let clocks = match all {
                true => ClockName::ALL.to_vec(),
                false => named.collect(),
            };
            let notifications = all || clock.contains(&ExplainedClock::Notification);
            ctx.for_each_ticket(&tickets.resolve(ctx)?, SlaExplanations, |id| {
                ctx.desk.explain(id, &clocks, notifications)
            })
        }
        Action::WhatIf { policy } => {
            let policy = input_file::policy(&policy)?.policy;
            Ok(CommandOutput::from_sla_changes(
                ctx.desk.preview_policy(Some(policy))?,
            ))
        }
    }
}

/// Screen lines needed besides the tickets: headers, counts and a note.
const RESERVED_LINES: usize = 13;

/// Minimum number of tickets on a small screen.
const MIN_TICKETS: u32 = 5;

impl Args {
    /// How often the table is refreshed, if at all.
    pub(crate) const fn refresh_interval(&self) -> Option<Duration> {
        self.watch
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        action,
        by,
        due_within,
        watch,
        words,
        filter,
        mut display,
    } = args;
    if let Some(action) = action {
        let table = (by, due_within, watch, &words, &filter, &display);
        let none = (
            &FilterWords::default(),
            &Filter::default(),
            &Display::default(),
        );
        if table != (None, None, None, none.0, none.1, none.2) {
            return Err(Error::usage(
                "filters and options of the table cannot be combined with a subcommand",
                "use: desk sla explain ID, or desk sla what-if --policy FILE",
            ));
        }
        return run_action(ctx, action);
    }
    // The most urgent tickets come first and would scroll off the screen.
    if let (Some(_), OutputFormat::Table, Some((_, height))) =
        (watch, ctx.config.format.value, ctx.config.size)
    {
        let lines = u32::try_from(height.saturating_sub(RESERVED_LINES)).unwrap_or(DEFAULT_LIMIT);
        display = display.with_default_limit(lines.clamp(MIN_TICKETS, DEFAULT_LIMIT));
    }
    let query = Query {
        restricted: RestrictedTickets::NumberOnly,
        due_before: due_within.map(|span| ctx.desk.now() + span),
        ..filter.query(&words, ctx)?
    };
    let kind = ListingKind {
        empty: if due_within.is_some() {
            "nothing is due by then"
        } else {
            "no open tickets"
        },
        meant: words.meant_if_none("sla"),
        sla: Some(by.unwrap_or(Grouping::Priority)),
    };
    filter_args::list(ctx, query, display, kind)
}

/// Parses a refresh interval: whole seconds or a duration, from 1 s to 1 day.
fn refresh_interval(typed: &str) -> Result<Duration, InvalidValue> {
    let seconds = typed.parse().ok();
    let seconds = seconds.or_else(|| u64::try_from(duration(typed).ok()?.num_seconds()).ok());
    seconds
        .filter(|seconds| (1..=86_400).contains(seconds))
        .map(Duration::from_secs)
        .ok_or_else(|| {
            InvalidValue::new(
                "not an interval",
                "use seconds, or a duration such as 1m, from 1s to 1d",
            )
        })
}
