//! `desk outbox`: mails on their way out.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::domain::event::TicketId;
use crate::domain::mail::outgoing::OutboxQuery;
use crate::error::Error;
use crate::output::{OutboxList, OutboxPage};

/// List, send, retry and drop the mails on their way out
///
/// Without a subcommand, lists the mails that were not sent yet, or that did not
/// arrive. A mail is written when it is queued, together with what it is about;
/// it is handed over after the command, by desk sweep, or by desk outbox send.
///
/// A mail is unknown if desk, or the line to the mail system, ended while it was
/// handed over: it may have been sent. One is held if too many mails went to its
/// recipient. Both wait for you: desk outbox retry, or desk outbox drop.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_long_help = "\
Examples:
  desk outbox
  desk outbox --all --ticket 42
  desk outbox send
  desk outbox retry 7")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Also mails that were sent or dropped
    #[arg(long)]
    all: bool,
    /// Only mails about this ticket
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Show a mail with its headers and its text
    Show(Number),
    /// Hand over everything that is due
    Send(Send),
    /// Queue a mail again that failed, is unknown or held, or waits
    Retry(Number),
    /// Cancel a mail that was not sent
    Drop(Number),
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct Number {
    /// The number of the mail, from desk outbox
    #[arg(value_name = "MAIL")]
    mail: i64,
}

/// Hand over everything that is due
#[derive(Debug, Clone, Copy, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk outbox send
  desk outbox send --dry-run")]
struct Send {
    /// Only list what is due
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        action,
        all,
        ticket,
    } = args;
    ctx.desk.policies_if_any()?;
    match action {
        None => list(ctx, all, ticket.as_deref()),
        Some(Action::Show(Number { mail })) => Ok(OutboxPage(ctx.desk.outbox_entry(mail)?).into()),
        Some(Action::Send(Send { dry_run })) => send(ctx, dry_run),
        Some(Action::Retry(Number { mail })) => one(ctx.desk.retry_mail(mail)?),
        Some(Action::Drop(Number { mail })) => one(ctx.desk.drop_mail(mail)?),
    }
}

fn list<'a>(
    ctx: &'a CommandContext<'a>,
    all: bool,
    ticket: Option<&str>,
) -> Result<CommandOutput<'a>, Error> {
    let number = |typed: &str| {
        let digits = typed.trim().trim_start_matches('#');
        let number = digits.parse::<i64>().map(TicketId);
        number.map_err(|_| {
            Error::usage(
                format!("'{typed}' is not a ticket number"),
                "give a number, such as --ticket 42",
            )
        })
    };
    let query = OutboxQuery {
        ticket: ticket.map(number).transpose()?,
        finished: all,
    };
    let nothing = if all {
        "no mails"
    } else {
        "no mails are waiting; see those that were sent with: desk outbox --all"
    };
    let entries = ctx.desk.outbox(query)?;
    Ok(OutboxList { entries, nothing }.into())
}

fn send<'a>(ctx: &'a CommandContext<'a>, dry_run: bool) -> Result<CommandOutput<'a>, Error> {
    let nothing = "nothing is due";
    if dry_run {
        let entries = ctx.desk.due_mail()?;
        return Ok(OutboxList { entries, nothing }.into());
    }
    if ctx.config.mail_transport.is_none() {
        return Err(Error::usage(
            "no mail transport is configured, so nothing can be sent",
            "write [mail.transport] into the settings; see desk help mail-guide",
        ));
    }
    let entries = ctx.desk.send_due()?.tried;
    Ok(OutboxList { entries, nothing }.into())
}

fn one<'a>(entry: crate::domain::mail::outgoing::OutboxEntry) -> Result<CommandOutput<'a>, Error> {
    let entries = vec![entry];
    Ok(OutboxList {
        entries,
        nothing: "",
    }
    .into())
}
