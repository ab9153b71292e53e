//! `desk spent`: records time that was spent on a ticket.

use crate::cli::clap_errors::InvalidValue;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::spent_args::TimeSpent;
use crate::cli::text_args::{self, MessageArg};
use crate::cli::ticket_selection::{EscapedWords, FirstArgument, TicketsAndWords};
use crate::domain::decide::Command;
use crate::error::Error;

/// Record the time that you spent on a ticket
///
/// log, reply, resolve, close and call --held take it too, with --spent. A time
/// that begins with - corrects what you recorded before. desk show sums it up by
/// agent, desk report by group.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk spent <ID> <DURATION> [NOTE] [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk spent 42 25m 'on the phone with the vendor'
  desk spent 42 1h30m
  desk spent 42 -10m 'counted twice'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// How long, such as 25m or 1h30m; -10m takes back; then a note
    #[arg(value_name = "DURATION", allow_hyphen_values = true)]
    time: Option<String>,
    /// The note
    #[arg(value_name = "NOTE")]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    #[command(flatten)]
    message: MessageArg,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        time,
        words,
        escaped,
        message,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, text) = text_args::split(ctx, &words, message)?;
    let typed = match time {
        Some(typed) => typed,
        None => ctx.prompt.line("time spent", "desk spent ID 25m")?,
    };
    let TimeSpent(time) = TimeSpent::parse_signed(&typed).map_err(InvalidValue::into_usage)?;
    let note = text.given(ctx, "note")?;
    ctx.execute(&tickets, &Command::Spend { time, note })
}
