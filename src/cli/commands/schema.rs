//! `desk schema`: prints the JSON Schemas of the output.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{self, View};

/// Print the JSON Schema of an output
///
/// Without NAME, lists the names.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk schema
  desk schema tickets")]
pub(crate) struct Args {
    /// The name of an output
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(crate) fn run<'a>(_: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { name } = args;
    let text = match name {
        Some(name) => render::schema(&name)
            .map_err(crate::cli::args::usage)?
            .to_owned(),
        None => render::schemas().map(|name| format!("{name}\n")).collect(),
    };
    Ok(View::Raw(text.into_bytes()).into())
}
