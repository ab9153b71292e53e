//! Options that other tools have, and what to type here instead.

use crate::cli::filter_words::takes_filter;

/// What stands for an option of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Instead {
    /// The first of these options that the command has.
    Options(&'static [&'static str]),
    /// Its value, as words of the command.
    Words,
    /// Its value, as a word of a filter that begins with this.
    FilterWord(&'static str),
    /// These words, if the command has the first one, which is an option, or nothing;
    /// the option has no value.
    Fixed(&'static [&'static str]),
    /// Its value, as the level of the ratings with these options.
    Ratings(&'static [&'static str]),
}

use Instead::{FilterWord, Fixed, Options, Ratings, Words};

/// The commands that a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Any,
    Verb(&'static str),
    /// Commands that take words of a filter.
    Listings,
}

/// The first row that fits the command counts.
const ROWS: &[(&[&str], Of, Instead)] = &[
    (
        &["--title", "--subject", "--summary", "-t"],
        Of::Verb("open"),
        Words,
    ),
    (
        &["--subject", "--summary", "-t"],
        Of::Any,
        Options(&["--title"]),
    ),
    (
        &["--desc", "--descending"],
        Of::Listings,
        Options(&["--reverse"]),
    ),
    (
        &[
            "--body",
            "--description",
            "--desc",
            "--comment",
            "--note",
            "--text",
            "-d",
        ],
        Of::Any,
        Options(&["--message", "--description", "--reason"]),
    ),
    (
        &["-m", "--message"],
        Of::Any,
        Options(&["--reason", "--description"]),
    ),
    (&["--reason"], Of::Any, Options(&["--message"])),
    (
        &["--tag", "--tags", "--label", "--labels", "-l"],
        Of::Listings,
        FilterWord("tag:"),
    ),
    (
        &["--tags", "--label", "--labels", "--add-label", "-l", "-T"],
        Of::Any,
        Options(&["--tag"]),
    ),
    (
        &["--to", "--assignee", "--agent", "--owner", "-a", "-t"],
        Of::Verb("assign"),
        Words,
    ),
    (
        &["--assignee", "--assign", "--owner", "--agent", "--to", "-a"],
        Of::Any,
        Options(&["--assign", "--assignee", "--to"]),
    ),
    (&["--me", "--my"], Of::Any, Options(&["--mine"])),
    (
        &[
            "--user",
            "--from",
            "--reporter",
            "--requestor",
            "--customer",
            "--caller",
            "--client",
        ],
        Of::Any,
        Options(&["--requester"]),
    ),
    (
        &["--mail", "--email", "--tel"],
        Of::Any,
        Options(&["--contact"]),
    ),
    (
        &["--type", "--issue-type", "-T", "-K"],
        Of::Any,
        Options(&["--kind"]),
    ),
    (
        &["--priority", "--prio", "--severity", "-p"],
        Of::Any,
        Ratings(&["-u", "-b", "-g"]),
    ),
    (&["--impact"], Of::Any, Ratings(&["-u", "-b"])),
    (&["--phone"], Of::Any, Fixed(&["--channel", "phone"])),
    (&["--chat"], Of::Any, Fixed(&["--channel", "chat"])),
    (&["--state"], Of::Any, Options(&["--status"])),
    (&["--open"], Of::Listings, Fixed(&[])),
    (
        &["--closed", "--done", "-c"],
        Of::Listings,
        Fixed(&["--status", "closed"]),
    ),
    (
        &["--resolved"],
        Of::Listings,
        Fixed(&["--status", "resolved"]),
    ),
    (&["--new"], Of::Listings, Fixed(&["--status", "new"])),
    (&["--late"], Of::Any, Options(&["--overdue"])),
    (
        &["--since", "--after", "--created-after"],
        Of::Any,
        Options(&["--opened-after", "--from"]),
    ),
    (
        &["--before", "--until", "--created-before"],
        Of::Any,
        Options(&["--opened-before", "--to"]),
    ),
    (
        &["--query", "-S"],
        Of::Verb("search"),
        Options(&["--filter"]),
    ),
    (
        &["--search", "--query", "--filter", "--grep", "-S"],
        Of::Listings,
        Words,
    ),
    (
        &["--rating", "--score"],
        Of::Any,
        Options(&["--satisfaction"]),
    ),
    (&["--output", "-o"], Of::Any, Options(&["--format"])),
    (&["--max", "--top", "-L"], Of::Any, Options(&["--limit"])),
    (
        &["--file", "--attachment", "-F"],
        Of::Any,
        Options(&["--attach"]),
    ),
    (
        &["--time", "--worked", "--time-spent"],
        Of::Any,
        Options(&["--spent"]),
    ),
    (
        &["--yes", "--force", "-f", "-y"],
        Of::Any,
        Options(&["--yes"]),
    ),
    (
        &["--yes", "--force", "--verbose", "-f", "-y", "-v"],
        Of::Any,
        Fixed(&[]),
    ),
];

/// The words that other tools have for levels, and the level that most policies have.
const LEVELS: &[(&[&str], &str)] = &[
    (
        &[
            "high", "h", "highest", "critical", "urgent", "major", "p1", "1",
        ],
        "high",
    ),
    (&["medium", "m", "normal", "moderate", "p3", "3"], "medium"),
    (
        &["low", "l", "lowest", "minor", "p4", "p5", "4", "5"],
        "low",
    ),
];

