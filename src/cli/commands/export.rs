//! `desk export`: everything, for another store or a spreadsheet.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::config::Form;
use crate::domain::query::{Query, SortKey};
use crate::error::Error;
use crate::render::{Lines, Listing, Matter, Rows, View};

/// Write everything out, for another store or a spreadsheet
///
/// As JSON Lines, the default, nothing is lost: the first line says which
/// store it was, then come the versions of the policy and the tickets, each
/// with all events and texts; desk import takes it in. With --format csv it
/// is a row for every ticket, its cells safe to be opened in a spreadsheet.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command is given its arguments"
)]
pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {} = args;
    match ctx.config.format.value {
        Form::Table | Form::Json | Form::Jsonl => {
            let export = move |take: &mut Lines<'_>| ctx.desk.export(take);
            Ok(View::Matter(Matter::Exported(Box::new(export))).into())
        }
        Form::Csv => {
            let query = Query {
                sort: SortKey::Id,
                ..Query::all()
            };
            ctx.desk.policies()?;
            let rows = Rows::Streamed(Box::new(move |take| ctx.desk.each(&query, take)));
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
            "an export is no list of numbers",
            "write it with --format jsonl or csv; list the numbers with: desk list --all --format ids",
        )),
    }
}
