//! Which tickets a listing shows, in which order and columns: flags that
//! `list`, `sla` and `overdue` share.

use crate::cli::args::{line, time, usage, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput, YES};
use crate::config::Form;
use crate::domain::category::Category;
use crate::domain::people::{Agent, Tier};
use crate::domain::priority::Priority;
use crate::domain::query::{Query, Range, SortKey};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::{Channel, Grouping, Kind, State, UnknownWord};
use crate::error::Error;
use crate::render::{Column, Format, Listing, Rows, View};

/// How many lines a table has unless asked otherwise.
pub(crate) const LINES: u32 = 50;

/// Which tickets.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = "Which tickets")]
pub(crate) struct Filter {
    /// In these statuses: new, active, paused, resolved, closed
    #[arg(long, short, value_name = "STATUS", value_delimiter = ',', value_parser = word(State::parse), add = words(State::WORDS))]
    status: Vec<State>,
    /// Closed ones too
    #[arg(long, short = 'A', conflicts_with = "status")]
    all: bool,
    /// Marked as known errors, closed ones too
    #[arg(long)]
    known_errors: bool,
    #[command(flatten)]
    which: Which,
    /// Opened at or after this time
    #[arg(long, value_name = "TIME")]
    opened_after: Option<String>,
    /// Opened before this time
    #[arg(long, value_name = "TIME")]
    opened_before: Option<String>,
    /// Resolved at or after this time
    #[arg(long, value_name = "TIME")]
    resolved_after: Option<String>,
    /// Resolved before this time
    #[arg(long, value_name = "TIME")]
    resolved_before: Option<String>,
}

/// Which tickets, by what they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = "Which tickets")]
pub(crate) struct Which {
    /// Of this kind: incident or request
    #[arg(long, short, value_name = "KIND", value_delimiter = ',', value_parser = word(Kind::parse), add = words(Kind::WORDS))]
    kind: Vec<Kind>,
    /// That came by this channel
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',', value_parser = word(Channel::parse), add = words(Channel::WORDS))]
    channel: Vec<Channel>,
    /// At this tier: L1, L2, L3
    #[arg(long, short, value_name = "TIER", value_delimiter = ',', add = words(&["L1", "L2", "L3"]))]
    tier: Vec<String>,
    /// Assigned to this agent
    #[arg(long, short = 'a', value_name = "AGENT", value_delimiter = ',', conflicts_with_all = ["mine", "unassigned"],
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::agents))]
    assignee: Vec<String>,
    /// Assigned to you
    #[arg(long, short, conflicts_with = "unassigned")]
    mine: bool,
    /// Assigned to nobody
    #[arg(long)]
    unassigned: bool,
    /// In this category or below it
    #[arg(long, value_name = "PATH", value_delimiter = ',',
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::categories))]
    category: Vec<String>,
    /// Of this priority: P1, P2 …
    #[arg(long, short, value_name = "PRIORITY", value_delimiter = ',', value_parser = word(Priority::parse), add = words(&["P1", "P2", "P3", "P4"]))]
    priority: Vec<Priority>,
    /// Whose name or contact has this in it
    #[arg(long, short = 'r', value_name = "TEXT")]
    requester: Option<String>,
    /// Whose title has this in it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// The heading of flags that say how tickets are shown.
pub(crate) const SHOWN: &str = "How they are shown";

/// How they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = SHOWN)]
pub(crate) struct Display {
    /// Sort by due, id, priority, opened, updated or resolved [default: due]
    #[arg(long, value_name = "KEY", value_parser = sort_key, add = words(SortKey::WORDS))]
    sort: Option<SortKey>,
    /// The other way round
    #[arg(long)]
    reverse: bool,
    /// At most this many; 0 for all [default: 50 in a table, else all]
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<u32>,
    /// These columns, in this order
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = word(Column::parse), add = words(Column::WORDS))]
    columns: Vec<Column>,
    /// Without the line of column names
    #[arg(long)]
    no_header: bool,
    /// Only say how many there are
    #[arg(long)]
    count: bool,
    /// Only the numbers, one a line, short for --format ids
    #[arg(long, conflicts_with_all = ["count", "columns"])]
    ids: bool,
    /// Exit with 10 if there are any
    #[arg(long)]
    exit_code: bool,
}

impl Display {
    /// As many lines as this at most, unless it was said how many.
    pub(crate) fn within(self, lines: u32) -> Self {
        Self {
            limit: self.limit.or(Some(lines)),
            ..self
        }
    }
}

impl Filter {
    /// The tickets asked for, the closed ones too unless statuses are named.
    pub(crate) fn anywhere(self, ctx: &CommandContext<'_>) -> Result<Query, Error> {
        let all = self.status.is_empty();
        Self { all, ..self }.query(ctx)
    }

    pub(crate) fn query(self, ctx: &CommandContext<'_>) -> Result<Query, Error> {
        let Self {
            status,
            all,
            known_errors,
            which,
            opened_after,
            opened_before,
            resolved_after,
            resolved_before,
        } = self;
        let moment = |typed: Option<String>| {
            typed
                .map(|typed| time(ctx, &typed, Prefer::Past))
                .transpose()
        };
        let scope = if all || known_errors || !status.is_empty() {
            Query::all()
        } else if resolved_after.is_some() || resolved_before.is_some() {
            // What was resolved in a span of time may be closed by now.
            Query::all()
        } else {
            Query::open()
        };
        Ok(Query {
            states: if status.is_empty() {
                scope.states
            } else {
                status
            },
            opened: Range {
                from: moment(opened_after)?,
                to: moment(opened_before)?,
            },
            resolved: Range {
                from: moment(resolved_after)?,
                to: moment(resolved_before)?,
            },
            known_errors,
            ..which.query(ctx)?
        })
    }
}

