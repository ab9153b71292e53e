//! Every command has a file, tests where one looks for them, a manual page and
//! a mention in the documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::architecture::{files, root};

/// TEMPORARY: the folder of the commands, until it has moved.
fn commands() -> PathBuf {
    let folder = root().join("src/cli/commands");
    if folder.exists() {
        return folder;
    }
    root().join("src/commands")
}

fn verbs() -> Vec<String> {
    let command = desk::command();
    let verbs = command.get_subcommands();
    verbs.map(|verb| verb.get_name().to_owned()).collect()
}

#[test]
fn every_command_has_a_file_tests_a_manual_page_and_a_mention() {
    let mut documents = fs::read_to_string(root().join("README.md")).unwrap();
    if root().join("docs").exists() {
        for path in files("docs", "md") {
            documents += &fs::read_to_string(path).unwrap();
        }
    }
    let mut missing = Vec::new();
    for verb in verbs() {
        let mut need = |what: &str, there: bool| {
            if !there {
                missing.push(format!("{verb} has no {what}"));
            }
        };
        let file = format!("{}.rs", verb.replace('-', "_"));
        need("file", commands().join(&file).exists());
        let page = root().join(format!("man/desk-{verb}.1"));
        need("manual page", page.exists());
        let mention = documents.contains(&format!("desk {verb}"));
        need("mention in the documents", mention);
        let tests = fs::read_to_string(root().join("tests/it").join(&file)).unwrap_or_default();
        need("file of tests", tests.contains("#[test]"));
        let runs = [format!("desk {verb}"), format!("\"{verb}\"")];
        let run = runs.iter().any(|run| tests.contains(run));
        need("test in its file", run);
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_overview_lists_every_command_with_its_line_of_help() {
    let overview = [root().join("src/cli"), commands()]
        .map(|folder| folder.join("overview.txt"))
        .into_iter()
        .find(|path| path.exists())
        .unwrap();
    let overview = fs::read_to_string(overview).unwrap();
    let listed: BTreeSet<String> = overview
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
    assert_eq!(listed, real);
}
