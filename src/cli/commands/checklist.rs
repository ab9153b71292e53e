//! `desk checklist`: what is to be done on a ticket, item by item.

use crate::cli::args::usage;
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::text;
use crate::domain::vocabulary::{ChecklistMark, UnknownWord};
use crate::error::Error;
use crate::output::ChecklistPage;

/// Show or change the checklist of a ticket
///
/// Items are numbered, and keep their numbers when others are dropped. With the gate
/// checklist in the policy a ticket is only resolved when all items are done. Find
/// tickets with desk list checklist:open.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk checklist <ID> [add <TEXT> | done|undone|drop <NUMBERS>] [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk checklist 42
  desk checklist 42 add 'label the new laptop'
  desk checklist 42 done 1,3")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// What to do: add with a text, or done, undone or drop with the numbers of
    /// items; without it, the checklist is shown
    #[arg(value_name = "ACTION", add = fixed(ACTIONS))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
}

const ACTIONS: &[&str] = &["add", "done", "undone", "drop"];

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, words) = words.split(ctx, Expected::Word("action"))?;
    let Some((action, rest)) = words.split_first() else {
        return match tickets.ids.as_slice() {
            [id] => Ok(ChecklistPage(ctx.desk.details(*id)?).into()),
            _ => Err(Error::usage(
                "the checklist of one ticket is shown at a time",
                "use one number such as 42",
            )),
        };
    };
    let mark = match action.to_lowercase().as_str() {
        "add" => {
            let item = text::line("item", &rest.join(" ")).map_err(usage)?;
            let items = vec![item];
            return ctx.execute(&tickets, &Command::AddToChecklist { items });
        }
        "done" => ChecklistMark::Done,
        "undone" => ChecklistMark::Open,
        "drop" => ChecklistMark::Dropped,
        _ => {
            let accepted = ACTIONS.iter().copied();
            return Err(usage(UnknownWord::new("action", action, accepted)));
        }
    };
    let items = numbers(action, rest)?;
    ctx.execute(&tickets, &Command::MarkChecklist { items, mark })
}

/// The numbers of items: `1,3`, `2-4` or several words.
fn numbers(action: &str, words: &[String]) -> Result<Vec<u32>, Error> {
    let bad = |typed: &str| {
        Error::usage(
            format!("'{typed}' is not the number of an item"),
            format!("give numbers that desk checklist ID shows, such as {action} 1,3"),
        )
    };
    let mut numbers = Vec::new();
    for word in words.iter().flat_map(|word| word.split(',')) {
        let word = word.trim();
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        let number = |text: &str| text.trim_start_matches('#').parse::<u32>();
        match (number(from), number(to)) {
            // No ticket has more items.
            (Ok(from), Ok(to)) if from <= to && to - from < 1_000 => numbers.extend(from..=to),
            (Ok(_) | Err(_), Ok(_) | Err(_)) => return Err(bad(word)),
        }
    }
    if numbers.is_empty() {
        return Err(bad(""));
    }
    Ok(numbers)
}
