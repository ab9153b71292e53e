//! `desk drafts`: texts that were typed and are not stored.

use std::path::PathBuf;

use clap_complete::engine::ArgValueCandidates;

use crate::cli::completion;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::text_args;
use crate::domain::read_models::Draft;
use crate::error::Error;
use crate::output::{DraftList, DroppedDraft};

/// List, show or drop texts that were typed and not stored
///
/// A text that was refused, or typed when something broke, is kept in a file that only
/// you can read. The command that it was for goes on with it, with --draft. Drafts are
/// yours: an erasure finds those of whoever runs it, so drop what you do not need.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk drafts
  desk drafts show 3
  desk drafts drop 3")]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Clone, clap::Subcommand)]
#[command(defer = true)]
enum Action {
    /// Show the text of a draft
    Show(Number),
    /// Delete a draft
    Drop(Number),
}

#[derive(Debug, Clone, Copy, clap::Args)]
struct Number {
    /// The number of the draft, from desk drafts
    #[arg(value_name = "N", add = ArgValueCandidates::new(completion::drafts))]
    draft: u32,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { action } = args;
    let with_command = |draft: Draft| {
        let command = text_args::command_to_go_on(&draft);
        (draft, command)
    };
    match action {
        None => {
            let drafts = ctx.prompt.drafts().into_iter().map(with_command);
            Ok(DraftList::all(drafts.collect()).into())
        }
        Some(Action::Show(Number { draft })) => {
            Ok(DraftList::one(with_command(ctx.prompt.draft(draft)?)).into())
        }
        Some(Action::Drop(Number { draft })) => {
            let found = ctx.prompt.draft(draft)?;
            ctx.prompt.remove_drafts(&[PathBuf::from(&found.path)])?;
            Ok(DroppedDraft(with_command(found)).into())
        }
    }
}
