//! `desk search`: tickets by what is written on them.

use crate::cli::args::usage;
use crate::cli::completion::words;
use crate::cli::context::{CommandContext, CommandOutput, YES};
use crate::cli::filter_args;
use crate::cli::filter_args::Filter;
use crate::config::Form;
use crate::domain::text;
use crate::error::Error;
use crate::render::{Column, Format, Listing, Matter, Rows, View};

/// How many tickets a table shows unless asked otherwise.
const LINES: u32 = 20;

/// Find tickets by what is written on them
///
/// Titles, descriptions, symptoms, answers, the log, messages and resolutions
/// are searched, in open and closed tickets, the closest first. Letter case,
/// accents and endings do not matter. Every word must be there; where no
/// ticket has them all, the closest are shown. "Words in quotes" stand
/// together, and print* is the beginning of a word.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk search <WORDS>... [OPTIONS]")]
pub(crate) struct Args {
    /// What to look for; - reads it from stdin
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    #[command(flatten)]
    filter: Filter,
    /// At most this many; 0 for all [default: 20 in a table, else all]
    #[arg(long, short = 'n', value_name = "COUNT", help_heading = filter_args::SHOWN)]
    limit: Option<u32>,
    /// A plain list with these columns, in this order
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = crate::cli::args::word(Column::parse), add = words(Column::WORDS), help_heading = filter_args::SHOWN)]
    columns: Vec<Column>,
    /// Without the line of column names
    #[arg(long, help_heading = filter_args::SHOWN)]
    no_header: bool,
    /// Only say how many tickets have all of it
    #[arg(long, help_heading = filter_args::SHOWN)]
    count: bool,
    /// Only the numbers, one a line, short for --format ids
    #[arg(long, conflicts_with_all = ["count", "columns"], help_heading = filter_args::SHOWN)]
    ids: bool,
    /// Exit with 10 if a ticket has all of it
    #[arg(long, help_heading = filter_args::SHOWN)]
    exit_code: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        words,
        filter,
        limit,
        columns,
        no_header,
        count,
        ids,
        exit_code,
    } = args;
    let typed = match words.as_slice() {
        [one] if one == "-" => ctx.ask.stdin()?,
        words => phrases(words),
    };
    let typed = text::body("search", &typed).map_err(usage)?;
    let mut query = filter.anywhere(ctx)?;
    let table = ctx.config.format.value == Form::Table && !ids;
    query.limit = match limit {
        Some(0) => None,
        Some(limit) => Some(limit),
        None if table => Some(LINES),
        None => None,
    };
    if count {
        query.limit = Some(0);
    }
    ctx.desk.policies()?;
    ctx.desk.check_names(&query)?;
    let found = ctx.desk.search(&typed, &query)?;
    let code = if exit_code && found.full_matches > 0 {
        YES
    } else {
        0
    };
    let view = if count {
        View::Tickets(Listing {
            rows: Rows::Counted(found.full_matches),
            total: None,
            columns: None,
            empty: "",
            header: !no_header,
        })
    } else if columns.is_empty() {
        View::Matter(Matter::Found(Box::new(found)))
    } else {
        View::Matter(Matter::Listed {
            found: Box::new(found),
            columns,
            header: !no_header,
        })
    };
    Ok(CommandOutput {
        code,
        format: ids.then_some(Format::Ids),
        ..view.into()
    })
}

/// What was typed, as one text: what the shell took the quotes from is still
/// a phrase.
fn phrases(words: &[String]) -> String {
    let quoted = |word: &String| {
        let several = word.split_whitespace().nth(1).is_some();
        // All of it in one pair of quotes is a text, not a phrase.
        if several && words.len() > 1 && !word.contains('"') {
            format!("\"{word}\"")
        } else {
            word.clone()
        }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}
