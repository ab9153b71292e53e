//! `desk init`: a new store.

use super::{Answer, Seat};
use crate::error::Error;
use crate::render::{Kept, View};

/// Create a store
///
/// Only needed for a store at a path of your own (--db, DESK_DB or the user
/// file); the one at the default path comes with the first ticket.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every command is given its arguments"
)]
pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {} = args;
    let path = seat.desk.init()?;
    Ok(View::Kept(Kept::done("created", path)).into())
}
