//! How tickets are named on the command line: by number, as a list, as a
//! range, or by the number they had in another system.

use crate::cli::clap_errors::InvalidValue;
use crate::domain::event::TicketId;
use crate::error::Error;

/// Maximum number of tickets in one range.
const MAX_RANGE: i64 = 10_000;

/// One argument that names tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TicketSelector {
    Numbers(Vec<TicketId>),
    /// Read from stdin, one per line.
    Stdin,
    /// The number in the system that the ticket was imported from.
    External(String),
}

/// Parses `42`, `#42`, `42,43`, `40-45` or `-`.
///
/// # Errors
/// [`InvalidValue`] with what is accepted.
pub(crate) fn parse(typed: &str) -> Result<TicketSelector, InvalidValue> {
    if typed == "-" {
        return Ok(TicketSelector::Stdin);
    }
    let invalid = || {
        InvalidValue::new(
            format!("'{typed}' is not a ticket number"),
            "use 42, 42,43, 40-45, or - for stdin",
        )
    };
    let mut ids = Vec::new();
    for part in typed.split(',') {
        let number = |text: &str| {
            let digits = text.trim().trim_start_matches('#');
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits
                .parse::<i64>()
                .ok()
                .filter(|n| plain && *n > 0)
                .ok_or_else(invalid)
        };
        match part.split_once('-') {
            None => ids.push(TicketId(number(part)?)),
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                if to < from || to - from >= MAX_RANGE {
                    return Err(InvalidValue::new(
                        format!("'{part}' is not a range of tickets"),
                        format!("use the lower number first, at most {MAX_RANGE} tickets"),
                    ));
                }
                ids.extend((from..=to).map(TicketId));
            }
        }
    }
    Ok(TicketSelector::Numbers(ids))
}

/// Like [`parse`], and also accepts the external number of an imported ticket,
/// such as `INC0000045` or `zammad:10045`.
///
/// # Errors
/// [`InvalidValue`] with what is accepted.
pub(crate) fn parse_or_external(typed: &str) -> Result<TicketSelector, InvalidValue> {
    let (source, number) = typed.split_once(':').unwrap_or(("", typed));
    let plain = |c: char| c.is_ascii_graphic() && c != ',';
    let lettered = typed.starts_with(|c: char| c.is_ascii_alphabetic()) && typed.len() >= 3;
    let numbered = number.contains(|c: char| c.is_ascii_digit());
    parse(typed).or_else(|fault| {
        if lettered && numbered && typed.chars().all(plain) && source.len() < typed.len() {
            Ok(TicketSelector::External(typed.to_owned()))
        } else {
            Err(fault)
        }
    })
}

/// Parses the number of one ticket.
///
/// # Errors
/// [`InvalidValue`] with what is accepted.
pub(crate) fn parse_one(typed: &str) -> Result<TicketId, InvalidValue> {
    match parse(typed) {
        Ok(TicketSelector::Numbers(ids)) if ids.len() == 1 => Ok(ids[0]),
        Ok(_) | Err(_) => Err(InvalidValue::new(
            format!("'{typed}' is not a ticket number"),
            "use one such as 42",
        )),
    }
}

/// The tickets that a command acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SelectedTickets {
    /// Without duplicates, in the order given.
    pub(crate) ids: Vec<TicketId>,
    /// Whether several were asked for by a list, a range or stdin, even if only
    /// one was found.
    pub(crate) several: bool,
}

impl SelectedTickets {
    /// The only ticket.
    ///
    /// # Errors
    /// [`Error::Usage`] if there are several: `{what} one ticket at a time`.
    pub(crate) fn one(&self, what: &str, usage: &str) -> Result<TicketId, Error> {
        match self.ids.as_slice() {
            [id] => Ok(*id),
            _ => Err(Error::usage(format!("{what} one ticket at a time"), usage)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_named_by_number_list_and_range() {
        let numbers = |ids: &[i64]| {
            Ok(TicketSelector::Numbers(
                ids.iter().copied().map(TicketId).collect(),
            ))
        };
        assert_eq!(parse("42"), numbers(&[42]));
        assert_eq!(parse("#42,7"), numbers(&[42, 7]));
        assert_eq!(parse("40-42"), numbers(&[40, 41, 42]));
        assert_eq!(parse("-"), Ok(TicketSelector::Stdin));
    }

    #[test]
    fn anything_but_a_number_is_refused() {
        for typed in [
            "",
            "0",
            "-1",
            "4.2",
            "x",
            "42,",
            "5-3",
            "1-99999999",
            "+4",
            "9223372036854775808",
        ] {
            assert!(parse(typed).is_err(), "{typed:?}");
        }
    }
}
