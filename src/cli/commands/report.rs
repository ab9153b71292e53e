//! `desk report`: volume, SLA results, turnaround and quality over a period.

use std::path::PathBuf;

use crate::cli::args::value_of;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args::{PropertyFilter, time_range};
use crate::cli::filter_words::FilterWords;
use crate::cli::output_file;
use crate::domain::query::Query;
use crate::domain::report::{Report, ReportPage};
use crate::domain::vocabulary::Breakdown;
use crate::error::Error;
use crate::output::{self, StoreOperation};

/// Report volume, SLA results, turnaround and quality
///
/// Prints one line per group and one for all tickets, for the period from
/// --from until just before --to; without them, for all time. It describes the
/// tickets as they are now, or as they were at --at: a ticket reopened since
/// then counts as neither resolved nor closed.
///
/// Tickets. Opened, resolved and closed: tickets opened, resolved (for the last
/// time) and closed in the period. Open: tickets opened and not yet closed at
/// the end of the period (--to, or now), even if resolved. Merged tickets count
/// as closed, not as resolved. Age: time from opening to the end of the period,
/// for open tickets.
///
/// First response: tickets first answered in the period, and those unanswered
/// past their due time at its end. A ticket that was closed late without an
/// answer counts as answered at that time. Elapsed: from the report of the
/// ticket to the answer.
///
/// Resolution: tickets resolved in the period, and those unresolved past their
/// due time at its end. Elapsed: from opening to the last resolution, including pauses and reopenings. Withdrawn tickets are
/// cancelled: they count as neither met nor missed, and enter no mean.
///
/// Met: stopped at or before the due time. Missed: stopped after it, or still
/// running after it at the end of the period; late counts the latter: not yet
/// answered or resolved. Reclassified: missed because a new priority made the ticket late
/// at once; counted separately from missed. None: without an SLA target, or
/// imported from a log that does not say when the ticket was answered; neither
/// met nor missed. Share met =
/// met / (met + missed); JSON and CSV also have it with reclassified tickets
/// counted as missed. A first response without a target is counted when the
/// ticket is opened. Overdue: open at the end of the period with any clock past
/// its due time (as known now), as desk list --overdue shows them.
///
/// Elapsed is wall-clock time; working is time as the clock counts it: in the
/// hours of the calendar, without pauses. Mean = sum / count. The median is the
/// 50 % quantile, p90 the 90 % quantile. The quantile p of n sorted values is
/// at position (n - 1) p, counted from 0, interpolated linearly (type 7 of
/// Hyndman and Fan, as in R and NumPy).
///
/// Reopened = resolved tickets that had been reopened / resolved. First line =
/// resolved at the first tier without any escalation / resolved and not
/// withdrawn. Escalations: handovers to a higher tier in the period, by tier,
/// including those by escalation rules. Back: handovers to a lower tier, and
/// the number of tickets with any. Rating: mean of the ratings given at
/// closure, for tickets closed in the period.
///
/// Published targets: first responses within 1 h and within 3 h / all first
/// responses and all tickets that were unanswered for longer at the end; mean
/// elapsed resolution time, compared with 24 h.
///
/// With --by priority, tier, assignee, category, channel or kind, a ticket is in
/// its current group. With --by domain, it is in that of the requester's address, such
/// as example.org; with none if the contact is not an address. With --by responder, it is with the agent who gave its
/// first response, with --by resolver, with the agent who resolved it, whoever
/// it is assigned to; with none if nobody has. The groups add up to all, but those
/// of --by tag: a ticket is in the group of each of its tags. With --by month, each month is a report of its own, in the zone of --tz:
/// everything counts in the month in which it happened, and open, overdue and
/// late are taken at the end of each month.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk report --from 2026-10-01 --to 2026-11-01 --by tier
  desk report --from 'last monday' --format csv
  desk report --html report.html")]
pub(crate) struct Args {
    /// Start of the period [default: the first ticket]
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// End of the period, exclusive [default: now]
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// Group by priority, tier, assignee, responder, resolver, category, month,
    /// channel, kind, tag or domain [default: priority]
    #[arg(long, value_name = "WHAT", value_parser = value_of(Breakdown::parse), add = fixed(Breakdown::WORDS))]
    by: Option<Breakdown>,
    /// Write the report to this file, as an HTML page with charts
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    html: Option<PathBuf>,
    #[command(flatten)]
    words: FilterWords,
    #[command(flatten)]
    properties: PropertyFilter,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        from,
        to,
        by,
        html,
        words,
        properties,
    } = args;
    let range = time_range(ctx, from, to)?;
    let last = range.to.unwrap_or_else(|| ctx.desk.now());
    if range.from.is_some_and(|from| from >= last) {
        return Err(Error::usage(
            "the period of the report ends before it starts",
            "give a --from before --to, or before now",
        ));
    }
    let query = Query {
        conditions: words.conditions(ctx)?,
        ..properties.query(ctx)?
    };
    ctx.desk.check_names(&query)?;
    let scope = ctx.desk.scope(by.unwrap_or(Breakdown::Priority), range)?;
    let needs_credits = scope.needs_credits();
    let Some(file) = html else {
        let mut report = Report::new(scope);
        ctx.desk.report(&query, needs_credits, &mut report)?;
        return Ok(report.finish().into());
    };
    let mut page = ReportPage::new(scope);
    ctx.desk.report(&query, needs_credits, &mut page)?;
    let page = output::report_page(&page.finish());
    output_file::page(&file, &page, &ctx.config.store_path())?;
    Ok(StoreOperation::new("written", file).into())
}
