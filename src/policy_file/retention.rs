//! The rules of retention.

use super::toml_reader::{Faults, TomlTable};
use super::{Diagnostic, unknown_word};
use crate::domain::category::Category;
use crate::domain::privacy::retention::{RetentionRule, RetentionSpan};
use crate::domain::vocabulary::{Kind, RetentionScope};

const MAX_RULES: usize = 100;
const EXAMPLE: &str = "[[retention]] with closed_for and erase, and perhaps kind and category";
const SPAN: &str = "a span such as \"24 months\", \"2 years\" or \"90 days\"";

/// The rules, in the order of the file.
#[derive(Default)]
pub(super) struct Retention {
    pub(super) rules: Vec<RetentionRule>,
    /// Where each rule is, without a message.
    pub(super) places: Vec<Diagnostic>,
}

pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults) -> Retention {
    let mut all = Retention::default();
    let Some(node) = root.get("retention") else {
        return all;
    };
    let tables = node.tables(faults, MAX_RULES, EXAMPLE);
    for table in tables.unwrap_or_default() {
        let Some(rule) = rule(&table, faults) else {
            continue;
        };
        if all.rules.contains(&rule) {
            table.add_fault(faults, "the same rule is there twice".to_owned());
            continue;
        }
        let place = table.get("closed_for").unwrap_or(node);
        all.places.push(faults.diagnostic(place, ""));
        all.rules.push(rule);
    }
    all
}

fn rule(table: &TomlTable<'_>, faults: &Faults) -> Option<RetentionRule> {
    table.allow_keys(faults, &["kind", "category", "closed_for", "erase"]);
    let kind = match table.get("kind") {
        Some(node) => Some(node.word(faults, "\"incident\" or \"request\"", Kind::parse)?),
        None => None,
    };
    let category = match table.get("category") {
        Some(node) => {
            let typed = node.text(faults, "a category such as \"network/vpn\"")?;
            match Category::parse(typed) {
                Ok(category) => Some(category),
                Err(fault) => {
                    faults.add(node, fault.to_string());
                    return None;
                }
            }
        }
        None => None,
    };
    let closed_for = match table.get("closed_for") {
        Some(node) => {
            let typed = node.text(faults, SPAN)?;
            let span = RetentionSpan::parse(typed);
            if span.is_none() {
                faults.add(node, format!("'{typed}' is not a span; write {SPAN}"));
            }
            span
        }
        None => {
            table.add_fault(faults, format!("closed_for is missing; write {SPAN}"));
            None
        }
    };
    Some(RetentionRule {
        kind,
        category,
        erase: scopes(table, faults)?,
        closed_for: closed_for?,
    })
}

fn scopes(table: &TomlTable<'_>, faults: &Faults) -> Option<Vec<RetentionScope>> {
    let all = RetentionScope::WORDS.join(", ");
    let missing = || format!("erase is missing; write a list of some of: {all}");
    let Some(node) = table.get("erase") else {
        table.add_fault(faults, missing());
        return None;
    };
    let mut scopes = Vec::new();
    for item in node.items(faults, 20, "a list of words")? {
        let typed = item.text(faults, "a word in quotes")?;
        match RetentionScope::parse(typed) {
            Ok(scope) if scopes.contains(&scope) => {
                faults.add(&item, format!("'{typed}' is listed twice"));
            }
            Ok(scope) => scopes.push(scope),
            Err(fault) => faults.add(&item, unknown_word(&fault)),
        }
    }
    if scopes.is_empty() {
        faults.add(node, missing());
        return None;
    }
    Some(scopes)
}
