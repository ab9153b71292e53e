//! `desk unassign`: a ticket goes back to the queue of its tier.

use super::saying::Saying;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::error::Error;

/// Give it back to the queue
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk unassign <ID>... [REASON] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(seat)?;
    let reason = said.given(seat, "reason")?;
    seat.act(&ids, &Command::Unassign { reason })
}
