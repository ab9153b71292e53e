//! The command lines that keys run: their words, how they are shown, and which
//! one a hint names.

use super::{Action, Answer};
use crate::domain::event::TicketId;
use crate::domain::vocabulary::PauseReason;

/// Whether a command may ask the person at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Input {
    /// Everything was said.
    Complete,
    /// It may prompt.
    Prompts,
    /// It opens the editor.
    Editor,
}

/// A command line to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// The words after `desk`.
    pub(crate) words: Vec<String>,
    pub(crate) input: Input,
    /// The tickets that it is about, if a key said so.
    pub(crate) ids: Vec<TicketId>,
}

/// The command line of an action on tickets, with the answers to its questions.
pub(crate) fn command_words(action: Action, ids: &[TicketId], answers: &[Answer]) -> Request {
    let numbers: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    let mut words = vec![action.verb().to_owned(), numbers.join(",")];
    let mut answers = answers.iter();
    let mut input = Input::Complete;
    let mut option = |name: &str, words: &mut Vec<String>| match answers.next() {
        Some(Answer::Value(value)) => {
            if !name.is_empty() {
                words.push(name.to_owned());
            }
            words.push(value.clone());
        }
        Some(Answer::Editor) => input = Input::Editor,
        Some(Answer::Skipped) | None => {}
    };
    match action {
        Action::Take | Action::Undo => {}
        Action::Assign | Action::Categorize => option("", &mut words),
        Action::Prioritize => {
            for name in ["--users", "--business", "--urgency"] {
                option(name, &mut words);
            }
        }
        Action::Reply | Action::Log | Action::Escalate | Action::Resolve => {
            option("-m", &mut words);
        }
        Action::Pause => {
            option("", &mut words);
            let asks = words
                .last()
                .is_some_and(|w| w == PauseReason::Requester.as_str());
            option(if asks { "--ask" } else { "--until" }, &mut words);
        }
        Action::Merge => option("--into", &mut words),
    }
    Request {
        words,
        input,
        ids: ids.to_vec(),
    }
}

/// The command line as a person would type it.
pub(crate) fn shown_command(words: &[String]) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_.,:/@=+%#".contains(c);
    let quoted = words.iter().map(|word| {
        if !word.is_empty() && word.chars().all(plain) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    });
    format!("desk {}", quoted.collect::<Vec<_>>().join(" "))
}

/// Splits a typed command line into words as a shell does with quotes and
/// backslashes; nothing else means anything.
///
/// # Errors
/// The quote that is not closed.
pub(crate) fn split_words(line: &str) -> Result<Vec<String>, char> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => {
                let next = chars.next().unwrap_or('\\');
                word.get_or_insert_default().push(next);
            }
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
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

/// The command that a hint names, without `desk`.
pub(super) fn hinted_command(hint: &str) -> Option<&str> {
    let introduced = |before: &str| {
        let before = before.trim_end_matches(['\'', '`']);
        let by = [": ", "; ", ", ", " then ", " or ", " see ", " with "];
        before.is_empty() || before == "see " || by.iter().any(|by| before.ends_with(by))
    };
    let mut named = hint.match_indices("desk ");
    let (at, name) = named.find(|(at, _)| introduced(&hint[..*at]))?;
    let command = &hint[at + name.len()..];
    let ends = [";", ", ", " (", " | ", ". "];
    let end = ends.iter().filter_map(|end| command.find(end)).min();
    let mut command = command[..end.unwrap_or(command.len())].trim_end_matches(['.', ' ']);
    // A topic is one word, and a sentence may go on behind it.
    if let Some(topic) = command.strip_prefix("help ") {
        let word = topic.find(' ').unwrap_or(topic.len());
        command = &command[.."help ".len() + word];
    }
    let verb = command.split(' ').next()?;
    let is_verb = !verb.is_empty() && verb.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    is_verb.then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(action: Action, answers: &[Answer]) -> String {
        let ids = [TicketId(12), TicketId(14)];
        shown_command(&command_words(action, &ids, answers).words)
    }

    fn value(value: &str) -> Answer {
        Answer::Value(value.to_owned())
    }

    #[test]
    fn a_key_and_its_answers_are_one_command_line() {
        assert_eq!(shown(Action::Take, &[]), "desk take 12,14");
        assert_eq!(
            shown(Action::Assign, &[value("Lee, Ann")]),
            "desk assign 12,14 'Lee, Ann'"
        );
        assert_eq!(
            shown(
                Action::Prioritize,
                &[value("high"), value("low"), value("low")]
            ),
            "desk prioritize 12,14 --users high --business low --urgency low"
        );
        assert_eq!(
            shown(Action::Reply, &[value("It's on")]),
            r"desk reply 12,14 -m 'It'\''s on'"
        );
        assert_eq!(
            shown(Action::Pause, &[value("vendor"), value("tomorrow 9:00")]),
            "desk pause 12,14 vendor --until 'tomorrow 9:00'"
        );
        assert_eq!(
            shown(Action::Pause, &[value("requester"), value("Which one?")]),
            "desk pause 12,14 requester --ask 'Which one?'"
        );
        assert_eq!(
            shown(Action::Pause, &[value("other"), Answer::Skipped]),
            "desk pause 12,14 other"
        );
        assert_eq!(
            shown(Action::Merge, &[value("9")]),
            "desk merge 12,14 --into 9"
        );
        let written = command_words(Action::Resolve, &[TicketId(3)], &[Answer::Editor]);
        assert_eq!(
            (written.words, written.input),
            (vec!["resolve".to_owned(), "3".to_owned()], Input::Editor)
        );
    }

    #[test]
    fn a_command_line_is_split_as_it_is_shown() {
        for words in [
            vec!["log", "12", "it's 5 o'clock"],
            vec!["open", "", "a\"b", r"c\d"],
            vec!["list", "-p:P1", "due:<2h"],
        ] {
            let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            let line = shown_command(&words);
            assert_eq!(split_words(&line["desk ".len()..]), Ok(words), "{line}");
        }
        assert_eq!(split_words("a 'b"), Err('\''));
        assert_eq!(split_words("  "), Ok(Vec::new()));
        assert_eq!(split_words(r"a\"), Ok(vec!["a\\".to_owned()]));
    }

    #[test]
    fn a_hint_names_its_command() {
        for (hint, command) in [
            (
                "categorize it with: desk categorize 12 CATEGORY",
                Some("categorize 12 CATEGORY"),
            ),
            ("see desk help mail-guide", Some("help mail-guide")),
            ("desk list --all lists them", Some("list --all lists them")),
            ("try: desk take 3, or ask", Some("take 3")),
            ("desk help filters lists the fields", Some("help filters")),
            ("use one of: high, medium, low", None),
            ("ask at the helpdesk first", None),
            ("the desk is closed", None),
        ] {
            assert_eq!(hinted_command(hint), command, "{hint}");
        }
    }
}
