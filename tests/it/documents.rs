//! The documentation is correct: every session in README.md, CONTRIBUTING.md
//! and `docs/` is run and compared with the output, every command and option
//! that they name exists, and every link has a target.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::env::{self, Env};
use crate::terminal::{Terminal, plain};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A document: its path from the root of the repository, and its text.
struct Document {
    name: String,
    text: String,
}

/// Every document that is tested.
fn documents() -> Vec<Document> {
    let mut names = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        assert!(file.ends_with(".md"), "docs/{file} is not a page");
        names.push(format!("docs/{file}"));
    }
    names.sort();
    let read = |name: String| Document {
        text: fs::read_to_string(root().join(&name)).unwrap(),
        name,
    };
    names.into_iter().map(read).collect()
}

// --- Sessions -------------------------------------------------------------

/// Whether the recipes that need jq can be run here.
fn has_jq() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| Command::new("jq").arg("--version").output().is_ok())
}

/// A reader who has just installed desk and types the commands of a document,
/// in an empty home directory.
struct Reader(Env);

impl Reader {
    fn new() -> Self {
        Self(Env::bare())
    }

    /// Runs a command line and returns what it shows.
    fn run(&mut self, line: &str) -> String {
        // As on a terminal, where both streams are one.
        let set = "unset DESK_DB DESK_AGENT; export USER=anna; exec 2>&1";
        let output = self.0.shell(&format!("{set}\n{line}"));
        let is_documented = matches!(output.code, Some(0..=5 | 10));
        assert!(is_documented, "$ {line}\n{output}");
        let shown = output
            .stdout
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n");
        env::hashes(&shown.collect::<String>()).replace("DIR", "/home/anna")
    }

    /// Runs a `console` block and returns it with the actual output. A line
    /// that begins with `$ ` is a command, lines with `> ` below it belong to
    /// it, and `# 20 minutes later` lets time pass.
    fn session(&mut self, block: &[&str]) -> String {
        let mut happened = String::new();
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            if let Some(minutes) = minutes_later(line) {
                self.0.pass(minutes);
                happened += &format!("{line}\n");
            }
            let Some(command) = line.strip_prefix("$ ") else {
                continue;
            };
            let mut command = command.to_owned();
            happened += &format!("{line}\n");
            while let Some(more) = lines.next_if(|line| line.starts_with("> ")) {
                command += &format!("\n{}", &more[2..]);
                happened += &format!("{more}\n");
            }
            let mut printed = String::new();
            let is_output = |line: &&&str| !line.starts_with("$ ") && minutes_later(line).is_none();
            while let Some(line) = lines.next_if(is_output) {
                printed += &format!("{line}\n");
            }
            let can_run = has_jq() || !command.contains("jq");
            happened += &if can_run { self.run(&command) } else { printed };
        }
        happened
    }

    /// Saves a block that begins with the name of a file, as `# office.toml`.
    fn save(&self, block: &[&str]) {
        let name = block.first().and_then(|line| line.strip_prefix("# "));
        if let Some(name) = name.filter(|name| name.ends_with(".toml")) {
            let path = self.0.dir().join(name);
            // Later blocks of the same file add to it.
            let mut text = fs::read_to_string(&path).unwrap_or_default();
            for line in block {
                text += &format!("{line}\n");
            }
            fs::write(path, text).unwrap();
        }
    }

    /// Follows a document and returns it with the actual output.
    fn follow(&mut self, document: &str) -> String {
        let mut happened = String::new();
        let mut lines = document.lines();
        while let Some(line) = lines.next() {
            happened += &format!("{line}\n");
            let Some(language) = line.strip_prefix("```") else {
                continue;
            };
            let block: Vec<&str> = lines
                .by_ref()
                .take_while(|l| !l.starts_with("```"))
                .collect();
            if language == "console" {
                happened += &self.session(&block);
            } else {
                if language == "toml" {
                    self.save(&block);
                }
                happened.extend(block.iter().map(|line| format!("{line}\n")));
            }
            happened += "```\n";
        }
        happened
    }
}

/// Reads a line such as `# 20 minutes later`.
fn minutes_later(line: &str) -> Option<i64> {
    let (number, unit) = line
        .strip_prefix("# ")?
        .strip_suffix(" later")?
        .split_once(' ')?;
    let unit = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    Some(number.parse::<i64>().ok()? * unit)
}

