//! `desk schema`: prints the JSON Schemas of the output.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::{SchemaDocument, SchemaNames};

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
    Ok(match name {
        Some(name) => SchemaDocument::new(&name)
            .map_err(crate::cli::args::usage)?
            .into(),
        None => SchemaNames.into(),
    })
}
