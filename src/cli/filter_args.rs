//! Filters, order and columns of listings: flags that `list`, `sla`, `overdue`,
//! `search`, `check` and `report` share.

use clap_complete::engine::ArgValueCandidates;

use crate::app::Counted;
use crate::cli::args::{beginning_of, line, sort_key, time, usage, value_of};
use crate::cli::chosen_columns::{ChosenColumn, chosen_columns};
use crate::cli::completion::{self, fixed};
use crate::cli::context::{CommandContext, CommandOutput, exit_code_for};
use crate::cli::filter_words::FilterWords;
use crate::cli::status_filter::StatusFilter;
use crate::domain::category::Category;
use crate::domain::filter::Condition;
use crate::domain::people::Tier;
use crate::domain::priority::Priority;
use crate::domain::query::{Query, SortKey, TimeRange};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::{Channel, Grouping, Kind, UnknownWord};
use crate::error::Error;
use crate::output::{Rows, SlaTable, TicketList};
use crate::output_format::OutputFormat;

/// Default number of tickets in a table.
pub(crate) const DEFAULT_LIMIT: u32 = 50;

/// Filters by any property, status and time included.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filter {
    /// Status: new, active, paused, resolved, closed, open, void
    #[arg(long, short, value_name = "STATUS", value_delimiter = ',', value_parser = value_of(StatusFilter::parse), add = fixed(StatusFilter::WORDS))]
    status: Vec<StatusFilter>,
    /// Include closed tickets
    #[arg(long, short = 'A', conflicts_with = "status")]
    all: bool,
    /// Only known errors, including closed tickets
    #[arg(long)]
    known_errors: bool,
    #[command(flatten)]
    properties: PropertyFilter,
    /// Opened at or after this time
    #[arg(long, value_name = "TIME")]
    opened_after: Option<String>,
    /// Opened before this time
    #[arg(long, value_name = "TIME")]
    opened_before: Option<String>,
    /// Updated at or after this time
    #[arg(long, value_name = "TIME")]
    updated_after: Option<String>,
    /// Updated before this time
    #[arg(long, value_name = "TIME")]
    updated_before: Option<String>,
    /// Resolved at or after this time
    #[arg(long, value_name = "TIME")]
    resolved_after: Option<String>,
    /// Resolved before this time
    #[arg(long, value_name = "TIME")]
    resolved_before: Option<String>,
}

/// Filters by the properties of a ticket, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct PropertyFilter {
    /// Kind: incident or request
    #[arg(long, short, value_name = "KIND", value_delimiter = ',', value_parser = beginning_of(Kind::WORDS, Kind::parse), add = fixed(Kind::WORDS))]
    kind: Vec<Kind>,
    /// Channel: phone, walk-in, email, chat, portal, monitoring, other
    #[arg(long, value_name = "CHANNEL", value_delimiter = ',', value_parser = beginning_of(Channel::WORDS, Channel::parse), add = fixed(Channel::WORDS))]
    channel: Vec<Channel>,
    /// Tier, such as L1
    #[arg(long, short, value_name = "TIER", value_delimiter = ',', add = ArgValueCandidates::new(completion::tiers))]
    tier: Vec<String>,
    /// Assigned to this agent
    #[arg(long, short = 'a', value_name = "AGENT", value_delimiter = ',', conflicts_with_all = ["mine", "unassigned"],
          add = ArgValueCandidates::new(completion::agents))]
    assignee: Vec<String>,
    /// Assigned to you
    #[arg(long, short, conflicts_with = "unassigned")]
    mine: bool,
    /// Assigned to nobody
    #[arg(long)]
    unassigned: bool,
    /// In this category or one below it
    #[arg(long, value_name = "PATH", value_delimiter = ',',
          add = ArgValueCandidates::new(completion::categories))]
    category: Vec<String>,
    /// Priority, such as P1; none for tickets without one
    #[arg(long, short, value_name = "PRIORITY", value_delimiter = ',', value_parser = value_of(PriorityFilter::parse),
          add = ArgValueCandidates::new(completion::priority_filters))]
    priority: Vec<PriorityFilter>,
    /// Requester's name or contact contains this text
    #[arg(long, short = 'r', value_name = "TEXT")]
    requester: Option<String>,
    /// Title contains this text
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

