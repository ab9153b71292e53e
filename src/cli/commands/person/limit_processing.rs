//! `desk person limit-processing`: data that may only be stored.

use crate::cli::args::body;
use crate::cli::context::{CommandContext, CommandOutput};
use crate::error::Error;
use crate::output::PersonChanged;

/// Limit the use of a person's data to storing them
///
/// As Art. 18 GDPR asks for while a dispute lasts. Texts and names of the
/// person, on tickets that they opened and where they take part, are shown as
/// [processing limited], and are no longer used for similar tickets and
/// suggestions. Numbers, statuses and clocks go on, and so does work: desk show
/// --limited REASON shows the texts of a ticket, and records who looked and why.
#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Examples:
  desk person limit-processing mia@example.org --reason 'objection of 2 March'
  desk person limit-processing mia@example.org --lift --reason 'objection withdrawn'")]
pub(super) struct Args {
    /// The person: a contact, or the whole name
    #[arg(value_name = "WHO")]
    who: String,
    /// End the limit
    #[arg(long)]
    lift: bool,
    /// Why, which is recorded
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn run<'a>(ctx: &'a CommandContext<'a>, args: Args) -> Result<CommandOutput<'a>, Error> {
    let Args { who, lift, reason } = args;
    let reason = match body("reason", reason.as_ref())? {
        Some(reason) => reason,
        None => ctx.prompt.line("reason", "--reason TEXT")?,
    };
    let change = if lift {
        ctx.desk.lift_limit(&who, &reason)?
    } else {
        ctx.desk.limit_processing(&who, &reason)?
    };
    Ok(PersonChanged(change).into())
}
