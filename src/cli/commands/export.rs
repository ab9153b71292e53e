//! `desk export`: writes all tickets, for another store or a spreadsheet.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::query::{Query, SortKey};
use crate::error::Error;
use crate::output::{Export, LineSink, Rows, TicketList};
use crate::output_format::OutputFormat;

/// Export everything, for another store or a spreadsheet
///
/// The default is JSON Lines and loses nothing: the first line identifies the
/// store, then come the policy versions and the tickets, each with all events
/// and texts; desk import reads it. With --format csv, prints one row per
/// ticket; cells that a spreadsheet would run as formulas are escaped.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk export > desk.jsonl
  desk export --format csv > tickets.csv")]
pub(crate) struct Args {}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {}: Args,
) -> Result<CommandOutput<'a>, Error> {
    match ctx.config.format.value {
        OutputFormat::Table | OutputFormat::Json | OutputFormat::Jsonl => {
            let export = move |sink: &mut LineSink<'_>| ctx.desk.export(sink);
            Ok(Export(export).into())
        }
        OutputFormat::Csv => {
            let query = Query {
                sort: SortKey::Id,
                ..Query::all()
            };
            ctx.desk.policies()?;
            let rows = Rows::Streamed(Box::new(move |sink| ctx.desk.each(&query, sink)));
            Ok(TicketList {
                rows,
                total: None,
                columns: None,
                empty: "no tickets yet",
                header: true,
            }
            .into())
        }
        OutputFormat::Ids => Err(Error::usage(
            "export does not print ticket numbers",
            "use --format jsonl or csv; list the numbers with: desk list --all --format ids",
        )),
    }
}
