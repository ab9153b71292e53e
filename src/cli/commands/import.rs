//! `desk import`: imports tickets from another store or from another system.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::progress::Progress;
use crate::domain::import_report::{ImportFinding, ImportReport};
use crate::error::Error;
use crate::import;
use crate::output::{ImportRuns, RawText};

/// Import tickets from another store or system
///
/// Output of desk export is imported under the same numbers; the store must
/// hold no other tickets. The log of another system, in CSV or JSON Lines, with
/// one row per ticket or one row per change, is imported with a mapping that
/// says what each column means. Its history is recorded as it happened, even
/// where desk would not have allowed it. Values that the mapping does not cover
/// are kept under their column name and reported with their line. A first
/// response is judged only if a column says when it was given. Every event
/// records when it was imported. Importing again, with a longer log or after
/// an interruption, adds only what is new.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk import desk.jsonl
  desk import incidents.csv --suggest > map.toml
  desk import incidents.csv --map map.toml
  desk import list.csv --map servicenow --set zone=Europe/Berlin
  desk import --map servicenow --print > map.toml
  desk import --runs
  desk import --undo 3")]
pub(crate) struct Args {
    /// Output of desk export, or a CSV or JSON Lines file; - for stdin
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        required_unless_present_any = ["print", "runs", "undo"]
    )]
    file: Option<String>,
    /// The mapping: a TOML file, or built in: servicenow-events, servicenow,
    /// rt, zammad, glpi, jira
    #[arg(long, value_name = "MAP", value_hint = clap::ValueHint::FilePath)]
    map: Option<String>,
    /// Change a key of the mapping: dates=%d/%m/%Y, zone=Europe/Berlin,
    /// columns.title=Betreff
    #[arg(long, value_name = "KEY=VALUE", requires = "map")]
    set: Vec<String>,
    /// List the runs of imports
    #[arg(long, conflicts_with_all = ["file", "map", "strict", "suggest"])]
    runs: bool,
    /// Take back a run whose tickets nobody has touched since
    #[arg(long, value_name = "RUN", conflicts_with_all = ["file", "map", "strict", "suggest", "runs"])]
    undo: Option<u32>,
    /// Import nothing; print the mapping
    #[arg(long, requires = "map", conflicts_with_all = ["file", "strict"])]
    print: bool,
    /// Import nothing; print a draft mapping for the file
    #[arg(long, conflicts_with_all = ["map", "strict"])]
    suggest: bool,
    /// Import nothing if any row is refused or not fully understood
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        file,
        map,
        set,
        runs,
        undo,
        print,
        suggest,
        strict,
    } = args;
    if runs {
        return Ok(ImportRuns(ctx.desk.import_runs()?).into());
    }
    if let Some(number) = undo {
        return Ok(ctx.desk.undo_import(number)?.into());
    }
    let file = file.unwrap_or_default();
    if suggest {
        return suggest_mapping(&file);
    }
    let map = match map {
        Some(name) => {
            let text = input_file::mapping_text(&name, &set)?;
            let map = input_file::mapping(&name, &text)?;
            if print {
                return Ok(RawText(text.into_bytes()).into());
            }
            Some(map)
        }
        None => None,
    };
    let report = match map {
        Some(map) => import_mapped(ctx, &file, &map, strict)?,
        None => ctx
            .desk
            .import_store(&mut input_file::lines(&file)?, strict)?,
    };
    Ok(CommandOutput {
        exit_code: u8::from(report.rows.refused + report.tickets.refused > 0),
        ..report.into()
    })
}

/// How many rows are sampled for a draft mapping.
const SAMPLE: usize = 2_000;

/// Prints a draft mapping.
fn suggest_mapping<'a>(file: &str) -> Result<CommandOutput<'a>, Error> {
    let wrong = |reason: String| {
        Error::usage(
            format!("cannot read {file} as a table: {reason}"),
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
    Ok(RawText(mapping.into_bytes()).into())
}

/// Imports the log of another system.
fn import_mapped(
    ctx: &CommandContext<'_>,
    file: &str,
    map: &import::Mapping,
    strict: bool,
) -> Result<ImportReport, Error> {
    let wrong = |reason: String| {
        Error::usage(
            format!("cannot import {file}: {reason}"),
            "compare the mapping with the first lines of the file",
        )
    };
    let bytes = input_file::bytes(file)?;
    let encoding = map.format.encoding.as_deref();
    let (text, mut notes) = import::decode(bytes, encoding).map_err(wrong)?;
    let mut records = import::read_table(&text, map.format.delimiter, &mut notes).map_err(wrong)?;
    let dates = import::prove_dates(map, &text).map_err(|unproved| {
        let choices = unproved.choices.iter();
        let choices = choices.map(|form| format!("--set 'dates={form}'"));
        Error::usage(
            format!("cannot import {file}: {}", unproved.reason),
            format!("choose one: {}", choices.collect::<Vec<_>>().join(" or ")),
        )
    })?;
    let now = ctx.desk.now();
    let reader = import::RowReader::new(map, &dates, &records.header, now).map_err(wrong)?;
    notes.extend(reader.recognized());
    let left_out = reader.left_out();
    if let Some(column) = left_out.first().filter(|_| strict) {
        return Err(Error::usage(
            column.described(),
            "without --strict it is reported and the rest is imported",
        ));
    }
    let shown = !ctx.config.quiet;
    let progress = Progress::new(records.progress().1, shown);
    let mut rows = std::iter::from_fn(|| match records.next() {
        Ok(Some((line, record))) => {
            progress.set(records.progress().0);
            Some(Ok(record
                .map_err(|fault| ImportFinding {
                    value: Some(fault),
                    ..ImportFinding::refused(line, None, "row is not a JSON object".to_owned())
                })
                .and_then(|record| reader.read_row(line, &record))))
        }
        Ok(None) => None,
        Err(reason) => Some(Err(wrong(reason))),
    });
    let report = ctx.desk.import(&mut rows, &reader.options(), strict);
    progress.finish();
    let report = report?;
    let findings = [left_out, report.findings].concat();
    Ok(ImportReport {
        notes,
        findings,
        ..report
    })
}
