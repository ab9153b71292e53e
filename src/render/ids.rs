//! The numbers of tickets alone, a line each, as commands read them with `-`.

use std::io::Write;

use super::{Listing, RenderOptions, Rows, remark};
use crate::domain::event::TicketId;
use crate::error::Error;

pub(super) fn tickets(
    listing: Listing<'_>,
    look: &RenderOptions<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Error> {
    let mut none = true;
    if let Rows::Counted(count) = listing.rows {
        return Ok(writeln!(out, "{count}")?);
    }
    listing.rows.each(&mut |row| {
        none = false;
        Ok(writeln!(out, "{}", row.id.0)?)
    })?;
    remark(none.then_some(listing.empty), look, out, err)
}

pub(super) fn all(ids: impl Iterator<Item = TicketId>, out: &mut dyn Write) -> Result<(), Error> {
    for TicketId(id) in ids {
        writeln!(out, "{id}")?;
    }
    Ok(())
}
