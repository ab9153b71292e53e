//! `desk import`: tickets of another store, or of another system.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::progress::Progress;
use crate::domain::import_report::{Finding, ImportReport};
use crate::error::Error;
use crate::import;
use crate::render::{Matter, View};

/// Take in tickets of another store or system
///
/// What desk export wrote is taken in under the same numbers, by a store that
/// has no others. The log of another system, as CSV or JSON Lines, is taken in by a mapping
/// that says which column means what: a row a ticket, or a row for every
/// change. Its history is not judged: what happened there is recorded as it
/// was, and what has no word here is kept under the name of its column and
/// told with its line. Every event says when it came in. Doing it again, or
/// with a longer log, adds what is new; so does doing it after it was cut off.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// What desk export wrote, or a file of CSV or JSON Lines; - for stdin
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: String,
    /// The mapping: a TOML file, or a built-in one: servicenow-events,
    /// servicenow, rt, zammad, glpi, jira
    #[arg(long, value_name = "MAP", value_hint = clap::ValueHint::FilePath)]
    map: Option<String>,
    /// Take in nothing: print a first mapping for the file instead
    #[arg(long, conflicts_with_all = ["map", "strict"])]
    suggest: bool,
    /// Take in nothing if there is anything that is refused or not understood
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        file,
        map,
        suggest,
        strict,
    } = args;
    if suggest {
        return suggested(&file);
    }
    let intake = match map {
        Some(map) => mapped(ctx, &file, &map, strict)?,
        None => ctx.desk.take_in(&mut input_file::lines(&file)?, strict)?,
    };
    Ok(CommandOutput {
        code: u8::from(intake.rows.refused + intake.tickets.refused > 0),
        ..View::Matter(Matter::Imported(Box::new(intake))).into()
    })
}

/// How many rows a suggestion looks at.
const SAMPLE: usize = 2_000;

/// Prints a first mapping.
fn suggested<'a>(file: &str) -> Result<CommandOutput<'a>, Error> {
    let wrong = |reason: String| {
        Error::usage(
            format!("{file} cannot be read as a table: {reason}"),
            "give a CSV file whose first line names its columns, or JSON Lines",
        )
    };
    let (text, mut notes) = import::decode(input_file::bytes(file)?, None).map_err(wrong)?;
    let mut records = import::read_table(&text, None, &mut notes).map_err(wrong)?;
    let mut sample = Vec::new();
    while sample.len() < SAMPLE
        && let Some((_, record)) = records.next().map_err(wrong)?
    {
        sample.extend(record);
    }
    let mapping = import::suggest_mapping(&records.header, &sample);
    Ok(View::Raw(mapping.into_bytes()).into())
}

/// Takes in the log of another system.
fn mapped(
    ctx: &CommandContext<'_>,
    file: &str,
    map: &str,
    strict: bool,
) -> Result<ImportReport, Error> {
    let map = input_file::mapping(map)?;
    let wrong = |reason: String| {
        Error::usage(
            format!("{file} cannot be taken in: {reason}"),
            "look at the mapping and at the first lines of the file",
        )
    };
    let bytes = input_file::bytes(file)?;
    let encoding = map.format.encoding.as_deref();
    let (text, mut notes) = import::decode(bytes, encoding).map_err(wrong)?;
    let mut records = import::read_table(&text, map.format.delimiter, &mut notes).map_err(wrong)?;
    let reader = import::RowReader::new(&map, &records.header, ctx.desk.now()).map_err(wrong)?;
    let shown = !ctx.config.quiet;
    let progress = Progress::over(records.progress().1, shown);
    let mut rows = std::iter::from_fn(|| match records.next() {
        Ok(Some((line, record))) => {
            progress.at(records.progress().0);
            Some(Ok(record
                .map_err(|fault| Finding {
                    line,
                    number: None,
                    refused: true,
                    reason: "it is no JSON object".to_owned(),
                    column: None,
                    value: Some(fault),
                })
                .and_then(|record| reader.read_row(line, &record))))
        }
        Ok(None) => None,
        Err(reason) => Some(Err(wrong(reason))),
    });
    let intake = ctx.desk.import(&mut rows, &reader.options(), strict);
    progress.end();
    Ok(ImportReport { notes, ..intake? })
}
