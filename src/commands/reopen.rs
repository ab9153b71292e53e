//! `desk reopen`: what had come to an end goes on.

use super::saying::Saying;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::error::Error;

/// Take up again what was resolved, closed or merged
///
/// The resolution clock continues; the time since the end is left out.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reopen <ID>... <REASON> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(seat)?;
    let reason = said.needed(seat, "reason")?;
    seat.act(&ids, &Command::Reopen { reason })
}
