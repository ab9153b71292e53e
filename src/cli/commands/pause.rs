//! `desk pause`: pauses a ticket and its resolution clock.

use crate::cli::args::{ForceArgs, body, completed, time, usage};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::{self, MessageArg};
use crate::cli::ticket_selection::{EscapedWords, FirstArgument, TicketsAndWords};
use crate::cli::ticket_selector::looks_like_tickets;
use crate::domain::decide::{Command, PauseRequest};
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::PauseReason;
use crate::error::Error;

/// Pause a ticket and its resolution clock
///
/// Waiting for the requester requires a question to them: the latest message
/// on the ticket, or one sent with --ask. Any answer from the requester resumes
/// the ticket. The response clock is never paused.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk pause <ID> <requester|vendor|change|evidence|other> [NOTE] [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk pause 42 vendor 'case 1234 opened' --until 'monday 9:00'
  desk pause 42 requester --ask 'Which version do you use?'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The reason: requester, vendor, change, evidence or other; then a note
    #[arg(value_name = "REASON", add = fixed(PauseReason::WORDS))]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    #[command(flatten)]
    message: MessageArg,
    /// Resume at this time at the latest, by itself
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Send this public question to the requester
    #[arg(long, value_name = "TEXT")]
    ask: Option<String>,
    #[command(flatten)]
    force: ForceArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
        message,
        until,
        ask,
        force,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, mut text) = text_args::split(ctx, &words, message)?;
    let choices: Vec<String> = PauseReason::WORDS.iter().map(ToString::to_string).collect();
    let given = text.take_first(|_| true);
    if let Some(typed) = given.as_deref().filter(|word| looks_like_tickets(word)) {
        return Err(Error::usage(
            format!("'{typed}' is not a pause reason"),
            "give the reason after the tickets; name several as one list, such as 4,5",
        ));
    }
    let note = text.given(ctx, "note")?;
    if let Some(typed) = note.as_deref().and_then(|note| note.strip_prefix("until "))
        && until.is_none()
        && time(ctx, typed, Prefer::Future).is_ok()
    {
        return Err(Error::usage(
            format!("'until {typed}' would only be a note"),
            format!("give the time with --until '{typed}'"),
        ));
    }
    let reason = ctx.given_or_chosen(given, "pause reason", "desk pause ID REASON", &choices)?;
    let command = Command::Pause(PauseRequest {
        reason: PauseReason::parse(completed(&reason, PauseReason::WORDS)).map_err(usage)?,
        until: until
            .map(|typed| time(ctx, &typed, Prefer::Future))
            .transpose()?,
        note,
        ask: body("question", ask.as_ref())?,
        force: force.reason()?,
    });
    ctx.execute(&tickets, &command)
}
