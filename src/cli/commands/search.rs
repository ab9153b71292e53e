//! `desk search`: full-text search in tickets.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::usage;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput, exit_code_for};
use crate::cli::filter_args;
use crate::cli::filter_args::{ChosenColumn, Filter};
use crate::cli::filter_words::FilterWords;
use crate::domain::text;
use crate::error::Error;
use crate::output::{Column, Rows, SearchResultList, TicketList};
use crate::output_format::OutputFormat;

/// Default number of tickets in a table.
const LINES: u32 = 20;

/// Search the text of tickets
///
/// Searches titles, descriptions, symptoms, answers, notes, messages and
/// resolutions of open and closed tickets, best match first. Case, accents and
/// word endings are ignored. All words must match; if no ticket has them all,
/// the closest matches are shown. Quote a "phrase" to match it as a whole;
/// print* matches words that start with print.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk search <WORDS>... [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk search vpn drops
  desk search '\"error 691\"' print* --status closed
  desk search printer --category hardware --limit 5
  desk search printer --filter 'p:P1 -assignee:none'")]
pub(crate) struct Args {
    /// What to search for; - reads it from stdin
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Words of a filter, such as 'p:P1 -assignee:none' or @VIEW; see desk help filters
    #[arg(long = "filter", value_name = "WORDS", allow_hyphen_values = true)]
    filter_words: Option<String>,
    #[command(flatten)]
    filter: Filter,
    /// At most this many; 0 for all [default: 20 in a table, else all]
    #[arg(long, short = 'n', value_name = "COUNT", help_heading = filter_args::DISPLAY_HEADING)]
    limit: Option<u32>,
    /// Print a plain list with these columns, in this order
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = crate::cli::args::value_of(ChosenColumn::parse), add = ArgValueCandidates::new(completion::columns), help_heading = filter_args::DISPLAY_HEADING)]
    columns: Vec<ChosenColumn>,
    /// Omit the header line
    #[arg(long, help_heading = filter_args::DISPLAY_HEADING)]
    no_header: bool,
    /// Print only the number of tickets that match all words
    #[arg(long, help_heading = filter_args::DISPLAY_HEADING)]
    count: bool,
    /// Print only ticket numbers, one per line; short for --format ids
    #[arg(long, conflicts_with_all = ["count", "columns"], help_heading = filter_args::DISPLAY_HEADING)]
    ids: bool,
    /// Exit with 10 if a ticket matches all words
    #[arg(long, help_heading = filter_args::DISPLAY_HEADING)]
    exit_code: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        words,
        filter_words,
        filter,
        limit,
        columns,
        no_header,
        count,
        ids,
        exit_code,
    } = args;
    let (chosen, added) = filter_args::chosen_columns(ctx, columns)?;
    let columns = match (chosen, added.is_empty()) {
        (Some(columns), _) => columns,
        (None, true) => Vec::new(),
        (None, false) => [vec![Column::Id, Column::Title], added].concat(),
    };
    let typed = match words.as_slice() {
        [one] if one == "-" => ctx.prompt.stdin()?,
        words => phrases(words),
    };
    let typed = text::body("search", &typed).map_err(usage)?;
    let filter_words = FilterWords::split(filter_words.as_deref())?;
    let mut query = filter.query_all(&filter_words, ctx)?;
    let table = ctx.config.format.value == OutputFormat::Table && !ids;
    query.limit = match count {
        true => Some(0),
        false => filter_args::row_limit(limit, table.then_some(LINES)),
    };
    ctx.desk.policies()?;
    ctx.desk.check_names(&query)?;
    let found = ctx.desk.search(&typed, &query)?;
    let code = exit_code_for(exit_code, found.full_matches > 0);
    let output = if count {
        TicketList {
            rows: Rows::Count(found.full_matches),
            total: None,
            columns: None,
            added: Vec::new(),
            empty: "",
            header: !no_header,
        }
        .into()
    } else if columns.is_empty() {
        found.into()
    } else {
        SearchResultList::new(found, columns, !no_header).into()
    };
    Ok(CommandOutput {
        exit_code: code,
        format: ids.then_some(OutputFormat::Ids),
        ..output
    })
}

/// Joins the arguments into one query. An argument with several words had its
/// quotes removed by the shell, so it is still a phrase.
fn phrases(words: &[String]) -> String {
    let quoted = |word: &String| {
        let several = word.split_whitespace().nth(1).is_some();
        // A single quoted argument is the whole query, not a phrase.
        if several && words.len() > 1 && !word.contains('"') {
            format!("\"{word}\"")
        } else {
            word.clone()
        }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
