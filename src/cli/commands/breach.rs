//! `desk breach`: a breach of personal data from the first sign to the closed
//! register.

mod assess;
mod close;
mod contain;
mod decide;
mod details;
mod export;
mod list;
mod log;
mod notice;
mod notify;
mod open;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::breach::OpenNotification;
use crate::domain::decide::{BreachCommand, Command};
use crate::domain::event::TicketId;
use crate::error::Error;
use crate::output::{BreachPages, TicketUpdates, notification_line};

/// Record a breach of personal data, its deadlines and notifications
///
/// A breach belongs to a ticket and has its number. From the time at which
/// somebody decides that the organisation is aware of it, the notifications of
/// the policy are due: under the GDPR within 72 hours. desk measures and
/// records; it sends nothing to an authority, and it is no legal advice.
///
/// See desk help privacy for the way from the first sign to the closed register.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach open 'laptop with customer data stolen' --detected 'today 8:10'
  desk breach decide 42 --aware 'today 9:00' --by 'C. Weber, DPO'
  desk breach notify 42 authority --how 'online form' --reference DSB-2026-118
  desk breach list")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Put a breach on record, on a ticket or with a new one
    Open(open::Args),
    /// Add what became known to the register
    Log(log::Args),
    /// Record a decision: since when you are aware, or which risk there is
    Decide(decide::Args),
    /// Assess the severity with the worksheet of ENISA
    Assess(assess::Args),
    /// Record a step of containment
    Contain(contain::Args),
    /// Record that a notification was sent, or why it is not required
    Notify(notify::Args),
    /// Close a breach, with what was learned
    Close(close::Args),
    /// Show a breach with its deadlines
    Show(Show),
    /// List the register
    List(list::Args),
    /// Print the text of a notification
    Notice(notice::Args),
    /// Write the register as JSON, CSV or a printable page
    Export(export::Args),
}

/// Show a breach with its deadlines
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach show 42
  desk breach show 42 --json")]
struct Show {
    #[command(flatten)]
    tickets: TicketArgs,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    match args.action {
        Action::Open(args) => open::run(ctx, args),
        Action::Log(args) => log::run(ctx, args),
        Action::Decide(args) => decide::run(ctx, args),
        Action::Assess(args) => assess::run(ctx, args),
        Action::Contain(args) => contain::run(ctx, args),
        Action::Notify(args) => notify::run(ctx, args),
        Action::Close(args) => close::run(ctx, args),
        Action::Show(Show { tickets }) => {
            ctx.desk.policies()?;
            ctx.for_each_ticket(&tickets.resolve(ctx)?, BreachPages, |id| {
                ctx.desk.breach(id)
            })
        }
        Action::List(args) => list::run(ctx, args),
        Action::Notice(args) => notice::run(ctx, args),
        Action::Export(args) => export::run(ctx, args),
    }
}

/// Executes a command about the breach of a ticket, and says what is to be sent
/// next.
fn execute(
    ctx: &CommandContext<'_>,
    id: TicketId,
    command: BreachCommand,
) -> Result<CommandOutput<'static>, Error> {
    let done = ctx.desk.execute(id, &Command::Breach(command))?;
    Ok(CommandOutput {
        after: next_notifications(ctx, id)?,
        ..TicketUpdates::new(vec![done]).into()
    })
}

/// The notifications of a ticket that are to be sent, one line each.
fn next_notifications(ctx: &CommandContext<'_>, id: TicketId) -> Result<Vec<String>, Error> {
    let open = ctx.desk.breach(id)?;
    let mut open: Vec<OpenNotification> = open.open_notifications().collect();
    open.sort_by_key(|one| one.due);
    let now = ctx.desk.now();
    let line = |one: &OpenNotification| notification_line(one, now, ctx.desk.zone);
    Ok(open.iter().map(line).collect())
}
