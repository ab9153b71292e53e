//! Negative controls: every known way around the rules is detected, in small
//! trees and in a copy of each real file.

use std::collections::BTreeMap;
use std::fs;
use std::rc::Rc;

use super::rules::{ROOMS, Room, breaches, circles, room_of, rooms_of};
use super::source::{self, module_of};
use super::tree::Tree;
use super::{real_tree, root};

/// The modules that the small trees below have.
const ROOT: &str = "mod app; mod cli; mod domain; mod error; mod import; mod output; mod store; #[cfg(test)] mod testing;";

/// A tree with this file in it, and with others that it may lead to.
fn tree_with(path: &str, text: &str) -> Tree {
    let files = [
        ("src/lib.rs", ROOT),
        (
            "src/app/mod.rs",
            "pub(crate) use crate::store::Txn; pub(crate) struct Desk; pub(crate) fn go() {}",
        ),
        ("src/cli/mod.rs", "pub(crate) mod commands;"),
        ("src/cli/commands/mod.rs", "pub(crate) mod list;"),
        ("src/cli/commands/list.rs", ""),
        (
            "src/domain/mod.rs",
            "pub(crate) mod ticket; pub(crate) struct Money;",
        ),
        ("src/domain/ticket.rs", ""),
        ("src/error.rs", ""),
        ("src/import/mod.rs", ""),
        ("src/output/mod.rs", ""),
        (
            "src/store/mod.rs",
            "pub(crate) mod codec; mod sqlite; pub(crate) use port::*; mod port;",
        ),
        ("src/store/codec/mod.rs", ""),
        ("src/store/port.rs", "pub(crate) struct Txn;"),
        ("src/testing/mod.rs", ""),
        (
            "src/store/sqlite/mod.rs",
            "pub(super) use rusqlite::Connection as Conn;",
        ),
    ];
    let mut sources = BTreeMap::new();
    for (path, text) in files.into_iter().chain([(path, text)]) {
        let source = source::read(path, text).unwrap();
        sources.insert(path.to_owned(), Rc::new(source));
    }
    Tree::new(sources)
}

fn found(path: &str, text: &str) -> Vec<String> {
    breaches(&tree_with(path, text), path)
}