/// The level that is meant by a word for a priority.
pub(crate) fn level(typed: &str) -> Option<&'static str> {
    let typed = typed.to_ascii_lowercase();
    let known = LEVELS.iter().find(|(words, _)| words.contains(&&*typed));
    known.map(|(_, level)| *level)
}

/// Writes a line with what stands for an option that its command does not have.
/// `line` is the command and what was typed after it.
pub(crate) fn replace(
    line: &[String],
    option: &str,
    command: &clap::Command,
) -> Option<Vec<String>> {
    let (verb, typed) = line.split_first()?;
    let at = typed.iter().position(|word| is_option(word, option))?;
    let has = |name: &str| has_option(command, name);
    let rows = ROWS.iter().filter(|(options, of, _)| {
        options.contains(&option)
            && match of {
                Of::Any => true,
                Of::Verb(only) => only == verb,
                Of::Listings => takes_filter(verb),
            }
    });
    rows.map(|(_, _, instead)| instead).find_map(|instead| {
        let mut after = typed.to_vec();
        match instead {
            Options(names) => {
                let name = names.iter().find(|name| has(name) && **name != option)?;
                after[at] = match after[at].split_once('=') {
                    Some((_, value)) => format!("{name}={value}"),
                    None => (*name).to_owned(),
                };
                if let Some(value) = joined_value(&typed[at]) {
                    after.insert(at + 1, value.to_owned());
                }
            }
            Words => {
                let value = take_value(&mut after, at)?;
                let words = after.iter().position(|word| word.starts_with('-'));
                after.insert(words.unwrap_or(after.len()), value);
            }
            FilterWord(field) => {
                let value = take_value(&mut after, at)?;
                after.insert(at, format!("{field}{value}"));
            }
            Fixed(words) => {
                words
                    .first()
                    .is_none_or(|option| has(option))
                    .then_some(())?;
                after.splice(at..=at, words.iter().map(|word| (*word).to_owned()));
            }
            Ratings(options) => {
                has("--urgency").then_some(())?;
                let level = level(&take_value(&mut after, at)?)?;
                let rated = options.iter().flat_map(|option| [*option, level]);
                after.splice(at..at, rated.map(str::to_owned));
            }
        }
        after.insert(0, verb.clone());
        Some(after)
    })
}

/// What to do instead of an option, where no line can be written.
pub(crate) fn advice(option: &str, command: &clap::Command) -> Option<&'static str> {
    let is_rated = has_option(command, "--urgency");
    let is_about = |options: &[&str]| options.contains(&option);
    if is_rated && is_about(&["--priority", "--prio", "--severity", "-p", "--impact"]) {
        return Some("the priority follows from three ratings: -u LEVEL -b LEVEL -g LEVEL");
    }
    if is_about(&["--due", "--due-date"]) && command.get_name() == "open" {
        return Some("promise it when it is open, with: desk due ID TIME --reason TEXT");
    }
    None
}

fn has_option(command: &clap::Command, name: &str) -> bool {
    let long = name.strip_prefix("--");
    let is_it = |arg: &clap::Arg| long.is_some() && arg.get_long() == long;
    command.get_arguments().any(is_it) || ["--format"].contains(&name)
}

/// Whether a word is this option, with or without a value in the same word.
fn is_option(word: &str, option: &str) -> bool {
    let joined = match option.starts_with("--") {
        true => word.split_once('=').map(|(name, _)| name),
        false => word.get(..option.len()),
    };
    word == option || joined == Some(option)
}

/// The value in the word of a short option: `-phigh`.
fn joined_value(word: &str) -> Option<&str> {
    let is_short = !word.starts_with("--") && word.len() > 2;
    is_short.then(|| word.get(2..)).flatten()
}

/// Removes the option at this place with its value, and returns the value.
fn take_value(words: &mut Vec<String>, at: usize) -> Option<String> {
    let word = words.remove(at);
    if let Some((_, value)) = word.split_once('=') {
        return Some(value.to_owned());
    }
    if let Some(value) = joined_value(&word) {
        return Some(value.to_owned());
    }
    let next = words.get(at).filter(|word| !word.starts_with('-'));
    next.is_some().then(|| words.remove(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::meant_line::built;

    #[test]
    fn what_stands_for_an_option_is_an_option() {
        let root = built();
        let known = |name: &str| root.get_subcommands().any(|verb| has_option(verb, name));
        for (_, _, instead) in ROWS {
            match instead {
                Options(names) => assert!(names.iter().all(|name| known(name)), "{names:?}"),
                Fixed([option, ..]) => assert!(known(option), "{option}"),
                Fixed([]) | Words | FilterWord(_) | Ratings(_) => {}
            }
        }
    }

    #[test]
    fn the_value_is_found_in_the_same_word_and_in_the_next() {
        let root = built();
        let open = root.find_subcommand("open").unwrap();
        for (typed, option, expected) in [
            ("open x -l vpn", "-l", "open x --tag vpn"),
            ("open x -lvpn", "-l", "open x --tag vpn"),
            ("open x --label=vpn", "--label", "open x --tag=vpn"),
            ("open --title x -r y", "--title", "open x -r y"),
            ("open -r y --title=x", "--title", "open x -r y"),
            ("open x -p1", "-p", "open x -u high -b high -g high"),
        ] {
            let line: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            let instead = replace(&line, option, open).map(|words| words.join(" "));
            assert_eq!(instead.as_deref(), Some(expected), "{typed}");
        }
        let line = ["open", "x", "-p", "blue"].map(str::to_owned);
        assert_eq!(replace(&line, "-p", open), None);
    }
}
