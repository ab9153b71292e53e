//! The inbox of an agent, without a terminal: which keys there are, what each
//! does to what is shown, and how that is drawn. Reading the store, running
//! commands and the terminal itself are in `cli/inbox`.

mod asking;
mod command;
mod draw;
mod key_reader;
mod keys;
mod layout;
mod state;
#[cfg(test)]
mod tests;
mod text_line;

pub(crate) use asking::{Answer, AnswerKind, Asking, Choice, IfEmpty, Question};
pub(crate) use command::{Input, Request, command_words, shown_command, split_words};
pub(crate) use draw::draw;
pub(crate) use key_reader::{Key, KeyReader};
pub(crate) use keys::{Action, KEYS};
pub(crate) use state::{Effect, Message, State, VerbInfo, told};
