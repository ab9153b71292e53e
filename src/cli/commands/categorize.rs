//! `desk categorize`: where it belongs in the category tree.

use crate::cli::args::{category, single};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::Words;
use crate::domain::decide::Command;
use crate::domain::event::TicketId;
use crate::domain::search::similar::CategorySuggestion;
use crate::error::Error;
use crate::render::{Matter, View, on_a_line, percent, within};

/// Put it into its category
///
/// Without a category, those of similar tickets are suggested: to choose from
/// on a terminal, as a list otherwise; the list changes nothing.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk categorize <ID>... <CATEGORY> [OPTIONS]\n       desk categorize <ID>"
)]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    /// Show past tickets like it, also where no terminal is written to
    #[arg(long)]
    similar: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { words, similar } = args;
    let (ids, rest) = words.split(ctx)?;
    let one = match ids.ids.as_slice() {
        [id] if !ids.several => Some(*id),
        _ => None,
    };
    let typed = match (single(&rest, "category")?, one) {
        (Some(typed), _) => typed,
        (None, Some(id)) if !ctx.ask.is_interactive() => {
            ctx.desk.policies()?;
            let similar = ctx.desk.suggestions_for(id)?;
            return Ok(View::Matter(Matter::Suggested(Box::new(similar))).into());
        }
        (None, one) => asked(ctx, one)?,
    };
    let command = Command::Categorize {
        category: category(&typed)?,
    };
    match one {
        Some(id) => {
            let mut answer = ctx.beside(ctx.desk.act(id, command)?, similar)?;
            if ctx.ask.is_interactive() {
                answer.after.extend(asks(ctx, id));
            }
            Ok(answer)
        }
        None => ctx.act(&ids, &command),
    }
}

/// That the category has questions, and how to ask them; nothing where that
/// cannot be told, for the category is on disk.
fn asks(ctx: &CommandContext<'_>, id: TicketId) -> Option<String> {
    let page = ctx.desk.page(id).ok()?;
    let guide = page.guide(&ctx.desk.policies().ok()?.current);
    let questions = match guide.unanswered_questions(&page.ticket.answers).len() {
        0 => return None,
        1 => "1 question belongs".to_owned(),
        n => format!("{n} questions belong"),
    };
    let id = id.0;
    Some(format!("{questions} to this category: desk diagnose {id}"))
}

/// How a category is given.
const USAGE: &str = "desk categorize ID CATEGORY";
/// How many categories are suggested.
const SUGGESTED: usize = 5;

/// Asks for the category: those of similar tickets come first, then those
/// that the policy lists.
fn asked(ctx: &CommandContext<'_>, one: Option<TicketId>) -> Result<String, Error> {
    let listed = &ctx.desk.policies_if_any()?.current.categories;
    let suggestions = match one {
        Some(id) if ctx.ask.is_interactive() => ctx.desk.suggestions_for(id)?.suggestions,
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
        return ctx.ask.line("category", USAGE);
    }
    if listed.is_empty() {
        labels.push("another one".to_owned());
    }
    let picked = ctx.ask.pick("category", USAGE, &labels)?;
    match paths.get(picked) {
        Some(path) => Ok(path.clone()),
        None => ctx.ask.line("category", USAGE),
    }
}

/// A category with the evidence for it, on one line of the terminal.
fn label(one: &CategorySuggestion, ctx: &CommandContext<'_>) -> String {
    let evidence: Vec<String> = one
        .evidence
        .iter()
        .map(|(id, title)| format!("{id} {}", on_a_line(title)))
        .collect();
    let label = format!(
        "{}  {} of similar tickets: {}",
        one.category,
        percent(one.share),
        evidence.join("; ")
    );
    match ctx.config.size {
        Some((width, _)) => within(&label, width.saturating_sub(POINTER)),
        None => label,
    }
}

/// What stands before a choice, at the latest when it was taken.
const POINTER: usize = 12;
