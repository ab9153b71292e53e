//! `desk confirm`: somebody confirms that the service is restored.

use super::args::usage;
use super::which::Ids;
use super::{Answer, Seat};
use crate::domain::decide::Command;
use crate::domain::text;
use crate::error::Error;

/// Record who confirmed that the service is restored
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// Who confirmed it
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { ids, by } = args;
    let ids = ids.resolve(seat)?;
    let by = match by {
        Some(by) => by,
        None => seat.ask.line("name of who confirmed", "--by WHO")?,
    };
    let by = text::line("name of who confirmed", &by).map_err(usage)?;
    seat.act(&ids, &Command::Confirm { by })
}
