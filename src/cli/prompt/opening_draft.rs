//! The drafts of forms for new tickets. A form that runs locks its own, so that what
//! another form left is told from what is being typed. The lock ends with the process,
//! however that ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Prompt;
use super::draft_owner::DraftForm;
use super::drafts::{Drafts, cannot_create};
use crate::domain::people::Agent;
use crate::domain::policy::questions::Answers;
use crate::error::Error;

impl Prompt {
    /// The draft of a form that begins.
    pub(crate) const fn opening_draft(&self, agent: Agent) -> OpeningDraft<'_> {
        OpeningDraft {
            drafts: &self.drafts,
            agent,
            held: None,
        }
    }
}

/// What was typed into a form for a new ticket; nothing is written before that.
pub(crate) struct OpeningDraft<'a> {
    drafts: &'a Drafts,
    agent: Agent,
    held: Option<HeldDraft>,
}

impl OpeningDraft<'_> {
    /// Takes over what a form left that does not run any more: of several the one that
    /// was written last. Returns its text.
    pub(crate) fn take_over(&mut self) -> Option<String> {
        let mut left: Vec<(SystemTime, PathBuf)> = Vec::new();
        for (name, path) in self.drafts.by_name() {
            let number = DraftForm::Opening.number(&name, &self.agent);
            let changed = fs::metadata(&path).and_then(|file| file.modified());
            left.extend(number.and(changed.ok()).map(|changed| (changed, path)));
        }
        left.sort();
        let mut last_first = left.iter().rev();
        let (held, text) = last_first.find_map(|(_, path)| HeldDraft::take_over(path))?;
        self.held = Some(held);
        Some(text)
    }

    /// Keeps what was typed so far.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn save(&mut self, answers: &Answers) -> Result<(), Error> {
        let text = crate::policy_file::format_answers(answers);
        let mut held = match self.held.take().filter(HeldDraft::is_in_place) {
            Some(held) => held,
            // It is the first one, or somebody dropped the draft meanwhile.
            None => self.create()?,
        };
        let written = held.write(&text);
        let written = written.map_err(|fault| cannot_create(&held.path, &fault));
        self.held = Some(held);
        written
    }

    /// Deletes what was typed.
    pub(crate) fn discard(&mut self) {
        if let Some(held) = self.held.take().filter(HeldDraft::is_in_place) {
            // A leftover draft is clutter, not a failure.
            let _ = fs::remove_file(&held.path);
        }
    }

    /// Treats it as a draft of this command: deleted if it succeeds, reported if it
    /// fails. It stays locked until then.
    pub(crate) fn track(self) {
        if let Some(HeldDraft { path, file }) = self.held {
            self.drafts.keep_locked(path, file);
        }
    }

    /// Creates a draft under the first number that is free.
    fn create(&self) -> Result<HeldDraft, Error> {
        let directory = self.drafts.prepare()?;
        let mut number = 0;
        loop {
            let name = DraftForm::Opening.file_name(number, &self.agent);
            match HeldDraft::create(directory.join(name)) {
                Ok(held) => return Ok(held),
                Err(fault) if fault.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(fault) => return Err(cannot_create(directory, &fault)),
            }
        }
    }
}

/// A draft that this process has locked.
struct HeldDraft {
    path: PathBuf,
    file: File,
}

impl HeldDraft {
    fn create(path: PathBuf) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = options.write(true).create_new(true).mode(0o600);
        let file = file.open(&path)?;
        // A form that looks what others left may hold it for a moment. A file system
        // without locks has nothing to wait for.
        let _ = file.lock();
        Ok(Self { path, file })
    }

    /// Takes over a draft with its text; `None` if a form that runs has it, or it is
    /// empty.
    fn take_over(path: &Path) -> Option<(Self, String)> {
        let mut options = OpenOptions::new();
        let mut file = options.read(true).write(true).open(path).ok()?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return None,
            // Without locks nobody knows; what was typed must not be lost.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        let path = path.to_owned();
        let held = Self { path, file };
        (held.is_in_place() && !text.trim().is_empty()).then_some((held, text))
    }

    /// Whether the path still leads to this file.
    fn is_in_place(&self) -> bool {
        let (Ok(there), Ok(mine)) = (fs::symlink_metadata(&self.path), self.file.metadata()) else {
            return false;
        };
        (there.dev(), there.ino()) == (mine.dev(), mine.ino())
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_holds_a_draft_has_it_alone_until_the_end() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("opening-0-anna.toml");
        let mut held = HeldDraft::create(path.clone()).unwrap();
        held.write("title = \"a longer one\"\n").unwrap();
        held.write("title = \"Fax\"\n").unwrap();
        assert!(HeldDraft::take_over(&path).is_none());
        assert!(HeldDraft::create(path.clone()).is_err());
        drop(held);
        let (held, text) = HeldDraft::take_over(&path).unwrap();
        assert_eq!(text, "title = \"Fax\"\n");
        // A draft that was dropped, and another one in its place.
        fs::remove_file(&path).unwrap();
        assert!(!held.is_in_place());
        let other = HeldDraft::create(path.clone()).unwrap();
        assert!(other.is_in_place() && !held.is_in_place());
        drop(other);
        assert!(HeldDraft::take_over(&path).is_none());
    }

    #[test]
    fn a_name_is_that_of_a_form_of_one_agent() {
        let agent = |name| Agent::parse(name).unwrap();
        let form = DraftForm::Opening;
        let name = form.file_name(3, &agent("anna"));
        assert_eq!(name, "opening-3-anna.toml");
        assert_eq!(form.number(&name, &agent("anna")), Some(3));
        for other in ["ben", "nna", "-anna"] {
            assert_eq!(form.number(&name, &Agent::from_stored(other)), None);
        }
        let name = form.file_name(3, &agent("x-anna"));
        assert_eq!(form.number(&name, &agent("anna")), None);
    }
}
