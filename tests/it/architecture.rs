//! The rules of the house: who may know whom, how long a file may be, and
//! that every command has its test, its page and its mention.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with this ending.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
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

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The part of a source file that ships: without its tests.
fn shipped(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    text[..end].to_owned()
}

fn is_test(path: &Path) -> bool {
    let name = name(path);
    let suites = ["fixture.rs", "conformance.rs", "searching.rs"];
    name.contains("/tests") || suites.iter().any(|suite| name.ends_with(suite))
}

/// The code of a file: comments and doc comments left out.
fn code(path: &Path) -> String {
    shipped(path)
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What each room must never mention.
const WALLS: &[(&str, &[&str])] = &[
    (
        "src/domain",
        &[
            "crate::app",
            "crate::store",
            "crate::render",
            "crate::cli",
            "crate::config",
            "crate::error",
            "serde",
            "clap",
            "rusqlite",
            "std::io",
            "std::fs",
            "std::env",
            "Utc::now",
            "Local::now",
            "println",
        ],
    ),
    (
        "src/store",
        &[
            "crate::app",
            "crate::cli",
            "crate::render",
            "crate::config",
            "clap",
            "Utc::now",
        ],
    ),
    (
        "src/render",
        &[
            "crate::app",
            "crate::store",
            "crate::cli",
            "crate::config",
            "clap",
            "rusqlite",
        ],
    ),
    (
        "src/app",
        &[
            "clap",
            "crate::render",
            "crate::cli",
            "crate::config",
            "rusqlite",
            "sqlite",
            "std::io",
            "std::fs",
            "std::env",
        ],
    ),
    (
        "src/document",
        &[
            "crate::app",
            "crate::store",
            "crate::render",
            "crate::cli",
            "crate::config",
            "serde",
            "std::io",
            "std::fs",
            "std::env",
            "Utc::now",
            "Local::now",
        ],
    ),
    (
        "src/import",
        &[
            "crate::app",
            "crate::store",
            "crate::render",
            "crate::cli",
            "crate::config",
            "std::io",
            "std::fs",
            "std::env",
            "Utc::now",
            "Local::now",
        ],
    ),
    (
        "src/cli/commands",
        &[
            "crate::store",
            "rusqlite",
            "SELECT",
            "std::io",
            "std::env",
            "std::fs",
            "Utc::now",
            "print!",
            "println!",
        ],
    ),
];

/// Every breach of the walls in a tree of (file, code).
fn breaches(walls: &[(&str, &[&str])], tree: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (room, never) in walls {
        for (file, code) in tree {
            if file.starts_with(room) {
                for word in *never {
                    if code.contains(word) {
                        found.push(format!("{file} mentions {word}"));
                    }
                }
            }
        }
    }
    found
}

#[test]
fn each_room_knows_only_whom_it_may_know() {
    let tree: Vec<_> = files("src", "rs")
        .iter()
        .filter(|path| !is_test(path))
        .map(|path| (name(path), code(path)))
        .collect();
    assert_eq!(breaches(WALLS, &tree), Vec::<String>::new());
}

#[test]
fn a_breach_of_the_walls_would_be_seen() {
    let tree = vec![(
        "src/domain/x.rs".to_owned(),
        "use crate::store::Txn;".to_owned(),
    )];
    assert_eq!(
        breaches(WALLS, &tree),
        ["src/domain/x.rs mentions crate::store"]
    );
}

#[test]
fn serde_stays_in_codec_json_and_config() {
    let strays: Vec<_> = files("src", "rs")
        .iter()
        .filter(|path| code(path).contains("serde"))
        .map(|path| name(path))
        .filter(|name| {
            !name.contains("/codec")
                && !name.contains("render/json")
                && name != "src/config/resolve.rs"
                && name != "src/import/lines.rs"
        })
        .collect();
    assert_eq!(strays, Vec::<String>::new());
}

#[test]
fn no_file_is_longer_than_400_lines_before_its_tests() {
    let long: Vec<_> = files("src", "rs")
        .iter()
        .filter(|path| !is_test(path))
        .map(|path| (name(path), shipped(path).lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .collect();
    assert_eq!(long, Vec::new());
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
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for path in files("tests/it", "rs") {
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let declared = stem == "main" || main.contains(&format!("mod {stem};"));
        assert!(declared, "{} is in no module", name(&path));
    }
}

#[test]
fn every_command_has_a_file_a_test_a_page_and_a_mention() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let tests: String = files("tests/it", "rs")
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut missing = Vec::new();
    for verb in desk::command().get_subcommands() {
        let verb = verb.get_name();
        let mut need = |what: &str, there: bool| {
            if !there {
                missing.push(format!("{verb} has no {what}"));
            }
        };
        let page = format!("man/desk-{verb}.1");
        need(
            "file",
            root()
                .join(format!("src/cli/commands/{}.rs", verb.replace('-', "_")))
                .exists(),
        );
        need("manual page", root().join(page).exists());
        need("test", tests.contains(&format!("$ desk {verb}")));
        need(
            "mention in the README",
            readme.contains(&format!("desk {verb}")),
        );
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_overview_tells_every_command_as_its_own_help_does() {
    let overview = fs::read_to_string(root().join("src/cli/overview.txt")).unwrap();
    let told: BTreeSet<String> = overview
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let real: BTreeSet<String> = desk::command()
        .get_subcommands()
        .map(|verb| {
            format!(
                "{} {}",
                verb.get_name(),
                verb.get_about().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(told, real);
}

#[test]
fn the_top_level_is_not_cluttered() {
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "src",
        "tests",
        "benches",
        "completions",
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
