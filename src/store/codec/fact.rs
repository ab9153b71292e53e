//! Every fact as an event's kind and body. Names of agents, tiers and
//! categories, levels, words, moments and numbers are in the body; what a
//! person wrote, and who they are, is a text kept apart.

mod parts;

use super::super::StoreError;
use super::super::driver::damaged;
use super::body::{Body, Draft};
use crate::domain::category::Category;
use crate::domain::event::{Correction, Fact, Note, Submission, TicketId};
use crate::domain::people::{Agent, Requester, Tier};
use crate::domain::priority::{Level, Priority, Rating};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::{
    Channel, ClockName, ClosureCode, Gate, Kind, Medium, Occurrence, PauseReason, Relation,
};
use parts::{answers, diagnosed, guided, led_to, opened};

/// Drafts the body of a fact; its kind is [`Fact::kind`].
#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
pub(in crate::store) fn draft(fact: &Fact) -> Draft {
    let mut to = Draft::default();
    match fact {
        Fact::Opened(submission) => opened(&mut to, submission),
        Fact::Identified { kind, onset } => {
            to.put("kind", kind.as_str());
            to.put("onset", onset.as_str());
        }
        Fact::Logged(Note {
            text,
            symptoms,
            affected,
            began,
        }) => {
            to.maybe_text("text", text.as_deref());
            to.texts("symptoms", symptoms);
            to.texts("affected", affected);
            to.at("began", *began);
        }
        Fact::Corrected(Correction {
            title,
            name,
            contact,
            language,
        }) => {
            to.maybe_text("title", title.as_deref());
            to.maybe_text("name", name.as_deref());
            to.maybe_text("contact", contact.as_deref());
            to.maybe_text("language", language.as_deref());
        }
        Fact::Categorized { category } => to.put("category", category.as_str()),
        Fact::Prioritized(Rating {
            users,
            business,
            urgency,
            priority,
        }) => {
            to.put("users", users.as_str());
            to.put("business", business.as_str());
            to.put("urgency", urgency.as_str());
            to.put("priority", i64::from(priority.rank()));
        }
        Fact::TargetSet {
            clock,
            target: promise,
        } => {
            let SlaTarget {
                span: target,
                cadence,
                calendar,
                policy_version: policy,
            } = promise;
            to.put("clock", clock.as_str());
            to.span("target", Some(*target));
            to.span("cadence", *cadence);
            to.put("calendar", calendar.as_str());
            to.put("policy", i64::from(*policy));
        }
        Fact::Diagnosed {
            answers,
            extent,
            affected,
            note,
            questionnaire: guided,
        } => {
            diagnosed(&mut to, answers);
            led_to(&mut to, guided.as_ref());
            to.maybe_text("extent", extent.as_deref());
            to.texts("affected", affected);
            to.maybe_text("note", note.as_deref());
        }
        Fact::Assigned { agent } => to.put("agent", agent.as_str()),
        Fact::Unassigned { reason } => to.maybe_text("reason", reason.as_deref()),
        Fact::Escalated {
            to: tier,
            up,
            reason,
        } => {
            to.put("to", tier.as_str());
            to.put("up", super::canonical::Json::Truth(*up));
            to.text("reason", reason);
        }
        Fact::ManagerInformed { manager, reason } => {
            to.text("manager", manager);
            to.text("reason", reason);
        }
        Fact::Proposed { hypothesis, text } => {
            to.put("hypothesis", i64::from(*hypothesis));
            to.text("text", text);
        }
        Fact::Confirmed {
            hypothesis,
            evidence,
        }
        | Fact::Refuted {
            hypothesis,
            evidence,
        } => {
            to.put("hypothesis", i64::from(*hypothesis));
            to.text("evidence", evidence);
        }
        Fact::CallArranged {
            call,
            medium,
            when,
            note,
        } => {
            to.put("call", i64::from(*call));
            to.put("medium", medium.as_str());
            to.at("when", Some(*when));
            to.maybe_text("note", note.as_deref());
        }
        Fact::CallHeld { call, note } => {
            to.put("call", i64::from(*call));
            to.maybe_text("note", note.as_deref());
        }
        Fact::CallCancelled { call, reason } => {
            to.put("call", i64::from(*call));
            to.maybe_text("reason", reason.as_deref());
        }
        Fact::Paused {
            reason: awaited,
            until,
            note,
        } => {
            to.put("awaited", awaited.as_str());
            to.at("until", *until);
            to.maybe_text("note", note.as_deref());
        }
        Fact::Resumed { note } => to.maybe_text("note", note.as_deref()),
        Fact::Replied { text, via } | Fact::MessageReceived { text, via } => {
            to.text("text", text);
            to.put("via", via.as_str());
        }
        Fact::Resolved { text, code } => {
            to.text("text", text);
            to.put("code", code.as_str());
        }
        Fact::KnownErrorMarked { workaround, cause } => {
            to.text("workaround", workaround);
            to.maybe_text("cause", cause.as_deref());
        }
        Fact::KnownErrorWithdrawn { reason } => to.text("reason", reason),
        Fact::Restored { by } => to.text("by", by),
        Fact::Closed {
            satisfaction,
            comment,
        } => {
            to.put("satisfaction", satisfaction.map(i64::from));
            to.maybe_text("comment", comment.as_deref());
        }
        Fact::Reopened { reason } => to.text("reason", reason),
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
        Fact::GatePassed { gate, reason } => {
            to.put("gate", gate.as_str());
            to.text("reason", reason);
        }
        Fact::Imported {
            source,
            number,
            last_row_at: upto,
            row_digests: rows,
            extra_fields: facts,
        } => {
            to.put("source", source.as_str());
            to.text("number", number);
            to.at("upto", Some(*upto));
            to.words("rows", rows.iter().map(String::as_str));
            to.words("facts", facts.iter().map(|(label, _)| label.as_str()));
            for (place, (_, value)) in facts.iter().enumerate() {
                to.text(format!("facts/{place}"), value);
            }
        }
    }
    to
}

/// Reads a fact; what it does not know in a body it leaves alone.
///
/// # Errors
/// [`StoreError::Damaged`] for a kind or word that no version wrote, and for
/// what is missing.
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
            began: from.maybe_at("began")?,
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
            users: Level::new(from.name("users")?),
            business: Level::new(from.name("business")?),
            urgency: Level::new(from.name("urgency")?),
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
            questionnaire: guided(from)?,
        },
        "assigned" => Fact::Assigned {
            agent: Agent::from_stored(from.name("agent")?),
        },
        "unassigned" => Fact::Unassigned {
            reason: from.maybe_text("reason"),
        },
        "escalated" => Fact::Escalated {
            to: Tier::from_stored(from.name("to")?),
            up: from.truth("up")?,
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
            when: from.at("when")?,
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
            until: from.maybe_at("until")?,
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
            last_row_at: from.at("upto")?,
            row_digests: from.words("rows").map(str::to_owned).collect(),
            extra_fields: from
                .words("facts")
                .map(str::to_owned)
                .zip(from.texts("facts"))
                .collect(),
        },
        _ => return Err(damaged(format!("'{kind}' is no kind of event"))),
    })
}