/// The first line at which a document differs from the actual output.
fn difference(document: &str, happened: &str) -> Option<String> {
    let (mut printed, mut real) = (document.lines(), happened.lines());
    for number in 1.. {
        let (printed, real) = (printed.next(), real.next());
        if printed != real {
            return Some(format!(
                "line {number}\n  printed:  {printed:?}\n  happened: {real:?}"
            ));
        }
        printed?;
    }
    None
}

#[test]
fn every_session_happens_as_printed() {
    let documents = documents();
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let follow = |document: &'_ Document| {
            let happened = Reader::new().follow(&document.text);
            let difference = difference(&document.text, &happened)?;
            Some(format!("{}: {difference}", document.name))
        };
        let running: Vec<_> = documents
            .iter()
            .map(|d| scope.spawn(move || follow(d)))
            .collect();
        running
            .into_iter()
            .filter_map(|thread| thread.join().unwrap())
            .collect()
    });
    let wrong = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "{wrong}\nafter looking at it: cargo test regenerate -- --ignored"
    );
}

#[test]
#[ignore = "writes the documents: cargo test regenerate -- --ignored"]
fn regenerate_the_sessions() {
    for document in documents() {
        let happened = Reader::new().follow(&document.text);
        fs::write(root().join(document.name), happened).unwrap();
    }
}

#[test]
fn a_session_that_does_not_happen_as_printed_is_noticed() {
    let lie = "```console\n$ desk list\nall is well\n```\n";
    let happened = Reader::new().follow(lie);
    let difference = difference(lie, &happened).unwrap();
    assert!(
        difference.contains("printed:  Some(\"all is well\")"),
        "{difference}"
    );
}

#[test]
fn a_reader_waits_types_several_lines_and_keeps_files() {
    let text = "\
```toml
# office.toml
warnings = [50]
```

```console
$ desk open 'Printer on fire' --channel phone
# 2 hours later
$ desk log 1 -m - <<'END'
> still
> burning
> END
$ desk policy check office.toml
```
";
    insta::assert_snapshot!(Reader::new().follow(text), @"
    ```toml
    # office.toml
    warnings = [50]
    ```

    ```console
    $ desk open 'Printer on fire' --channel phone
    desk: created a new store at /home/anna/.local/share/desk/desk.db
    #1 opened, resolution due in 1d (Tue 09:00)
    # 2 hours later
    $ desk log 1 -m - <<'END'
    > still
    > burning
    > END
    #1 logged
    $ desk policy check office.toml
    office.toml is a valid policy
    ```
    ");
}

// --- Commands and options -------------------------------------------------

/// Blocks of code by their language, and spans of code within lines.
struct Code<'a> {
    blocks: Vec<(&'a str, Vec<&'a str>)>,
    spans: Vec<&'a str>,
}

fn code(document: &str) -> Code<'_> {
    let mut found = Code {
        blocks: Vec::new(),
        spans: Vec::new(),
    };
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            let block = lines
                .by_ref()
                .take_while(|l| !l.trim_start().starts_with("```"));
            found.blocks.push((language, block.collect()));
        } else {
            found.spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The arguments of each `desk` in a line of a shell, a crontab, a unit or a
/// configuration of a monitoring system.
fn invocations(line: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("desk ") {
        let (before, after) = (&line[..at], &line[at + 5..]);
        let is_start = before.is_empty() || before.ends_with([' ', '(', '/', ';']);
        // As in `logger -t desk`: the value of another program's option.
        let word_before = before.split_whitespace().next_back();
        let is_value = word_before.is_some_and(|word| word.starts_with('-'));
        if is_start && !is_value {
            found.push(arguments(after));
        }
    }
    found
}

/// The words of a command up to where the shell ends it.
fn arguments(line: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut quote, mut nested) = (None, 0);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '$') if chars.next_if_eq(&'(').is_some() => nested += 1,
            (None, ')') if nested > 0 => nested -= 1,
            (None, '|' | ')' | ';' | '&' | '>' | '<') if nested == 0 => break,
            (None, '#') if nested == 0 && word.is_empty() => break,
            (None, ' ') if nested == 0 => words.extend(Some(std::mem::take(&mut word))),
            _ => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Whether desk understands these arguments; what it says otherwise.
