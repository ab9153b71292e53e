//! `desk breach open`: puts a breach on record, on a ticket or with a new one.

use super::details::DetailArgs;
use super::{execute, next_notifications};
use crate::cli::args::{body, line, time, usage, value_of};
use crate::cli::completion::{self, fixed};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::ticket_selection;
use crate::domain::decide::{BreachCommand, NewTicket, TimeDecision};
use crate::domain::text;
use crate::domain::time::parse_time::Prefer;
use crate::domain::vocabulary::{Kind, Role};
use crate::error::Error;
use crate::output::TicketUpdates;

/// Put a breach on record, on a ticket or with a new one
///
/// With the number of a ticket, the breach is that ticket's; with a title, a
/// ticket is opened first. Its clocks start at the time of --aware, here or
/// later with desk breach decide, and not when the ticket was opened.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk breach open <ID|TITLE> [OPTIONS]")]
#[command(after_long_help = "\
Examples:
  desk breach open 'laptop with customer data stolen' --detected 'today 8:10'
  desk breach open 42 --nature confidentiality --aware 'today 9:00'
  desk breach open 42 --reopen 'the authority asks for more'")]
pub(super) struct Args {
    /// A ticket, or the title of a new one
    #[arg(value_name = "ID|TITLE", add = clap_complete::engine::ArgValueCandidates::new(completion::tickets))]
    target: Vec<String>,
    /// Your part in the processing: controller or processor [default: controller]
    #[arg(long, value_name = "ROLE", value_parser = value_of(Role::parse), add = fixed(Role::WORDS))]
    role: Option<Role>,
    /// Since when the organisation is aware of the breach: this starts the clocks
    #[arg(long, value_name = "TIME")]
    aware: Option<String>,
    /// Who decided that [default: you]
    #[arg(long, value_name = "WHO", requires = "aware")]
    by: Option<String>,
    /// Reopen the closed breach of a ticket
    #[arg(long, value_name = "REASON", conflicts_with_all = ["role", "aware", "by"])]
    reopen: Option<String>,
    #[command(flatten)]
    details: DetailArgs,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args {
        target,
        role,
        aware,
        by,
        reopen,
        details,
    } = args;
    let target = match target.as_slice() {
        [] => ctx.prompt.line(
            "ticket or title",
            "desk breach open ID, or desk breach open TITLE",
        )?,
        words => words.join(" "),
    };
    let details = details.details(ctx)?;
    if let Some(reason) = body("reason", reopen.as_ref())? {
        if !details.is_empty() {
            return Err(Error::usage(
                "--reopen changes nothing in the register",
                "add to it afterwards with: desk breach log ID",
            ));
        }
        let id = ticket_selection::one(&target, ctx)?;
        return execute(ctx, id, BreachCommand::Reopen { reason });
    }
    let aware = match aware {
        Some(typed) => Some(TimeDecision {
            at: time(ctx, &typed, Prefer::Past)?,
            by: line("name", by.as_ref())?,
            reason: None,
        }),
        None => None,
    };
    let command = BreachCommand::Open {
        role: role.unwrap_or(Role::Controller),
        details: Box::new(details),
        aware,
    };
    if may_be_ticket(&target) {
        return execute(ctx, ticket_selection::one(&target, ctx)?, command);
    }
    let new = NewTicket {
        kind: Some(Kind::Incident),
        ..NewTicket::titled(text::line("title", &target).map_err(usage)?)
    };
    let done = ctx.desk.open_with_breach(&new, &command)?;
    Ok(CommandOutput {
        after: next_notifications(ctx, done.after.id)?,
        ..TicketUpdates::new(vec![done]).into()
    })
}

/// Whether what was typed is one word with a digit: the number of a ticket here
/// or in another system. A title has several words.
fn may_be_ticket(typed: &str) -> bool {
    !typed.contains(char::is_whitespace) && typed.contains(|c: char| c.is_ascii_digit())
}
