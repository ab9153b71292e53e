//! Every command has a file, tests where one looks for them, a manual page, a
//! mention in the documents and a line of help, at every depth.

use std::collections::BTreeSet;
use std::fs;

use crate::architecture::{files, root};
use crate::env::Env;

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
        need("file", root().join("src/cli/commands").join(&file).exists());
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

/// The commands that have no line of help, or a line that does not look like
/// one, with what is above them.
fn without_help(command: &clap::Command, above: &str) -> Vec<String> {
    let mut found = Vec::new();
    for sub in command.get_subcommands() {
        let path = format!("{above} {}", sub.get_name());
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        let plain = about.starts_with(|c: char| c.is_ascii_uppercase())
            && !about.ends_with('.')
            && !about.contains('\n');
        if !plain {
            found.push(format!("{path}: {about:?}"));
        }
        found.extend(without_help(sub, &path));
    }
    found
}

#[test]
fn every_command_at_every_depth_has_a_line_of_help() {
    let mut command = desk::command();
    command.build();
    let depths = command
        .get_subcommands()
        .flat_map(clap::Command::get_subcommands);
    assert!(depths.count() > 10, "the subcommands of commands are seen");
    assert_eq!(without_help(&command, "desk"), Vec::<String>::new());
}

#[test]
fn help_lists_every_subcommand_as_its_own_help_begins() {
    let mut env = Env::bare();
    let mut command = desk::command();
    command.build();
    let mut wrong = Vec::new();
    for command in command.get_subcommands().filter(|it| it.has_subcommands()) {
        let verb = command.get_name();
        // The help text of the binary, as it lists its subcommands.
        let list = env.run(&[verb, "-h"]).ok().stdout;
        let subs = command.get_subcommands().map(clap::Command::get_name);
        for sub in subs.filter(|sub| *sub != "help") {
            let own = env.run(&[verb, sub, "-h"]).ok().stdout;
            let own = own.lines().next().unwrap_or_default();
            let listed = list.split_once(&format!("\n  {sub} "));
            let listed = listed.map_or("", |(_, rest)| rest.trim_start());
            // A long line is wrapped.
            let begin: String = own.chars().take(30).collect();
            if own.is_empty() || !listed.starts_with(&begin) {
                let listed = listed.lines().next().unwrap_or_default();
                wrong.push(format!(
                    "{verb} {sub} is listed as {listed:?}, but is {own:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_without_help_is_found() {
    let inner = clap::Command::new("add");
    let outer = clap::Command::new("errors").about("List them");
    let tree = clap::Command::new("desk").subcommand(outer.subcommand(inner));
    assert_eq!(without_help(&tree, "desk"), ["desk errors add: \"\""]);
}

#[test]
fn the_overview_lists_every_command_with_its_line_of_help() {
    let overview = fs::read_to_string(root().join("src/cli/overview.txt")).unwrap();
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
