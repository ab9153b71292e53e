//! `desk export`: writes all tickets, for another store or a spreadsheet.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::config::Form;
use crate::domain::query::{Query, SortKey};
use crate::error::Error;
use crate::render::{Lines, Listing, Matter, Rows, View};

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

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command is given its arguments"
)]
pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {} = args;
    match ctx.config.format.value {
        Form::Table | Form::Json | Form::Jsonl => {
            let export = move |sink: &mut Lines<'_>| ctx.desk.export(sink);
            Ok(View::Matter(Matter::Exported(Box::new(export))).into())
        }
        Form::Csv => {
            let query = Query {
                sort: SortKey::Id,
                ..Query::all()
            };
            ctx.desk.policies()?;
            let rows = Rows::Streamed(Box::new(move |sink| ctx.desk.each(&query, sink)));
            Ok(View::Tickets(Listing {
                rows,
                total: None,
                columns: None,
                empty: "no tickets yet",
                header: true,
            })
            .into())
        }
        Form::Ids => Err(Error::usage(
            "export does not print ticket numbers",
            "use --format jsonl or csv; list the numbers with: desk list --all --format ids",
        )),
    }
}
