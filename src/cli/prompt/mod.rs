//! Input from the person at the terminal: prompts, the editor, and stdin. If no
//! one can be asked, the error names the flag to use. Never called inside a
//! transaction.

mod context_block;
mod draft_name;
mod draft_owner;
mod drafts;
mod editor;
mod form;
mod line_input;
mod menu;
mod opening_draft;
mod questionnaire;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::Input;
use dialoguer::console::Term;

use crate::domain::event::TicketId;
use crate::domain::privacy::person::Identity;
use crate::domain::read_models::Draft;
use crate::domain::text::{BODY, visible_nul};
use crate::error::Error;
use crate::output;
use context_block::{with_context, without_context};
pub(crate) use draft_owner::{DraftForm, DraftOwner};
pub(crate) use drafts::Drafts;
pub(crate) use form::{FormQuestion, FormReply};
pub(crate) use opening_draft::OpeningDraft;
pub(crate) use questionnaire::Outcome;

/// Maximum size of stdin in bytes: the longest text, plus surrounding blanks
/// that are trimmed.
const MAX_STDIN: usize = BODY + 1024;

/// The note for a paste of several lines at a prompt for one.
const PASTE_NOTE: &str = "only the first pasted line was used";

/// Discards input that is waiting after a line, and returns whether there was
/// any. Further lines of a paste must not answer the next prompt, nor reach the
/// shell as commands.
fn discard_pending_input() -> bool {
    let stdin = std::io::stdin();
    let waiting = rustix::io::ioctl_fionread(&stdin).is_ok_and(|bytes| bytes > 0);
    // If it cannot be discarded, it is read as usual.
    waiting && rustix::termios::tcflush(&stdin, rustix::termios::QueueSelector::IFlush).is_ok()
}

/// Prompts for input, if someone is at the terminal.
pub(crate) struct Prompt {
    interactive: bool,
    editor: String,
    drafts: Drafts,
    interrupted: Arc<AtomicBool>,
}

impl Prompt {
    pub(crate) fn new(interactive: bool, editor: String, drafts: Drafts) -> Self {
        Self {
            interactive,
            editor,
            drafts,
            interrupted: Arc::default(),
        }
    }

    /// Prompts for one of several choices.
    ///
    /// # Errors
    /// [`Error::Usage`] naming `flag` if no one can be asked;
    /// [`Error::Interrupted`] on Ctrl-C or Escape.
    pub(crate) fn choose(
        &self,
        what: &str,
        flag: &str,
        choices: &[String],
    ) -> Result<String, Error> {
        self.choose_from(what, flag, choices, Some(0))
    }

    /// As [`Prompt::choose`], standing on the value that it has now, which Enter
    /// keeps. Without one nothing is chosen until somebody moves to it.
    ///
    /// # Errors
    /// As [`Prompt::choose`].
    pub(crate) fn choose_from(
        &self,
        what: &str,
        flag: &str,
        choices: &[String],
        present: Option<usize>,
    ) -> Result<String, Error> {
        Ok(choices[self.select(what, flag, choices, present)?].clone())
    }

    /// Like [`Prompt::choose`], but returns the index of the choice.
    ///
    /// # Errors
    /// As [`Prompt::choose`].
    pub(crate) fn choose_index(
        &self,
        what: &str,
        flag: &str,
        choices: &[String],
    ) -> Result<usize, Error> {
        self.select(what, flag, choices, Some(0))
    }

    fn select(
        &self,
        what: &str,
        flag: &str,
        choices: &[String],
        present: Option<usize>,
    ) -> Result<usize, Error> {
        self.start(what, flag)?;
        // The words of a policy are somebody else's text.
        let shown = choices.iter().map(|choice| output::safe_line(choice));
        let shown: Vec<String> = shown.collect();
        let chosen = menu::choose(what, &shown, present).map_err(dialoguer::Error::IO);
        self.finish(chosen)?.ok_or(Error::Interrupted)
    }

    /// Whether someone can be asked.
    pub(crate) const fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Prompts for one line.
    ///
    /// # Errors
    /// As [`Prompt::choose`].
    pub(crate) fn line(&self, what: &str, flag: &str) -> Result<String, Error> {
        self.start(what, flag)?;
        let answer = Input::<String>::new().with_prompt(what).interact_text();
        let line = self.finish(answer)?;
        if discard_pending_input() {
            self.say("", PASTE_NOTE);
        }
        Ok(line)
    }

    /// Opens the editor with a text to change.
    ///
    /// # Errors
    /// As [`Prompt::choose`]; [`Error::Outside`] when the editor fails.
    pub(crate) fn edit(&self, what: &str, flag: &str, before: &str) -> Result<String, Error> {
        self.edit_about(what, flag, before, &[])
    }

    /// As [`Prompt::edit`], with a comment below the text, which is not part of it.
    ///
    /// # Errors
    /// As [`Prompt::edit`].
    pub(crate) fn edit_about(
        &self,
        what: &str,
        flag: &str,
        before: &str,
        context: &[String],
    ) -> Result<String, Error> {
        self.start(what, flag)?;
        let draft = self.drafts.create(what, &with_context(before, context))?;
        let text = self.edit_file(&draft)?;
        self.drafts.keep_last();
        Ok(text)
    }

