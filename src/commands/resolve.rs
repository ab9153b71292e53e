//! `desk resolve`: what fixed it, and who says that it did.

use super::args::{EndingArgs, word};
use super::saying::Saying;
use super::{Answer, Seat};
use crate::complete::words;
use crate::domain::decide::Command;
use crate::domain::word::Code;
use crate::error::Error;

/// Resolve it
///
/// Needs kind, category and priority; an escalated incident also a confirmed
/// hypothesis, or the code workaround, withdrawn, duplicate or no-fault.
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resolve <ID>... <TEXT> [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
    /// How it ended: solved, workaround, fulfilled, not-reproducible,
    /// no-fault, withdrawn or duplicate [default: solved, or fulfilled for a
    /// request]
    #[arg(long, short, value_name = "CODE", value_parser = word(Code::parse), add = words(Code::WORDS))]
    code: Option<Code>,
    #[command(flatten)]
    ending: EndingArgs,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args {
        saying,
        code,
        ending,
    } = args;
    let (ids, said) = saying.split(seat)?;
    let command = Command::Resolve {
        text: said.needed(seat, "resolution")?,
        code,
        ending: ending.ending()?,
    };
    seat.act(&ids, &command)
}
