//! What only the person at the terminal can say: missing values, long texts,
//! and what comes in on stdin. Where there is nobody to ask, the flag to give
//! is named instead. Nothing is asked inside a transaction.

mod questionnaire;

use std::cell::RefCell;
use std::io::{Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::Term;
use dialoguer::{Input, Select};

use crate::domain::text::BODY;
use crate::error::Error;
pub(crate) use questionnaire::{Ended, Own};

/// The most that is read from stdin, in bytes: the longest text, with room for
/// the blank space around it that is not kept.
const MOST: usize = BODY + 1024;

/// What is said where more than one line was pasted.
const MORE: &str = "only the first line was taken of what came at once";

/// Drops what waits at the terminal after a line, and says whether anything
/// did. The further lines of a paste are no answers to what is asked next, nor
/// are they for the shell to run.
fn drop_the_rest() -> bool {
    let stdin = std::io::stdin();
    let waiting = rustix::io::ioctl_fionread(&stdin).is_ok_and(|bytes| bytes > 0);
    // What cannot be dropped is read as it ever was.
    waiting && rustix::termios::tcflush(&stdin, rustix::termios::QueueSelector::IFlush).is_ok()
}

/// The person at the terminal, or that there is none.
pub(crate) struct Ask {
    interactive: bool,
    editor: String,
    drafts: PathBuf,
    /// Drafts written in this run, until the command has succeeded.
    kept: RefCell<Vec<PathBuf>>,
    interrupted: Arc<AtomicBool>,
}

impl Ask {
    pub(crate) fn new(interactive: bool, editor: String, drafts: PathBuf) -> Self {
        Self {
            interactive,
            editor,
            drafts,
            kept: RefCell::default(),
            interrupted: Arc::default(),
        }
    }

    /// Lets one of a few be chosen.
    ///
    /// # Errors
    /// [`Error::Usage`] naming `flag` where nobody can be asked;
    /// [`Error::Interrupted`] on Ctrl-C or Escape.
    pub(crate) fn choose(
        &self,
        what: &str,
        flag: &str,
        choices: &[String],
    ) -> Result<String, Error> {
        Ok(choices[self.pick(what, flag, choices)?].clone())
    }

    /// As [`Ask::choose`]; which one it was.
    ///
    /// # Errors
    /// As [`Ask::choose`].
    pub(crate) fn pick(&self, what: &str, flag: &str, choices: &[String]) -> Result<usize, Error> {
        self.ready(what, flag)?;
        let picked = Select::new()
            .with_prompt(what)
            .items(choices)
            .default(0)
            .interact_opt();
        self.answered(picked)?.ok_or(Error::Interrupted)
    }

    /// Whether somebody can be asked.
    pub(crate) const fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Asks for one line.
    ///
    /// # Errors
    /// As [`Ask::choose`].
    pub(crate) fn line(&self, what: &str, flag: &str) -> Result<String, Error> {
        self.ready(what, flag)?;
        let answer = Input::<String>::new().with_prompt(what).interact_text();
        let line = self.answered(answer)?;
        if drop_the_rest() {
            self.say("", MORE);
        }
        Ok(line)
    }

    /// Asks for a text of any length, in the editor.
    ///
    /// # Errors
    /// As [`Ask::choose`]; [`Error::Outside`] when the editor fails.
    pub(crate) fn text(&self, what: &str, flag: &str) -> Result<String, Error> {
        self.edited(what, flag, "")
    }

    /// Asks for a text to be changed, in the editor.
    ///
    /// # Errors
    /// As [`Ask::text`].
    pub(crate) fn edited(&self, what: &str, flag: &str, before: &str) -> Result<String, Error> {
        self.ready(what, flag)?;
        let draft = self.draft(what)?;
        if !before.is_empty() {
            std::fs::write(&draft, before).map_err(|fault| Error::Outside {
                what: "writing a draft".to_owned(),
                reason: fault.to_string(),
            })?;
        }
        self.kept.borrow_mut().push(draft.clone());
        let mut words = self.editor.split_whitespace();
        let program = words.next().unwrap_or("vi");
        let outside = |reason: String| Error::Outside {
            what: format!("the editor '{}'", self.editor),
            reason,
        };
        let status = Command::new(program)
            .args(words)
            .arg(&draft)
            .status()
            .map_err(|fault| outside(fault.to_string()))?;
        if !status.success() {
            return Err(outside(status.to_string()));
        }
        let text = std::fs::read_to_string(&draft).map_err(|fault| outside(fault.to_string()))?;
        if text.trim().is_empty() {
            self.discard_drafts();
            return Err(Error::Interrupted);
        }
        Ok(text)
    }

    /// Reads all of stdin as text.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is not UTF-8, or larger than any text may be;
    /// [`Error::Outside`] when it cannot be read.
    pub(crate) fn stdin(&self) -> Result<String, Error> {
        let most = u64::try_from(MOST).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|fault| Error::Outside {
                what: "reading stdin".to_owned(),
                reason: fault.to_string(),
            })?;
        // A part of it would be another text, or another ticket.
        if bytes.len() > MOST {
            return Err(Error::usage(
                format!("stdin holds more than {MOST} bytes; nothing was done"),
                "give it in smaller parts",
            ));
        }
        String::from_utf8(bytes).map_err(|fault| {
            let at = fault.utf8_error().valid_up_to();
            Error::usage(
                format!("stdin is not UTF-8 text (at byte {at})"),
                "convert it first, for example with: iconv -f latin1 -t utf8",
            )
        })
    }

    /// The drafts that a failed command leaves behind.
    /// Those in which nothing was written are forgotten.
    pub(crate) fn drafts(&self) -> Vec<PathBuf> {
        let mut kept = self.kept.borrow_mut();
        kept.retain(|draft| {
            let written = std::fs::metadata(draft).is_ok_and(|file| file.len() > 0);
            if !written {
                // An empty draft that stays is only clutter, not a failure.
                let _ = std::fs::remove_file(draft);
            }
            written
        });
        kept.clone()
    }

    /// Forgets the drafts: what they said is on record.
    pub(crate) fn discard_drafts(&self) {
        for draft in self.kept.borrow_mut().drain(..) {
            // A draft that stays is only clutter, not a failure.
            let _ = std::fs::remove_file(draft);
        }
    }

    fn ready(&self, what: &str, flag: &str) -> Result<(), Error> {
        if !self.interactive {
            return Err(Error::usage(
                format!("the {what} is missing"),
                format!("give it with {flag}"),
            ));
        }
        // Without a handler Ctrl-C would end the process with the cursor
        // hidden; with it, the prompt returns and the terminal is put right.
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&self.interrupted))?;
        Ok(())
    }

    fn answered<T>(&self, answer: Result<T, dialoguer::Error>) -> Result<T, Error> {
        // What cannot be put right on a terminal that is gone is no failure.
        let _ = Term::stderr().show_cursor();
        if self.interrupted.load(Ordering::Relaxed) {
            // What was typed stands on the line; what follows begins a new one.
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

    /// Makes the place of drafts. It may be the first to make the directory of
    /// the store.
    fn make_home(&self) -> std::io::Result<()> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.drafts)
    }

    /// Makes an empty draft that only its owner can read.
    fn draft(&self, what: &str) -> Result<PathBuf, Error> {
        let prefix = format!("{}-", what.replace(' ', "-"));
        let make = |dir: &Path| {
            self.make_home()?;
            let file = tempfile::Builder::new()
                .prefix(&prefix)
                .suffix(".md")
                .tempfile_in(dir)?;
            file.as_file().flush()?;
            let (_, path) = file.keep().map_err(|fault| fault.error)?;
            Ok::<_, std::io::Error>(path)
        };
        make(&self.drafts).map_err(|fault| Error::Outside {
            what: format!("making a draft in {}", self.drafts.display()),
            reason: fault.to_string(),
        })
    }
}
