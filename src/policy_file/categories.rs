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
    let table = root
        .get("categories")
        .and_then(|node| node.table(faults, wanted));
    let (mut listed, mut paths) = (Vec::new(), BTreeSet::new());
    for (path, node) in table
        .iter()
        .flat_map(|table| table.entries(faults, MAX_CATEGORIES))
    {
        let branch = branch(path, node, faults, tiers);
        let Some((branch, draft)) = branch else {
            continue;
        };
        if !paths.insert(branch.path.clone()) {
            faults.add(node, format!("'{}' is listed twice", branch.path));
        } else {
            listed.push((branch, draft));
        }
    }
    let mut tree: Vec<CategoryNode> = Vec::new();
    let mut drafts = Vec::new();
    for (branch, draft) in listed {
        for above in ancestors(&branch.path) {
            if paths.insert(above.clone()) {
                tree.push(CategoryNode {
                    path: above,
                    title: None,
                    questions: Vec::new(),
                    findings: Vec::new(),
                });
            }
        }
        drafts.push((tree.len(), draft));
        tree.push(branch);
    }
    // Ancestors first, so that the conditions they pass on are resolved.
    drafts.sort_by_key(|(at, _)| tree[*at].path.as_str().len());
    for (at, draft) in &drafts {
        draft.resolve_conditions(*at, &mut tree, faults);
    }
    tree
}

fn ancestors(path: &Category) -> Vec<Category> {
    let path = path.as_str();
    let ends = path.match_indices('/').map(|(at, _)| at);
    ends.map(|at| Category::from_stored(&path[..at])).collect()
}

fn branch<'a>(
    path: &str,
    node: &TomlValue<'a>,
    faults: &Faults,
    tiers: &[Tier],
) -> Option<(CategoryNode, RawQuestionnaire<'a>)> {
    let read = Category::parse(path);
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
    let draft = RawQuestionnaire::parse(&table, faults, tiers);
    let path = read.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
    let branch = CategoryNode {
        path: faults.ok_or_add(node, path)?,
        title,
        questions: draft.questions(),
        findings: draft.findings(),
    };
    Some((branch, draft))
}
