//! Items that are numbered within a ticket: hypotheses and calls.

use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;

/// Returns the number of the next item.
pub(super) fn next_number(numbers: impl Iterator<Item = u32>) -> u32 {
    numbers.max().unwrap_or(0) + 1
}

/// Returns the given number, or the number of the only open item.
///
/// # Errors
/// [`Rejection::NoneOpen`] or [`Rejection::Which`] if no number is given and
/// there is not exactly one open item.
pub(super) fn given_or_only_open(
    ticket: &Ticket,
    singular: &'static str,
    plural: &'static str,
    given: Option<u32>,
    mut open: impl Iterator<Item = u32>,
) -> Result<u32, Rejection> {
    match (given, open.next(), open.next()) {
        (Some(number), _, _) | (None, Some(number), None) => Ok(number),
        (None, None, _) => Err(Rejection::NoneOpen {
            id: ticket.id,
            what: singular,
        }),
        (None, Some(_), Some(_)) => Err(Rejection::Which {
            id: ticket.id,
            what: plural,
            count: 2 + open.count(),
        }),
    }
}

pub(super) const fn no_such(ticket: &Ticket, what: &'static str, number: u32) -> Rejection {
    Rejection::NoSuch {
        id: ticket.id,
        what,
        number,
    }
}
