//! `desk reply`: every public message, in both directions.

use super::args::{Message, Words, word};
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::domain::word::Channel;
use crate::error::Error;

/// Send a public message, or record what the requester said
///
/// The requester gets to read it; an internal note goes with desk log. To a
/// merged ticket, it lands on the surviving one.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk reply <ID>... <TEXT> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    message: Message,
    /// The requester said it; it wakes a paused ticket
    #[arg(long)]
    from_requester: bool,
    /// How it went or came [default: as the ticket came]
    #[arg(long, value_name = "CHANNEL", value_parser = word(Channel::parse))]
    via: Option<Channel>,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        words,
        message,
        from_requester,
        via,
    } = args;
    let (ids, rest) = words.split(seat)?;
    let text = message.needed(seat, "message", &rest)?;
    let command = if from_requester {
        Command::Hear { text, via }
    } else {
        Command::Reply { text, via }
    };
    seat.act(&ids, &command)
}