fn misunderstood(arguments: &[String]) -> Option<String> {
    // What a shell puts in may be a number.
    let filled_in = |word: &String| match word.starts_with("$(") {
        true => "1".to_owned(),
        false => word.clone(),
    };
    let words = [String::from("desk")]
        .into_iter()
        .chain(arguments.iter().map(filled_in));
    let fault = desk::command().try_get_matches_from(words).err()?;
    fault
        .use_stderr()
        .then(|| format!("desk {}: {fault}", arguments.join(" ")))
}

/// The commands and options in a code span that do not exist. A span may be
/// incomplete (`desk log`), and words in capitals stand for something else.
fn unknown_in(span: &str) -> Option<String> {
    let mut root = desk::command();
    root.build();
    let mut command = &root;
    let globals: Vec<_> = root
        .get_arguments()
        .filter(|arg| arg.is_global_set())
        .collect();
    let mut words = arguments(span.strip_prefix("desk ")?).into_iter();
    while let Some(word) = words.next() {
        let name = word.split(['=', '[', ',']).next().unwrap().to_owned();
        if let Some(name) = name.strip_prefix("--") {
            let mut options = command.get_arguments().chain(globals.iter().copied());
            let option = options.find(|arg| arg.get_long() == Some(name));
            match option {
                None => return Some(format!("`{span}`: --{name}")),
                Some(option) if !word.contains('=') && option.get_action().takes_values() => {
                    words.next();
                }
                Some(_) => {}
            }
        } else if let Some(below) = command.find_subcommand(&name) {
            command = below;
        } else if command.get_name() == "desk" && name.starts_with(|c: char| c.is_ascii_lowercase())
        {
            return Some(format!("`{span}`: {name}"));
        }
    }
    None
}

