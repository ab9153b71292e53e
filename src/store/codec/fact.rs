//! Every fact as an event's kind and body. Names of agents, tiers and
//! categories, words, times and numbers are in the body; free and personal
//! texts are stored beside it.

use super::super::StoreError;
use super::body::{Body, Draft};
use super::canonical::Json;
use crate::domain::category::Category;
use crate::domain::event::{
    Advice, Answer, Correction, Fact, Note, QuestionnaireResult, Submission, TicketId,
};
use crate::domain::people::{Agent, Requester, Tier};
use crate::domain::priority::{Level, Priority, Rating};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::{
    Channel, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence, PauseReason, Relation,
};

/// Drafts the body of a fact; its kind is [`Fact::kind`], and its texts are
/// [`Fact::texts`].
#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
pub(crate) fn draft(fact: &Fact) -> Draft {
    let mut to = Draft::default();
    match fact {
        Fact::Opened(submission) => {
            to.put("channel", submission.channel.as_str());
            to.put("tier", submission.tier.as_str());
        }
        Fact::Identified { kind, onset } => {
            to.put("kind", kind.as_str());
            to.put("onset", onset.as_str());
        }
        Fact::Logged(note) => to.time("began", note.began),
        Fact::Categorized { category } => to.put("category", category.as_str()),
        Fact::Prioritized(rating) => {
            to.put("users", rating.users.as_str());
            to.put("business", rating.business.as_str());
            to.put("urgency", rating.urgency.as_str());
            to.put("priority", i64::from(rating.priority.rank()));
        }
        Fact::TargetSet { clock, target } => {
            to.put("clock", clock.as_str());
            to.span("target", Some(target.span));
            to.span("cadence", target.cadence);
            to.put("calendar", target.calendar.as_str());
            to.put("policy", i64::from(target.policy_version));
        }
        Fact::Diagnosed {
            answers,
            questionnaire,
            ..
        } => {
            to.words("answers", answers.iter().map(|a| a.key.as_str()));
            put_questionnaire(&mut to, questionnaire.as_ref());
        }
        Fact::Assigned { agent } => to.put("agent", agent.as_str()),
        Fact::Escalated { to: tier, up, .. } => {
            to.put("to", tier.as_str());
            to.put("up", Json::Bool(*up));
        }
        Fact::Proposed { hypothesis, .. }
        | Fact::Confirmed { hypothesis, .. }
        | Fact::Refuted { hypothesis, .. } => to.put("hypothesis", i64::from(*hypothesis)),
        Fact::CallArranged {
            call, medium, when, ..
        } => {
            to.put("call", i64::from(*call));
            to.put("medium", medium.as_str());
            to.time("when", Some(*when));
        }
        Fact::CallHeld { call, .. } | Fact::CallCancelled { call, .. } => {
            to.put("call", i64::from(*call));
        }
        Fact::Paused { reason, until, .. } => {
            to.put("awaited", reason.as_str());
            to.time("until", *until);
        }
        Fact::Replied { via, .. } | Fact::MessageReceived { via, .. } => {
            to.put("via", via.as_str());
        }
        Fact::Resolved { code, .. } => to.put("code", code.as_str()),
        Fact::Closed { satisfaction, .. } => {
            to.put("satisfaction", satisfaction.map(i64::from));
        }
        Fact::Merged { into } => to.put("into", into.0),
        Fact::MergedFrom { from } | Fact::Unmerged { from } => to.put("from", from.0),
        Fact::Linked { relation, other } | Fact::Unlinked { relation, other } => {
            to.put("relation", relation.as_str());
            to.put("other", other.0);
        }
        Fact::Warned { clock, percent } => {
            to.put("clock", clock.as_str());
            to.put("percent", i64::from(*percent));
        }
        Fact::GatePassed { gate, .. } => to.put("gate", gate.as_str()),
        Fact::Imported {
            source,
            last_row_at,
            row_digests,
            extra_fields,
            number: _,
        } => {
            to.put("source", source.as_str());
            to.time("upto", Some(*last_row_at));
            to.words("rows", row_digests.iter().map(String::as_str));
            to.words(
                "facts",
                extra_fields.iter().map(|(label, _)| label.as_str()),
            );
        }
        Fact::Corrected(_)
        | Fact::Unassigned { .. }
        | Fact::ManagerInformed { .. }
        | Fact::Resumed { .. }
        | Fact::KnownErrorMarked { .. }
        | Fact::KnownErrorWithdrawn { .. }
        | Fact::Restored { .. }
        | Fact::Reopened { .. } => {}
    }
    for (path, text) in fact.texts() {
        to.text(path, text);
    }
    to
}

