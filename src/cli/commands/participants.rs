//! `desk participants`: who takes part in a conversation besides the requester.

use crate::cli::args::usage;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::domain::people::Requester;
use crate::domain::vocabulary::UnknownWord;
use crate::error::Error;
use crate::output::Participants;

/// Show, add or remove the participants of a conversation
///
/// Participants are people in copy, and the requesters of tickets that were merged
/// into this one. What somebody in copy writes is owed an answer, but never reopens
/// the ticket; record it with desk reply --from.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk participants <ID> [add|remove <PERSON>] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk participants 42
  desk participants 42 add 'Kim Lund <kim@example.org>'
  desk participants 42 remove kim@example.org")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// What to do, add or remove, and with whom, such as 'Kim Lund
    /// <kim@example.org>'; without it, the participants are shown
    #[arg(value_name = "ACTION", add = crate::cli::completion::fixed(ACTIONS))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
}

const ACTIONS: &[&str] = &["add", "remove"];

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, words) = words.split(ctx, Expected::Word("action"))?;
    let Some((action, person)) = words.split_first() else {
        return match tickets.ids.as_slice() {
            [id] => Ok(Participants(ctx.desk.details(*id)?).into()),
            _ => Err(Error::usage(
                "the participants of one ticket are shown at a time",
                "use one number such as 42",
            )),
        };
    };
    let person = person.join(" ");
    if person.trim().is_empty() {
        return Err(Error::usage(
            "the participant is missing",
            "give name and contact, such as 'Kim Lund <kim@example.org>'",
        ));
    }
    let person = || Requester::parse(&person).map_err(usage);
    let command = match action.as_str() {
        "add" => Command::AddParticipant {
            person: ctx.requester(person()?)?,
        },
        "remove" => Command::RemoveParticipant { person: person()? },
        other => {
            let accepted = ACTIONS.iter().copied();
            return Err(usage(UnknownWord::new("action", other, accepted)));
        }
    };
    ctx.execute(&tickets, &command)
}
