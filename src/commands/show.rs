//! `desk show`: all about a ticket, or its hand-over.

use super::which::Ids;
use super::{Answer, Seat};
use crate::error::Error;
use crate::render::View;

/// Show all about a ticket
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// Print the hand-over for the next line, in Markdown
    #[arg(long)]
    brief: bool,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { ids, brief } = args;
    let ids = ids.resolve(seat)?;
    let view = if brief { View::Briefs } else { View::Pages };
    seat.each(&ids, view, |id| seat.desk.page(id))
}
