//! `desk import`: tickets of another store.

use super::{Answer, Seat};
use crate::error::Error;
use crate::reading;
use crate::render::{Matter, View};

/// Take in tickets of another store
///
/// What desk export wrote is taken in under the same numbers, by a store that
/// has no others; every event says when it came in. Doing it again, or with a
/// later export, adds what is new. Whatever is refused is told with its line.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// What desk export wrote, or - for stdin
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: String,
    /// Stop at the first thing that is refused
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { file, strict } = args;
    let intake = seat.desk.take_in(&mut reading::lines(&file)?, strict)?;
    Ok(Answer {
        code: u8::from(intake.rows.refused + intake.tickets.refused > 0),
        ..View::Matter(Matter::Imported(Box::new(intake))).into()
    })
}
