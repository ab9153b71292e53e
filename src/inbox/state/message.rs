//! What the status line says: a command and how it ended, and what to do next.

use super::super::command::hinted_command;
use super::super::keys::Action;
use crate::output::{Style, StyledLine};

/// A message, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The command line; empty if it is about none.
    pub(crate) command: String,
    pub(crate) style: Style,
    pub(crate) text: String,
    /// The hint of a refusal.
    hint: Option<String>,
    /// All that was printed.
    pub(crate) whole: Vec<StyledLine>,
}

impl Message {
    /// A message of the inbox itself.
    pub(crate) fn note(text: &str) -> Self {
        Self {
            command: String::new(),
            style: Style::Plain,
            text: text.to_owned(),
            hint: None,
            whole: vec![vec![(Style::Plain, text.to_owned())]],
        }
    }

    /// A command that did something.
    pub(crate) const fn done(command: String, text: String, whole: Vec<StyledLine>) -> Self {
        Self {
            command,
            style: Style::Success,
            text,
            hint: None,
            whole,
        }
    }

    /// A command that was refused, or something that failed.
    pub(crate) const fn refused(
        command: String,
        text: String,
        hint: Option<String>,
        whole: Vec<StyledLine>,
    ) -> Self {
        Self {
            command,
            style: Style::Error,
            text,
            hint,
            whole,
        }
    }

    /// The symbol that says the same as the colour.
    pub(crate) const fn symbol(&self) -> &'static str {
        match self.style {
            Style::Success => "✓ ",
            Style::Error => "✗ ",
            Style::Plain | Style::Bold | Style::Dim | Style::Warning | Style::Info => "",
        }
    }

    /// The command that the hint names.
    pub(super) fn offered_command(&self) -> Option<&str> {
        self.hint.as_deref().and_then(hinted_command)
    }

    /// The command of the hint, if a key runs it.
    pub(super) fn offered_action(&self) -> Option<Action> {
        let verb = self.offered_command()?.split(' ').next()?;
        Action::key_of(verb).and_then(Action::of_key)
    }

    /// What to press, and what that does.
    pub(crate) fn offer(&self) -> Option<String> {
        if let Some(command) = self.offered_command() {
            let verb = command.split(' ').next().unwrap_or_default();
            return Some(match Action::key_of(verb) {
                Some(key) => format!("{key}: desk {verb}"),
                None => format!("!: desk {verb}"),
            });
        }
        let hint = self.hint.as_deref()?;
        Some(hint.to_owned())
    }
}
