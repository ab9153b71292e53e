//! The category tree with titles, questions and findings.

use std::collections::BTreeSet;

use super::questionnaire::RawQuestionnaire;
use super::toml_reader::{Faults, TomlTable, TomlValue};
use crate::domain::category::{Category, NotACategory};
use crate::domain::people::Tier;
use crate::domain::policy::CategoryNode;

/// Maximum number of categories.
const MAX_CATEGORIES: usize = 2000;

/// Parses the categories in document order. Ancestors that are not listed are
/// added before their first descendant.
pub(super) fn parse(root: &TomlTable<'_>, faults: &Faults, tiers: &[Tier]) -> Vec<CategoryNode> {
    let wanted = "a table with a table for each path, such as [categories.\"network/vpn\"]";
    let table = root.table("categories", faults, wanted);
    let (mut listed, mut paths) = (Vec::new(), BTreeSet::new());
    for (path, node) in table
        .iter()
        .flat_map(|table| table.entries(faults, MAX_CATEGORIES))
    {
        let category = category(path, node, faults, tiers);
        let Some((category, raw)) = category else {
            continue;
        };
        if !paths.insert(category.path.clone()) {
            faults.add(node, format!("'{}' is listed twice", category.path));
        } else {
            listed.push((category, raw));
        }
    }
    let mut tree: Vec<CategoryNode> = Vec::new();
    let mut raw_questionnaires = Vec::new();
    for (category, raw) in listed {
        for ancestor in ancestors(&category.path) {
            if paths.insert(ancestor.clone()) {
                tree.push(CategoryNode {
                    path: ancestor,
                    title: None,
                    questions: Vec::new(),
                    findings: Vec::new(),
                });
            }
        }
        raw_questionnaires.push((tree.len(), raw));
        tree.push(category);
    }
    // Ancestors first, so that the conditions they pass on are resolved.
    raw_questionnaires.sort_by_key(|(at, _)| tree[*at].path.as_str().len());
    for (at, raw) in &raw_questionnaires {
        raw.resolve_conditions(*at, &mut tree, faults);
    }
    tree
}

fn ancestors(path: &Category) -> Vec<Category> {
    let path = path.as_str();
    let ends = path.match_indices('/').map(|(at, _)| at);
    ends.map(|at| Category::from_stored(&path[..at])).collect()
}

fn category<'a>(
    path: &str,
    node: &TomlValue<'a>,
    faults: &Faults,
    tiers: &[Tier],
) -> Option<(CategoryNode, RawQuestionnaire<'a>)> {
    let parsed = Category::parse(path);
    let table = node.table(faults, "a table with title, questions and findings")?;
    table.allow_keys_or(
        faults,
        &["title", "questions", "findings"],
        |name, below| {
            below.is_table().then(|| {
                format!("write the path as one key in quotes: [categories.\"{path}/{name}\"]")
            })
        },
    );
    let title = table
        .get("title")
        .and_then(|node| node.line(faults, "title", "a title in quotes"));
    let raw = RawQuestionnaire::parse(&table, faults, tiers);
    let path = parsed.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
    let category = CategoryNode {
        path: faults.ok_or_add(node, path)?,
        title,
        questions: raw.questions(),
        findings: raw.findings(),
    };
    Some((category, raw))
}
