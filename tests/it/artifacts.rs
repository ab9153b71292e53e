//! The generated files in the repository are what desk generates: completion
//! scripts and manual pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::env::Env;

const SCRIPTS: [(&str, &str); 5] = [
    ("bash", "desk.bash"),
    ("zsh", "_desk"),
    ("fish", "desk.fish"),
    ("powershell", "_desk.ps1"),
    ("elvish", "desk.elv"),
];

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Every file of a folder by its name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// The completion scripts as desk prints them now.
fn scripts() -> BTreeMap<String, String> {
    let mut env = Env::bare();
    SCRIPTS
        .iter()
        .map(|(shell, file)| {
            let script = env.run(&["completions", shell]).ok();
            ((*file).to_owned(), script.stdout)
        })
        .collect()
}

/// The manual pages as desk writes them now.
fn pages() -> BTreeMap<String, String> {
    let mut env = Env::bare();
    let place = env.dir().join("man");
    fs::create_dir(&place).unwrap();
    let _written = env.run(&["man", "man"]).ok();
    files(&place)
}

/// Asserts that both are equal, file by file.
fn same(folder: &str, made: &BTreeMap<String, String>) {
    let kept = files(&root(folder));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(made), "in {folder}");
    for (name, text) in made {
        let stale = kept[name] != *text;
        assert!(
            !stale,
            "{folder}/{name} is stale: cargo test regenerate -- --ignored"
        );
    }
}

#[test]
fn the_completion_scripts_in_the_repository_are_current() {
    same("completions", &scripts());
}

#[test]
fn the_manual_describes_every_option() {
    for (name, page) in pages() {
        let lines: Vec<&str> = page.lines().collect();
        for three in lines.windows(3) {
            let silent = three[0] == ".TP" && three[2].starts_with('.');
            assert!(!silent, "{name}: {}", three[1]);
        }
    }
}

#[test]
fn the_manual_pages_in_the_repository_are_current() {
    same("man", &pages());
}

#[test]
#[ignore = "writes completions and man: cargo test regenerate -- --ignored"]
fn regenerate_the_completions_and_the_manual() {
    for (folder, made) in [("completions", scripts()), ("man", pages())] {
        let folder = root(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        for (name, text) in made {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}
