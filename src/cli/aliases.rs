//! Aliases of the user: a word that stands for the beginning of a command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::LazyLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::overview;
use crate::error::Error;

/// Aliases by name.
pub(crate) type Aliases = BTreeMap<String, String>;

/// Checks aliases as they were read: each has a name that no command has, and
/// words that begin with a command.
///
/// # Errors
/// [`Error::Usage`] for the first one that cannot be used.
pub(crate) fn check(aliases: &Aliases) -> Result<(), Error> {
    for (name, line) in aliases {
        words_of(name, line, aliases)?;
    }
    Ok(())
}

/// Splits an alias into words.
///
/// # Errors
/// As [`check`].
pub(crate) fn words_of(name: &str, line: &str, aliases: &Aliases) -> Result<Vec<String>, Error> {
    let fault = |problem: String, hint: String| {
        Error::usage(
            format!("the alias '{name}' of the user file {problem}"),
            hint,
        )
    };
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_part) {
        let problem = "has a name that cannot be typed as a command".to_owned();
        let hint = "use small letters, digits and dashes, a letter first".to_owned();
        return Err(fault(problem, hint));
    }
    if is_verb(name) {
        let problem = format!("hides the command desk {name}");
        return Err(fault(problem, "give the alias another name".to_owned()));
    }
    let words = split(line).map_err(|quote| {
        let problem = format!("has a quote that is not closed: {quote}");
        fault(problem, format!("close it with {quote}"))
    })?;
    let Some(first) = words.first() else {
        let problem = "is empty".to_owned();
        let hint = format!("write what it stands for, such as {name} = \"list @mine\"");
        return Err(fault(problem, hint));
    };
    if first == name {
        let problem = "leads back to itself".to_owned();
        let hint = "begin it with a command; desk help lists them".to_owned();
        return Err(fault(problem, hint));
    }
    if aliases.contains_key(first) {
        let problem = format!("begins with another alias, '{first}'");
        return Err(fault(
            problem,
            format!("write out what '{first}' stands for"),
        ));
    }
    if !is_verb(first) {
        let problem = format!("begins with '{first}', which is not a command");
        let hint = "begin it with a command; desk help lists them".to_owned();
        return Err(fault(problem, hint));
    }
    Ok(words)
}

/// Whether a word is a command. The overview of them is read once.
fn is_verb(word: &str) -> bool {
    static GROUPS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(overview::groups);
    GROUPS.iter().any(|(_, verbs)| verbs.contains(&word))
}

/// The word of a command line that is no command, if that is what is wrong with
/// it: it may be an alias.
pub(crate) fn unknown_command(fault: &clap::Error) -> Option<&str> {
    match (fault.kind(), fault.get(ContextKind::InvalidSubcommand)) {
        (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word))) => Some(word),
        (_, _) => None,
    }
}

/// Puts what an alias stands for into its place. What was typed before and after it
/// stays.
pub(crate) fn expand(args: &[OsString], at: usize, words: &[String]) -> Vec<OsString> {
    let (before, after) = args.split_at(at.min(args.len()));
    let words = words.iter().map(OsString::from);
    let before = before.iter().cloned();
    let after = after.iter().skip(1).cloned();
    before.chain(words).chain(after).collect()
}

/// Splits a line into words as a shell does: blanks separate, single quotes keep
/// everything, double quotes too but for `\"` and `\\`, and outside quotes a
/// backslash keeps the next character. A crate would bring comments and line
/// continuations as well, which nobody means here.
///
/// # Errors
/// The quote that is not closed.
fn split(line: &str) -> Result<Vec<String>, char> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some('"'), '\\') if matches!(chars.peek(), Some('"' | '\\')) => {
                word.get_or_insert_default().extend(chars.next());
            }
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(chars.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    match quote {
        Some(open) => Err(open),
        None => {
            words.extend(word);
            Ok(words)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use proptest::prelude::*;

    use crate::cli::command_word;

    use super::*;

    fn aliases(all: &[(&str, &str)]) -> Aliases {
        let all = all.iter();
        all.map(|(name, line)| ((*name).to_owned(), (*line).to_owned()))
            .collect()
    }

    #[test]
    fn words_are_split_as_in_a_shell() {
        let words = |line| split(line).unwrap().join("|");
        assert_eq!(words("list  @me\t-p P1"), "list|@me|-p|P1");
        assert_eq!(
            words(r#"open 'VPN drops' --key "a \"b\" c""#),
            r#"open|VPN drops|--key|a "b" c"#
        );
        assert_eq!(words(r"log 1 it\'s\ so '' x"), "log|1|it's so||x");
        assert_eq!(words(r#"a'b c'"d""#), "ab cd");
        assert_eq!(split("open 'x"), Err('\''));
        assert_eq!(split("open \"x"), Err('"'));
    }

    #[test]
    fn an_alias_that_cannot_be_used_is_refused_with_the_reason() {
        let all = aliases(&[("mine", "list @me")]);
        assert!(check(&all).is_ok());
        let refused = |name: &str, line: &str| {
            let mut all = all.clone();
            all.insert(name.to_owned(), line.to_owned());
            let fault = check(&all).unwrap_err();
            format!("{fault}\n  {}", fault.hint().unwrap())
        };
        let faults = [
            refused("list", "list --all"),
            refused("a", "a b"),
            refused("b", "mine -p P1"),
            refused("c", "  "),
            refused("d", "frobnicate"),
            refused("e", "open 'x"),
            refused("-x", "list"),
            refused("Ä", "list"),
        ];
        insta::assert_snapshot!(faults.join("\n"), @r#"
        the alias 'list' of the user file hides the command desk list
          give the alias another name
        the alias 'a' of the user file leads back to itself
          begin it with a command; desk help lists them
        the alias 'b' of the user file begins with another alias, 'mine'
          write out what 'mine' stands for
        the alias 'c' of the user file is empty
          write what it stands for, such as c = "list @mine"
        the alias 'd' of the user file begins with 'frobnicate', which is not a command
          begin it with a command; desk help lists them
        the alias 'e' of the user file has a quote that is not closed: '
          close it with '
        the alias '-x' of the user file has a name that cannot be typed as a command
          use small letters, digits and dashes, a letter first
        the alias 'Ä' of the user file has a name that cannot be typed as a command
          use small letters, digits and dashes, a letter first
        "#);
    }

    #[test]
    fn what_stands_around_an_alias_stays() {
        let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        let words = ["list".to_owned(), "@me".to_owned()];
        let root = crate::cli::Cli::command();
        let expanded = |line| {
            let args = args(line);
            expand(&args, command_word::position(&args, &root).unwrap(), &words)
        };
        assert_eq!(expanded("desk mine"), args("desk list @me"));
        assert_eq!(
            expanded("desk --as mine -q mine -p P1 mine"),
            args("desk --as mine -q list @me -p P1 mine")
        );
    }

    proptest! {
        #[test]
        fn a_quoted_word_comes_back(words in prop::collection::vec("\\PC*", 0..4)) {
            let quoted = words.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''")));
            let line = quoted.collect::<Vec<_>>().join(" ");
            prop_assert_eq!(split(&line), Ok(words));
        }

        #[test]
        fn no_line_panics(line in "\\PC*", near in "[a\"'\\\\ ]{0,12}") {
            let _ = (split(&line), split(&near));
        }
    }
}
