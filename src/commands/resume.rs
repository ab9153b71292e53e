//! `desk resume`: work goes on after a pause.

use super::args::{Message, Words};
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::error::Error;

/// Go on after a pause
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resume <ID>... [NOTE] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    message: Message,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { words, message } = args;
    let (ids, rest) = words.split(seat)?;
    let note = message.given(seat, "note", &rest)?;
    seat.act(&ids, &Command::Resume { note })
}
