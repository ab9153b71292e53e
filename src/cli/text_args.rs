//! What is said of tickets: the words after their numbers, `-m`, stdin, or the
//! editor.

use clap::Args;

use crate::cli::args::usage;
use crate::cli::context::CommandContext;
use crate::cli::ticket_selection::Words;
use crate::cli::ticket_selector::Tickets;
use crate::domain::text;
use crate::error::Error;

/// Tickets, then a text: as the last words, by `-m`, or from stdin.
#[derive(Debug, Clone, Args)]
pub(crate) struct Saying {
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    message: Message,
}

impl Saying {
    /// The tickets, and what is said of them.
    pub(crate) fn split(self, ctx: &CommandContext<'_>) -> Result<(Tickets, Said), Error> {
        let Self { words, message } = self;
        let (ids, words) = words.split(ctx)?;
        Ok((ids, Said { words, message }))
    }
}

/// What is said of the tickets.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    words: Vec<String>,
    message: Message,
}

impl Said {
    /// Takes the first word away if it is one that the command knows.
    pub(crate) fn first(&mut self, known: impl FnOnce(&str) -> bool) -> Option<String> {
        let is_known = self.words.first().is_some_and(|word| known(word));
        is_known.then(|| self.words.remove(0))
    }

    /// The text if there is one.
    pub(crate) fn given(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
    ) -> Result<Option<String>, Error> {
        self.message.given(ctx, what, &self.words)
    }

    /// The text, asked for in the editor if it is missing.
    pub(crate) fn needed(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
    ) -> Result<String, Error> {
        match self.given(ctx, what)? {
            Some(text) => Ok(text),
            None => {
                let typed = ctx.ask.text(what, "-m TEXT, or as the last words")?;
                text::body(what, &typed).map_err(usage)
            }
        }
    }
}

/// A text by `-m`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Message {
    /// The text, or - to read it from stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
}

impl Message {
    /// The text if there is one: the words, `-m`, or stdin.
    pub(crate) fn given(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
        words: &[String],
    ) -> Result<Option<String>, Error> {
        let typed = match (&self.message, words.is_empty()) {
            (None, true) => return Ok(None),
            (None, false) => words.join(" "),
            (Some(text), true) if text == "-" => ctx.ask.stdin()?,
            (Some(text), true) => text.clone(),
            (Some(_), false) => {
                return Err(Error::usage(
                    format!(
                        "the {what} is given twice, with -m and as '{}'",
                        words.join(" ")
                    ),
                    "give it once; quote it if it holds numbers only",
                ));
            }
        };
        text::body(what, &typed).map(Some).map_err(usage)
    }
}
