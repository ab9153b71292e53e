//! `desk export`: writes all tickets, for another store or a spreadsheet.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::query::{Query, SortKey};
use crate::error::Error;
use crate::output::{Export, LineSink, Spreadsheet, TicketSink, plural};
use crate::output_format::OutputFormat;

/// Export everything, for another store or a spreadsheet
///
/// The default is JSON Lines and loses nothing: the first line identifies the
/// store, then come the policy versions and the tickets, each with all events
/// and texts; desk import reads it. With --format csv or tsv, prints one row per
/// ticket; tsv and --excel have description, resolution and messages too. Cells
/// that a spreadsheet would run as formulas are escaped.
///
/// Tickets that are restricted to others are left out, and texts of people whose
/// processing is limited are covered; both are said on stderr.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk export > desk.jsonl
  desk export --format csv > tickets.csv
  desk export --format csv --excel > tickets.csv")]
pub(crate) struct Args {
    /// Write CSV that Excel opens by a double click
    ///
    /// With a byte order mark, semicolons between the cells, and local times whose
    /// zone stands in the heading.
    #[arg(long)]
    excel: bool,
    /// Include texts of people whose processing is limited; REASON is recorded
    #[arg(long, value_name = "REASON")]
    limited: Option<String>,
}

pub(crate) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args { excel, limited }: Args,
) -> Result<CommandOutput<'a>, Error> {
    if let Some(reason) = body("reason", limited.as_ref())? {
        ctx.desk.show_limited_data(None, &reason)?;
    }
    let (restricted, covers) = ctx.desk.left_out()?;
    if restricted > 0 {
        ctx.notes.borrow_mut().push(format!(
            "{} left out: restricted to others; without them an export cannot be imported whole",
            plural(restricted, "ticket")
        ));
    }
    if covers {
        ctx.notes.borrow_mut().push(
            "texts of people whose processing is limited are covered; to include them: \
             desk export --limited REASON"
                .to_owned(),
        );
    }
    match ctx.config.format.value {
        OutputFormat::Json
        | OutputFormat::Jsonl
        | OutputFormat::Tsv
        | OutputFormat::Ids
        | OutputFormat::Html
            if excel =>
        {
            Err(Error::usage(
                "--excel is for CSV",
                "use: desk export --format csv --excel",
            ))
        }
        OutputFormat::Table | OutputFormat::Csv if excel => spreadsheet(ctx, excel, true),
        OutputFormat::Table | OutputFormat::Json | OutputFormat::Jsonl => {
            let export = move |sink: &mut LineSink<'_>| ctx.desk.export(sink);
            Ok(Export(export).into())
        }
        OutputFormat::Csv => spreadsheet(ctx, excel, false),
        OutputFormat::Tsv => spreadsheet(ctx, excel, true),
        OutputFormat::Ids | OutputFormat::Html => Err(Error::usage(
            "export does not print ticket numbers",
            "use --format jsonl, csv or tsv; list the numbers with: desk list --all --format ids",
        )),
    }
}

fn spreadsheet<'a>(
    ctx: &'a CommandContext<'a>,
    excel: bool,
    texts: bool,
) -> Result<CommandOutput<'a>, Error> {
    let query = Query {
        sort: SortKey::Id,
        ..Query::all()
    };
    ctx.desk.policies()?;
    let tickets = move |sink: &mut TicketSink<'_>| ctx.desk.each_in_full(&query, sink);
    Ok(Spreadsheet {
        tickets,
        excel,
        texts,
    }
    .into())
}
