//! Finds the formats of the times in a file, for a mapping that leaves them
//! open.

use std::collections::BTreeSet;

use super::date_formats::DateFormats;
use super::date_proof::{DateProof, ProvedFormats};
use super::mapping::{Mapping, TIMES};
use super::row::Layout;
use super::table::read_table;

/// Times whose formats cannot be proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnprovedDates {
    pub(crate) reason: String,
    /// Formats to choose from.
    pub(crate) choices: Vec<String>,
}

/// Returns the formats of a mapping, proved by all times of a decoded file if
/// the mapping leaves them open.
///
/// # Errors
/// If the times fit several formats, or none.
pub(crate) fn prove_dates(map: &Mapping, text: &[u8]) -> Result<DateFormats, UnprovedDates> {
    if !map.dates.is_detected() {
        return Ok(map.dates.clone());
    }
    let mut proof = DateProof::new();
    let Ok(mut records) = read_table(text, map.format.delimiter, &mut Vec::new()) else {
        // Reading the rows reports it.
        return Ok(map.dates.with_formats(Vec::new()));
    };
    let Ok(layout) = Layout::new(map, &records.header) else {
        return Ok(map.dates.with_formats(Vec::new()));
    };
    let times = TIMES.iter().filter_map(|field| layout.fields.get(field));
    let times: BTreeSet<usize> = times.flatten().copied().collect();
    while let Ok(Some((_, record))) = records.next() {
        let Ok(record) = record else { continue };
        for at in &times {
            let cell = record.get(*at).unwrap_or_default();
            let cell = std::str::from_utf8(cell).unwrap_or_default();
            if !map.is_missing(cell) {
                proof.add(cell);
            }
        }
    }
    match proof.result() {
        ProvedFormats::Proved(formats) => Ok(map.dates.with_formats(formats)),
        ProvedFormats::Ambiguous {
            formats: [one, other],
            example,
        } => {
            let reading = |form: &str| {
                let day = super::date_formats::local(&example, form);
                day.map_or_else(String::new, |day| day.format("%-d %B %Y").to_string())
            };
            Err(UnprovedDates {
                reason: format!(
                    "every time fits {one} and {other}: '{example}' is {} or {}",
                    reading(&one),
                    reading(&other)
                ),
                choices: vec![one, other],
            })
        }
        ProvedFormats::Contradicted {
            formats: [one, other],
            examples: [not_one, not_other],
        } => Err(UnprovedDates {
            reason: format!(
                "no format fits all times: '{not_one}' is not {one}, and '{not_other}' is not {other}"
            ),
            choices: vec![one, other],
        }),
    }
}
