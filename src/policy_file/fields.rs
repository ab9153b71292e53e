//! Fields of tickets that the policy defines.

use super::toml_reader::{Faults, TomlTable, TomlValue};
use crate::domain::category::{Category, NotACategory};
use crate::domain::custom_field::{FieldDefinition, MAX_FIELDS, is_name};
use crate::domain::filter::fields::{FIELDS, full_name};
use crate::domain::vocabulary::{FieldGate, FieldType};

/// How many choices a field has at most, and how many categories.
const MAX_CHOICES: usize = 200;

const EXAMPLE: &str = "a table for each field, such as [fields.asset] with type = \"text\"";

/// Names of columns and of values in JSON. The names of the filter language are
/// [`FIELDS`].
const TAKEN: &[&str] = &[
    "since",
    "waiting_for",
    "wake_at",
    "users",
    "business",
    "impact",
    "urgency",
    "opened_at",
    "updated_at",
    "resolved_at",
    "closed_at",
    "contact",
    "reopenings",
    "escalations",
    "merged_into",
    "response",
    "update",
    "resolution",
    "clocks",
    "next_due",
    "sla",
    "known_error",
    "assignee_name",
    "notification",
    "notifications",
    "tags",
    "fields",
    "checklist_items",
    "spent",
    "not",
    "field",
];

/// Parses the fields in document order.
pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults) -> Vec<FieldDefinition> {
    let Some(table) = root.table("fields", faults, EXAMPLE) else {
        return Vec::new();
    };
    let entries = table.entries(faults, MAX_FIELDS).iter();
    entries
        .filter_map(|(name, node)| field(name, node, faults))
        .collect()
}

fn field(name: &str, node: &TomlValue<'_>, faults: &Faults) -> Option<FieldDefinition> {
    let table = node.table(faults, EXAMPLE)?;
    table.allow_keys(
        faults,
        &["type", "label", "choices", "categories", "required_to"],
    );
    check_name(name, node, faults);
    let kind = match table.get("type") {
        Some(node) => node.word(faults, "a type such as \"text\"", FieldType::parse),
        None => {
            let all = FieldType::WORDS.join(", ");
            table.add_fault(faults, format!("the type is missing; write one of {all}"));
            None
        }
    };
    let label = table.get("label");
    let label = label.and_then(|node| node.line(faults, "label", "a label in quotes"));
    let choices = choices(&table, kind, faults);
    let gate = table.get("required_to");
    let gate =
        gate.and_then(|node| node.word(faults, "\"resolve\" or \"close\"", FieldGate::parse));
    Some(FieldDefinition {
        name: name.to_owned(),
        label,
        kind: kind?,
        choices,
        categories: categories(&table, faults),
        required_to: gate,
    })
}

fn check_name(name: &str, node: &TomlValue<'_>, faults: &Faults) {
    if !is_name(name) {
        let rule = "use 2 to 30 small letters a-z, digits and _, beginning with a letter";
        faults.add(
            node,
            format!("'{name}' cannot be the name of a field: {rule}"),
        );
    } else if full_name(name).is_some()
        || FIELDS.iter().any(|field| field.name == name)
        || TAKEN.contains(&name)
    {
        let hint = "choose another, such as the name with a word before it";
        faults.add(
            node,
            format!("'{name}' is already the name of a column or of a filter; {hint}"),
        );
    }
}

fn choices(table: &TomlTable<'_>, kind: Option<FieldType>, faults: &Faults) -> Vec<String> {
    const WANTED: &str = "a list of values such as [\"red\", \"blue\"]";
    let Some(node) = table.get("choices") else {
        if kind == Some(FieldType::Choice) {
            table.add_fault(faults, format!("a choice needs choices = {WANTED}"));
        }
        return Vec::new();
    };
    if kind.is_some_and(|kind| kind != FieldType::Choice) {
        faults.add(node, "only a field with type = \"choice\" has choices");
    }
    let items = node.items(faults, MAX_CHOICES, WANTED).unwrap_or_default();
    if items.is_empty() && kind == Some(FieldType::Choice) {
        faults.add(node, format!("it is empty; write {WANTED}"));
    }
    let mut choices: Vec<String> = Vec::new();
    for item in items {
        let Some(choice) = item.line(faults, "choice", WANTED) else {
            continue;
        };
        let is_same = |known: &String| known.to_lowercase() == choice.to_lowercase();
        let means_else = ["none", "any"].contains(&choice.to_lowercase().as_str());
        if choices.iter().any(is_same) {
            faults.add(&item, format!("'{choice}' is listed twice"));
        } else if means_else || choice.contains(',') {
            let rule = "none and any mean something else in a filter, and a comma separates values";
            faults.add(&item, format!("'{choice}' cannot be a choice: {rule}"));
        } else {
            choices.push(choice);
        }
    }
    choices
}

fn categories(table: &TomlTable<'_>, faults: &Faults) -> Vec<Category> {
    const WANTED: &str = "a list of categories such as [\"hardware\"]";
    let node = table.get("categories");
    let items = node.and_then(|node| node.items(faults, MAX_CHOICES, WANTED));
    let category = |item: &TomlValue<'_>| {
        let typed = item.text(faults, WANTED)?;
        let path = Category::parse(typed);
        faults.ok_or_add(
            item,
            path.map_err(|fault| format!("{fault}: {}", NotACategory::HINT)),
        )
    };
    items.iter().flatten().filter_map(category).collect()
}
