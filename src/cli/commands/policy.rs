//! `desk policy`: shows, checks and changes the policy.

use std::path::Path;

use crate::cli::clap_errors::InvalidValue;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::input_file;
use crate::domain::policy::versions::PolicyVersion;
use crate::domain::privacy::read_models::RetentionDue;
use crate::domain::read_models::{PolicyCheck, PolicySet};
use crate::error::Error;
use crate::output::{PolicyDocument, PolicyVersions, RawText, Templates, retention_reach};
use crate::policy_file;
use crate::policy_file::{Diagnostic, ParsedPolicy};

/// Show, check and change the policy
///
/// The policy is one TOML document with rating scales, priority matrix, tiers,
/// agents, categories, calendars, SLA targets, warnings, escalations and gates.
/// Sections that you omit keep their built-in default. Every version is kept
/// with its author and time. Tickets keep their SLA targets when the policy
/// changes, until desk policy apply.
#[derive(Debug, Clone, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_long_help = "\
Examples:
  desk policy show > policy.toml
  desk policy check policy.toml
  desk policy set policy.toml
  desk policy apply --dry-run")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Print the current policy
    ///
    /// Prints the document as it was set. The built-in policy has comments that
    /// explain every setting.
    Show {
        /// Print this version; 1 is the built-in policy
        #[arg(long, value_name = "NUMBER", value_parser = version)]
        version: Option<u32>,
    },
    /// Change the policy in the editor
    ///
    /// If the new text has errors, they are listed, the policy stays as it is,
    /// and the text is kept as a draft.
    Edit,
    /// Check a policy file without changing anything
    ///
    /// Lists every error with its line and what is accepted, and exits with 2
    /// if there are any.
    Check {
        /// The policy file; - for stdin
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// Make a policy file the current policy
    ///
    /// It applies to SLA targets set from then on; open tickets keep theirs
    /// until desk policy apply. Files that it refers to are read from the same
    /// directory and stored with it.
    Set {
        /// The policy file; - for stdin
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// List the templates of tickets
    ///
    /// Their text stands in desk policy show.
    Templates,
    /// List the policy versions
    History,
    /// Compare two policy versions
    Diff {
        /// The older version [default: the one before NEW]
        #[arg(value_name = "OLD", value_parser = version)]
        old: Option<u32>,
        /// The newer version [default: the current one]
        #[arg(value_name = "NEW", value_parser = version)]
        new: Option<u32>,
    },
    /// Apply the SLA targets of the current policy to open tickets
    ///
    /// Time used and pauses stay the same. Each new target is an event on its
    /// ticket. Prints which due times change.
    Apply {
        /// Only show what would change
        #[arg(long)]
        dry_run: bool,
    },
}

impl Args {
    /// Returns the name of an action to which no time applies.
    pub(crate) const fn name_without_time(&self) -> Option<&'static str> {
        match self.action {
            Action::Show { .. } => Some("policy show"),
            Action::Check { .. } => Some("policy check"),
            Action::History => Some("policy history"),
            Action::Templates => Some("policy templates"),
            Action::Diff { .. } => Some("policy diff"),
            Action::Edit | Action::Set { .. } | Action::Apply { .. } => None,
        }
    }
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action } = args;
    match action {
        Action::Show { version } => show(ctx, version),
        Action::Edit => edit(ctx),
        Action::Check { file } => check(ctx, &file),
        Action::Set { file } => set(ctx, &file),
        Action::Templates => {
            let policies = ctx.desk.policies_if_any()?;
            Ok(Templates(policies.current.templates.clone()).into())
        }
        Action::History => Ok(PolicyVersions(ctx.desk.policy_versions()?).into()),
        Action::Diff { old, new } => diff(ctx, old, new),
        Action::Apply { dry_run } => {
            let applied = if dry_run {
                ctx.desk.preview_policy(None)?
            } else {
                ctx.desk.apply_policy()?
            };
            Ok(CommandOutput::from_sla_changes(applied))
        }
    }
}

fn show(ctx: &CommandContext<'_>, version: Option<u32>) -> Result<CommandOutput<'static>, Error> {
    let (version, text) = text(ctx, version)?;
    Ok(PolicyDocument { version, text }.into())
}

fn raw(text: String) -> CommandOutput<'static> {
    RawText(text.into_bytes()).into()
}

/// Parses a policy version number.
fn version(typed: &str) -> Result<u32, InvalidValue> {
    typed
        .parse()
        .ok()
        .filter(|version| *version > 0)
        .ok_or_else(|| {
            InvalidValue::new(
                "not a policy version",
                "list them with: desk policy history",
            )
        })
}

