//! `desk check`: the probe of monitoring systems. It alone speaks the dialect
//! of their plugins, in its errors too.

use crate::cli::args::word;
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::filter_args::Filter;
use crate::domain::monitoring_check::{MonitoringCheck, Threshold};
use crate::domain::vocabulary::Metric;
use crate::error::Error;
use crate::render::View;

/// Tell a monitoring system how the desk stands
///
/// One line after the guidelines for monitoring plugins, with performance
/// data; exits with 0 for OK, 1 for WARNING, 2 for CRITICAL and 3 for UNKNOWN,
/// which is also what any error comes to.
///
/// A RANGE is of figures that are well: 10 alerts over 10, 10: under 10, 10:20
/// outside and @10:20 inside of it; ~:10 is 10 without a lower end. Without
/// ranges, any overdue ticket is a WARNING.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// WARNING if the metric is not within this range [default: 0 for overdue and oldest-overdue]
    #[arg(long, short, value_name = "RANGE")]
    warning: Option<String>,
    /// CRITICAL if the metric is not within this range
    #[arg(long, short, value_name = "RANGE")]
    critical: Option<String>,
    /// What the ranges are for: overdue, at-risk, open, unassigned, or oldest-overdue in seconds or as 2h [default: overdue]
    #[arg(long, value_name = "METRIC", value_parser = word(Metric::parse), add = words(Metric::WORDS))]
    metric: Option<Metric>,
    #[command(flatten)]
    filter: Filter,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        warning,
        critical,
        metric,
        filter,
    } = args;
    let metric = metric.unwrap_or(Metric::Overdue);
    let range = |typed: Option<String>| {
        let range = typed.map(|typed| Threshold::parse(&typed, metric));
        let range = range.transpose();
        range.map_err(|fault| Error::usage(fault.to_string(), fault.hint(metric)))
    };
    let (warning, critical) = (range(warning)?, range(critical)?);
    let warning = match metric {
        Metric::Overdue | Metric::OldestOverdue => Some(warning.unwrap_or(Threshold::ABOVE_ZERO)),
        Metric::AtRisk | Metric::Open | Metric::Unassigned => warning,
    };
    if warning.is_none() && critical.is_none() {
        return Err(Error::usage(
            format!("--metric {metric} without a range would never alert"),
            "give --warning RANGE or --critical RANGE",
        ));
    }
    let query = filter.query(ctx)?;
    ctx.desk.check_names(&query)?;
    let probe = MonitoringCheck {
        counts: ctx.desk.standing(&query)?,
        now: ctx.desk.now(),
        metric,
        warning,
        critical,
    };
    Ok(CommandOutput {
        code: probe.status().exit_code(),
        ..View::MonitoringCheck(Box::new(probe)).into()
    })
}
