//! `desk person export`: everything that is held about a person.

use std::path::PathBuf;

use clap::ValueHint;

use crate::app::PersonFound;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::domain::privacy::person_files::FolderIndex;
use crate::error::Error;
use crate::output::{self, PersonFolderIndex, PersonPage, RenderOptions, StoreOperation};
use crate::output_format::OutputFormat;

/// Export everything that is held about a person
///
/// Prints the tickets that are certainly about the person, and apart from them
/// those that may be about somebody else of the same name: of their own tickets
/// everything that was written, of others what they wrote and where they are
/// mentioned. Names and addresses of other people are covered, as far as tickets
/// know them; read the texts before you hand them over. With --format html, as a
/// page to read and to print. With --folder, also the files and mails that the
/// person sent and was sent.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person export mia@example.org
  desk person export 'Mia Roth' --json --output mia.json
  desk person export mia@example.org --format html --output mia.html
  desk person export mia@example.org --folder mia")]
pub(super) struct Args {
    /// The person: a contact, or the whole name
    #[arg(value_name = "WHO")]
    who: String,
    /// Write to this new file, which only you can read
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Write to this new folder, which only you can read: index.json, page.html, and
    /// the files and mails that the person sent and was sent
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "output")]
    folder: Option<PathBuf>,
}

pub(super) fn run<'a>(
    ctx: &'a CommandContext<'a>,
    Args {
        who,
        output,
        folder,
    }: Args,
) -> Result<CommandOutput<'a>, Error> {
    ctx.desk.policies()?;
    let found = ctx.desk.person_data(&who)?;
    if found.data.not_searched > 0 {
        ctx.notes.borrow_mut().push(format!(
            "{} not searched: restricted to others, who can export what they see",
            output::plural(found.data.not_searched, "ticket")
        ));
    }
    if let Some(folder) = folder {
        return written_folder(ctx, &found, folder);
    }
    let page = PersonPage(found.data);
    let Some(file) = output else {
        return Ok(page.into());
    };
    output_file::private(&file, &rendered(ctx, &page, ctx.config.format.value)?)?;
    Ok(written(ctx, file))
}

/// Writes what is held about a person with the files and mails beside it.
fn written_folder<'a>(
    ctx: &'a CommandContext<'a>,
    found: &PersonFound,
    folder: PathBuf,
) -> Result<CommandOutput<'a>, Error> {
    let mut left_out = 0;
    output_file::new_folder(&folder, &["files", "mails"], &mut |place| {
        let content = ctx.desk.person_folder(found, &mut |path, write| {
            output_file::stream(&place.join(path), false, write)
        })?;
        left_out = content.left_out.len();
        let index = PersonFolderIndex(FolderIndex {
            data: &found.data,
            entries: &content.entries,
            left_out: &content.left_out,
        });
        let index = rendered(ctx, &index, OutputFormat::Json)?;
        let page = rendered(ctx, &PersonPage(found.data.clone()), OutputFormat::Html)?;
        output_file::private(&place.join("page.html"), &page)?;
        output_file::private(&place.join("index.json"), &index)
    })?;
    if left_out > 0 {
        ctx.notes.borrow_mut().push(format!(
            "{} left out, which may concern others; see left_out in index.json",
            output::plural(u64::try_from(left_out).unwrap_or(u64::MAX), "file")
        ));
    }
    Ok(written(ctx, folder))
}

fn rendered(
    ctx: &CommandContext<'_>,
    page: &dyn output::Output,
    format: OutputFormat,
) -> Result<Vec<u8>, Error> {
    let policy = ctx.desk.known_policies();
    let options = RenderOptions {
        format,
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
    output::emit(page, &options, &mut bytes, &mut notes)?;
    Ok(bytes)
}

fn written<'a>(ctx: &CommandContext<'_>, place: PathBuf) -> CommandOutput<'a> {
    CommandOutput {
        format: Some(ctx.config.format.value.without_page()),
        ..StoreOperation::new("written", place).into()
    }
}
