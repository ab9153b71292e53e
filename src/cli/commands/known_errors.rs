//! `desk known-errors`: what is known of resolved tickets and helps with
//! others like them.

use crate::cli::args::{body, category};
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args::Saying;
use crate::cli::ticket_selection::Ids;
use crate::domain::decide::{Command, KnownErrorInput};
use crate::domain::query::Query;
use crate::error::Error;
use crate::render::{Matter, View};

/// List known errors and their workarounds, or mark a ticket
///
/// A known error is a resolved or closed ticket whose workaround helps others:
/// desk diagnose shows those of the category. It stays one until it is
/// withdrawn.
#[derive(Debug, Clone, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// In this category or below it
    #[arg(long, value_name = "PATH", value_delimiter = ',',
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::categories))]
    category: Vec<String>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum What {
    Add(Add),
    Remove(Remove),
}

/// Mark a resolved or closed ticket as a known error
///
/// The text is the workaround; without one it is the resolution. Again, it
/// says it anew.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk known-errors add <ID>... [WORKAROUND] [OPTIONS]")]
struct Add {
    #[command(flatten)]
    saying: Saying,
    /// What causes it [default: the confirmed hypothesis]
    #[arg(long, value_name = "TEXT")]
    cause: Option<String>,
}

/// Withdraw it: the ticket is no longer a known error
#[derive(Debug, Clone, clap::Args)]
struct Remove {
    #[command(flatten)]
    ids: Ids,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        what,
        category: paths,
    } = args;
    match what {
        None => list(ctx, &paths),
        Some(What::Add(Add { saying, cause })) => {
            let (ids, said) = saying.split(ctx)?;
            let known = KnownErrorInput {
                workaround: said.given(ctx, "workaround")?,
                cause: body("cause", cause.as_ref())?,
            };
            ctx.act(&ids, &Command::MarkKnownError(known))
        }
        Some(What::Remove(Remove { ids, reason })) => {
            let ids = ids.resolve(ctx)?;
            let reason = match body("reason", reason.as_ref())? {
                Some(reason) => reason,
                None => ctx.ask.line("reason", "--reason TEXT")?,
            };
            ctx.act(&ids, &Command::WithdrawKnownError { reason })
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
    Ok(View::Matter(Matter::KnownErrors(all)).into())
}
