//! `desk resume`: work goes on after a pause.

use super::saying::Saying;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::error::Error;

/// Go on after a pause
#[derive(Debug, Clone, clap::Args)]
#[command(override_usage = "desk resume <ID>... [NOTE] [OPTIONS]")]
pub(crate) struct Args {
    #[command(flatten)]
    saying: Saying,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { saying } = args;
    let (ids, said) = saying.split(seat)?;
    let note = said.given(seat, "note")?;
    seat.act(&ids, &Command::Resume { note })
}
