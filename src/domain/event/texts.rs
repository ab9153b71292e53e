//! The one list of the free and personal texts of a fact. The store seals
//! them apart from the event, and the search index reads them.

use std::borrow::Cow;

use super::{Attachment, Correction, Fact, Note, Submission};
use crate::domain::people::{Agent, Requester};

/// A text of a fact, with the path under which it is stored.
type FactText<'a> = (Cow<'static, str>, Cow<'a, str>);

#[derive(Default)]
struct Texts<'a>(Vec<FactText<'a>>);

impl<'a> Texts<'a> {
    fn one(&mut self, path: impl Into<Cow<'static, str>>, text: impl Into<Cow<'a, str>>) {
        self.0.push((path.into(), text.into()));
    }

    fn maybe(&mut self, path: impl Into<Cow<'static, str>>, text: &'a Option<String>) {
        if let Some(text) = text {
            self.one(path, text);
        }
    }

    fn person(&mut self, person: &'a Requester) {
        let Requester {
            name,
            contact,
            language,
        } = person;
        self.maybe("name", name);
        self.maybe("contact", contact);
        self.maybe("language", language);
    }

    fn list(&mut self, path: &str, texts: &'a [String]) {
        for (index, text) in texts.iter().enumerate() {
            self.one(format!("{path}/{index}"), text);
        }
    }
}

/// The path of the digest of an attached file: with it goes the content.
pub(crate) const DIGEST: &str = "digest";

/// The path of the digests of imported rows.
pub(crate) const ROWS: &str = "rows";

impl Fact {
    /// The agents whom the fact is about, besides the one who acts. The store
    /// keeps agents by number.
    pub(crate) fn agents(&self) -> &[Agent] {
        if let Self::Assigned { agent } = self {
            std::slice::from_ref(agent)
        } else if let Self::Restricted { to, .. } = self {
            to
        } else {
            &[]
        }
    }

    /// What people wrote and who they are, such as `title`, `name` or
    /// `symptoms/0`. Paths are stored: they never change.
    #[expect(clippy::too_many_lines, reason = "one arm for each fact")]
    pub(crate) fn texts(&self) -> Vec<FactText<'_>> {
        let mut texts = Texts::default();
        match self {
            Self::Opened(Submission {
                title,
                description,
                requester,
                key,
                channel: _,
                tier: _,
            }) => {
                texts.one("title", title);
                texts.maybe("description", description);
                texts.person(requester);
                texts.maybe("key", key);
            }
            Self::Logged(Note {
                text,
                symptoms,
                affected,
                began: _,
            }) => {
                texts.maybe("text", text);
                texts.list("symptoms", symptoms);
                texts.list("affected", affected);
            }
            Self::Corrected(Correction {
                title,
                name,
                contact,
                language,
            }) => {
                texts.maybe("title", title);
                texts.maybe("name", name);
                texts.maybe("contact", contact);
                texts.maybe("language", language);
            }
            Self::Diagnosed {
                answers,
                extent,
                affected,
                note,
                questionnaire,
            } => {
                for (index, answer) in answers.iter().enumerate() {
                    // A question without a wording of its own is its key.
                    if answer.question != answer.key {
                        texts.one(format!("answers/{index}/question"), &answer.question);
                    }
                    texts.one(format!("answers/{index}/answer"), &answer.answer);
                }
                let advice = questionnaire.iter().flat_map(|result| &result.advice);
                for (index, advice) in advice.enumerate() {
                    texts.maybe(format!("found/{index}/cause"), &advice.cause);
                    texts.maybe(format!("found/{index}/workaround"), &advice.workaround);
                    texts.maybe(format!("found/{index}/reason"), &advice.reason);
                }
                texts.maybe("extent", extent);
                texts.list("affected", affected);
                texts.maybe("note", note);
            }
            Self::ManagerInformed { manager, reason } => {
                texts.one("manager", manager);
                texts.one("reason", reason);
            }
            Self::Proposed { text, .. }
            | Self::Replied { text, .. }
            | Self::Resolved { text, .. } => texts.one("text", text),
            Self::MessageReceived { text, sender, .. } => {
                texts.one("text", text);
                if let Some(sender) = sender {
                    texts.person(sender);
                }
            }
            Self::MergedFrom { brought, .. } => texts.person(&brought.requester),
            Self::ParticipantAdded { person, .. } | Self::ParticipantRemoved { person } => {
                texts.person(person);
            }
            Self::Confirmed { evidence, .. } | Self::Refuted { evidence, .. } => {
                texts.one("evidence", evidence);
            }
            Self::CallAnswered { person, note, .. } => {
                if let Some(person) = person {
                    texts.person(person);
                }
                texts.maybe("note", note);
            }
            Self::CallArranged { note, .. }
            | Self::CallMoved { note, .. }
            | Self::CallHeld { note, .. }
            | Self::Paused { note, .. }
            | Self::Resumed { note } => texts.maybe("note", note),
            Self::Unassigned { reason }
            | Self::CallCancelled { reason, .. }
            | Self::Restricted { reason, .. } => texts.maybe("reason", reason),
            Self::RestrictionLifted { reason }
            | Self::Escalated { reason, .. }
            | Self::KnownErrorWithdrawn { reason }
            | Self::Reopened { reason }
            | Self::GatePassed { reason, .. } => texts.one("reason", reason),
            Self::Erased(erasure) => texts.one("reason", &erasure.reason),
            Self::Attached(Attachment {
                name,
                media_type,
                digest,
                number: _,
                event: _,
                size: _,
            }) => {
                texts.one("file", name);
                texts.one("media_type", media_type);
                texts.one(DIGEST, digest);
            }
            Self::KnownErrorMarked { workaround, cause } => {
                texts.one("workaround", workaround);
                texts.maybe("cause", cause);
            }
            Self::Restored { by } => texts.one("by", by),
            Self::Closed { comment, .. } => texts.maybe("comment", comment),
            Self::Imported {
                number,
                extra_fields,
                row_digests,
                source: _,
                last_row_at: _,
            } => {
                texts.one("number", number);
                texts.one(ROWS, row_digests.join(" "));
                for (index, (_, value)) in extra_fields.iter().enumerate() {
                    texts.one(format!("facts/{index}"), value);
                }
            }
            Self::Tagged { added, removed } => {
                for (index, tag) in added.iter().enumerate() {
                    texts.one(format!("added/{index}"), tag.as_str());
                }
                for (index, tag) in removed.iter().enumerate() {
                    texts.one(format!("removed/{index}"), tag.as_str());
                }
            }
            Self::FieldsSet { values, cleared: _ } => {
                for (index, field) in values.iter().enumerate() {
                    texts.one(format!("values/{index}"), &field.value);
                }
            }
            Self::ChecklistAdded { items, first: _ } => texts.list("items", items),
            Self::Breach(fact) => {
                for (path, text) in fact.texts() {
                    texts.one(path, text);
                }
            }
            Self::Identified { .. }
            | Self::Categorized { .. }
            | Self::Prioritized(_)
            | Self::TargetSet { .. }
            | Self::Assigned { .. }
            | Self::Merged { .. }
            | Self::AnsweredElsewhere { .. }
            | Self::Unmerged { .. }
            | Self::Unfounded { .. }
            | Self::Linked { .. }
            | Self::Unlinked { .. }
            | Self::Warned { .. }
            | Self::WorkStarted
            | Self::ImportUndone { .. }
            | Self::ChecklistMarked { .. }
            | Self::ContactLogged(_) => {}
        }
        texts.0
    }
}
