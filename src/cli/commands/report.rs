//! `desk report`: how the desk did over a span of time.

use std::path::PathBuf;

use crate::cli::args::{time, word};
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args::Which;
use crate::cli::output_file;
use crate::domain::Timestamp;
use crate::domain::query::TimeRange;
use crate::domain::report::{Report, ReportPage};
use crate::domain::time::parse_time::Lean;
use crate::domain::vocabulary::Breakdown;
use crate::error::Error;
use crate::render::{self, Matter, StoreOperation, View};

/// Report how the desk did: volume, promises kept, turnaround, quality
///
/// One line a group and one for all, over the time from --from until just
/// before --to; without them over all time. Everything is of the tickets as
/// they are now, or were --at another moment: a ticket reopened since is not
/// resolved and not closed, and counts again when it is.
///
/// Tickets. Opened, resolved and closed: those opened, resolved (for the last
/// time) and closed within the time. Open: opened and not closed at its end
/// (--to, or now), also if resolved. What was merged is closed and not resolved. Age: from opening to that end, of the open
/// ones.
///
/// First response: of the tickets first answered within the time. A ticket that
/// was resolved too late without an answer counts as answered then. Elapsed:
/// from the report of the ticket to the answer.
///
/// Resolution: of the tickets resolved within the time. Elapsed: from opening
/// to the last resolution, pauses and reopenings included. What was withdrawn
/// is cancelled: it is neither met nor missed, and in no mean.
///
/// Met: stopped at or before the time promised, missed: after it.
/// Reclassified: missed, because a new priority made it late at once; counted
/// apart from missed. None: without a promise, counted as such and never as met.
/// Share met = met / (met + missed); JSON and CSV also tell it with the
/// reclassified ones counted as missed. A first response without a promise is
/// counted when the ticket is opened. Late: open at the end, past the time
/// promised for its resolution (as it is known now) and not resolved by then.
///
/// Elapsed is wall-clock time; working is time as the clock counts it: in the
/// hours of the calendar, without pauses. Mean = sum / count. The median is the
/// 50 % quantile, p90 the 90 % quantile. A quantile p of n values in order lies
/// at place (n - 1) p, counted from 0, linearly between the two values next to
/// it (type 7 of Hyndman and Fan, as in R and NumPy).
///
/// Reopened = resolved tickets that had been reopened / resolved. First line =
/// resolved at the first tier without any escalation / resolved and not
/// withdrawn. Escalations: hand-overs to a higher tier within the time, by the
/// tiers, also those that a rule made. Back: hand-overs to a lower tier, and the tickets that had any.
/// Rating: the mean of the marks given at closure, of the tickets closed within
/// the time.
///
/// The published promise: first responses within 1 h and within 3 h / all
/// first responses; the mean of elapsed resolution against 24 h.
///
/// By priority, tier, assignee, category, channel or kind, a ticket is in the
/// group it is in now, and the groups add up to all. By month, each month is a
/// report of its own, in the zone of --tz: what is counted belongs to the month
/// in which it happened, and open is at the end of each month.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// From this time on [default: the first ticket]
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Until just before this time [default: now]
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    /// A line a priority, tier, assignee, category, month, channel or kind [default: priority]
    #[arg(long, value_name = "WHAT", value_parser = word(Breakdown::parse), add = words(Breakdown::WORDS))]
    by: Option<Breakdown>,
    /// Write it as a page with charts into this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    html: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        from,
        to,
        by,
        html,
        which,
    } = args;
    let moment = |typed: Option<String>| -> Result<Option<Timestamp>, Error> {
        let read = typed.map(|typed| time(ctx, &typed, Lean::Past));
        read.transpose()
    };
    let range = TimeRange {
        from: moment(from)?,
        to: moment(to)?,
    };
    let last = range.to.unwrap_or_else(|| ctx.desk.now());
    if range.from.is_some_and(|from| from >= last) {
        return Err(Error::usage(
            "the time of the report ends before it begins",
            "give a --from that lies before --to, or before now",
        ));
    }
    let query = which.query(ctx)?;
    ctx.desk.check_names(&query)?;
    let scope = ctx.desk.scope(by.unwrap_or(Breakdown::Priority), range)?;
    let Some(file) = html else {
        let mut report = Report::new(scope);
        ctx.desk.report(&query, &mut report)?;
        return Ok(View::Matter(Matter::Report(Box::new(report.finish()))).into());
    };
    let mut dossier = ReportPage::new(scope);
    ctx.desk.report(&query, &mut dossier)?;
    let page = render::paper(&dossier.finish());
    output_file::page(&file, &page, &ctx.config.store_path())?;
    Ok(View::StoreOperation(StoreOperation::done("written", file)).into())
}
