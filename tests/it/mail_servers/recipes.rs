//! The recipes of the page about mail.

use std::path::Path;

const PAGE: &str = include_str!("../../../docs/mail.md");

/// Returns the recipe for a file: the block that begins with its name, or the part
/// of a block.
#[track_caller]
pub(super) fn recipe(file: &str) -> String {
    let named = format!("# {file}");
    let mut lines = PAGE.lines().skip_while(|line| *line != named).skip(1);
    let is_end = |line: &&str| !line.starts_with("```") && !line.starts_with("# /");
    let recipe: String = lines
        .by_ref()
        .take_while(is_end)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(!recipe.is_empty(), "the page has no recipe for {file}");
    recipe
}

/// Returns the block that has a line.
#[track_caller]
pub(super) fn block_with(line: &str) -> String {
    let mut blocks = PAGE.split("```").skip(1).step_by(2);
    let block = blocks.find(|block| block.lines().any(|found| found == line));
    let block = block.unwrap_or_else(|| panic!("the page has no block with {line}"));
    let (_language, text) = block.split_once('\n').unwrap();
    text.to_owned()
}

/// Replaces a part of a recipe, which must be there.
#[track_caller]
pub(super) fn with(recipe: &str, part: &str, other: &str) -> String {
    assert!(recipe.contains(part), "no '{part}' in:\n{recipe}");
    recipe.replace(part, other)
}

/// Writes a path into a recipe.
pub(super) fn at(path: &Path) -> String {
    path.display().to_string()
}

/// The commands of a unit, in their order.
#[track_caller]
pub(super) fn commands(unit: &str) -> Vec<String> {
    let recipe = recipe(unit);
    let lines = recipe.lines();
    lines
        .filter_map(|line| line.strip_prefix("ExecStart="))
        .map(str::to_owned)
        .collect()
}

#[test]
fn recipes_are_found_and_end_where_the_next_begins() {
    let timer = recipe("/etc/systemd/system/desk-mail.timer");
    assert!(timer.starts_with("[Unit]\n") && timer.ends_with("timers.target\n"));
    let service = recipe("/etc/systemd/system/desk-mail.service");
    assert!(!service.contains("OnCalendar"), "{service}");
    assert!(std::panic::catch_unwind(|| recipe("/etc/none")).is_err());
}
