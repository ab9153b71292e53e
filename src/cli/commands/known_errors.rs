//! `desk known-errors`: lists known errors with their workarounds, and marks or
//! unmarks tickets.

use crate::cli::args::{body, category};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::TextArgs;
use crate::cli::ticket_selection::TicketArgs;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::query::Query;
use crate::error::Error;
use crate::output::KnownErrors;

/// List known errors and workarounds, or mark a ticket as one
///
/// A known error is a resolved or closed ticket whose workaround helps with
/// other tickets; desk diagnose shows those of the category. It remains one
/// until desk known-errors remove.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_long_help = "\
Examples:
  desk known-errors --category network
  desk known-errors add 42 'restart the tunnel service'
  desk known-errors remove 42 --reason 'fixed in release 4.2'")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// In this category or below it
    #[arg(long, value_name = "PATH", value_delimiter = ',',
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::categories))]
    category: Vec<String>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Mark a resolved or closed ticket as a known error
    Add(Add),
    /// Withdraw a known error
    Remove(Remove),
}

/// Mark a resolved or closed ticket as a known error
///
/// WORKAROUND defaults to the resolution. Marking a ticket again replaces
/// workaround and cause.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk known-errors add <ID> [WORKAROUND] [OPTIONS]")]
struct Add {
    #[command(flatten)]
    input: TextArgs,
    /// The cause [default: the confirmed hypothesis]
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
}

/// Withdraw a known error
#[derive(Debug, Clone, clap::Args)]
struct Remove {
    #[command(flatten)]
    tickets: TicketArgs,
    /// Why it is withdrawn
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        action,
        category: paths,
    } = args;
    match action {
        None => list(ctx, &paths),
        Some(Action::Add(Add { input, cause })) => {
            let (tickets, text) = input.split(ctx)?;
            let known = KnownErrorInput {
                workaround: text.given(ctx, "workaround")?,
                cause: body("cause", cause.as_ref())?,
            };
            ctx.execute(&tickets, &Command::MarkKnownError(known))
        }
        Some(Action::Remove(Remove { tickets, reason })) => {
            let tickets = tickets.resolve(ctx)?;
            let reason = match body("reason", reason.as_ref())? {
                Some(reason) => reason,
                None => ctx.prompt.line("reason", "--reason TEXT")?,
            };
            ctx.execute(&tickets, &Command::WithdrawKnownError { reason })
        }
    }
}

fn list<'a>(ctx: &'a CommandContext<'a>, paths: &[String]) -> Result<CommandOutput<'a>, Error> {
    let query = Query {
        categories: paths
            .iter()
            .map(|path| category(path))
            .collect::<Result<_, _>>()?,
        ..Query::all()
    };
    ctx.desk.check_names(&query)?;
    let all = ctx.desk.known_errors(&query)?;
    Ok(KnownErrors(all).into())
}
