//! The line behind `:`, on which any command of desk can be typed.

use super::super::Key;
use super::super::command::{Input, Request, split_words};
use super::super::text_line::TextLine;
use super::{Effect, Message, Mode, State};

/// A command of desk, for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerbInfo {
    pub(crate) name: String,
    /// Whether its first argument names tickets.
    pub(crate) takes_tickets: bool,
    /// Whether it takes a text or a word after them.
    pub(crate) takes_words: bool,
}

impl State {
    pub(super) fn on_command_key(&mut self, key: &Key) -> Effect {
        let numbers = self.numbers();
        let Mode::Command(line) = &mut self.mode else {
            return Effect::None;
        };
        match key {
            Key::Escape | Key::Ctrl('c') => return self.back_to_list(),
            Key::Backspace if line.text().is_empty() => return self.back_to_list(),
            Key::Up => line.set(&self.last_command),
            Key::Tab => complete_verb(line, &self.verbs),
            Key::Enter => return self.run_line(),
            Key::Char(_)
            | Key::Ctrl(_)
            | Key::Backspace
            | Key::Delete
            | Key::Down
            | Key::Left
            | Key::Right
            | Key::Home
            | Key::End
            | Key::PageUp
            | Key::PageDown
            | Key::Paste(_) => {
                line.on_key(key);
            }
        }
        self.insert_selection(key, numbers);
        Effect::None
    }

    /// A command that takes tickets is run on the selection, visibly; whoever types
    /// another number after it means that one instead.
    fn insert_selection(&mut self, key: &Key, numbers: Option<String>) {
        let (Mode::Command(line), Some(numbers)) = (&self.mode, numbers) else {
            return;
        };
        let typed = line.text().to_owned();
        let verb = typed.split(' ').next().unwrap_or_default();
        let known = self.verbs.iter().find(|known| known.name == verb);
        let Some(known) = known.filter(|known| known.takes_tickets) else {
            return;
        };
        let Key::Char(c) = key else {
            return;
        };
        let changed = if *c == ' ' && typed == format!("{verb} ") {
            format!("{typed}{numbers} ")
        } else if c.is_ascii_digit()
            && !known.takes_words
            && typed == format!("{verb} {numbers} {c}")
        {
            format!("{verb} {c}")
        } else {
            return;
        };
        self.mode = Mode::Command(TextLine::new(&changed));
    }

    fn takes_tickets(&self, verb: &str) -> bool {
        let mut verbs = self.verbs.iter();
        verbs.any(|known| known.name == verb && known.takes_tickets)
    }

    /// The tickets that a command is for, as one argument.
    fn numbers(&self) -> Option<String> {
        let numbers: Vec<String> = self.targets().iter().map(|id| id.0.to_string()).collect();
        (!numbers.is_empty()).then(|| numbers.join(","))
    }

    fn run_line(&mut self) -> Effect {
        let Mode::Command(line) = &self.mode else {
            return Effect::None;
        };
        let typed = line.text().trim().to_owned();
        let typed = typed.strip_prefix("desk ").unwrap_or(&typed).to_owned();
        let mut words = match split_words(&typed) {
            Ok(words) => words,
            Err(quote) => {
                let told = format!("the quote {quote} is not closed");
                self.message = Some(Message::note(&told));
                return Effect::None;
            }
        };
        self.mode = Mode::List;
        self.last_command.clone_from(&typed);
        let verb = words.first().cloned().unwrap_or_default();
        if words.len() == 1
            && self.takes_tickets(&verb)
            && let Some(numbers) = self.numbers()
        {
            words.push(numbers);
        }
        if words.is_empty() {
            return Effect::None;
        }
        if verb == "inbox" {
            self.message = Some(Message::note("this is the inbox; / filters it"));
            return Effect::None;
        }
        Effect::Run(Request {
            words,
            input: Input::Prompts,
            ids: Vec::new(),
        })
    }
}

/// Completes the name of a command as far as it is the only one.
fn complete_verb(line: &mut TextLine, verbs: &[VerbInfo]) {
    let typed = line.text().to_owned();
    let fitting: Vec<&str> = verbs
        .iter()
        .map(|verb| verb.name.as_str())
        .filter(|name| name.starts_with(&typed))
        .collect();
    let Some(first) = fitting.first() else {
        return;
    };
    let common = |length: &usize| {
        fitting
            .iter()
            .all(|name| name[..*length] == first[..*length])
    };
    let shortest = fitting.iter().map(|name| name.len()).min().unwrap_or(0);
    let length = (typed.len()..=shortest).rev().find(common);
    line.set(&first[..length.unwrap_or(typed.len())]);
}
