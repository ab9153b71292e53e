//! `desk check`: a check for monitoring systems. Output, errors and exit codes
//! follow the conventions of their plugins.

use crate::cli::args::value_of;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args::Filter;
use crate::cli::filter_words::FilterWords;
use crate::domain::monitoring_check::{MonitoringCheck, Threshold};
use crate::domain::vocabulary::Metric;
use crate::error::Error;

/// Report the state of the desk to a monitoring system
///
/// Prints one line with performance data, as the Monitoring Plugins guidelines
/// ask, and exits with 0 for OK, 1 for WARNING, 2 for CRITICAL or 3 for
/// UNKNOWN. Errors are UNKNOWN too.
///
/// RANGE is the range of acceptable values: 10 alerts above 10, 10: below 10,
/// 10:20 outside and @10:20 inside that range; ~:10 has no lower bound. Without
/// a range, any overdue ticket is a WARNING.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk check
  desk check --metric unassigned --warning 10 --critical 25
  desk check --priority P1 --critical 0
  desk check --metric mail-age --warning 2h --critical 1d")]
pub(crate) struct Args {
    /// WARNING if the metric is outside this range [default: 0 for overdue and oldest-overdue]
    #[arg(long, short, value_name = "RANGE")]
    warning: Option<String>,
    /// CRITICAL if the metric is outside this range
    #[arg(long, short, value_name = "RANGE")]
    critical: Option<String>,
    /// The metric: overdue, at-risk, open, unassigned, quarantined, or oldest-overdue, mail-age and outbox-age (seconds, or a duration such as 2h) [default: overdue]
    #[arg(long, value_name = "METRIC", value_parser = value_of(Metric::parse), add = fixed(Metric::WORDS))]
    metric: Option<Metric>,
    #[command(flatten)]
    words: FilterWords,
    #[command(flatten)]
    filter: Filter,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        warning,
        critical,
        metric,
        words,
        filter,
    } = args;
    words.require_fields()?;
    let metric = metric.unwrap_or(Metric::Overdue);
    let range = |typed: Option<String>| {
        let range = typed.map(|typed| Threshold::parse(&typed, metric));
        let range = range.transpose();
        range.map_err(|fault| Error::usage(fault.to_string(), fault.hint(metric)))
    };
    let (warning, critical) = (range(warning)?, range(critical)?);
    let warning = match metric {
        Metric::Overdue | Metric::OldestOverdue => Some(warning.unwrap_or(Threshold::ABOVE_ZERO)),
        Metric::AtRisk
        | Metric::Open
        | Metric::Unassigned
        | Metric::MailAge
        | Metric::Quarantined
        | Metric::OutboxAge => warning,
    };
    if warning.is_none() && critical.is_none() {
        return Err(Error::usage(
            format!("--metric {metric} without a range would never alert"),
            "give --warning RANGE or --critical RANGE",
        ));
    }
    let query = filter.query(&words, ctx)?;
    ctx.desk.check_names(&query)?;
    let check = MonitoringCheck {
        counts: ctx.desk.open_counts(&query)?,
        mail: ctx.desk.mail_channel()?,
        now: ctx.desk.now(),
        metric,
        warning,
        critical,
    };
    Ok(CommandOutput {
        exit_code: check.status().exit_code(),
        ..check.into()
    })
}
