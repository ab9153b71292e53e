//! `desk similar`: finds similar past tickets.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::ticket_selection;
use crate::domain::search::similar::{SimilarTickets, SimilarityQuery};
use crate::error::Error;
use crate::import;
use crate::output::CategorySuggestions;

/// Default number of tickets.
const MOST: usize = 10;

/// Find similar past tickets and how they were resolved
///
/// The most helpful come first: known errors, then resolved tickets, then
/// others that are equally close. Rare words count more; word endings and
/// synonyms are considered.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk similar <ID>\n       desk similar --text <TEXT>\n       desk similar --evaluate <FILE>"
)]
#[command(after_long_help = "\
Examples:
  desk similar 42
  desk similar --text 'outlook asks for the password again'
  desk similar 42 --categories")]
pub(crate) struct Args {
    /// The ticket to compare with
    #[arg(value_name = "ID", required_unless_present_any = ["text", "evaluate"],
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    id: Option<String>,
    /// Compare with this text, such as the words of a caller; - for stdin
    #[arg(long, short, value_name = "TEXT", conflicts_with = "id")]
    text: Option<String>,
    /// Show the categories of similar tickets, most likely first
    #[arg(long)]
    categories: bool,
    /// At most this many [default: 10]
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<usize>,
    /// Evaluate with queries whose answers are known: one line each with the
    /// query, a tab and the right ticket numbers (with --categories: the right
    /// category); CSV and JSON Lines work too
    #[arg(long, value_name = "FILE", conflicts_with_all = ["id", "text", "limit"])]
    evaluate: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        id,
        text,
        categories,
        limit,
        evaluate,
    } = args;
    if let Some(path) = evaluate {
        let questions = import::parse_questions(&input_file::text(&path)?).map_err(|fault| {
            Error::usage(
                format!("cannot use {path}: {fault}"),
                "write one line per query: the query, a tab, and ticket numbers separated by commas",
            )
        })?;
        let tried = if categories {
            ctx.desk.evaluate_categories(&questions)?
        } else {
            ctx.desk.evaluate_tickets(&questions)?
        };
        return Ok(tried.into());
    }
    let most = match limit {
        Some(0) => usize::MAX,
        Some(most) => most,
        None => MOST,
    };
    ctx.desk.policies()?;
    let text = match text.as_deref() {
        Some("-") => Some(ctx.prompt.stdin()?),
        Some(_) | None => text,
    };
    let text = body("text", text.as_ref())?.unwrap_or_default();
    let likeness = SimilarityQuery::from(text.as_str());
    let id = match id {
        Some(typed) => Some(ticket_selection::one(&typed, ctx)?),
        None => None,
    };
    let similar = match id {
        Some(id) if categories => ctx.desk.suggestions_for(id)?,
        Some(id) => ctx.desk.similar_to(id, most)?,
        None if categories => SimilarTickets {
            suggestions: ctx.desk.suggestions(&likeness)?,
            ..SimilarTickets::default()
        },
        None => ctx.desk.similar(&likeness, most)?,
    };
    Ok(if categories {
        CategorySuggestions(similar).into()
    } else {
        similar.into()
    })
}