/// Every way around a rule: the file, the code, and the expected violation.
const AROUND: &[(&str, &str, &str)] = &[
    (
        "src/store/mod.rs",
        "mod codec; mod port; mod sqlite; use crate::app; use clap::Parser;",
        "store must not use app",
    ),
    (
        "src/store/mod.rs",
        "mod codec; mod port; mod sqlite; use crate::app; use clap::Parser;",
        "store must not use clap::Parser",
    ),
    (
        "src/domain/ticket.rs",
        "use super::super::store::Txn;",
        "domain must not use store",
    ),
    (
        "src/domain/ticket.rs",
        "mod inner { use super::super::super::store::Txn; }",
        "domain must not use store",
    ),
    (
        "src/domain/ticket.rs",
        "use crate as c; fn f() { c::app::go(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::store as s; fn f(_: s::Txn) {}",
        "domain must not use store",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::{domain::Money, app::{self, Desk}};",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::{self as all}; fn f() { all::app::go(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::*; fn f() { app::go(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::r#app::Desk;",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "pub(crate) use crate::store::Txn;",
        "domain must not use store",
    ),
    // A room that the file may use hands on what it may not.
    (
        "src/cli/commands/list.rs",
        "use crate::app::Txn;",
        "cli/commands must not use store",
    ),
    (
        "src/cli/commands/list.rs",
        "use crate::app; fn f(_: app::Txn) {}",
        "cli/commands must not use store",
    ),
    (
        "src/cli/commands/list.rs",
        "use crate::app::*; fn f(_: Txn) {}",
        "cli/commands must not use store",
    ),
    (
        "src/store/codec/mod.rs",
        "use super::sqlite::Conn;",
        "store/codec must not use rusqlite::Connection",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { let _ = crate::app::go(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "struct S { of: Vec<crate::app::Desk> }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f(x: u8) { match x { crate::app::ONE => {} _ => {} } }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "impl crate::app::Use for super::Money {}",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { <crate::app::Desk as Default>::default(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { assert!(crate::app::ready()); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() -> String { format!(\"{}\", vec![super::super::app::NAME].len()) }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { crate::app::make!(); }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! m { () => { $crate::app::go() }; }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! m { () => { use crate::{domain::Money, app::Desk}; }; }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! m { () => { ::clap::Arg::new() }; }",
        "domain must not use clap::Arg::new",
    ),
    (
        "src/domain/ticket.rs",
        "#[derive(clap::Args)] struct S;",
        "domain must not use clap::Args",
    ),
    (
        "src/domain/ticket.rs",
        "struct S { #[serde(default)] of: u8 }",
        "domain must not use serde",
    ),
    (
        "src/domain/ticket.rs",
        "struct S { #[with(path = \"crate::app::go\")] of: u8 }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { ::clap::Arg::new(\"x\"); }",
        "domain must not use clap::Arg::new",
    ),
    (
        "src/domain/ticket.rs",
        "use r#clap::Parser;",
        "domain must not use clap::Parser",
    ),
    (
        "src/domain/ticket.rs",
        "extern crate clap as c; use c::Parser;",
        "extern crate hides code",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! m { () => { extern crate clap; }; }",
        "extern crate hides code",
    ),
    (
        "src/domain/ticket.rs",
        "#[path = \"../app/mod.rs\"] mod other;",
        "#[path] hides code",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg_attr(all(), path = \"../app/mod.rs\")] mod other;",
        "#[path] hides code",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! m { () => { #[path = \"x.rs\"] mod x; }; }",
        "#[path] hides code",
    ),
    (
        "src/domain/ticket.rs",
        "include!(\"../app/mod.rs\");",
        "include! hides code",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { std::include!(\"../app/mod.rs\"); }",
        "include! hides code",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { vec![include!(\"../app/mod.rs\")]; }",
        "include! hides code",
    ),
    (
        "src/domain/ticket.rs",
        "macro_rules! all { ($($m:ident)*) => { $(mod $m;)* }; }",
        "a macro declares modules hides code",
    ),
    (
        "src/domain/ticket.rs",
        "all! { mod other; }",
        "a macro declares a module hides code",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(test)]\nmod tests;\nuse crate::app;",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(test)]\nmod tests { use crate::testing; }\nuse crate::app;",
        "ticket.rs:3: domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(not(test))] use crate::app;",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(any(test, unix))] use crate::app;",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(test)] mod tests { use crate::app; }",
        "domain must not use app",
    ),
    (
        "src/domain/ticket.rs",
        "use crate::testing::ticket;",
        "domain must not use testing",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { use std::fs as disk; disk::read(\"x\"); }",
        "domain must not use std::fs",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { println!(\"x\"); }",
        "domain must not use std::println",
    ),
    (
        "src/domain/ticket.rs",
        "fn f() { vec![eprintln!(\"x\")]; }",
        "domain must not use std::eprintln",
    ),
    (
        "src/output/mod.rs",
        "use chrono::Utc as Zone; fn f() { Zone::now(); }",
        "output must not use chrono::Utc::now",
    ),
    (
        "src/cli/commands/list.rs",
        "const ALL: &str = \"SELECT * FROM ticket\";",
        "cli/commands must not hold SQL",
    ),
    (
        "src/cli/commands/list.rs",
        "fn f() { run!(\"DELETE FROM ticket\"); }",
        "cli/commands must not hold SQL",
    ),
    ("src/utils/mod.rs", "", "no rule says what it may use"),
    ("src/utils.rs", "", "no rule says what it may use"),
    (
        "src/domain/forgotten.rs",
        "",
        "no `mod` in the source declares it",
    ),
];

/// Code that looks like a violation but is allowed.
const ALLOWED: &[(&str, &str)] = &[
    (
        "src/domain/ticket.rs",
        "//! About crate::app.\n/// See [`crate::app::go`].\nfn f() {} // crate::app",
    ),
    (
        "src/domain/ticket.rs",
        "const TEXT: &str = \"use crate::app; SELECT\";",
    ),
    (
        "src/domain/ticket.rs",
        "use super::Money; fn f(of: &Money) { <[u8]>::len(&[]); u8::max(1, 2); }",
    ),
    (
        "src/domain/ticket.rs",
        "#[cfg(test)] mod tests { use proptest::prelude::*; use std::fs; }",
    ),
    (
        "src/domain/ticket.rs",
        "#[test] fn f() { std::fs::read(\"x\"); }",
    ),
    (
        "src/domain/ticket.rs",
        "impl super::Money { #[cfg(test)] fn f() { println!(); } }",
    ),
    ("src/domain/ticket.rs", "fn f(app: u8) -> u8 { app + 1 }"),
    (
        "src/app/mod.rs",
        "use crate::{domain::{Money, ticket}, store::Txn}; use std::collections::BTreeMap;",
    ),
    (
        "src/store/sqlite/mod.rs",
        "use rusqlite::Connection; const ALL: &str = \"SELECT 1\";",
    ),
];

#[test]
fn each_way_around_the_rules_is_found() {
    let mut missed = Vec::new();
    for (path, text, expected) in AROUND {
        let found = found(path, text);
        if !found.iter().any(|breach| breach.contains(expected)) {
            missed.push(format!(
                "{path}: {text}\n  expected: {expected}\n  found: {found:?}"
            ));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn allowed_code_is_not_reported() {
    for (path, text) in ALLOWED {
        assert_eq!(found(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn long_files_and_functions_are_found() {
    let path = "src/domain/ticket.rs";
    let filler = "// filler\n".repeat(401);
    assert_eq!(
        found(path, &filler),
        [format!("{path}:1: 401 lines without its tests")]
    );
    let tests = format!("#[cfg(test)]\nmod tests {{\n{filler}}}\n");
    assert_eq!(found(path, &tests), Vec::<String>::new());
    let behind = format!("#[cfg(test)]\nmod tests {{}}\n{filler}");
    assert_eq!(
        found(path, &behind),
        [format!("{path}:1: 401 lines without its tests")]
    );
    let long = |attribute: &str| {
        let body = "    f();\n".repeat(101);
        found(path, &format!("{attribute}\nfn f() {{\n{body}}}\n"))
    };
    let told = [format!("{path}:2: `f` has 101 lines")];
    assert_eq!(long(""), told);
    assert_eq!(long("#[allow(clippy::too_many_lines)]"), told);
    assert_eq!(long("#[expect(clippy::too_many_lines)]"), told);
    assert_eq!(
        long("#[expect(clippy::too_many_lines, reason = \"one arm a fact\")]"),
        Vec::<String>::new()
    );
}

#[test]
fn a_circle_between_rooms_is_found() {
    let tree = tree_with(
        "src/store/port.rs",
        "pub(crate) struct Txn(crate::app::Desk);",
    );
    let found = circles(&tree);
    assert_eq!(found, [["src/app/mod.rs", "src/store/port.rs"]]);
    assert_eq!(rooms_of(&found[0]).len(), 2);
    assert_eq!(
        circles(&tree_with("src/error.rs", "")),
        Vec::<Vec<String>>::new()
    );
}

#[test]
fn a_file_that_is_not_rust_is_refused() {
    assert!(source::read("src/domain/ticket.rs", "fn (").is_err());
}

/// A module that this room must not use, and a crate.
fn forbidden(room: &Room) -> (&'static str, &'static str) {
    let module = ["app", "store"].into_iter().find(|name| {
        room.name != *name
            && !room.rooms.contains(name)
            && !room.name.starts_with(&format!("{name}/"))
    });
    let foreign = ["clap", "rusqlite"]
        .into_iter()
        .find(|name| !room.crates.contains(name));
    (module.unwrap_or("testing"), foreign.unwrap_or("indicatif"))
}

/// Lines of code that each break a rule of this room, with what is said.
fn seeds(path: &str, room: &Room) -> Vec<(String, String)> {
    let (module, foreign) = forbidden(room);
    let root = if path == "src/main.rs" {
        "desk"
    } else {
        "crate"
    };
    let up = vec!["super"; module_of(path).len().max(1)].join("::");
    let up = if path == "src/lib.rs" { "self" } else { &up };
    let name = room.name;
    let room_fault = format!("{name} must not use {module}");
    let crate_fault = format!("{name} must not use {foreign}");
    let mut seeds: Vec<(String, String)> = [
        format!("use {root}::{module} as seed_1;"),
        format!("use {root}::{{{module}::{{self as seed_2}}}};"),
        format!("use {root} as seed_c; fn seed_3() {{ seed_c::{module}::x(); }}"),
        format!("fn seed_4() {{ {root}::{module}::x(); }}"),
        format!("fn seed_5() {{ assert!({root}::{module}::x()); }}"),
        format!("macro_rules! seed_6 {{ () => {{ {root}::{module}::x() }}; }}"),
        format!("use {root}::seed_chain::x as seed_7;"),
        format!("#[cfg(not(test))] use {root}::{module} as seed_8;"),
        format!("fn seed_9(_: {root}::{module}::X) {{}}"),
    ]
    .map(|code| (code, room_fault.clone()))
    .into();
    if path != "src/main.rs" {
        seeds.push((format!("use {up}::{module} as seed_10;"), room_fault));
    }
    seeds.extend(
        [
            format!("use {foreign}::Seed as seed_11;"),
            format!("fn seed_12() {{ ::{foreign}::x(); }}"),
        ]
        .map(|code| (code, crate_fault.clone())),
    );
    let hiding = [
        (
            format!("extern crate {foreign} as seed_13;"),
            "extern crate",
        ),
        (
            "#[path = \"elsewhere.rs\"] mod seed_14;".to_owned(),
            "#[path]",
        ),
        ("include!(\"seed_15.rs\");".to_owned(), "include!"),
    ];
    seeds.extend(hiding.map(|(code, what)| (code, format!("{what} hides code"))));
    seeds
}

/// The real tree, with a way from the root to the forbidden modules.
fn seedable(module: &str) -> Tree {
    let mut tree = real_tree();
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let lib = format!("{lib}\npub(crate) use {module} as seed_chain;\n");
    let mut add = |path: &str, text: &str| {
        let source = source::read(path, text).unwrap();
        tree.sources.insert(path.to_owned(), Rc::new(source));
    };
    add("src/lib.rs", &lib);
    tree
}

/// The number of the first line after the head of a file: comments and inner
/// attributes stay first.
fn after_head(text: &str) -> usize {
    let head = |line: &&str| line.starts_with("//!") || line.starts_with("#![") || line.is_empty();
    text.lines().take_while(head).count()
}

#[test]
fn a_breach_in_any_real_file_is_found_wherever_it_stands() {
    let mut missed = Vec::new();
    let trees: BTreeMap<&str, Tree> = ["app", "store", "testing"]
        .map(|module| (module, seedable(module)))
        .into();
    let mut files = 0;
    for path in trees["app"].sources.keys() {
        let room = room_of(path).unwrap();
        let tree = &trees[forbidden(room).0];
        if tree.is_test(&tree.sources[path]) {
            continue;
        }
        files += 1;
        let text = fs::read_to_string(root().join(path)).unwrap();
        let seeds = seeds(path, room);
        let lines: Vec<&str> = text.lines().collect();
        // Once after the head of the file, and once after its tests.
        let first = after_head(&text);
        let seed = |seeded: &mut Vec<String>| -> usize {
            seeded.extend(seeds.iter().map(|(code, _)| code.clone()));
            seeded.len() - seeds.len()
        };
        let own = |lines: &[&str]| {
            lines
                .iter()
                .map(|line| (*line).to_owned())
                .collect::<Vec<_>>()
        };
        let mut seeded = own(&lines[..first]);
        let starts = [seed(&mut seeded), {
            seeded.extend(own(&lines[first..]));
            seed(&mut seeded)
        }];
        if path == "src/lib.rs" {
            seeded.push(format!(
                "pub(crate) use {} as seed_chain;",
                forbidden(room).0
            ));
        }
        let seeded = source::read(path, &seeded.join("\n")).unwrap();
        let mut sources = tree.sources.clone();
        sources.insert(path.clone(), Rc::new(seeded));
        let found = breaches(&Tree::new(sources), path);
        for start in starts {
            for (number, (code, fault)) in seeds.iter().enumerate() {
                let place = format!("{path}:{}: {fault}", start + number + 1);
                if !found.iter().any(|breach| breach.starts_with(&place)) {
                    missed.push(format!("{place}: {code}"));
                }
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} missed:\n{}",
        missed.len(),
        missed.join("\n")
    );
    assert!(files > 100, "only {files} files");
}

#[test]
fn five_hundred_lines_in_any_real_file_are_found() {
    let tree = real_tree();
    for (path, source) in &tree.sources {
        if tree.is_test(source) {
            continue;
        }
        let text = fs::read_to_string(root().join(path)).unwrap();
        for filled in [
            format!("{}{text}", "// filler\n".repeat(500)),
            format!("{text}{}", "\nfn filler() {}".repeat(500)),
        ] {
            let source = source::read(path, &filled).unwrap();
            assert!(source.shipped_lines > 500, "{path}");
        }
    }
}

#[test]
fn every_room_is_somewhere() {
    for room in ROOMS {
        let real = |path: &str| root().join(path).exists();
        assert!(
            room.paths.iter().any(|path| real(path)),
            "{} is nowhere",
            room.name
        );
    }
}
