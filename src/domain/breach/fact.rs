//! What happens to a breach, as facts of its ticket.

use chrono::TimeDelta;

use super::details::{Details, LISTS, TEXTS};
use super::severity::Scores;
use super::terms::{Terms, Unless};
use crate::domain::Timestamp;
use crate::domain::event::Answer;
use crate::domain::vocabulary::{Risk, Role};

/// What happened to a breach. Each fact has a stored kind, see [`BreachFact::kind`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BreachFact {
    /// The ticket is about a breach of personal data.
    Opened {
        role: Role,
        /// The version of the policy that the terms are from.
        policy: u32,
        /// The obligations that may arise, in order; they are numbered from 1.
        terms: Vec<Terms>,
    },
    /// What the register says was added or replaced.
    Described {
        details: Box<Details>,
        note: Option<String>,
    },
    /// Somebody decided since when the organisation is aware of it.
    BecameAware(Decided),
    /// Somebody decided that it is an incident to report under a regime.
    Classified(Decided),
    /// A step of containment was taken.
    Contained {
        at: Timestamp,
        measure: String,
    },
    /// The worksheet was filled in.
    Assessed {
        policy: u32,
        answers: Vec<Answer>,
        scores: Scores,
    },
    RiskDecided {
        risk: Risk,
        by: String,
        reason: String,
    },
    /// A notification was sent.
    Notified(Notification),
    /// Somebody decided that a notification is not required.
    NotRequired {
        obligation: u32,
        name: String,
        by: String,
        reason: String,
    },
    /// The time of an obligation reached a level.
    Warned {
        obligation: u32,
        name: String,
        /// How long before its end; absent at the end itself.
        before: Option<TimeDelta>,
        /// When it was due then.
        due: Timestamp,
    },
    Closed {
        lessons: String,
        /// The obligations that were still open, and why it was closed all the
        /// same.
        left_open: Vec<u32>,
        reason: Option<String>,
    },
    Reopened {
        reason: String,
    },
}

/// A decision about a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) at: Timestamp,
    /// Who decided it.
    pub(crate) by: String,
    pub(crate) reason: Option<String>,
}

/// A notification that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notification {
    /// The number of the obligation, and its name.
    pub(crate) obligation: u32,
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    /// How it was sent, such as by a form or by mail.
    pub(crate) how: String,
    pub(crate) by: String,
    /// The number that the recipient gave.
    pub(crate) reference: Option<String>,
    /// Why it was late.
    pub(crate) delay: Option<String>,
    pub(crate) note: Option<String>,
    /// Whether more follows, so that the time of a supplement starts again.
    pub(crate) more_follows: bool,
}

impl BreachFact {
    /// Returns the stored and published name of the kind. These names never
    /// change.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "breach-opened",
            Self::Described { .. } => "breach-described",
            Self::BecameAware(_) => "breach-aware",
            Self::Classified(_) => "breach-classified",
            Self::Contained { .. } => "breach-contained",
            Self::Assessed { .. } => "breach-assessed",
            Self::RiskDecided { .. } => "breach-risk-decided",
            Self::Notified(_) => "breach-notified",
            Self::NotRequired { .. } => "breach-not-required",
            Self::Warned { .. } => "breach-warned",
            Self::Closed { .. } => "breach-closed",
            Self::Reopened { .. } => "breach-reopened",
        }
    }

    /// The free and personal texts, each with the path under which it is stored.
    pub(crate) fn texts(&self) -> Vec<(String, &str)> {
        let mut texts = Texts::default();
        match self {
            Self::Opened { terms, .. } => {
                for (index, terms) in terms.iter().enumerate() {
                    texts.put(format!("terms/{index}/basis"), terms.basis.as_ref());
                    if let Some(Unless::Other(text)) = &terms.unless {
                        texts.put(format!("terms/{index}/unless"), Some(text));
                    }
                }
            }
            Self::Described { details, note } => {
                for (path, text) in TEXTS.iter().zip(details.texts()) {
                    texts.put((*path).to_owned(), text.as_ref());
                }
                for (path, list) in LISTS.iter().zip(details.lists()) {
                    for (index, text) in list.iter().enumerate() {
                        texts.put(format!("{path}/{index}"), Some(text));
                    }
                }
                texts.put("note".to_owned(), note.as_ref());
            }
            Self::BecameAware(decided) | Self::Classified(decided) => {
                texts.put("by".to_owned(), Some(&decided.by));
                texts.put("reason".to_owned(), decided.reason.as_ref());
            }
            Self::Contained { measure, .. } => texts.put("measure".to_owned(), Some(measure)),
            Self::Assessed { answers, .. } => {
                for (index, answer) in answers.iter().enumerate() {
                    texts.put(format!("answers/{index}/question"), Some(&answer.question));
                    texts.put(format!("answers/{index}/answer"), Some(&answer.answer));
                }
            }
            Self::RiskDecided { by, reason, .. } | Self::NotRequired { by, reason, .. } => {
                texts.put("by".to_owned(), Some(by));
                texts.put("reason".to_owned(), Some(reason));
            }
            Self::Notified(Notification {
                how,
                by,
                reference,
                delay,
                note,
                ..
            }) => {
                texts.put("how".to_owned(), Some(how));
                texts.put("by".to_owned(), Some(by));
                texts.put("reference".to_owned(), reference.as_ref());
                texts.put("delay".to_owned(), delay.as_ref());
                texts.put("note".to_owned(), note.as_ref());
            }
            Self::Warned { .. } => {}
            Self::Closed {
                lessons, reason, ..
            } => {
                texts.put("lessons".to_owned(), Some(lessons));
                texts.put("reason".to_owned(), reason.as_ref());
            }
            Self::Reopened { reason } => texts.put("reason".to_owned(), Some(reason)),
        }
        texts.0
    }
}

/// Texts with their paths.
#[derive(Default)]
struct Texts<'a>(Vec<(String, &'a str)>);

impl<'a> Texts<'a> {
    fn put(&mut self, path: String, text: Option<&'a String>) {
        if let Some(text) = text {
            self.0.push((path, text));
        }
    }
}
