//! `desk person erase`: erases a person and every copy of what names them.

use std::collections::BTreeSet;

use super::find;
use crate::app::TextSelection;
use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::privacy::pieces::{Piece, PiecePlace};
use crate::domain::privacy::read_models::FoundPerson;
use crate::domain::rejection::Rejection;
use crate::domain::vocabulary::TextChoice;
use crate::error::Error;
use crate::output::{plural, safe_line};

/// Erase a person
///
/// First says what would be erased, and asks; without a terminal, give --yes. The
/// fields that name the person are erased on every ticket, with every copy of them:
/// in rows, the search index, the list of agents, and your drafts. The texts that
/// they wrote or that mention them are offered one by one; without a terminal,
/// --texts says which of them go. Numbers, times, clocks and statuses stay, and what
/// is owed to the person is owed no longer. Each ticket records which texts were
/// erased and the reason, so that desk verify finds a text that is missing
/// otherwise.
///
/// Copies of the store that were made before still have the texts. desk restore
/// erases them again, by the list of redactions beside the store.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person erase mia@example.org --reason 'asked for on 2 March' --dry-run
  desk person erase mia@example.org --reason 'asked for on 2 March' --texts certain --yes")]
pub(super) struct Args {
    /// A mail address, a telephone number, a whole name, or 'NAME <CONTACT>'
    #[arg(value_name = "WHO")]
    who: String,
    /// Why, without the name of the person
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Which texts go: none, those that are certain to be about the person, or also
    /// those that are possible
    #[arg(long, value_name = "WHICH", add = crate::cli::completion::fixed(TextChoice::WORDS),
          value_parser = TextChoice::parse)]
    texts: Option<TextChoice>,
    /// Only show what would be erased
    #[arg(long)]
    dry_run: bool,
    /// Erase without asking
    #[arg(short, long)]
    yes: bool,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        who: typed,
        reason,
        texts,
        dry_run,
        yes,
    } = args;
    let found = find(ctx, &typed)?;
    ctx.desk.check_erasure(&found)?;
    let drafts = ctx.prompt.drafts_about(&found.who);
    if dry_run {
        let texts = TextSelection::Choice(texts.unwrap_or(TextChoice::None));
        return Ok(ctx.desk.preview_erasure(&found, &texts).into());
    }
    let reason = match body("reason", reason.as_ref())? {
        Some(reason) => reason,
        None => ctx.prompt.line("reason", "--reason TEXT")?,
    };
    if found.who.mentioned_in(&reason, true).is_some() {
        return Err(Rejection::ReasonNames.into());
    }
    let texts = selection(ctx, &found, texts)?;
    if !yes {
        ask(ctx, &found, &texts, drafts.len())?;
    }
    let erasure = ctx.desk.erase_person(&found, &texts, &reason)?;
    ctx.prompt.remove_drafts(&drafts)?;
    Ok(erasure.into())
}

/// Which texts go: as given, or as somebody at the terminal decides one by one.
fn selection(
    ctx: &CommandContext<'_>,
    found: &FoundPerson,
    given: Option<TextChoice>,
) -> Result<TextSelection, Error> {
    if let Some(choice) = given {
        return Ok(TextSelection::Choice(choice));
    }
    let texts: Vec<&Piece> = found
        .pieces
        .iter()
        .filter(|piece| piece.is_text())
        .collect();
    if texts.is_empty() {
        return Ok(TextSelection::Choice(TextChoice::None));
    }
    if !ctx.prompt.is_interactive() {
        let count = plural(texts.len() as u64, "text");
        return Err(Error::usage(
            format!("{count} may be about the person"),
            "see them with: desk person find WHO; say which go with --texts none, certain or possible",
        ));
    }
    let mut chosen = BTreeSet::new();
    let answers = [
        "keep it",
        "erase it",
        "erase it and all that follow",
        "keep the rest",
    ];
    let answers = answers.map(str::to_owned);
    let count = texts.len();
    for (index, piece) in texts.iter().enumerate() {
        let question = question(piece, index + 1, count);
        match ctx.prompt.choose_index(&question, "--texts", &answers)? {
            0 => {}
            1 => {
                chosen.insert(piece.place.clone());
            }
            2 => {
                chosen.extend(texts[index..].iter().map(|piece| piece.place.clone()));
                break;
            }
            _ => break,
        }
    }
    Ok(TextSelection::Chosen(chosen))
}

/// How much of a text a question shows, in characters.
const SHOWN: usize = 300;

fn question(piece: &Piece, number: usize, count: usize) -> String {
    let place = match &piece.place {
        PiecePlace::Ticket { id, path, .. } => format!("{id} {path}"),
        PiecePlace::Desk { path, .. } => format!("desk {path}"),
    };
    let text: String = piece.text.chars().take(SHOWN).collect();
    let (role, certainty) = (piece.role.as_str(), piece.certainty.as_str());
    safe_line(&format!(
        "{number}/{count} {place} ({role}, {certainty}): {text}"
    ))
}

/// Asks whether the person is to be erased.
fn ask(
    ctx: &CommandContext<'_>,
    found: &FoundPerson,
    texts: &TextSelection,
    drafts: usize,
) -> Result<(), Error> {
    let erasure = ctx.desk.preview_erasure(found, texts);
    let tickets = plural(erasure.tickets.len() as u64, "ticket");
    let mut what = format!("{} on {tickets}", plural(erasure.erased, "text"));
    if drafts > 0 {
        what = format!("{what} and {}", plural(drafts as u64, "draft"));
    }
    let question = format!("erase {what}; this cannot be undone");
    if !ctx.prompt.is_interactive() {
        return Err(Error::usage(
            format!("it would {question}"),
            "see them with --dry-run; to erase them: --yes",
        ));
    }
    let choices = ["keep everything", "erase"].map(str::to_owned);
    match ctx.prompt.choose_index(&question, "--yes", &choices)? {
        0 => Err(Error::Interrupted),
        _ => Ok(()),
    }
}
