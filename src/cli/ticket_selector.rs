//! How tickets of this desk are named on the command line: by number, as a
//! list or as a range.

use crate::cli::clap_errors::InvalidValue;
use crate::domain::event::TicketId;
use crate::error::Error;

/// Maximum number of tickets in one range.
const MAX_RANGE: i64 = 10_000;

/// The argument that reads tickets, or a text, from stdin.
pub(crate) const STDIN: &str = "-";

/// Parses `42`, `#42`, `42,43` or `40-45`.
///
/// # Errors
/// [`InvalidValue`] with what is accepted.
pub(crate) fn parse(typed: &str) -> Result<Vec<TicketId>, InvalidValue> {
    let invalid = || {
        InvalidValue::new(
            format!("'{typed}' is not a ticket number"),
            "use 42, 42,43, 40-45, or - for stdin",
        )
    };
    let mut ids = Vec::new();
    for part in typed.split(',').map(str::trim) {
        let number = |text: &str| {
            let digits = text.strip_prefix('#').unwrap_or(text);
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
    Ok(ids)
}

/// Whether a word consists of numbers and ranges only, as somebody writes who
/// means tickets. The numbers need not be valid: `5-3` and `2,` look like
/// tickets too.
pub(crate) fn looks_like_tickets(word: &str) -> bool {
    let number = |text: &str| {
        let digits = text.strip_prefix('#').unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let range = |part: &str| match part.split_once('-') {
        None => number(part),
        Some((from, to)) => number(from) && number(to),
    };
    let mut parts = word
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some() && parts.all(range)
}

/// Joins words that look like tickets into one argument, such as `1,2-3`.
pub(crate) fn as_one_list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let parts = words
        .into_iter()
        .flat_map(|word| word.split(|c: char| c == ',' || c.is_whitespace()))
        .filter(|part| !part.is_empty())
        .map(|part| part.replace('#', ""));
    parts.collect::<Vec<_>>().join(",")
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tickets_are_named_by_number_list_and_range() {
        let numbers = |ids: &[i64]| Ok(ids.iter().copied().map(TicketId).collect());
        assert_eq!(parse("42"), numbers(&[42]));
        assert_eq!(parse("#42,7"), numbers(&[42, 7]));
        assert_eq!(parse("40-42"), numbers(&[40, 41, 42]));
    }

    #[test]
    fn anything_but_a_number_is_refused() {
        for typed in [
            "",
            "-",
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

    #[test]
    fn numbers_and_ranges_look_like_tickets_even_if_they_name_none() {
        for word in [
            "5",
            "#5",
            "2-3",
            "#2-#3",
            "2,4-6",
            "2,",
            "0",
            "5-3",
            "2 3",
            "1\n2\n",
            "9223372036854775808",
        ] {
            assert!(looks_like_tickets(word), "{word:?}");
        }
        for word in [
            "",
            " ",
            ",",
            "-",
            "--",
            "3x",
            "3%",
            "4.2",
            "+4",
            "2026-11-27",
            "691:",
            "5 users",
            "L2",
            "٣",
        ] {
            assert!(!looks_like_tickets(word), "{word:?}");
        }
    }

    #[test]
    fn what_parses_as_tickets_looks_like_tickets() {
        proptest!(|(word in "[-#0-9, ]{1,8}")| {
            prop_assert!(parse(&word).is_err() || looks_like_tickets(&word), "{word:?}");
        });
    }

    #[test]
    fn words_are_joined_into_a_list_that_parses() {
        assert_eq!(as_one_list(["1", "2-3"]), "1,2-3");
        assert_eq!(as_one_list(["1,", "#2", "3 4\n5"]), "1,2,3,4,5");
    }
}
