//! `desk categorize`: sets the category of a ticket.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::single;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::search::similar::CategorySuggestion;
use crate::error::Error;
use crate::output::{CategorySuggestions, cut_to_width, percent, plural, safe_line};

/// Set the category
///
/// Without a category, suggests the categories of similar tickets: on a
/// terminal you choose one, otherwise they are listed and nothing changes.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk categorize <ID> <CATEGORY> [OPTIONS]\n       desk categorize <ID>"
)]
#[command(after_long_help = "\
Examples:
  desk categorize 42 network/vpn
  desk categorize 42")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The category, such as network/vpn
    #[arg(value_name = "CATEGORY", add = ArgValueCandidates::new(completion::categories))]
    category: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    /// Show similar past tickets even if stdout is not a terminal
    #[arg(long)]
    similar: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        category: words,
        escaped,
        similar,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, rest) = words.split(ctx, Expected::Word("category"))?;
    let one = match tickets.ids.as_slice() {
        [id] if !tickets.several => Some(*id),
        _ => None,
    };
    let typed = match (single(&rest, "category")?, one) {
        (Some(typed), _) => typed,
        (None, Some(id)) if !ctx.prompt.is_interactive() => {
            ctx.desk.policies()?;
            let similar = ctx.desk.suggestions_for(id)?;
            return Ok(CategorySuggestions(similar).into());
        }
        (None, one) => prompt_for_category(ctx, one)?,
    };
    let command = Command::Categorize {
        category: ctx.category(&typed)?,
    };
    match one {
        Some(id) => {
            let mut answer = ctx.with_similar(ctx.desk.execute(id, &command)?, similar)?;
            if ctx.prompt.is_interactive() {
                answer.after.extend(open_questions_note(ctx, id));
            }
            Ok(answer)
        }
        None => ctx.execute(&tickets, &command),
    }
}

/// A note that the category has open questions. Failing to look them up is not
/// an error, because the category is already stored.
fn open_questions_note(ctx: &CommandContext<'_>, id: TicketId) -> Option<String> {
    let page = ctx.desk.details(id).ok()?;
    let questionnaire = page.questionnaire(&ctx.desk.policies().ok()?.current);
    let open = questionnaire.unanswered_questions(&page.ticket.answers);
    if open.is_empty() {
        return None;
    }
    let questions = plural(open.len() as u64, "question");
    let id = id.0;
    Some(format!("this category has {questions}: desk diagnose {id}"))
}

/// What to type to give a category.
const USAGE: &str = "desk categorize ID CATEGORY";
/// How many categories to suggest.
const SUGGESTED: usize = 5;

/// Prompts for a category: those of similar tickets first, then the others in
/// the policy.
fn prompt_for_category(ctx: &CommandContext<'_>, one: Option<TicketId>) -> Result<String, Error> {
    let listed = &ctx.desk.policies_if_any()?.current.categories;
    let suggestions = match one {
        Some(id) if ctx.prompt.is_interactive() => ctx.desk.suggestions_for(id)?.suggestions,
        Some(_) | None => Vec::new(),
    };
    let (mut paths, mut labels) = (Vec::new(), Vec::new());
    for one in suggestions.iter().take(SUGGESTED) {
        paths.push(one.category.as_str().to_owned());
        labels.push(label(one, ctx));
    }
    for branch in listed {
        let path = branch.path.as_str();
        if paths.iter().all(|known| known != path) {
            paths.push(path.to_owned());
            labels.push(path.to_owned());
        }
    }
    if paths.is_empty() {
        return ctx.prompt.line("category", USAGE);
    }
    if listed.is_empty() {
        labels.push("another category".to_owned());
    }
    let picked = ctx.prompt.choose_index("category", USAGE, &labels)?;
    match paths.get(picked) {
        Some(path) => Ok(path.clone()),
        None => ctx.prompt.line("category", USAGE),
    }
}

/// A suggested category with its evidence, cut to one line of the terminal.
pub(super) fn label(one: &CategorySuggestion, ctx: &CommandContext<'_>) -> String {
    let evidence: Vec<String> = one
        .evidence
        .iter()
        .map(|(id, title)| format!("{id} {}", safe_line(title)))
        .collect();
    let label = format!(
        "{}  {} of similar tickets: {}",
        one.category,
        percent(one.share),
        evidence.join("; ")
    );
    match ctx.config.size {
        Some((width, _)) => cut_to_width(&label, width.saturating_sub(POINTER)),
        None => label,
    }
}

/// Columns that the prompt itself takes in front of a choice.
const POINTER: usize = 12;