/// A priority to filter by, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PriorityFilter {
    Rated(Priority),
    Unrated,
}

impl PriorityFilter {
    /// Parses a priority or `none`.
    ///
    /// # Errors
    /// [`UnknownWord`] for anything else.
    fn parse(typed: &str) -> Result<Self, UnknownWord> {
        if typed.trim().eq_ignore_ascii_case(completion::NO_PRIORITY) {
            return Ok(Self::Unrated);
        }
        Priority::parse(typed).map(Self::Rated)
    }
}

/// Help heading of the flags for sorting and columns.
pub(crate) const DISPLAY_HEADING: &str = "Display";

/// Order, columns and size of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Default, clap::Args)]
#[command(next_help_heading = DISPLAY_HEADING)]
pub(crate) struct Display {
    /// Sort by due, id, priority, opened, updated or resolved [default: due]
    #[arg(long, value_name = "KEY", value_parser = sort_key, add = fixed(SortKey::WORDS))]
    sort: Option<SortKey>,
    /// Reverse the order
    #[arg(long)]
    reverse: bool,
    /// Maximum number of tickets; 0 for all [default: 50 in a table, otherwise all]
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<u32>,
    /// Columns, in this order, fields of the policy included; +NAME adds one to the
    /// usual ones
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = value_of(ChosenColumn::parse), add = ArgValueCandidates::new(completion::columns))]
    columns: Vec<ChosenColumn>,
    /// Omit the header line
    #[arg(long)]
    no_header: bool,
    /// Print only the number of tickets
    #[arg(long)]
    count: bool,
    /// Print only ticket numbers, one per line; short for --format ids
    #[arg(long, conflicts_with_all = ["count", "columns"])]
    ids: bool,
    /// Exit with 10 if there are any tickets
    #[arg(long)]
    exit_code: bool,
}

impl Display {
    /// Sets the limit, unless one was given.
    pub(crate) fn with_default_limit(self, lines: u32) -> Self {
        Self {
            limit: self.limit.or(Some(lines)),
            ..self
        }
    }
}

impl Filter {
    /// The query of these filters; includes closed tickets unless statuses are
    /// given.
    pub(crate) fn query_all(
        self,
        words: &FilterWords,
        ctx: &CommandContext<'_>,
    ) -> Result<Query, Error> {
        let all = self.status.is_empty();
        Self { all, ..self }.query(words, ctx)
    }

    /// The query of these filters; open tickets unless they say otherwise.
    pub(crate) fn query(
        self,
        words: &FilterWords,
        ctx: &CommandContext<'_>,
    ) -> Result<Query, Error> {
        let Self {
            status,
            all,
            known_errors,
            properties,
            opened_after,
            opened_before,
            updated_after,
            updated_before,
            resolved_after,
            resolved_before,
        } = self;
        let mut conditions = words.conditions(ctx)?;
        let names_status = conditions.iter().any(Condition::concerns_status);
        let scope = if all || known_errors || names_status || !status.is_empty() {
            Query::all()
        } else if resolved_after.is_some() || resolved_before.is_some() {
            // Tickets resolved in a period may be closed by now.
            Query::all()
        } else {
            Query::open()
        };
        let (states, void) = StatusFilter::query(&status);
        conditions.extend(void);
        Ok(Query {
            states: if status.is_empty() {
                scope.states
            } else {
                states
            },
            opened: time_range(ctx, opened_after, opened_before)?,
            updated: time_range(ctx, updated_after, updated_before)?,
            resolved: time_range(ctx, resolved_after, resolved_before)?,
            known_errors,
            conditions,
            ..properties.query(ctx)?
        })
    }
}

impl PropertyFilter {
    /// The query of these filters, whatever the status.
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
            .map(|name| ctx.agent(name))
            .collect::<Result<Vec<_>, _>>()?;
        if mine {
            assignees.push(ctx.desk.agent()?);
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
            without_priority: priority.contains(&PriorityFilter::Unrated),
            priorities: priority
                .iter()
                .filter_map(|wanted| match wanted {
                    PriorityFilter::Rated(priority) => Some(known_priority(ctx, *priority)),
                    PriorityFilter::Unrated => None,
                })
                .collect::<Result<_, _>>()?,
            requester: line("requester filter", requester.as_ref())?,
            title: line("title filter", title.as_ref())?,
            ..Query::all()
        })
    }
}

