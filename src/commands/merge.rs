//! `desk merge`: tickets about the same go into one.

use super::which::{Ids, ticket};
use super::{Answer, Seat};
use crate::domain::event::TicketId;
use crate::error::Error;
use crate::render::View;

/// Merge tickets into another one
///
/// They close as duplicates, their clocks are cancelled, and later messages
/// to them land on the surviving ticket. desk reopen undoes it.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    ids: Ids,
    /// The ticket that survives
    #[arg(long, value_name = "ID", value_parser = ticket, add = clap_complete::engine::ArgValueCandidates::new(crate::complete::tickets))]
    into: TicketId,
}

pub(crate) fn run<'a>(seat: &'a Seat<'a>, args: Args) -> Result<Answer<'a>, Error> {
    let Args { ids, into } = args;
    let ids = ids.resolve(seat)?;
    seat.each(&ids, View::Done, |id| seat.desk.merge(id, into))
}
