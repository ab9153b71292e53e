//! `desk void`: ends a ticket that was a mistake.

use crate::cli::args::{body, usage};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::cli::ticket_selector::SelectedTickets;
use crate::domain::decide::Command;
use crate::domain::text;
use crate::error::Error;
use crate::output::plural;

/// Take a ticket that was a mistake out of the desk
///
/// It is closed and called void: its clocks are cancelled, it is in no list and no
/// figure, and its key is free. Nothing is deleted: desk show shows it, and desk list
/// status:void lists it. A message to it opens a new ticket; desk reopen takes it up
/// again. Several tickets are asked about; without a terminal, give --yes.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk void 42 --reason 'opened twice by a slip'
  desk void 42-45 --reason 'a test of the monitoring' --yes")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// Why it was a mistake
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Do not ask about several tickets
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        reason,
        yes,
    } = args;
    let tickets = tickets.resolve(ctx)?;
    let reason = match body("reason", reason.as_ref())? {
        Some(reason) => reason,
        None => {
            let typed = ctx.prompt.line("why it was a mistake", "--reason TEXT")?;
            text::body("reason", &typed).map_err(usage)?
        }
    };
    if tickets.ids.len() > 1 && !yes {
        ask(ctx, &tickets)?;
    }
    ctx.execute(&tickets, &Command::Void { reason })
}

/// Asks whether several tickets are meant.
fn ask(ctx: &CommandContext<'_>, tickets: &SelectedTickets) -> Result<(), Error> {
    let count = plural(tickets.ids.len() as u64, "ticket");
    if !ctx.prompt.is_interactive() {
        return Err(Error::usage(
            format!("it would make {count} void"),
            "look at them first; then give --yes",
        ));
    }
    let choices = ["leave them", "make them void"].map(str::to_owned);
    let question = format!("make {count} void");
    match ctx.prompt.choose_index(&question, "--yes", &choices)? {
        0 => Err(Error::Interrupted),
        _ => Ok(()),
    }
}
