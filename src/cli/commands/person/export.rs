//! `desk person export`: everything that is held about a person.

use std::path::PathBuf;

use clap::ValueHint;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::error::Error;
use crate::output::{self, PersonPage, RenderOptions, StoreOperation};

/// Export everything that is held about a person
///
/// Prints the tickets that are certainly about the person, and apart from them
/// those that may be about somebody else of the same name: of their own tickets
/// everything that was written, of others what they wrote and where they are
/// mentioned. Names and addresses of other people are covered, as far as tickets
/// know them; read the texts before you hand them over. With --format html, as a
/// page to read and to print.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person export mia@example.org
  desk person export 'Mia Roth' --json --output mia.json
  desk person export mia@example.org --format html --output mia.html")]
pub(super) struct Args {
    /// The person: a contact, or the whole name
    #[arg(value_name = "WHO")]
    who: String,
    /// Write to this new file, which only you can read
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

pub(super) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args { who, output }: Args,
) -> Result<CommandOutput<'a>, Error> {
    ctx.desk.policies()?;
    let data = ctx.desk.person_data(&who)?;
    if data.not_searched > 0 {
        ctx.notes.borrow_mut().push(format!(
            "{} not searched: restricted to others, who can export what they see",
            output::plural(data.not_searched, "ticket")
        ));
    }
    let page = PersonPage(data);
    let Some(file) = output else {
        return Ok(page.into());
    };
    let policy = ctx.desk.known_policies();
    let options = RenderOptions {
        format: ctx.config.format.value,
        now: ctx.desk.now(),
        zone: ctx.desk.zone,
        policy: &policy,
        color: false,
        width: None,
        terminal: false,
        several: false,
        quiet: ctx.config.quiet,
    };
    let (mut bytes, mut notes) = (Vec::new(), Vec::new());
    output::emit(&page, &options, &mut bytes, &mut notes)?;
    output_file::private(&file, &bytes)?;
    let done = StoreOperation::new("written", file);
    Ok(CommandOutput {
        format: Some(ctx.config.format.value.without_page()),
        ..done.into()
    })
}
