//! `desk review`: a document for the review after an incident.

use std::path::PathBuf;

use crate::cli::context::{CommandContext, CommandOutput};
use crate::cli::output_file;
use crate::cli::ticket_selection;
use crate::error::Error;
use crate::output::{self, Review, StoreOperation};

/// The most similar tickets that are listed.
const MOST_SIMILAR: usize = 5;

/// Write a document for the review after an incident
///
/// In Markdown: a summary, the impact, the timeline, how it was detected, response
/// and resolution against their targets, causes with their evidence, and similar
/// tickets; what went well and badly, and follow-up actions, are for you to fill in.
/// The policy can have a template of its own, under [review].
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk review 42
  desk review 42 --out review-42.md")]
pub(crate) struct Args {
    /// The ticket
    #[arg(value_name = "ID",
          add = clap_complete::engine::ArgValueCandidates::new(crate::cli::completion::tickets))]
    id: String,
    /// Write to this new file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// With --out: replace the file if it exists
    #[arg(long, requires = "out")]
    force: bool,
}

pub(crate) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { id, out, force } = args;
    let id = ticket_selection::one(&id, ctx)?;
    let policies = ctx.desk.policies()?;
    let review = Review {
        page: ctx.desk.details(id)?,
        similar: ctx.desk.similar_to(id, MOST_SIMILAR)?.tickets,
        agent: ctx.desk.agent().ok(),
        template: policies.current.review.clone(),
    };
    let Some(file) = out else {
        return Ok(review.into());
    };
    let text = output::review_text(&review, &ctx.plain_options(&policies));
    output_file::stream(&file, force, &mut |write| write(text.as_bytes()))?;
    Ok(StoreOperation::new("written", file).into())
}
