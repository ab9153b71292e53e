//! The rules of the architecture: allowed dependencies, maximum lengths of
//! files and functions, and that no code hides from these rules.
//!
//! The source is parsed as a whole, every file below `src`: imports and paths
//! wherever they stand, macros included, each resolved to the definition that
//! it leads to. Code is test code by its `#[cfg(test)]`, item by item.

mod controls;
mod rules;
mod source;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rules::{breaches, circles, rooms_of};
use tree::Tree;

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{ending} files in {folder}");
    found
}

pub(crate) fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The source of this repository.
fn real_tree() -> Tree {
    let mut sources = BTreeMap::new();
    for path in files("src", "rs") {
        let text = fs::read_to_string(&path).unwrap();
        let source = source::read(&name(&path), &text).unwrap();
        sources.insert(name(&path), Rc::new(source));
    }
    Tree::new(sources)
}

#[test]
fn each_room_uses_only_what_its_rule_allows() {
    let tree = real_tree();
    let found: Vec<String> = tree
        .sources
        .keys()
        .flat_map(|path| breaches(&tree, path))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_files_of_different_rooms_use_each_other_in_a_circle() {
    let across: Vec<_> = circles(&real_tree())
        .into_iter()
        .filter(|circle| rooms_of(circle).len() > 1)
        .collect();
    assert_eq!(across, Vec::<Vec<String>>::new());
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = files("src", "rs")
        .iter()
        .chain(&files("tests", "rs"))
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| name(path))
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn nothing_is_left_to_do() {
    let words = ["todo!", "dbg!", "FIXME", "XXX", "unimplemented!"];
    let left: Vec<_> = files("src", "rs")
        .iter()
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            words.iter().any(|word| text.contains(word))
        })
        .map(|path| name(path))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn every_test_file_is_part_of_a_module() {
    for path in files("tests/it", "rs") {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let folder = path.parent().unwrap();
        let parent = match folder.file_name().unwrap().to_str().unwrap() {
            "it" => folder.join("main.rs"),
            _ => folder.with_extension("rs"),
        };
        let declared = fs::read_to_string(parent).unwrap();
        let declared = stem == "main" || declared.contains(&format!("mod {stem};"));
        assert!(declared, "{} is in no module", name(&path));
    }
}

#[test]
fn the_top_level_is_not_cluttered() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src",
        "tests",
        "benches",
        "completions",
        "docs",
        "man",
        "target",
    ];
    let clutter: Vec<_> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && !allowed.contains(&name.as_str()))
        .collect();
    assert_eq!(clutter, Vec::<String>::new());
}

/// Whether a source begins a transaction that writes.
fn begins_to_write(source: &str) -> bool {
    let source: String = source.split_whitespace().collect();
    source.contains(".begin(AccessMode::Write") || source.contains(".begin(mode)")
}

#[test]
fn use_cases_that_write_can_be_tried_again() {
    let begins = |path: &Path| begins_to_write(&fs::read_to_string(path).unwrap());
    let all = files("src/app", "rs");
    let all = all.iter().filter(|path| begins(path));
    let all: Vec<String> = all.map(|path| name(path)).collect();
    let all = all.into_iter().filter(|name| !name.contains("/tests"));
    assert_eq!(all.collect::<Vec<_>>(), ["src/app/writing.rs"]);
    assert!(begins_to_write(
        "let txn = store\n    .begin(AccessMode::WriteTickets)?;"
    ));
    assert!(!begins_to_write("store.begin(AccessMode::Read)?"));
}
