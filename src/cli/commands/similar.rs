//! `desk similar`: past tickets like this one.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::cli::ticket_selector::ticket;
use crate::domain::event::TicketId;
use crate::domain::search::similar::{Similar, SimilarityQuery};
use crate::error::Error;
use crate::import;
use crate::render::{Matter, View};

/// How many tickets are shown unless asked otherwise.
const MOST: usize = 10;

/// Find past tickets like this one, and how they were resolved
///
/// The most helpful come first: known errors, then what was resolved, then
/// the others that are as close. Words count by how rare they are in this
/// store, endings and words of the same meaning included.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk similar <ID>\n       desk similar --text <TEXT>\n       desk similar --evaluate <FILE>"
)]
pub(crate) struct Args {
    /// The ticket to compare with
    #[arg(value_name = "ID", value_parser = ticket, required_unless_present_any = ["text", "evaluate"],
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    id: Option<TicketId>,
    /// Compare with this text, such as the words of a caller; - reads stdin
    #[arg(long, short, value_name = "TEXT", conflicts_with = "id")]
    text: Option<String>,
    /// Show the categories of similar tickets instead, the likeliest first
    #[arg(long)]
    categories: bool,
    /// At most this many [default: 10]
    #[arg(long, short = 'n', value_name = "COUNT")]
    limit: Option<usize>,
    /// Measure on questions with known answers: a line each with the question,
    /// a tab, and the ticket numbers that answer it (with --categories: the
    /// right category); CSV and JSON Lines are taken too
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
                format!("{path} cannot be taken: {fault}"),
                "write a line each: the question, a tab, and ticket numbers with commas",
            )
        })?;
        let tried = if categories {
            ctx.desk.try_categories(&questions)?
        } else {
            ctx.desk.try_tickets(&questions)?
        };
        return Ok(View::Matter(Matter::Tried(tried)).into());
    }
    let most = match limit {
        Some(0) => usize::MAX,
        Some(most) => most,
        None => MOST,
    };
    ctx.desk.policies()?;
    let text = match text.as_deref() {
        Some("-") => Some(ctx.ask.stdin()?),
        Some(_) | None => text,
    };
    let text = body("text", text.as_ref())?.unwrap_or_default();
    let likeness = SimilarityQuery::text(&text);
    let similar = match id {
        Some(id) if categories => ctx.desk.suggestions_for(id)?,
        Some(id) => ctx.desk.similar_to(id, most)?,
        None if categories => Similar {
            suggestions: ctx.desk.suggestions(&likeness)?,
            ..Similar::default()
        },
        None => ctx.desk.similar(&likeness, most)?,
    };
    let matter = if categories {
        Matter::Suggested(Box::new(similar))
    } else {
        Matter::Similar(Box::new(similar))
    };
    Ok(View::Matter(matter).into())
}
