//! `desk reopen`: what had come to an end goes on.

use super::args::{Message, Words};
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
    words: Words,
    #[command(flatten)]
    message: Message,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { words, message } = args;
    let (ids, rest) = words.split(seat)?;
    let reason = message.needed(seat, "reason", &rest)?;
    seat.act(&ids, &Command::Reopen { reason })
}
