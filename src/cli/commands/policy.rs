//! `desk policy`: everything the desk decides for itself, as one document.

use std::path::Path;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::read_models::{PolicyCheck, PolicySet};
use crate::error::Error;
use crate::policy_file;
use crate::policy_file::{Diagnostic, ParsedPolicy};
use crate::render::{Matter, View};

/// Show, check and change what the desk decides for itself
///
/// One TOML document holds the scales and the matrix of priorities, tiers,
/// agents, categories, calendars, targets, warnings, escalations and gates. A
/// section that is left out keeps its built-in default. Every version is kept
/// with its author and time, and tickets keep the promises of their day.
#[derive(Debug, Clone, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum What {
    /// Print the policy in force
    ///
    /// The document as it was set; the built-in one explains itself.
    Show {
        /// Print this version instead; 1 is the built-in one
        #[arg(long, value_name = "NUMBER", value_parser = version)]
        version: Option<u32>,
    },
    /// Change the policy in the editor
    ///
    /// What is wrong is told afterwards, nothing is put in force, and the text
    /// is kept.
    Edit,
    /// Say what is wrong or odd with a document, and change nothing
    ///
    /// Every fault is told with its line and what is accepted. Exits with 2 if
    /// there is any.
    Check {
        /// The document, or - for stdin
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// Put a document in force
    ///
    /// It applies to promises made from then on; open tickets keep theirs
    /// until desk policy apply. Files that it names are read from beside it
    /// and kept with it.
    Set {
        /// The document, or - for stdin
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// List the versions of the policy
    History,
    /// Show what differs between two versions
    Diff {
        /// The older version [default: the one before the newer]
        #[arg(value_name = "OLD", value_parser = version)]
        old: Option<u32>,
        /// The newer version [default: the one in force]
        #[arg(value_name = "NEW", value_parser = version)]
        new: Option<u32>,
    },
    /// Give open tickets the promises of the policy in force
    ///
    /// The time used and the pauses stay; the promises are new events. Says
    /// which due times move.
    Apply {
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { what } = args;
    match what {
        What::Show { version } => show(ctx, version),
        What::Edit => edit(ctx),
        What::Check { file } => check(ctx, &file),
        What::Set { file } => set(ctx, &file),
        What::History => Ok(View::Matter(Matter::Editions(ctx.desk.editions()?)).into()),
        What::Diff { old, new } => diff(ctx, old, new),
        What::Apply { dry_run } => {
            let applied = if dry_run {
                ctx.desk.what_if(None)?
            } else {
                ctx.desk.apply_policy()?
            };
            Ok(CommandOutput::of_moves(applied))
        }
    }
}

fn show(ctx: &CommandContext<'_>, version: Option<u32>) -> Result<CommandOutput<'static>, Error> {
    let (version, text) = text(ctx, version)?;
    Ok(View::Matter(Matter::Document { version, text }).into())
}

fn raw(text: String) -> CommandOutput<'static> {
    View::Raw(text.into_bytes()).into()
}

/// The number of a version.
fn version(typed: &str) -> Result<u32, String> {
    typed
        .parse()
        .ok()
        .filter(|version| *version > 0)
        .ok_or_else(|| format!("'{typed}' is no version; see them with: desk policy history"))
}

/// A version and its document, of the one in force if none is given.
fn text(ctx: &CommandContext<'_>, version: Option<u32>) -> Result<(u32, String), Error> {
    let mut editions = ctx.desk.editions()?;
    let last = editions.last().map_or(1, |edition| edition.version);
    let wanted = version.unwrap_or(last);
    if wanted == 1 {
        return Ok((1, policy_file::BUILT_IN.to_owned()));
    }
    let found = editions
        .iter()
        .position(|edition| edition.version == wanted);
    let text = found.map(|at| (wanted, editions.swap_remove(at).text));
    text.ok_or_else(|| {
        Error::usage(
            format!("there is no version {wanted} of the policy; the last one is {last}"),
            "see them with: desk policy history",
        )
    })
}

fn diff(
    ctx: &CommandContext<'_>,
    old: Option<u32>,
    new: Option<u32>,
) -> Result<CommandOutput<'static>, Error> {
    let last = ctx
        .desk
        .editions()?
        .last()
        .map_or(1, |edition| edition.version);
    let new = new.unwrap_or(last);
    let old = old.unwrap_or_else(|| new.saturating_sub(1).max(1));
    let (before, after) = (text(ctx, Some(old))?.1, text(ctx, Some(new))?.1);
    let lines = similar::TextDiff::from_lines(&before, &after);
    let told = lines
        .unified_diff()
        .header(
            &format!("policy version {old}"),
            &format!("policy version {new}"),
        )
        .to_string();
    Ok(raw(told))
}

/// What a document was read from, its text, and what was made of it.
struct Read {
    name: String,
    text: String,
    made: Result<ParsedPolicy, Vec<Diagnostic>>,
}

fn read(ctx: &CommandContext<'_>, file: &str) -> Result<Read, Error> {
    let (name, text, beside) = if file == "-" {
        ("stdin".to_owned(), ctx.ask.stdin()?, Path::new(""))
    } else {
        let beside = Path::new(file).parent().unwrap_or(Path::new(""));
        (file.to_owned(), input_file::text(file)?, beside)
    };
    let made = input_file::document(&text, beside, &kept(ctx.desk.editions()?));
    Ok(Read { name, text, made })
}

/// The files that the version in force was set with.
fn kept(mut editions: Vec<PolicyVersion>) -> impl Fn(&str) -> Option<String> {
    let files = editions.pop().map(|last| last.files).unwrap_or_default();
    move |name| files.get(name).cloned()
}

fn check(ctx: &CommandContext<'_>, file: &str) -> Result<CommandOutput<'static>, Error> {
    let Read { name, made, .. } = read(ctx, file)?;
    let (faults, notes) = match made {
        Ok(document) => {
            let mut notes = remarks(ctx, &document);
            notes.extend(ctx.desk.lost(&document.policy)?);
            (Vec::new(), notes)
        }
        Err(faults) => (faults, Vec::new()),
    };
    Ok(checked(name, faults, notes))
}

/// What is odd with a document today.
fn remarks(ctx: &CommandContext<'_>, document: &ParsedPolicy) -> Vec<Diagnostic> {
    let today = ctx.desk.zone.local(ctx.desk.now()).date();
    let mut notes = document.notes.clone();
    notes.extend(document.expired_holidays(today));
    notes
}

fn checked(
    name: String,
    faults: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
) -> CommandOutput<'static> {
    CommandOutput {
        code: if faults.is_empty() { 0 } else { 2 },
        ..View::Matter(Matter::PolicyCheck(PolicyCheck {
            name,
            faults,
            notes,
        }))
        .into()
    }
}

fn set(ctx: &CommandContext<'_>, file: &str) -> Result<CommandOutput<'static>, Error> {
    let Read { name, text, made } = read(ctx, file)?;
    put(ctx, name, text, made, None)
}

fn put(
    ctx: &CommandContext<'_>,
    name: String,
    text: String,
    made: Result<ParsedPolicy, Vec<Diagnostic>>,
    based_on: Option<u32>,
) -> Result<CommandOutput<'static>, Error> {
    match made {
        Ok(mut document) => {
            document.notes = remarks(ctx, &document);
            let set = ctx.desk.set_policy(text, document, based_on)?;
            Ok(View::Matter(Matter::PolicySet(set)).into())
        }
        Err(faults) => Ok(checked(name, faults, Vec::new())),
    }
}

fn edit(ctx: &CommandContext<'_>) -> Result<CommandOutput<'static>, Error> {
    let (based_on, before) = text(ctx, None)?;
    let after = ctx
        .ask
        .edited("policy", "a document: desk policy set FILE", &before)?;
    if after == before {
        return Ok(View::Matter(Matter::PolicySet(PolicySet {
            version: based_on,
            changed: false,
            notes: Vec::new(),
        }))
        .into());
    }
    let made = input_file::document(&after, Path::new(""), &kept(ctx.desk.editions()?));
    put(
        ctx,
        "the edited policy".to_owned(),
        after,
        made,
        Some(based_on),
    )
}