/// Writes the result of a questionnaire: numbers and names into the body, the
/// advice of the policy as texts. A diagnosis without questions of the policy
/// has no such entries, as in earlier versions.
fn put_questionnaire(to: &mut Draft, result: Option<&QuestionnaireResult>) {
    let Some(result) = result else { return };
    to.put("policy", i64::from(result.policy));
    to.words("moot", result.obsolete.iter().map(String::as_str));
    let entry = |advice: &Advice| {
        let known_error = advice.known_error.map(|id| Json::Int(id.0));
        let escalate = advice.escalate.as_ref().map(|tier| tier.as_str().into());
        let entries = [("known_error", known_error), ("escalate", escalate)];
        let entries = entries.into_iter();
        Json::Map(
            entries
                .filter_map(|(key, value)| Some((key.to_owned(), value?)))
                .collect(),
        )
    };
    if !result.advice.is_empty() {
        to.put(
            "found",
            Json::List(result.advice.iter().map(entry).collect()),
        );
    }
}

/// Reads a fact. Unknown entries of a body are ignored.
///
/// # Errors
/// [`StoreError::Damaged`] for an unknown kind or word, and for a missing
/// entry.
#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
pub(super) fn read(kind: &str, from: &Body) -> Result<Fact, StoreError> {
    Ok(match kind {
        "opened" => Fact::Opened(Submission {
            title: from.text("title")?,
            description: from.maybe_text("description"),
            requester: Requester {
                name: from.maybe_text("name"),
                contact: from.maybe_text("contact"),
                language: from.maybe_text("language"),
            },
            channel: from.word("channel", Channel::parse)?,
            key: from.maybe_text("key"),
            tier: Tier::from_stored(from.name("tier")?),
        }),
        "identified" => Fact::Identified {
            kind: from.word("kind", Kind::parse)?,
            onset: from.word("onset", Occurrence::parse)?,
        },
        "logged" => Fact::Logged(Note {
            text: from.maybe_text("text"),
            symptoms: from.texts("symptoms"),
            affected: from.texts("affected"),
            began: from.maybe_time("began")?,
        }),
        "corrected" => Fact::Corrected(Correction {
            title: from.maybe_text("title"),
            name: from.maybe_text("name"),
            contact: from.maybe_text("contact"),
            language: from.maybe_text("language"),
        }),
        "categorized" => Fact::Categorized {
            category: Category::from_stored(from.name("category")?),
        },
        "prioritized" => Fact::Prioritized(Rating {
            users: Level::from_stored(from.name("users")?),
            business: Level::from_stored(from.name("business")?),
            urgency: Level::from_stored(from.name("urgency")?),
            priority: Priority::from_rank(from.int("priority")?),
        }),
        "promised" => Fact::TargetSet {
            clock: from.word("clock", ClockName::parse)?,
            target: SlaTarget {
                span: from.span("target")?,
                cadence: from.maybe_span("cadence")?,
                calendar: from.name("calendar")?.to_owned(),
                policy_version: from.int("policy")?,
            },
        },
        "diagnosed" => Fact::Diagnosed {
            answers: answers(from)?,
            extent: from.maybe_text("extent"),
            affected: from.texts("affected"),
            note: from.maybe_text("note"),
            questionnaire: questionnaire(from)?,
        },
        "assigned" => Fact::Assigned {
            agent: Agent::from_stored(from.name("agent")?),
        },
        "unassigned" => Fact::Unassigned {
            reason: from.maybe_text("reason"),
        },
        "escalated" => Fact::Escalated {
            to: Tier::from_stored(from.name("to")?),
            up: from.bool("up")?,
            reason: from.text("reason")?,
        },
        "manager-told" => Fact::ManagerInformed {
            manager: from.text("manager")?,
            reason: from.text("reason")?,
        },
        "proposed" => Fact::Proposed {
            hypothesis: from.int("hypothesis")?,
            text: from.text("text")?,
        },
        "confirmed" => Fact::Confirmed {
            hypothesis: from.int("hypothesis")?,
            evidence: from.text("evidence")?,
        },
        "refuted" => Fact::Refuted {
            hypothesis: from.int("hypothesis")?,
            evidence: from.text("evidence")?,
        },
        "call-arranged" => Fact::CallArranged {
            call: from.int("call")?,
            medium: from.word("medium", Medium::parse)?,
            when: from.time("when")?,
            note: from.maybe_text("note"),
        },
        "call-held" => Fact::CallHeld {
            call: from.int("call")?,
            note: from.maybe_text("note"),
        },
        "call-cancelled" => Fact::CallCancelled {
            call: from.int("call")?,
            reason: from.maybe_text("reason"),
        },
        "paused" => Fact::Paused {
            reason: from.word("awaited", PauseReason::parse)?,
            until: from.maybe_time("until")?,
            note: from.maybe_text("note"),
        },
        "resumed" => Fact::Resumed {
            note: from.maybe_text("note"),
        },
        "replied" => Fact::Replied {
            text: from.text("text")?,
            via: from.word("via", Channel::parse)?,
        },
        "heard" => Fact::MessageReceived {
            text: from.text("text")?,
            via: from.word("via", Channel::parse)?,
        },
        "resolved" => Fact::Resolved {
            text: from.text("text")?,
            code: from.word("code", ClosureCode::parse)?,
        },
        "known-error-marked" => Fact::KnownErrorMarked {
            workaround: from.text("workaround")?,
            cause: from.maybe_text("cause"),
        },
        "known-error-withdrawn" => Fact::KnownErrorWithdrawn {
            reason: from.text("reason")?,
        },
        "restored" => Fact::Restored {
            by: from.text("by")?,
        },
        "closed" => Fact::Closed {
            satisfaction: match from.maybe_int("satisfaction") {
                Some(_) => Some(from.int("satisfaction")?),
                None => None,
            },
            comment: from.maybe_text("comment"),
        },
        "reopened" => Fact::Reopened {
            reason: from.text("reason")?,
        },
        "merged" => Fact::Merged {
            into: TicketId(from.int("into")?),
        },
        "absorbed" => Fact::MergedFrom {
            from: TicketId(from.int("from")?),
        },
        "parted" => Fact::Unmerged {
            from: TicketId(from.int("from")?),
        },
        "linked" => Fact::Linked {
            relation: from.word("relation", Relation::parse)?,
            other: TicketId(from.int("other")?),
        },
        "unlinked" => Fact::Unlinked {
            relation: from.word("relation", Relation::parse)?,
            other: TicketId(from.int("other")?),
        },
        "warned" => Fact::Warned {
            clock: from.word("clock", ClockName::parse)?,
            percent: from.int("percent")?,
        },
        "gate-passed" => Fact::GatePassed {
            gate: from.word("gate", Gate::parse)?,
            reason: from.text("reason")?,
        },
        "imported" => Fact::Imported {
            source: from.name("source")?.to_owned(),
            number: from.text("number")?,
            last_row_at: from.time("upto")?,
            row_digests: from.words("rows").map(str::to_owned).collect(),
            extra_fields: from
                .words("facts")
                .map(str::to_owned)
                .zip(from.texts("facts"))
                .collect(),
        },
        _ => {
            return Err(StoreError::damaged(format!(
                "'{kind}' is not an event kind"
            )));
        }
    })
}