/// A policy version and its document; of the current one by default.
fn text(ctx: &CommandContext<'_>, version: Option<u32>) -> Result<(u32, String), Error> {
    let mut versions = ctx.desk.policy_versions()?;
    let last = versions.last().map_or(1, |latest| latest.version);
    let wanted = version.unwrap_or(last);
    if wanted == 1 {
        return Ok((1, policy_file::BUILT_IN.to_owned()));
    }
    let found = versions.iter().position(|one| one.version == wanted);
    let text = found.map(|at| (wanted, versions.swap_remove(at).text));
    text.ok_or_else(|| {
        Error::usage(
            format!("there is no policy version {wanted}; the latest is {last}"),
            "list them with: desk policy history",
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
        .policy_versions()?
        .last()
        .map_or(1, |latest| latest.version);
    let new = new.unwrap_or(last);
    let old = old.unwrap_or_else(|| new.saturating_sub(1).max(1));
    let (before, after) = (text(ctx, Some(old))?.1, text(ctx, Some(new))?.1);
    let lines = similar::TextDiff::from_lines(&before, &after);
    let diff = lines
        .unified_diff()
        .header(
            &format!("policy version {old}"),
            &format!("policy version {new}"),
        )
        .to_string();
    Ok(raw(diff))
}

/// A policy file: its name, its text, and the parsed document or its errors.
struct PolicyFile {
    name: String,
    text: String,
    parsed: Result<ParsedPolicy, Vec<Diagnostic>>,
}

fn read(ctx: &CommandContext<'_>, file: &str) -> Result<PolicyFile, Error> {
    let (name, text, directory) = if file == "-" {
        ("stdin".to_owned(), ctx.prompt.stdin()?, Path::new(""))
    } else {
        let directory = Path::new(file).parent().unwrap_or(Path::new(""));
        (file.to_owned(), input_file::text(file)?, directory)
    };
    let parsed = input_file::document(&text, directory, &stored_files(ctx.desk.policy_versions()?));
    Ok(PolicyFile { name, text, parsed })
}

/// Looks up files that were stored with the current policy version.
fn stored_files(mut versions: Vec<PolicyVersion>) -> impl Fn(&str) -> Option<String> {
    let files = versions.pop().map(|last| last.files).unwrap_or_default();
    move |name| files.get(name).cloned()
}

fn check(ctx: &CommandContext<'_>, file: &str) -> Result<CommandOutput<'static>, Error> {
    let PolicyFile { name, parsed, .. } = read(ctx, file)?;
    let (faults, notes) = match parsed {
        Ok(document) => {
            let mut notes = warnings(ctx, &document);
            notes.extend(ctx.desk.unlisted_names(&document.policy)?);
            notes.extend(retention(ctx, &document)?);
            (Vec::new(), notes)
        }
        Err(faults) => (faults, Vec::new()),
    };
    Ok(checked(name, faults, notes))
}

/// What the rules of retention of a document would erase now.
fn retention(ctx: &CommandContext<'_>, document: &ParsedPolicy) -> Result<Vec<Diagnostic>, Error> {
    let due = ctx.desk.retention_due(Some(&document.policy))?;
    let places = document.retention_places.iter();
    let note = |(due, place): (&RetentionDue, &Diagnostic)| Diagnostic {
        message: format!("today it reaches {}", retention_reach(due)),
        ..place.clone()
    };
    Ok(due.iter().zip(places).map(note).collect())
}

/// The warnings about a document, some of which depend on today's date.
fn warnings(ctx: &CommandContext<'_>, document: &ParsedPolicy) -> Vec<Diagnostic> {
    let today = ctx.desk.zone.local_time(ctx.desk.now()).date();
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
        exit_code: if faults.is_empty() { 0 } else { 2 },
        ..PolicyCheck {
            name,
            faults,
            notes,
        }
        .into()
    }
}

fn set(ctx: &CommandContext<'_>, file: &str) -> Result<CommandOutput<'static>, Error> {
    let PolicyFile { name, text, parsed } = read(ctx, file)?;
    put(ctx, name, &text, parsed, None)
}

fn put(
    ctx: &CommandContext<'_>,
    name: String,
    text: &str,
    parsed: Result<ParsedPolicy, Vec<Diagnostic>>,
    based_on: Option<u32>,
) -> Result<CommandOutput<'static>, Error> {
    match parsed {
        Ok(mut document) => {
            document.notes = warnings(ctx, &document);
            let set = ctx.desk.set_policy(text, &document, based_on)?;
            Ok(set.into())
        }
        Err(faults) => Ok(checked(name, faults, Vec::new())),
    }
}

fn edit(ctx: &CommandContext<'_>) -> Result<CommandOutput<'static>, Error> {
    let (based_on, before) = text(ctx, None)?;
    let after = ctx
        .prompt
        .edit("policy", "a file: desk policy set FILE", &before)?;
    if after == before {
        return Ok(PolicySet {
            version: based_on,
            changed: false,
            notes: Vec::new(),
        }
        .into());
    }
    let parsed = input_file::document(
        &after,
        Path::new(""),
        &stored_files(ctx.desk.policy_versions()?),
    );
    put(
        ctx,
        "the edited policy".to_owned(),
        &after,
        parsed,
        Some(based_on),
    )
}