#[test]
fn desk_understands_every_command_that_is_not_part_of_a_session() {
    let mut wrong = Vec::new();
    for document in documents() {
        for (language, block) in code(&document.text).blocks {
            if ["sh", "cron", "ini", "cfg"].contains(&language) {
                let all = block.iter().flat_map(|line| invocations(line));
                wrong.extend(all.filter_map(|args| misunderstood(&args)));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_command_and_option_that_is_mentioned_exists() {
    let mut wrong = Vec::new();
    for document in documents() {
        let spans = code(&document.text).spans;
        let unknown = spans.iter().filter_map(|span| unknown_in(span));
        wrong.extend(unknown.map(|unknown| format!("{}: {unknown}", document.name)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn commands_and_options_that_do_not_exist_are_noticed() {
    let line =
        r#"*/5 * * * *  out=$(desk --db "/a b" overdue --exit-code) || echo "$out" | mail desk@x"#;
    assert_eq!(
        invocations(line),
        [["--db", "/a b", "overdue", "--exit-code"]]
    );
    assert_eq!(misunderstood(&invocations(line)[0]), None);
    assert!(misunderstood(&["overdo".to_owned()]).is_some());
    for span in [
        "desk",
        "desk log",
        "desk --db PATH show 4 --json",
        "desk sla explain 3 --at=now",
    ] {
        assert_eq!(unknown_in(span), None);
    }
    assert_eq!(
        unknown_in("desk overdo").as_deref(),
        Some("`desk overdo`: overdo")
    );
    assert_eq!(
        unknown_in("desk show 4 --nice").as_deref(),
        Some("`desk show 4 --nice`: --nice")
    );
}

// --- Fields of JSON -------------------------------------------------------

/// The lines of all sessions that give desk's JSON to jq: the command and the
/// program.
fn recipes() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for document in documents() {
        for (language, block) in code(&document.text).blocks {
            if ["console", "sh"].contains(&language) {
                let lines = block.iter().filter(|line| line.contains("desk "));
                found.extend(lines.filter_map(|line| {
                    let (desk, jq) = line.split_once("| jq")?;
                    Some((desk.to_owned(), jq.to_owned()))
                }));
            }
        }
    }
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

/// Collects the name of every property in a schema, at any depth.
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
    let recipes = recipes();
    assert!(recipes.len() >= 10, "the recipes have moved: {recipes:?}");
    for (desk, jq) in recipes {
        let arguments = invocations(&desk).remove(0);
        let matches =
            desk::command().get_matches_from([vec!["desk".to_owned()], arguments].concat());
        let schema = match matches.subcommand_name().unwrap() {
            "list" | "overdue" => "tickets",
            "sweep" => "swept",
            name @ ("show" | "report" | "sla" | "check" | "search" | "similar") => name,
            "open" => "done",
            "breach" => "breaches",
            "verify" => "verified",
            other => panic!("which schema has {other}?"),
        };
        let schema = env.run(&["schema", schema]).ok().stdout;
        let mut known = BTreeSet::new();
        properties(&serde_json::from_str(&schema).unwrap(), &mut known);
        let unknown: Vec<_> = fields(&jq).difference(&known).cloned().collect();
        assert_eq!(unknown, Vec::<String>::new(), "{desk} | {jq}");
    }
}

#[test]
fn a_field_that_no_schema_has_is_noticed() {
    let named = fields(r#"'.[] | .nonsense // "a.b", .clocks.response.due'"#);
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    assert_eq!(named, ["b", "clocks", "due", "nonsense", "response"]);
}

#[test]
fn the_readme_is_short() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.lines().count() <= 200);
}

// --- Links ----------------------------------------------------------------

/// The anchor that a heading gets, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// The anchors of a document.
fn anchors(document: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut is_code = false;
    for line in document.lines() {
        is_code ^= line.trim_start().starts_with("```");
        if !is_code && line.starts_with('#') {
            found.insert(anchor(line));
        }
    }
    found
}

/// The targets of the links in a document that lead to no file or heading.
fn dead_links(document: &Document) -> Vec<String> {
    let folder = root().join(&document.name);
    let folder = folder.parent().unwrap();
    let is_dead = |target: &&str| {
        let (file, heading) = target.split_once('#').unwrap_or((target, ""));
        let text = match file {
            "" => Ok(document.text.clone()),
            _ if folder.join(file).is_dir() => Ok(String::new()),
            _ => fs::read_to_string(folder.join(file)),
        };
        match text {
            Ok(text) => !heading.is_empty() && !anchors(&text).contains(heading),
            Err(_) => true,
        }
    };
    let targets = document.text.split("](").skip(1);
    targets
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
        .filter(|target| !target.contains("://"))
        .filter(is_dead)
        .map(|target| format!("{}: {target}", document.name))
        .collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_exist() {
    let dead: Vec<_> = documents().iter().flat_map(dead_links).collect();
    assert_eq!(dead, Vec::<String>::new());
}

/// The files and folders that spans of code name and that do not exist: from
/// the root of the repository, or from `src` as in `domain/decide/open.rs`.
fn missing_files(document: &Document) -> Vec<String> {
    let is_missing = |span: &&str| {
        let Some((first, _)) = span.split_once('/') else {
            return false;
        };
        // On the machine that desk is installed on, or made by a build.
        if ["", "target"].contains(&first) {
            return false;
        }
        let is_name = span
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
        let folder = ["", "src"]
            .iter()
            .map(|folder| root().join(folder))
            .find(|folder| folder.join(first).is_dir());
        folder.is_some_and(|folder| is_name && !folder.join(span).exists())
    };
    let spans = code(&document.text).spans;
    let missing = spans.into_iter().filter(is_missing);
    missing
        .map(|span| format!("{}: {span}", document.name))
        .collect()
}

#[test]
fn every_file_that_is_mentioned_exists() {
    let missing: Vec<_> = documents().iter().flat_map(missing_files).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn a_file_that_does_not_exist_is_noticed() {
    let document = Document {
        name: "docs/x.md".to_owned(),
        text: "`src/lib.rs` `network/vpn` `src/nothing.rs` `domain/nothing` `docs/<page>`"
            .to_owned(),
    };
    let missing = ["docs/x.md: src/nothing.rs", "docs/x.md: domain/nothing"];
    assert_eq!(missing_files(&document), missing);
}

#[test]
fn a_dead_link_is_noticed() {
    let document = Document {
        name: "docs/x.md".to_owned(),
        text:
            "# Some (old) heading\n[a](#some-old-heading) [b](#else) [c](../README.md) [d](none.md)"
                .to_owned(),
    };
    assert_eq!(
        dead_links(&document),
        ["docs/x.md: #else", "docs/x.md: none.md"]
    );
}

// --- The same pages by `desk help` -----------------------------------------

/// The name by which `desk help` knows a page.
fn topic(document: &Document) -> Option<String> {
    let name = document.name.strip_prefix("docs/")?.trim_end_matches(".md");
    // A command comes before a page of the same name.
    let is_command = desk::command().find_subcommand(name).is_some();
    Some(name.to_owned() + if is_command { "-guide" } else { "" })
}

fn topics() -> Vec<String> {
    documents().iter().filter_map(topic).collect()
}

#[test]
fn desk_help_prints_every_page_as_it_is() {
    let mut env = Env::bare();
    for document in documents() {
        if let Some(topic) = topic(&document) {
            let printed = env.run(&["help", &topic]).ok().stdout;
            let is_same = printed == document.text;
            assert!(is_same, "desk help {topic} is not docs/: build desk again");
        }
    }
}

#[test]
fn desk_help_explains_every_command_as_its_own_help_does() {
    let mut env = Env::bare();
    let mut root = desk::command();
    root.build();
    for verb in root.get_subcommands() {
        let name = verb.get_name();
        let explained = env.run(&["help", name]).ok().stdout;
        let own = env.run(&[name, "--help"]).ok().stdout;
        assert!(explained.starts_with(&own), "{name}:\n{explained}\n{own}");
    }
    let explained = env.run(&["help", "sla", "explain"]).ok();
    assert_eq!(explained, env.run(&["sla", "explain", "--help"]).ok());
}

#[test]
fn desk_help_of_a_command_names_the_page_of_the_same_name() {
    let help = Env::bare().run(&["help", "policy"]).ok().stdout;
    let last = help.lines().last().unwrap();
    assert_eq!(last, "The page about it: desk help policy-guide");
}

#[test]
fn an_unknown_topic_lists_the_topics() {
    insta::assert_snapshot!(Env::bare().says("
        desk help weather
        desk help glosary
        desk help sla what
        desk help sla weather
        "), @"
    $ desk help weather
    ! desk: there is no command or topic 'weather'
    !   hint: commands: desk help; topics: tutorial, opening, policy-guide, clocks, filters, fields, editing, inbox-guide, mail-guide, privacy, rights, erasure, import-guide, operate, team-guide, scripting, hooks-guide, glossary, architecture, columns
    [exit 2]

    $ desk help glosary
    ! desk: there is no command or topic 'glosary'
    !   hint: did you mean: desk help glossary
    [exit 2]

    $ desk help sla what
    ! desk: desk sla has no command 'what'
    !   hint: did you mean: desk help sla what-if
    [exit 2]

    $ desk help sla weather
    ! desk: desk sla has no command 'weather'
    !   hint: its commands: desk help sla
    [exit 2]
    ");
}

#[test]
fn desk_help_needs_no_settings_that_can_be_read() {
    let mut env = Env::bare();
    let mut command = env.command(&["help", "clocks"]);
    command.env("DESK_TZ", "nowhere/at-all");
    let help = env.finish(command, None).ok();
    assert!(help.stdout.starts_with("# "), "{help}");
}

#[test]
fn every_topic_is_named_where_one_looks_for_it() {
    let mut env = Env::bare();
    let overview = env.run(&["help"]).ok().stdout;
    let help = env.run(&["help", "help"]).ok().stdout;
    for topic in topics() {
        assert!(overview.contains(&topic), "{topic}:\n{overview}");
        assert!(help.contains(&topic), "{topic}:\n{help}");
    }
}

#[test]
fn on_a_terminal_a_page_is_laid_out_and_goes_through_the_pager() {
    let env = Env::bare();
    let set = [("PAGER", "head -n 3")];
    let (code, shown) = Terminal::run(&env, &set, &["help", "clocks"]).ends();
    assert_eq!(code, 0);
    insta::assert_snapshot!(plain(&shown), @"
    Clocks

      Every ticket has up to three clocks. They measure the desk against its SLA
    ");
    let (_, shown) = Terminal::run(&env, &[], &["help", "glossary", "--no-pager"]).ends();
    let wide: Vec<&str> = shown
        .lines()
        .filter(|line| line.chars().count() > 80)
        .collect();
    assert_eq!(wide, Vec::<&str>::new());
}

#[test]
fn topics_are_completed() {
    let mut env = Env::bare();
    let mut command = env.command(&["--", "desk", "help", "cl"]);
    command.env("COMPLETE", "fish");
    command.env("_CLAP_COMPLETE_INDEX", "2");
    let offered = env.finish(command, None).ok().stdout;
    assert_eq!(offered.lines().collect::<Vec<_>>(), ["close", "clocks"]);
}