    /// Opens the editor with a draft again; without a terminal, reads it as it is.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such draft; as [`Prompt::edit`].
    pub(crate) fn go_on(&self, number: u32) -> Result<String, Error> {
        let draft = self.draft(number)?;
        let path = PathBuf::from(&draft.path);
        self.drafts.take_up(&path);
        if !self.interactive {
            return Ok(draft.text);
        }
        self.start(&draft.what, "--draft")?;
        self.edit_file(&path)
    }

    fn edit_file(&self, draft: &Path) -> Result<String, Error> {
        editor::edit(&self.editor, draft)?;
        let text = std::fs::read_to_string(draft)
            .map_err(|fault| Error::outside(format!("the editor '{}'", self.editor), &fault))?;
        let text = without_context(&text);
        if text.trim().is_empty() {
            self.discard_drafts();
            return Err(Error::Interrupted);
        }
        Ok(visible_nul(&text).into_owned())
    }

    /// Says which tickets the next text is about, for the name of its draft.
    pub(crate) fn concern(&self, tickets: &[TicketId]) {
        self.drafts.concern(tickets);
    }

    /// The only ticket that the next text is about.
    pub(crate) fn concerned(&self) -> Option<TicketId> {
        self.drafts.concerned()
    }

    /// Everything that this user typed for this store and that is not stored.
    pub(crate) fn drafts(&self) -> Vec<Draft> {
        self.drafts.list()
    }

    /// The draft of a number.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is none.
    pub(crate) fn draft(&self, number: u32) -> Result<Draft, Error> {
        let mut drafts = self.drafts().into_iter();
        let found = drafts.find(|draft| draft.number == number);
        found.ok_or_else(|| {
            Error::usage(
                format!("there is no draft {number}"),
                "see them with: desk drafts",
            )
        })
    }

    /// Reads stdin as text.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is not UTF-8, or longer than any text may be;
    /// [`Error::Outside`] when it cannot be read.
    pub(crate) fn stdin(&self) -> Result<String, Error> {
        let limit = u64::try_from(MAX_STDIN).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| Error::outside("reading stdin", &fault))?;
        // Cutting it off could change the text, or name another ticket.
        if bytes.len() > MAX_STDIN {
            return Err(Error::usage(
                format!("stdin has more than {MAX_STDIN} bytes; nothing was changed"),
                "split it into smaller parts",
            ));
        }
        let text = String::from_utf8(bytes).map_err(|fault| {
            let at = fault.utf8_error().valid_up_to();
            Error::usage(
                format!("stdin is not UTF-8 text (at byte {at})"),
                "convert it first, for example with: iconv -f latin1 -t utf8",
            )
        })?;
        Ok(visible_nul(&text).into_owned())
    }

    /// The drafts that a failed command leaves behind.
    pub(crate) fn kept_drafts(&self) -> Vec<PathBuf> {
        self.drafts.kept()
    }

    /// Deletes the drafts of this run, because their text is now stored.
    pub(crate) fn discard_drafts(&self) {
        self.drafts.discard_all();
    }

    /// All drafts of this user for this store.
    pub(crate) fn all_drafts(&self) -> Vec<PathBuf> {
        self.drafts.all()
    }

    /// The drafts of this user for this store that mention a person.
    pub(crate) fn drafts_about(&self, who: &Identity) -> Vec<PathBuf> {
        self.drafts
            .with_text(&|text| who.mentioned_in(text, true).is_some())
    }

    /// Removes drafts.
    ///
    /// # Errors
    /// [`Error::Outside`] if one cannot be removed.
    pub(crate) fn remove_drafts(&self, drafts: &[PathBuf]) -> Result<(), Error> {
        drafts.iter().try_for_each(|draft| {
            std::fs::remove_file(draft)
                .map_err(|fault| Error::outside(format!("removing {}", draft.display()), &fault))
        })
    }

    fn start(&self, what: &str, flag: &str) -> Result<(), Error> {
        if !self.interactive {
            return Err(Error::usage(
                format!("missing {what}"),
                format!("give it with {flag}"),
            ));
        }
        // Without a handler, Ctrl-C would end the process and leave the cursor
        // hidden. With it, the prompt returns and the terminal is restored.
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&self.interrupted))?;
        Ok(())
    }

    fn finish<T>(&self, answer: Result<T, dialoguer::Error>) -> Result<T, Error> {
        // A terminal that is gone needs no cursor.
        let _ = Term::stderr().show_cursor();
        if self.interrupted.load(Ordering::Relaxed) {
            // Leave the half-typed line and continue on a new one.
            let _ = Term::stderr().write_line("");
            return Err(Error::Interrupted);
        }
        answer.map_err(|dialoguer::Error::IO(fault)| {
            if fault.kind() == std::io::ErrorKind::Interrupted {
                Error::Interrupted
            } else {
                Error::Output(fault)
            }
        })
    }
}
