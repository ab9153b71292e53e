//! `desk reindex`: what is written, indexed anew.

use super::{Answer, Seat};
use crate::error::Error;
use crate::render::{Kept, View};

/// Write the search index anew
///
/// The index follows every change by itself; this is for when verify finds
/// fault with it, or what was written has been erased.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, Args {}: Args) -> Result<Answer<'a>, Error> {
    seat.desk.reindex()?;
    let done = Kept::done("indexed", seat.config.db.value.clone());
    Ok(View::Kept(done).into())
}
