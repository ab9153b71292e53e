//! How tickets are named on the command line: by number, as a list, as a
//! range, or by the number they had in another system.

use crate::domain::event::TicketId;

/// The most tickets that one range may name.
const RANGE: i64 = 10_000;

/// Tickets by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    These(Vec<TicketId>),
    /// One a line, from stdin.
    Stdin,
    /// By the number in the system that it was imported from.
    Foreign(String),
}

/// Reads `42`, `#42`, `42,43`, `40-45` or `-`.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn which(typed: &str) -> Result<Which, String> {
    if typed == "-" {
        return Ok(Which::Stdin);
    }
    let wrong = || format!("'{typed}' is no ticket number; use 42, 42,43, 40-45, or - for stdin");
    let mut ids = Vec::new();
    for part in typed.split(',') {
        let number = |text: &str| {
            let digits = text.trim().trim_start_matches('#');
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            digits
                .parse::<i64>()
                .ok()
                .filter(|n| plain && *n > 0)
                .ok_or_else(wrong)
        };
        match part.split_once('-') {
            None => ids.push(TicketId(number(part)?)),
            Some((from, to)) => {
                let (from, to) = (number(from)?, number(to)?);
                if to < from || to - from >= RANGE {
                    return Err(format!(
                        "'{part}' is no range of tickets; use the lower number first, at most {RANGE} tickets"
                    ));
                }
                ids.extend((from..=to).map(TicketId));
            }
        }
    }
    Ok(Which::These(ids))
}

/// As [`which`], and `INC0000045` or `zammad:10045`: the number of an imported
/// ticket where it came from.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn which_or_foreign(typed: &str) -> Result<Which, String> {
    let (source, number) = typed.split_once(':').unwrap_or(("", typed));
    let plain = |c: char| c.is_ascii_graphic() && c != ',';
    let lettered = typed.starts_with(|c: char| c.is_ascii_alphabetic()) && typed.len() >= 3;
    let numbered = number.contains(|c: char| c.is_ascii_digit());
    which(typed).or_else(|fault| {
        if lettered && numbered && typed.chars().all(plain) && source.len() < typed.len() {
            Ok(Which::Foreign(typed.to_owned()))
        } else {
            Err(fault)
        }
    })
}

/// Reads the number of one ticket.
///
/// # Errors
/// What is accepted instead.
pub(crate) fn ticket(typed: &str) -> Result<TicketId, String> {
    match which(typed) {
        Ok(Which::These(ids)) if ids.len() == 1 => Ok(ids[0]),
        Ok(_) | Err(_) => Err(format!("'{typed}' is no ticket number; use one such as 42")),
    }
}

/// The tickets that were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tickets {
    /// Each once, in the order given.
    pub(crate) ids: Vec<TicketId>,
    /// Whether they were named as several, be it one in the end: by a list, a
    /// range, or on stdin.
    pub(crate) several: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_named_by_number_list_and_range() {
        let these = |ids: &[i64]| Ok(Which::These(ids.iter().copied().map(TicketId).collect()));
        assert_eq!(which("42"), these(&[42]));
        assert_eq!(which("#42,7"), these(&[42, 7]));
        assert_eq!(which("40-42"), these(&[40, 41, 42]));
        assert_eq!(which("-"), Ok(Which::Stdin));
    }

    #[test]
    fn what_is_no_number_is_refused() {
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
            assert!(which(typed).is_err(), "{typed:?}");
        }
    }
}
