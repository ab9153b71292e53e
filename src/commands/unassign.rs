//! `desk unassign`: a ticket goes back to the queue of its tier.

use super::args::{Message, Words};
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::error::Error;

/// Give it back to the queue
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk unassign <ID>... [REASON] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    message: Message,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { words, message } = args;
    let (ids, rest) = words.split(seat)?;
    let reason = message.given(seat, "reason", &rest)?;
    seat.act(&ids, &Command::Unassign { reason })
}