fn answers(from: &Body) -> Result<Vec<Answer>, StoreError> {
    let read = |(index, key): (usize, &str)| {
        Ok(Answer {
            key: key.to_owned(),
            question: from
                .maybe_text(&format!("answers/{index}/question"))
                .unwrap_or_else(|| key.to_owned()),
            answer: from.text(&format!("answers/{index}/answer"))?,
        })
    };
    from.words("answers").enumerate().map(read).collect()
}

fn questionnaire(from: &Body) -> Result<Option<QuestionnaireResult>, StoreError> {
    if from.maybe_int("policy").is_none() {
        return Ok(None);
    }
    let entries = from
        .entry("found")
        .and_then(Json::as_list)
        .unwrap_or_default();
    let read = |(index, entry): (usize, &Json)| {
        let text = |name: &str| from.maybe_text(&format!("found/{index}/{name}"));
        Advice {
            cause: text("cause"),
            known_error: entry
                .get("known_error")
                .and_then(Json::as_int)
                .map(TicketId),
            workaround: text("workaround"),
            escalate: entry
                .get("escalate")
                .and_then(Json::as_text)
                .map(Tier::from_stored),
            reason: text("reason"),
        }
    };
    Ok(Some(QuestionnaireResult {
        policy: from.int("policy")?,
        obsolete: from.words("moot").map(str::to_owned).collect(),
        advice: entries.iter().enumerate().map(read).collect(),
    }))
}
