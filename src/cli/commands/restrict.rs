//! `desk restrict`: lets only some agents see a ticket.

use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::body;
use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::Command;
use crate::error::Error;

/// Restrict a ticket to some agents, or lift the restriction
///
/// For everybody else the ticket is left out of list, search, similar,
/// completion, export, known-errors and hand-overs, and show and every change
/// are refused. Start screen, sla, overdue and sweep show its number, status,
/// priority and clocks; report and check count it. Giving --to again changes who
/// sees it.
///
/// This is courtesy among colleagues and no protection: whoever can read the
/// file of the store can read everything in it, and --as takes any name that the
/// policy gives no login.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk restrict 42 --to anna,ben --reason 'complaint about a colleague'
  desk restrict 42 --lift --reason 'settled'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: TicketArgs,
    /// The agents who see it from now on
    #[arg(long, value_name = "AGENT", num_args = 1.., value_delimiter = ',', required_unless_present = "lift",
          add = ArgValueCandidates::new(completion::agents))]
    to: Vec<String>,
    /// Let every agent see it again; needs a reason
    #[arg(long, conflicts_with = "to")]
    lift: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        to,
        lift,
        reason,
    } = args;
    let tickets = tickets.resolve(ctx)?;
    let reason = body("reason", reason.as_ref())?;
    let command = if lift {
        let reason = match reason {
            Some(reason) => reason,
            None => ctx.prompt.line("reason", "--reason TEXT")?,
        };
        Command::LiftRestriction { reason }
    } else {
        let to = to.iter().map(|name| ctx.assignee(name.trim()));
        let to = to.collect::<Result<_, _>>()?;
        Command::Restrict { to, reason }
    };
    ctx.execute(&tickets, &command)
}
