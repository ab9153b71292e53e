//! `desk attachments`: the files that are kept with a ticket.

use std::path::PathBuf;

use crate::cli::args::number;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::cli::ticket_selection;
use crate::error::Error;
use crate::output::{AttachmentContent, Attachments, ContentSink, StoreOperation};

/// List the files of a ticket, or write one out
///
/// Files come with mails, and with --attach of desk open, log and reply. Names are
/// those that the sender gave: a file is only ever written to the path that you give
/// here.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk attachments 42
  desk attachments 42 2 -o screenshot.png
  desk attachments 42 2 -o - | less")]
pub(crate) struct Args {
    /// The ticket
    #[arg(value_name = "ID", add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    id: String,
    /// The number of a file in the list
    #[arg(value_name = "N", value_parser = number)]
    number: Option<u32>,
    /// Write the file to this path; - is stdout
    #[arg(long, short, value_name = "FILE", requires = "number", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Replace a file that exists at the path
    #[arg(long, requires = "output")]
    force: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args {
        id,
        number,
        output,
        force,
    } = args;
    let id = ticket_selection::one(&id, ctx)?;
    let Some(number) = number else {
        return Ok(Attachments::all(ctx.desk.details(id)?).into());
    };
    let file = ctx.desk.attachment(id, number)?;
    let Some(path) = output else {
        return Ok(Attachments::one(ctx.desk.details(id)?, number).into());
    };
    if path.as_os_str() == "-" {
        if ctx.config.terminal {
            return Err(Error::usage(
                "the content of a file is not printed on a terminal",
                format!("desk attachments {} {number} -o FILE", id.0),
            ));
        }
        let content = move |sink: &mut ContentSink<'_>| ctx.desk.content(&file, sink);
        return Ok(AttachmentContent(content).into());
    }
    output_file::stream(&path, force, &mut |sink| ctx.desk.content(&file, sink))?;
    Ok(StoreOperation::new("written", path).into())
}
