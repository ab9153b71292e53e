//! Whose the draft of a form is, which its name says.

use crate::domain::event::TicketId;
use crate::domain::people::Agent;

/// Maximum characters of an agent's name in the file name of a draft.
const MAX_NAME_LEN: usize = 48;

/// The ticket and agent of a draft, so that two agents working on the same
/// ticket have separate drafts.
pub(crate) struct DraftOwner {
    pub(crate) id: TicketId,
    pub(crate) agent: Agent,
    pub(crate) form: DraftForm,
}

/// The questions that are answered: those of a category, the worksheet for the
/// severity of a breach, or those about a new ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DraftForm {
    Diagnosis,
    Severity,
    /// The form of `desk open`, which is of no ticket yet; see
    /// [`super::OpeningDraft`].
    Opening,
}

impl DraftForm {
    pub(super) const ALL: [Self; 3] = [Self::Diagnosis, Self::Severity, Self::Opening];

    /// How the file name of a draft begins.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Diagnosis => "diagnosis-",
            Self::Severity => "severity-",
            Self::Opening => "opening-",
        }
    }

    /// The name of a draft: of a ticket, or of one of several forms for new ones.
    pub(super) fn file_name(self, number: i64, agent: &Agent) -> String {
        let agent = short_name(agent);
        format!("{}{number}-{agent}.toml", self.prefix())
    }

    /// The number in the name of a draft; `None` for one of another form or agent.
    pub(super) fn number(self, name: &str, agent: &Agent) -> Option<i64> {
        let rest = name.strip_prefix(self.prefix())?;
        let rest = rest.strip_suffix(&format!("-{}.toml", short_name(agent)))?;
        let is_number = rest.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| rest.parse().ok())?
    }
}

fn short_name(agent: &Agent) -> String {
    agent.as_str().chars().take(MAX_NAME_LEN).collect()
}

impl DraftOwner {
    pub(super) fn file_name(&self) -> String {
        self.form.file_name(self.id.0, &self.agent)
    }
}
