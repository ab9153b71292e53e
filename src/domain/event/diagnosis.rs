//! What troubleshooting questions were answered, and what that points to.

use super::TicketId;
use crate::domain::people::Tier;

/// An answer to a troubleshooting question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The key of the question.
    pub(crate) key: String,
    /// The text of the question when it was asked; the key if it had no other.
    pub(crate) question: String,
    pub(crate) answer: String,
}

/// The outcome of answers to questions of the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionnaireResult {
    /// The version of the policy that had the questions.
    pub(crate) policy: u32,
    /// Keys of earlier answers that no longer count after these.
    pub(crate) obsolete: Vec<String>,
    /// What the answers point to, according to that version.
    pub(crate) advice: Vec<Advice>,
}

/// What answers point to; at least one part is present.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Advice {
    /// The suspected cause.
    pub(crate) cause: Option<String>,
    /// The ticket that is marked as the known error.
    pub(crate) known_error: Option<TicketId>,
    /// How the user can work in the meantime.
    pub(crate) workaround: Option<String>,
    /// The tier that should take the ticket.
    pub(crate) escalate: Option<Tier>,
    pub(crate) reason: Option<String>,
}
