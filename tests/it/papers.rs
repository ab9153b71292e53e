//! The README is true: its sessions are run and compared with what it prints,
//! its recipes are run and their fields looked up in the schemas.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::env::Env;

fn readme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// A desk as somebody has it who just installed it.
struct Newcomer(Env);

impl Newcomer {
    fn new() -> Self {
        Self(Env::bare())
    }

    /// Runs a line; what it shows, with the newcomer's own home directory.
    fn types(&mut self, line: &str) -> (Option<i32>, String) {
        let set = "unset DESK_DB DESK_AGENT; export USER=anna";
        let output = self.0.shell(&format!("{set}\n{line}"));
        let shown = format!("{}{}", output.stdout, output.stderr);
        let shown: Vec<&str> = shown.lines().map(str::trim_end).collect();
        let shown = shown.join("\n").replace("DIR", "/home/anna");
        (output.code, shown)
    }

    /// Runs every session of the README; the README as it ought to be. A block
    /// of TOML that begins with the name of a file is that file.
    fn follows(&mut self, readme: &str) -> String {
        let mut written = String::new();
        let mut fence = None;
        let mut file: Option<PathBuf> = None;
        for line in readme.lines() {
            let line = line.trim_end();
            if line.starts_with("```") {
                fence = fence.is_none().then_some(line);
                file = None;
            } else if fence == Some("```console") {
                if let Some(command) = line.strip_prefix("$ ") {
                    let (_, shown) = self.types(command);
                    written.push_str(line);
                    written.push('\n');
                    if !shown.is_empty() {
                        written.push_str(&shown);
                        written.push('\n');
                    }
                }
                continue;
            }
            if fence == Some("```toml") && !line.starts_with("```") {
                if let (None, Some(name)) = (&file, line.strip_prefix("# ")) {
                    file = Some(self.0.dir().join(name)).filter(|_| name.ends_with(".toml"));
                }
                if let Some(file) = &file {
                    let mut text = fs::read_to_string(file).unwrap_or_default();
                    text.push_str(line);
                    text.push('\n');
                    fs::write(file, text).unwrap();
                }
            }
            written.push_str(line);
            written.push('\n');
        }
        written
    }
}

#[test]
fn the_sessions_of_the_readme_happen_as_printed() {
    let printed = fs::read_to_string(readme()).unwrap();
    let happened = Newcomer::new().follows(&printed);
    for (printed, happened) in printed.lines().zip(happened.lines()) {
        assert_eq!(happened, printed, "see readme_blocks_are_written_anew");
    }
    assert_eq!(happened.lines().count(), printed.lines().count());
}

#[test]
#[ignore = "writes the README: cargo test --test it anew -- --ignored"]
fn readme_blocks_are_written_anew() {
    let printed = fs::read_to_string(readme()).unwrap();
    fs::write(readme(), Newcomer::new().follows(&printed)).unwrap();
}

/// The lines of the README's `sh` blocks that run desk and jq.
fn recipes(readme: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = !inside && line == "```sh";
        } else if inside && line.starts_with("desk ") && line.contains("| jq") {
            found.push(line.to_owned());
        }
    }
    assert!(found.len() >= 6, "the recipes have moved: {found:?}");
    found
}

/// The fields that a jq program names.
fn fields(program: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in program.match_indices('.') {
        let name: String = program[at + 1..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.insert(name);
        }
    }
    found
}

/// Every name of a property in a schema, at any depth.
fn properties(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(named) = schema.get("properties").and_then(|p| p.as_object()) {
        found.extend(named.keys().cloned());
    }
    let parts = schema.as_object().into_iter().flat_map(|map| map.values());
    let items = schema.as_array().into_iter().flatten();
    for value in parts.chain(items) {
        properties(value, found);
    }
}

#[test]
fn the_recipes_name_fields_that_the_schemas_have() {
    let mut env = Env::bare();
    for recipe in recipes(&fs::read_to_string(readme()).unwrap()) {
        let (desk, jq) = recipe.split_once("| jq").unwrap();
        let schema = match desk.split_whitespace().nth(1).unwrap() {
            "list" | "overdue" => "tickets",
            "show" => "show",
            "open" => "done",
            "report" => "report",
            other => panic!("which schema has {other}?"),
        };
        let schema = env.run(&["schema", schema]).ok().stdout;
        let mut known = BTreeSet::new();
        properties(&serde_json::from_str(&schema).unwrap(), &mut known);
        let unknown: Vec<_> = fields(jq).difference(&known).cloned().collect();
        assert_eq!(unknown, Vec::<String>::new(), "{recipe}");
    }
}

#[test]
fn a_field_that_no_schema_has_would_be_seen() {
    let named = fields(r#"'.[] | .nonsense // "a.b", .clocks.response.due'"#);
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    assert_eq!(named, ["b", "clocks", "due", "nonsense", "response"]);
}

#[test]
fn the_recipes_work_as_printed_where_jq_is_installed() {
    if Command::new("jq").arg("--version").output().is_err() {
        return;
    }
    let printed = fs::read_to_string(readme()).unwrap();
    let mut desk = Newcomer::new();
    desk.follows(&printed);
    let mut shown = Vec::new();
    for recipe in recipes(&printed) {
        let (code, answer) = desk.types(&recipe);
        assert_eq!(code, Some(0), "{recipe}\n{answer}");
        shown.push(answer);
    }
    insta::assert_snapshot!(shown.join("\n--\n"), @"
    2026-03	1
    --
    nothing is due by then
    --
    L1 3
    --
    6
    --
    55560
    --
    2026-03-02T09:13:00Z -> Does it still drop with the client restarted?
    2026-03-02T09:14:00Z <- Yes, just now again.
    2026-03-02T09:17:00Z -> Fixed: please try again.
    --
    0.15
    ");
}
