//! `desk metrics`: the figures of the desk, for systems that collect them.

use std::path::PathBuf;

use chrono::TimeDelta;

use crate::cli::args::duration;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file::OwnFile;
use crate::error::Error;
use crate::output::{self, METRICS_START, MetricsPage, StoreOperation};

/// How far back the report goes, unless something else was asked for.
const PERIOD: TimeDelta = TimeDelta::days(30);

/// Print figures in the text format of Prometheus
///
/// For the folder of the node exporter's textfile collector: run it from cron with
/// --out. Counts tickets by status and priority, clocks that are overdue or at risk,
/// mail and hooks that wait, and what a report says of the last 30 days. It counts
/// restricted tickets too, and names nobody.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk metrics
  desk metrics --out /var/lib/prometheus/node-exporter/desk.prom
  desk metrics --period 7d --json")]
pub(crate) struct Args {
    /// Write to this file, all at once; a file that desk metrics wrote is replaced
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// How far back the figures of the report go [default: 30d]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    period: Option<TimeDelta>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { out, period } = args;
    let page = MetricsPage(ctx.desk.metrics(period.unwrap_or(PERIOD))?);
    let Some(file) = out else {
        return Ok(page.into());
    };
    let text = output::metrics_text(&page);
    let own = OwnFile {
        beginning: METRICS_START,
        what: "a page of metrics written by desk",
    };
    own.write(&file, &text, &ctx.config.store_path())?;
    Ok(StoreOperation::new("written", file).into())
}
