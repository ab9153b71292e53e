//! `desk schema`: the JSON promise, to be checked by machines.

use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::render::{self, View};

/// Print the JSON Schema of an output
///
/// Without a name, the names are listed.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
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