/// Parses a period, of which either end may be open.
pub(crate) fn time_range(
    ctx: &CommandContext<'_>,
    from: Option<String>,
    to: Option<String>,
) -> Result<TimeRange, Error> {
    let timestamp = |typed: Option<String>| {
        let parsed = typed.map(|typed| time(ctx, &typed, Prefer::Past));
        parsed.transpose()
    };
    Ok(TimeRange {
        from: timestamp(from)?,
        to: timestamp(to)?,
    })
}

/// What a listing shows.
#[derive(Debug, Clone)]
pub(crate) struct ListingKind {
    /// The note for an empty listing.
    pub(crate) empty: &'static str,
    /// For an empty listing too: what was probably meant.
    pub(crate) meant: Option<String>,
    /// For the SLA status: what its counts are grouped by.
    pub(crate) sla: Option<Grouping>,
}

/// Lists the tickets of a query as the display flags say.
pub(crate) fn list<'a>(
    ctx: &'a CommandContext<'a>,
    mut query: Query,
    display: Display,
    kind: ListingKind,
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
    let (chosen, added) = chosen_columns(ctx, columns)?;
    query.sort = sort.unwrap_or(SortKey::Due);
    query.reverse = reverse;
    let table = ctx.config.format.value == OutputFormat::Table && !ids;
    query.limit = row_limit(limit, table.then_some(DEFAULT_LIMIT));
    ctx.desk.check_names(&query)?;
    let mut code = 0;
    let mut total = None;
    let mut counts = None;
    let rows = if count {
        let number = ctx.desk.count(&query)?;
        code = exit_code_for(exit_code, number > 0);
        Rows::Count(number)
    } else if query.limit.is_some() || exit_code {
        let counted = Counted {
            total: table,
            by: kind.sla,
        };
        let listing = ctx.desk.listing(&query, counted)?;
        code = exit_code_for(exit_code, !listing.rows.is_empty());
        (total, counts) = (listing.total, listing.counts);
        Rows::Loaded(listing.rows)
    } else {
        // Loads the calendars, which clocks need even while rows are streamed.
        ctx.desk.policies()?;
        if let Some(by) = kind.sla {
            counts = Some(ctx.desk.group_counts(&query, by)?);
        }
        Rows::Streamed(Box::new(move |sink| ctx.desk.each(&query, sink)))
    };
    if rows.are_known_to_be_none() {
        ctx.notes.borrow_mut().extend(kind.meant);
    }
    let list = TicketList {
        rows,
        total,
        columns: chosen,
        added,
        empty: kind.empty,
        header: !no_header,
    };
    let output = match counts {
        Some(counts) => SlaTable { list, counts }.into(),
        None => list.into(),
    };
    Ok(CommandOutput {
        exit_code: code,
        format: ids.then_some(OutputFormat::Ids),
        ..output
    })
}

/// The number of rows to read: as given, where 0 means all, or the default.
pub(crate) fn row_limit(given: Option<u32>, default: Option<u32>) -> Option<u32> {
    given.or(default).filter(|limit| *limit > 0)
}

/// Refuses a priority that the policy's matrix never gives.
fn known_priority(ctx: &CommandContext<'_>, priority: Priority) -> Result<Priority, Error> {
    let lowest = ctx.desk.policies()?.matrix.lowest_rank();
    if priority.rank() <= lowest {
        return Ok(priority);
    }
    let known = (1..=lowest).map(|rank| Priority::from_rank(rank).to_string());
    Err(usage(UnknownWord::new(
        "priority",
        &priority.to_string(),
        known,
    )))
}

/// Finds a tier of the policy, ignoring case.
fn known_tier(ctx: &CommandContext<'_>, typed: &str) -> Result<Tier, Error> {
    let policies = ctx.desk.policies()?;
    policies.find_tier(typed).cloned().map_err(usage)
}
