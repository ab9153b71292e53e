//! `desk breach export`: the register as JSON, CSV or a printable page.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::error::Error;
use crate::output::{BreachRegister, StoreOperation, register_page};

/// Write the register as JSON, CSV or a printable page
///
/// The register is what Art. 33(5) GDPR asks for: every breach with its facts,
/// its effects and the remedial action, who was told when, and why not. Prints
/// JSON, or CSV with --format csv.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk breach export > register.json
  desk breach export --format csv > register.csv
  desk breach export --html register.html")]
pub(super) struct Args {
    /// Write the register to this file, as a page for printing
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    html: Option<PathBuf>,
}

pub(super) fn run(ctx: &CommandContext<'_>, args: Args) -> Result<CommandOutput<'static>, Error> {
    let Args { html } = args;
    ctx.desk.policies()?;
    let all = ctx.desk.breaches()?;
    let Some(file) = html else {
        return Ok(BreachRegister(all).into());
    };
    let page = register_page(&all, ctx.desk.now(), ctx.desk.zone);
    output_file::page(&file, &page, &ctx.config.store_path())?;
    Ok(StoreOperation::new("written", file).into())
}
