//! Reads exports of other systems: bytes to records, and records to import
//! rows through a mapping document. Also reads files of test questions. Opens
//! no file.

mod date_formats;
mod date_proof;
mod detect;
mod json_lines;
mod mapping;
mod questions;
mod row;
mod suggest;
mod table;

/// The built-in mappings by name.
const BUILT_IN: [(&str, &str); 6] = [
    (
        "servicenow-events",
        include_str!("maps/servicenow-events.toml"),
    ),
    ("servicenow", include_str!("maps/servicenow.toml")),
    ("rt", include_str!("maps/rt.toml")),
    ("zammad", include_str!("maps/zammad.toml")),
    ("glpi", include_str!("maps/glpi.toml")),
    ("jira", include_str!("maps/jira.toml")),
];

/// Returns the text of a built-in mapping.
pub(crate) fn built_in_mapping(name: &str) -> Option<&'static str> {
    let found = BUILT_IN.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text)
}

pub(crate) use detect::prove_dates;
pub(crate) use json_lines::parse_answers;
pub(crate) use mapping::{Mapping, parse_mapping, with_setting};
pub(crate) use questions::parse_questions;
pub(crate) use row::RowReader;
pub(crate) use suggest::suggest_mapping;
pub(crate) use table::{decode, read_table};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_mapping_is_valid() {
        for (name, text) in BUILT_IN {
            assert_eq!(parse_mapping(text).err(), None, "{name}");
        }
    }
}