impl Which {
    /// The tickets asked for, whatever their status.
    pub(crate) fn query(self, ctx: &CommandContext<'_>) -> Result<Query, Error> {
        let Self {
            kind,
            channel,
            tier,
            assignee,
            mine,
            unassigned,
            category,
            priority,
            requester,
            title,
        } = self;
        let mut assignees = assignee
            .iter()
            .map(|name| Agent::parse(name).map_err(usage))
            .collect::<Result<Vec<_>, _>>()?;
        if mine {
            assignees.push((ctx.desk.actor)()?);
        }
        Ok(Query {
            kinds: kind,
            channels: channel,
            tiers: tier
                .iter()
                .map(|t| known_tier(ctx, t))
                .collect::<Result<_, _>>()?,
            assignees,
            unassigned,
            categories: category
                .iter()
                .map(|path| crate::cli::args::category(path))
                .collect::<Result<Vec<Category>, _>>()?,
            priorities: priority
                .iter()
                .map(|p| known_priority(ctx, *p))
                .collect::<Result<_, _>>()?,
            requester: line("part of a requester", requester.as_ref())?,
            title: line("part of a title", title.as_ref())?,
            ..Query::all()
        })
    }
}

/// What a listing is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Topic {
    /// The sentence for when there is nothing.
    pub(crate) empty: &'static str,
    /// Where the clocks are the matter, as in the status table: what its counts
    /// are grouped by.
    pub(crate) sla: Option<Grouping>,
}

/// Lists what a query asks for, as the display flags say.
pub(crate) fn list<'a>(
    ctx: &'a CommandContext<'a>,
    mut query: Query,
    display: Display,
    topic: Topic,
) -> Result<CommandOutput<'a>, Error> {
    let Display {
        sort,
        reverse,
        limit,
        columns,
        no_header,
        count,
        ids,
        exit_code,
    } = display;
    query.sort = sort.unwrap_or(SortKey::Due);
    query.reverse = reverse;
    let table = ctx.config.format.value == Form::Table && !ids;
    query.limit = match limit {
        Some(0) => None,
        Some(limit) => Some(limit),
        None if table => Some(LINES),
        None => None,
    };
    // Clocks are read by the calendars of the policy, also while streaming.
    ctx.desk.policies()?;
    ctx.desk.check_names(&query)?;
    let tallies = match topic.sla.filter(|_| !count) {
        Some(by) => Some(ctx.desk.tally(&query, by)?),
        None => None,
    };
    let mut code = 0;
    let mut total = None;
    let rows = if count {
        let number = ctx.desk.count(&query)?;
        code = yes(exit_code, number > 0);
        Rows::Counted(number)
    } else if table || query.limit.is_some() || exit_code {
        let rows = ctx.desk.find(&query)?;
        code = yes(exit_code, !rows.is_empty());
        let full = query
            .limit
            .is_some_and(|limit| rows.len() >= limit as usize);
        if full && table {
            total = Some(ctx.desk.count(&query)?);
        }
        Rows::Held(rows)
    } else {
        Rows::Streamed(Box::new(move |sink| ctx.desk.each(&query, sink)))
    };
    let listing = Listing {
        rows,
        total,
        columns: (!columns.is_empty()).then_some(columns),
        empty: topic.empty,
        header: !no_header,
    };
    let view = match tallies {
        Some(tallies) => View::Sla(listing, tallies),
        None => View::Tickets(listing),
    };
    Ok(CommandOutput {
        code,
        format: ids.then_some(Format::Ids),
        ..view.into()
    })
}

const fn yes(asked: bool, any: bool) -> u8 {
    if asked && any { YES } else { 0 }
}

/// Refuses a priority that the matrix never gives.
fn known_priority(ctx: &CommandContext<'_>, asked: Priority) -> Result<Priority, Error> {
    let cells = &ctx.desk.policies()?.matrix.cells;
    let lowest = cells.iter().flatten().max().copied().unwrap_or_default();
    if asked.rank() <= lowest {
        return Ok(asked);
    }
    let known = (1..=lowest).map(|rank| Priority::of(rank).to_string());
    Err(usage(UnknownWord::new(
        "priority",
        &asked.to_string(),
        known,
    )))
}

fn known_tier(ctx: &CommandContext<'_>, typed: &str) -> Result<Tier, Error> {
    let tiers = &ctx.desk.policies()?.tiers;
    tiers
        .iter()
        .find(|tier| tier.as_str().eq_ignore_ascii_case(typed))
        .cloned()
        .ok_or_else(|| {
            usage(UnknownWord::new(
                "tier",
                typed,
                tiers.iter().map(ToString::to_string),
            ))
        })
}

fn sort_key(typed: &str) -> Result<SortKey, String> {
    let known = SortKey::ALL.iter().find(|(word, _)| *word == typed);
    known.map(|(_, key)| *key).ok_or_else(|| {
        let words = SortKey::ALL.iter().map(|(word, _)| *word);
        let fault = UnknownWord::new("sort key", typed, words);
        format!("{fault}; {}", fault.hint())
    })
}
