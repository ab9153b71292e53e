//! `desk restore`: replaces the store with a backup.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::copy_bar::CopyBar;
use crate::config::StoreUrl;
use crate::domain::read_models::RestoreLoss;
use crate::error::Error;
use crate::output::{StoreOperation, plural};

/// Restore the store from a backup
///
/// The backup is verified first. The current store is kept under another name
/// in the same directory. If it has something that the backup does not, desk says
/// what that is and asks; without a terminal, give --yes.
///
/// A store in a database is not replaced: a backup fills an empty database.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk restore /var/backups/desk-monday.db
  desk restore --yes /var/backups/desk-monday.db")]
pub(crate) struct Args {
    /// A file written by desk backup
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// Restore without asking
    #[arg(short, long)]
    yes: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { file, yes } = args;
    let file = std::path::absolute(&file).unwrap_or(file);
    if !ctx.desk.is_file() {
        let backup = ctx.other_store(&StoreUrl::File(file.clone()))?;
        let shown = CopyBar::new(ctx);
        let observe = &mut |step| shown.show(step);
        let filled = ctx
            .desk
            .restore_to_database(&file, backup.as_ref(), observe);
        shown.finish();
        return Ok(StoreOperation::new("restored", filled?.to.into()).into());
    }
    if !yes && let Some(loss) = ctx.desk.restore_loss(&file)? {
        ask(ctx, loss)?;
    }
    let restored = ctx.desk.restore(&file)?;
    let output = StoreOperation::new("restored", restored.path);
    let mut output = CommandOutput::from(output.with_aside(restored.previous));
    if restored.erased > 0 {
        let texts = plural(restored.erased, "text");
        output.after.push(format!(
            "note: {texts} of the backup that had been erased since were erased again"
        ));
    }
    Ok(output)
}

/// Asks whether the store may be replaced.
fn ask(ctx: &CommandContext<'_>, loss: RestoreLoss) -> Result<(), Error> {
    let count = |events, tickets| {
        let (events, tickets) = (plural(events, "event"), plural(tickets, "ticket"));
        format!("{events} on {tickets}")
    };
    let lost = match loss {
        RestoreLoss::Since { events, tickets } => {
            format!("the store has {} since the backup", count(events, tickets))
        }
        RestoreLoss::Other { events, tickets } => format!(
            "the backup is of another store, and this one has {}",
            count(events, tickets)
        ),
        RestoreLoss::Unreadable => "what the store has cannot be read".to_owned(),
    };
    if !ctx.prompt.is_interactive() {
        return Err(Error::usage(
            format!("{lost}, which would be replaced"),
            "to replace it: desk restore --yes FILE; the store is kept under another name",
        ));
    }
    let choices = ["keep the store", "restore the backup"].map(str::to_owned);
    match ctx.prompt.choose_index(&lost, "--yes", &choices)? {
        0 => Err(Error::Interrupted),
        _ => Ok(()),
    }
}
