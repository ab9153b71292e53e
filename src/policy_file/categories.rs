//! The tree of categories with their titles, questions and findings.

use std::collections::BTreeSet;

use super::questionnaire::Draft;
use super::toml_reader::{Log, Node, Table};
use crate::domain::category::{Category, NotACategory};
use crate::domain::people::Tier;
use crate::domain::policy::CategoryNode;
use crate::domain::text;

/// The most categories.
const CATEGORIES: usize = 2000;

/// The branches in the order of the document, each after those above it:
/// what lies above a category need not be listed.
pub(super) fn read(root: &Table<'_>, log: &Log, tiers: &[Tier]) -> Vec<CategoryNode> {
    let wanted = "a table with a table for each path, such as [categories.\"network/vpn\"]";
    let table = root
        .get("categories")
        .and_then(|node| node.table(log, wanted));
    let (mut listed, mut paths) = (Vec::new(), BTreeSet::new());
    for (path, node) in table
        .iter()
        .flat_map(|table| table.entries(log, CATEGORIES))
    {
        let branch = branch(path, node, log, tiers);
        let Some((branch, draft)) = branch else {
            continue;
        };
        if !paths.insert(branch.path.clone()) {
            log.fault(node, format!("'{}' is listed twice", branch.path));
        } else {
            listed.push((branch, draft));
        }
    }
    let mut tree: Vec<CategoryNode> = Vec::new();
    let mut drafts = Vec::new();
    for (branch, draft) in listed {
        for above in above(&branch.path) {
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
    // Those above first: what they ask of answers is then understood.
    drafts.sort_by_key(|(at, _)| tree[*at].path.as_str().len());
    for (at, draft) in &drafts {
        draft.check(*at, &mut tree, log);
    }
    tree
}

fn above(path: &Category) -> Vec<Category> {
    let path = path.as_str();
    let ends = path.match_indices('/').map(|(at, _)| at);
    ends.map(|at| Category::from_stored(&path[..at])).collect()
}

fn branch<'a>(
    path: &str,
    node: &Node<'a>,
    log: &Log,
    tiers: &[Tier],
) -> Option<(CategoryNode, Draft<'a>)> {
    let read = Category::parse(path);
    let table = node.table(log, "a table with title, questions and findings")?;
    table.only_or(log, &["title", "questions", "findings"], |name, below| {
        below
            .is_table()
            .then(|| format!("write the path as one key in quotes: [categories.\"{path}/{name}\"]"))
    });
    let title = table.get("title").and_then(|node| {
        let typed = node.text(log, "a title in quotes")?;
        let line = text::line("title", typed).map_err(|fault| fault.to_string());
        log.taken(node, line)
    });
    let draft = Draft::read(&table, log, tiers);
    let path = read.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
    let branch = CategoryNode {
        path: log.taken(node, path)?,
        title,
        questions: draft.questions(),
        findings: draft.findings(),
    };
    Some((branch, draft))
}
