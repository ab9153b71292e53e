//! A text about tickets: the words after the first argument, `-m`, stdin, or
//! the editor.

use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use crate::cli::args::usage;
use crate::cli::completion;
use crate::cli::context::CommandContext;
use crate::cli::ticket_selection::{EscapedWords, Expected, FirstArgument, TicketsAndWords};
use crate::cli::ticket_selector::SelectedTickets;
use crate::domain::read_models::Draft;
use crate::domain::text;
use crate::error::Error;

/// Tickets and a text: as the last words, with `-m`, or from stdin.
#[derive(Debug, Clone, Args)]
pub(crate) struct TextArgs {
    #[command(flatten)]
    tickets: FirstArgument,
    /// The text; a text that is only a number is given with -m or after --
    #[arg(value_name = "TEXT")]
    words: Vec<String>,
    #[command(flatten)]
    escaped: EscapedWords,
    #[command(flatten)]
    message: MessageArg,
}

impl TextArgs {
    /// Separates the tickets from the text.
    ///
    /// # Errors
    /// As [`split`].
    pub(crate) fn split(
        self,
        ctx: &CommandContext<'_>,
    ) -> Result<(SelectedTickets, TextInput), Error> {
        let Self {
            tickets,
            words,
            escaped,
            message,
        } = self;
        split(ctx, &TicketsAndWords::new(tickets, words, escaped), message)
    }

    /// Refuses a text that begins with a number if `flag` was given without
    /// one: `--confirm 2 TEXT` can mean either.
    ///
    /// # Errors
    /// [`Error::Usage`] with both spellings.
    pub(crate) fn check_number_of(
        &self,
        flag: &'static str,
        what: &'static str,
        number: Option<u32>,
    ) -> Result<(), Error> {
        let (Some(0), Some(typed)) = (number, self.words.first()) else {
            return Ok(());
        };
        if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(());
        }
        Err(Error::usage(
            format!("'{typed}' after {flag} can be the number of the {what} or the text"),
            format!("use {flag}={typed} for {what} {typed}, or -m '{typed} ...' for the text"),
        ))
    }
}

/// Separates the tickets from a text that `-m` may give.
///
/// # Errors
/// [`Error::Usage`] if the first argument names no ticket, or the words after
/// it may be tickets too.
pub(crate) fn split(
    ctx: &CommandContext<'_>,
    words: &TicketsAndWords,
    message: MessageArg,
) -> Result<(SelectedTickets, TextInput), Error> {
    let expected = match (&message.message, message.draft) {
        (None, None) => Expected::Text,
        (Some(_), _) | (_, Some(_)) => Expected::NoText,
    };
    let (tickets, words) = words.split(ctx, expected)?;
    Ok((tickets, TextInput { words, message }))
}

/// The text of a command, as given.
#[derive(Debug, Clone)]
pub(crate) struct TextInput {
    words: Vec<String>,
    message: MessageArg,
}

impl TextInput {
    /// Removes and returns the first word if `known` accepts it.
    pub(crate) fn take_first(&mut self, known: impl FnOnce(&str) -> bool) -> Option<String> {
        let is_known = self.words.first().is_some_and(|word| known(word));
        is_known.then(|| self.words.remove(0))
    }

    /// The text, if one was given.
    ///
    /// # Errors
    /// [`Error::Usage`] if it was given twice or is not acceptable.
    pub(crate) fn given(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
    ) -> Result<Option<String>, Error> {
        self.message.given(ctx, what, &self.words)
    }

    /// The text; opens the editor if none was given.
    ///
    /// # Errors
    /// As [`TextInput::given`], and as [`Prompt::edit`](crate::cli::prompt::Prompt::edit).
    pub(crate) fn required(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
    ) -> Result<String, Error> {
        match self.given(ctx, what)? {
            Some(text) => Ok(text),
            None => {
                const FLAG: &str = "-m TEXT, or as the last words";
                let context = ctx.context_of_text()?;
                let typed = ctx.prompt.edit_about(what, FLAG, "", &context)?;
                text::body(what, &typed).map_err(usage)
            }
        }
    }
}

/// The commands that go on with a draft of theirs.
const GO_ON: &[&str] = &[
    "edit",
    "escalate",
    "investigate",
    "log",
    "reopen",
    "reply",
    "resolve",
];

/// The command that goes on with a draft, if there is one.
pub(crate) fn command_to_go_on(draft: &Draft) -> Option<String> {
    let (verb, tickets) = (draft.verb.as_deref()?, draft.tickets.as_deref()?);
    let known = GO_ON.contains(&verb);
    known.then(|| format!("desk {verb} {tickets} --draft {}", draft.number))
}

/// A text given with `-m`.
#[derive(Debug, Clone, Args)]
pub(crate) struct MessageArg {
    /// The text; - reads it from stdin
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    message: Option<String>,
    /// Go on with a draft; see desk drafts
    #[arg(long, value_name = "N", conflicts_with = "message", add = ArgValueCandidates::new(completion::drafts))]
    draft: Option<u32>,
}

impl MessageArg {
    /// The text, if one was given: `words`, `-m`, or stdin.
    ///
    /// # Errors
    /// [`Error::Usage`] if it was given twice or is not acceptable.
    pub(crate) fn given(
        &self,
        ctx: &CommandContext<'_>,
        what: &'static str,
        words: &[String],
    ) -> Result<Option<String>, Error> {
        if let Some(number) = self.draft {
            if !words.is_empty() {
                return Err(Error::usage(
                    format!(
                        "the {what} was given twice, as a draft and as '{}'",
                        words.join(" ")
                    ),
                    "give it once",
                ));
            }
            let typed = ctx.prompt.go_on(number)?;
            return text::body(what, &typed).map(Some).map_err(usage);
        }
        let typed = match (&self.message, words.is_empty()) {
            (None, true) => return Ok(None),
            (None, false) => words.join(" "),
            (Some(text), true) if text == "-" => ctx.prompt.stdin()?,
            (Some(text), true) => text.clone(),
            (Some(_), false) => {
                return Err(Error::usage(
                    format!(
                        "the {what} was given twice, with -m and as '{}'",
                        words.join(" ")
                    ),
                    "give it once",
                ));
            }
        };
        text::body(what, &typed).map(Some).map_err(usage)
    }
}
