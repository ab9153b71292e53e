//! `desk due`: promises by hand when a clock is due, or withdraws the promise.

use chrono::TimeDelta;

use crate::cli::args::{TellArgs, body, time, value_of};
use crate::cli::completion::fixed;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::domain::Timestamp;
use crate::domain::decide::{Command, PromiseRequest, WithdrawalRequest};
use crate::domain::event::TicketId;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;
use crate::output;

/// Promise by hand when a ticket is due
///
/// The promise goes before the targets of the policy, whatever the priority is or
/// becomes, until it is withdrawn. It is an instant: a pause does not move it, and
/// it can lie outside the opening hours. What was missed before stays missed.
///
/// For the update clock it is when the requester hears next, and ends with the next
/// public message. Nobody is told of a promise by itself; --tell tells the requester.
#[derive(Debug, Clone, clap::Args)]
#[command(
    override_usage = "desk due <ID> <TIME> --reason <TEXT> [OPTIONS]\n       desk due <ID> --withdraw --reason <TEXT> [OPTIONS]"
)]
#[command(after_long_help = "\
Examples:
  desk due 42 'friday 12:00' --reason 'the spare part comes on Friday'
  desk due 42 'friday 12:00' --reason 'spare part' --tell 'It is ready by Friday noon.'
  desk due 42 'in 2h' --clock update --reason 'promised to call back'
  desk due 42 --withdraw --reason 'the part was in stock'")]
pub(crate) struct Args {
    #[command(flatten)]
    tickets: FirstArgument,
    /// When it is due, such as 'friday 12:00' or 'in 2h'
    #[arg(value_name = "TIME")]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    /// The clock: response, update or resolution
    #[arg(long, value_name = "CLOCK", value_parser = value_of(ClockName::parse), add = fixed(ClockName::WORDS), default_value = "resolution")]
    clock: ClockName,
    /// Withdraw the promise: the target of the policy is in force again
    #[arg(long)]
    withdraw: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    tell: TellArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        tickets,
        words,
        escaped,
        clock,
        withdraw,
        reason,
        tell,
    } = args;
    let words = TicketsAndWords::new(tickets, words, escaped);
    let (tickets, words) = words.split(ctx, Expected::Word("time"))?;
    let typed = words.join(" ");
    if withdraw && !typed.trim().is_empty() {
        return Err(Error::usage(
            format!("--withdraw takes no time, so '{typed}' would be lost"),
            "leave the time out, or leave --withdraw out to promise another one",
        ));
    }
    let message = tell.message()?;
    if message.is_some() && clock == ClockName::Response && !withdraw {
        return Err(Error::usage(
            "a message to the requester is the response, so that none is left to promise",
            "leave --tell out, or promise another one: --clock update or --clock resolution",
        ));
    }
    let due = match (withdraw, typed.trim().is_empty()) {
        (true, _) => None,
        (false, false) => Some(typed),
        (false, true) => Some(ctx.prompt.line("due time", "desk due ID TIME")?),
    };
    let due = due.map(|typed| time(ctx, &typed, Prefer::Future));
    let due = due.transpose()?;
    let reason = match body("reason", reason.as_ref())? {
        Some(reason) => reason,
        None => ctx.prompt.line("reason", "--reason TEXT")?,
    };
    let command = match due {
        Some(due) => Command::PromiseDue(PromiseRequest {
            clock,
            due,
            reason,
            message,
        }),
        None => Command::WithdrawPromise(WithdrawalRequest {
            clock,
            reason,
            message,
        }),
    };
    let done = ctx.execute(&tickets, &command)?;
    if let Some(due) = due {
        note_closed_time(ctx, &tickets.ids, clock, due);
    }
    Ok(done)
}

/// Says that a promise lies outside the opening hours of a ticket. It holds all the
/// same, and what cannot be read is not a reason to fail after it is on disk.
fn note_closed_time(ctx: &CommandContext<'_>, ids: &[TicketId], clock: ClockName, due: Timestamp) {
    let policies = ctx.desk.known_policies();
    let last = due - TimeDelta::milliseconds(1);
    let closed = ids.iter().find_map(|id| {
        let page = ctx.desk.details(*id).ok()?;
        let target = page.ticket.clock_events.target(clock)?;
        let calendar = target.calendar(&policies);
        // At closing time itself somebody was there.
        let is_open = calendar.is_open(due) || calendar.is_open(last);
        (!is_open).then(|| target.calendar.clone())
    });
    if let Some(calendar) = closed {
        let calendar = output::safe_line(&calendar);
        let note =
            format!("desk: that is outside the opening hours of {calendar}; it holds all the same");
        ctx.notes.borrow_mut().push(note);
    }
}
