//! The tree of categories with their titles and questions.

use std::collections::BTreeSet;

use super::short_name;
use super::walk::{Log, Node, Table};
use crate::domain::category::{Category, NotACategory};
use crate::domain::policy::{Branch, Question};
use crate::domain::text;

/// The most categories, and the most questions of one.
const CATEGORIES: usize = 2000;
const QUESTIONS: usize = 50;

/// The branches in the order of the document, each after those above it:
/// what lies above a category need not be listed.
pub(super) fn read(root: &Table<'_>, log: &Log) -> Vec<Branch> {
    let wanted = "a table with a table for each path, such as [categories.\"network/vpn\"]";
    let table = root
        .get("categories")
        .and_then(|node| node.table(log, wanted));
    let (mut listed, mut paths) = (Vec::new(), BTreeSet::new());
    for (path, node) in table
        .iter()
        .flat_map(|table| table.entries(log, CATEGORIES))
    {
        let branch = branch(path, node, log);
        let Some(branch) = branch else { continue };
        if !paths.insert(branch.path.clone()) {
            log.fault(node, format!("'{}' is listed twice", branch.path));
        } else {
            listed.push(branch);
        }
    }
    let mut tree: Vec<Branch> = Vec::new();
    for branch in listed {
        for above in above(&branch.path) {
            if paths.insert(above.clone()) {
                tree.push(Branch {
                    path: above,
                    title: None,
                    questions: Vec::new(),
                });
            }
        }
        tree.push(branch);
    }
    tree
}

fn above(path: &Category) -> Vec<Category> {
    let path = path.as_str();
    let ends = path.match_indices('/').map(|(at, _)| at);
    ends.map(|at| Category::recorded(&path[..at])).collect()
}

fn branch(path: &str, node: &Node<'_>, log: &Log) -> Option<Branch> {
    let read = Category::parse(path);
    let table = node.table(log, "a table with title and questions")?;
    table.only_or(log, &["title", "questions"], |name, below| {
        below
            .is_table()
            .then(|| format!("write the path as one key in quotes: [categories.\"{path}/{name}\"]"))
    });
    let title = table.get("title").and_then(|node| {
        let typed = node.text(log, "a title in quotes")?;
        let line = text::line("title", typed).map_err(|fault| fault.to_string());
        log.taken(node, line)
    });
    let questions = table.get("questions").map(|node| questions(node, log));
    let path = read.map_err(|fault| format!("{fault}: {}", NotACategory::HINT));
    Some(Branch {
        path: log.taken(node, path)?,
        title,
        questions: questions.unwrap_or_default(),
    })
}

fn questions(node: &Node<'_>, log: &Log) -> Vec<Question> {
    let wanted = "a list of questions";
    let mut asked: Vec<Question> = Vec::new();
    for item in node.items(log, QUESTIONS, wanted).unwrap_or_default() {
        let Some(mut question) = question(&item, log) else {
            continue;
        };
        let taken = |key: &str| asked.iter().any(|other| other.key == key);
        if question.key.is_empty() {
            let slug = slug(&question.text);
            let numbered = (2..).map(|n| format!("{slug}-{n}"));
            let mut keys = std::iter::once(slug.clone()).chain(numbered);
            question.key = keys.find(|key| !taken(key)).unwrap_or_default();
        } else if taken(&question.key) {
            log.fault(
                &item,
                format!("a second question with the key '{}'", question.key),
            );
            continue;
        }
        asked.push(question);
    }
    asked
}

/// A question; its key is empty where none is given.
fn question(node: &Node<'_>, log: &Log) -> Option<Question> {
    let line = |node: &Node<'_>| {
        let typed = node.text(log, "a question in quotes")?;
        let line = text::line("question", typed).map_err(|fault| fault.to_string());
        log.taken(node, line)
    };
    if node.is_text() {
        return Some(Question {
            key: String::new(),
            text: line(node)?,
        });
    }
    let table = node.table(log, "a text, or { key = \"…\", text = \"…\" }")?;
    table.only(log, &["key", "text"]);
    let key = match table.get("key") {
        Some(node) => {
            let typed = node.text(log, "a short name in quotes")?;
            log.taken(node, short_name("question", typed))?
        }
        None => String::new(),
    };
    let Some(node) = table.get("text") else {
        table.fault(log, "a question needs a text");
        return None;
    };
    Some(Question {
        key,
        text: line(node)?,
    })
}

/// A short name made of the first words of a text.
fn slug(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let length = slug.chars().count() + 1 + word.chars().count();
        if !slug.is_empty() && length > 30 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(30));
    }
    if slug.is_empty() {
        slug.push_str("question");
    }
    slug
}
