//! `desk store`: moves the store to another place, or copies it.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::copy_bar::CopyBar;
use crate::config::StoreUrl;
use crate::domain::store_copy::CopyKind;
use crate::error::Error;
use crate::output::StoreCopy;

/// Move or copy the store to another file or database
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk store copy --to postgres://anna@db.example.org/desk
  desk store copy --to /srv/desk/desk.db --db postgres://anna@db.example.org/desk
  desk store copy --keep --to /tmp/trial.db")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

/// Subcommands of `desk store`.
#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Move the store to another place
    Copy(CopyArgs),
}

/// Move the store to another place
///
/// Copies everything to a new file, or to an empty database: the chain with every
/// hash, mail, alarms, attached files, and the counters. Both are verified. Then the
/// store is marked as moved: it can still be read, refuses every change, and says
/// where it went. Others can read it meanwhile, but not change it.
///
/// If it was interrupted, run it again.
///
/// With --keep the store goes on, and the copy stands beside it, as for a test. Both
/// have the same id, and what is changed in one does not reach the other. The copy
/// holds its mail; desk outbox retry sends one all the same.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk store copy --to postgres://anna@db.example.org/desk
  desk store copy --keep --to /tmp/trial.db")]
struct CopyArgs {
    /// Where to: a path, or the URL of a PostgreSQL database
    #[arg(long, value_name = "TARGET", value_hint = clap::ValueHint::FilePath)]
    to: String,
    /// Go on with this store, and make a copy beside it
    #[arg(long)]
    keep: bool,
    /// Copy a store that was moved, as it was then
    #[arg(long)]
    force: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action } = args;
    match action {
        Action::Copy(args) => copy(ctx, args),
    }
}

fn copy<'a>(ctx: &'a CommandContext<'a>, args: CopyArgs) -> Result<CommandOutput<'a>, Error> {
    let CopyArgs { to, keep, force } = args;
    let to = StoreUrl::parse(to);
    if to.has_password() {
        return Err(Error::usage(
            "everybody on this machine can see a password in --to",
            "keep it in ~/.pgpass as HOST:PORT:DATABASE:USER:PASSWORD, or set PGPASSWORD",
        ));
    }
    let target = ctx.other_store(&to)?;
    let kind = match keep {
        true => CopyKind::Beside,
        false => CopyKind::Move,
    };
    let shown = CopyBar::new(ctx);
    let observe = &mut |step| shown.show(step);
    let copied = ctx.desk.copy_store(target.as_ref(), kind, force, observe);
    shown.finish();
    let output = StoreCopy {
        from: ctx.config.db.value.to_string(),
        report: copied?,
    };
    Ok(output.into())
}
