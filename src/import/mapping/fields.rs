//! The table of a mapping that says which columns hold which fields.

use std::collections::BTreeMap;

use super::{FIELDS, MAX_ENTRIES, list, rows_are_tickets};
use crate::domain::custom_field::{canonical_name, is_name};
use crate::domain::text;
use crate::policy_file::toml_reader::{Faults, TomlTable, TomlValue};

/// What [columns] says.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) columns: BTreeMap<&'static str, Vec<String>>,
    pub(super) constants: BTreeMap<&'static str, String>,
    pub(super) numbers_are_rows: bool,
}

/// The first column of each field.
pub(super) fn first_columns(
    columns: &BTreeMap<&'static str, Vec<String>>,
) -> BTreeMap<&'static str, String> {
    let columns = columns.iter();
    columns
        .filter_map(|(field, names)| Some((*field, names.first()?.clone())))
        .collect()
}

/// Reads [fields]: which column holds which field that the policy defines.
pub(super) fn custom(root: &TomlTable<'_>, log: &Faults) -> BTreeMap<String, String> {
    const WANTED: &str = "the name of a column in quotes";
    let table = root.table("fields", log, "a table of fields of the policy and columns");
    let entries = table
        .iter()
        .flat_map(|table| table.entries(log, MAX_ENTRIES));
    let mut fields = BTreeMap::new();
    for (name, node) in entries {
        let field = canonical_name(name);
        if !is_name(&field) {
            log.add(node, format!("'{name}' cannot be the name of a field"));
        } else if let Some(column) = node.text(log, WANTED) {
            fields.insert(field, column.to_owned());
        }
    }
    fields
}

impl Fields {
    /// Reads the table.
    pub(super) fn read(root: &TomlTable<'_>, log: &Faults) -> Self {
        let mut fields = Self::default();
        let wanted = "a table of fields and columns";
        let Some(table) = root.table("columns", log, wanted) else {
            if !log.has_syntax_errors() {
                root.add_fault(log, "missing [columns], which maps fields to columns");
            }
            return fields;
        };
        table.allow_keys(log, &FIELDS);
        for (name, node) in table.entries(log, MAX_ENTRIES) {
            let Some(field) = FIELDS.iter().find(|field| *field == name) else {
                continue;
            };
            if node.is_table() {
                add_constant(&mut fields, field, node, log);
            } else if let Some(names) = list(node, log) {
                let names = names.into_iter().map(str::to_owned).collect();
                fields.columns.insert(*field, names);
            }
        }
        let has = |field: &str| {
            fields.columns.contains_key(field)
                || fields.constants.contains_key(field)
                || field == "number" && fields.numbers_are_rows
        };
        for needed in ["number", "opened"] {
            if !has(needed) {
                let instead = match needed {
                    "number" => "number = { row = true } numbers the rows",
                    _ => "opened = { value = \"2026-01-01\" } gives one time to all",
                };
                table.add_fault(
                    log,
                    format!("missing {needed}: every ticket needs it; {instead}"),
                );
            }
        }
        if !rows_are_tickets(root, &Faults::new("")) && !has("updated") {
            table.add_fault(
                log,
                "missing updated: every row of a history needs its own time",
            );
        }
        fields
    }
}

/// Reads `{ value = "x" }`, or `{ row = true }` for the number.
fn add_constant(fields: &mut Fields, field: &'static str, node: &TomlValue<'_>, log: &Faults) {
    let wanted = match field {
        "number" => "a column, or { row = true } for the number of the row",
        _ => "a column, or { value = \"…\" } for one value in all rows",
    };
    let Some(table) = node.table(log, wanted) else {
        return;
    };
    if field == "number" {
        table.allow_keys(log, &["row"]);
        match table.get("row").and_then(|row| row.boolean(log)) {
            Some(true) => fields.numbers_are_rows = true,
            Some(false) | None => log.add(node, format!("use {wanted}")),
        }
        return;
    }
    table.allow_keys(log, &["value"]);
    match table.get("value").and_then(|value| value.text(log, wanted)) {
        Some(value) if !value.trim().is_empty() => {
            let value = text::visible_nul(value.trim()).into_owned();
            fields.constants.insert(field, value);
        }
        Some(_) | None => log.add(node, format!("use {wanted}")),
    }
}
