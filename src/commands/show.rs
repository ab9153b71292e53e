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
    let mut pages = Vec::new();
    let mut failed = Vec::new();
    for id in &ids {
        match seat.desk.page(*id) {
            Ok(page) => pages.push(page),
            Err(fault) if ids.len() == 1 => return Err(fault),
            Err(fault) => failed.push((*id, fault)),
        }
    }
    let view = if brief {
        View::Briefs(pages)
    } else {
        View::Pages(pages)
    };
    Ok(Answer {
        view,
        failed,
        code: 0,
        format: None,
    })
}
