//! Reads every fact back from an event's kind and body, in every form that a
//! released version wrote.

mod parts;

use parts::{
    erasure, levels, maybe_number, maybe_numbers, maybe_word, moved_links, named_person, offset,
    person, row_digests, tickets,
};

use super::super::StoreError;
use super::PeopleByNumber;
use super::agents::{agent, agents};
use super::body::Body;
use super::breach;
use super::carried::{field_values, tags};
use super::diagnosis::{answers, questionnaire};
use super::fact::{ASSIGNED, RESTRICTED};
use crate::domain::category::Category;
use crate::domain::event::{
    Attachment, BroughtAlong, Correction, DIGEST, Fact, Note, Replaced, Submission, TicketId,
};
use crate::domain::external_record::LoggedContact;
use crate::domain::people::{Requester, Tier};
use crate::domain::priority::{Priority, Rating};
use crate::domain::sla::target::SlaTarget;
use crate::domain::vocabulary::{
    CallAnswer, Channel, ChecklistMark, ClearedField, ClockName, ClosureCode, Gate, Kind, Medium,
    Occurrence, ParticipantRole, PauseReason, Relation,
};

/// Reads a fact; `people` finds a person by number. Unknown entries of a body
/// are ignored.
///
/// # Errors
/// [`StoreError::Damaged`] for an unknown kind or word, and for a missing
/// entry.
#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
pub(super) fn read(
    kind: &str,
    from: &Body,
    people: PeopleByNumber<'_>,
) -> Result<Fact, StoreError> {
    Ok(match kind {
        "opened" => Fact::Opened(Submission {
            title: from.text("title")?,
            description: from.maybe_text("description"),
            requester: person(from),
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
            description: from.maybe_text("description"),
            name: from.maybe_text("name"),
            contact: from.maybe_text("contact"),
            language: from.maybe_text("language"),
            channel: maybe_word(from, "channel", Channel::parse)?,
            cleared: from
                .words("cleared")
                .map(|field| super::word(field, ClearedField::parse))
                .collect::<Result<_, _>>()?,
            no_symptoms: from.texts("no_symptoms"),
            no_affected: from.texts("no_affected"),
            replaced: Replaced {
                title: from.maybe_text("was/title"),
                description: from.maybe_text("was/description"),
                requester: Requester {
                    name: from.maybe_text("was/name"),
                    contact: from.maybe_text("was/contact"),
                    language: from.maybe_text("was/language"),
                },
                channel: maybe_word(from, "old_channel", Channel::parse)?,
            },
        }),
        "categorized" => Fact::Categorized {
            category: Category::from_stored(from.name("category")?),
        },
        "prioritized" => Fact::Prioritized(Rating {
            levels: levels(from)?,
            priority: Priority::from_rank(from.int("priority")?),
        }),
        "promised" => Fact::TargetSet {
            clock: from.word("clock", ClockName::parse)?,
            target: SlaTarget {
                span: from.span("target")?,
                days: maybe_number(from, "days")?,
                cadence: from.maybe_span("cadence")?,
                cadence_days: maybe_number(from, "cadence_days")?,
                end_of_day: from.entry("end_of_day").is_some() && from.bool("end_of_day")?,
                calendar: from.name("calendar")?.to_owned(),
                policy_version: from.int("policy")?,
            },
        },
        "due-promised" => Fact::DuePromised {
            clock: from.word("clock", ClockName::parse)?,
            due: from.time("due")?,
            reason: from.text("reason")?,
        },
        "promise-withdrawn" => Fact::PromiseWithdrawn {
            clock: from.word("clock", ClockName::parse)?,
            reason: from.text("reason")?,
        },
        "time-spent" => Fact::TimeSpent {
            time: from.span("spent")?,
            note: from.maybe_text("note"),
        },
        "diagnosed" => Fact::Diagnosed {
            answers: answers(from)?,
            extent: from.maybe_text("extent"),
            affected: from.texts("affected"),
            note: from.maybe_text("note"),
            questionnaire: questionnaire(from)?,
        },
        ASSIGNED => Fact::Assigned {
            agent: agent(from, people)?,
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
        "call-moved" => Fact::CallMoved {
            call: from.int("call")?,
            from: from.time("from")?,
            to: from.time("when")?,
            note: from.maybe_text("note"),
        },
        "call-answered" => Fact::CallAnswered {
            call: from.int("call")?,
            version: from.int("version")?,
            when: from.time("when")?,
            answer: from.word("answer", CallAnswer::parse)?,
            person: named_person(from),
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
        "work-started" => Fact::WorkStarted,
        "replied" => Fact::Replied {
            text: from.text("text")?,
            via: from.word("via", Channel::parse)?,
            also: tickets(from, "also").collect(),
        },
        "heard" => Fact::MessageReceived {
            text: from.text("text")?,
            via: from.word("via", Channel::parse)?,
            thanks: from.maybe_bool("thanks"),
            sender: named_person(from),
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
            moved: from.maybe_bool("moved"),
        },
        "absorbed" => Fact::MergedFrom {
            from: TicketId(from.int("from")?),
            brought: BroughtAlong {
                requester: person(from),
                owed_since: from.maybe_time("owed")?,
                links: moved_links(from)?,
                known_error: from.maybe_bool("known_error"),
                carried: maybe_numbers(from, "carried")?,
                items: maybe_numbers(from, "items")?,
            },
        },
        "parted" => Fact::Unmerged {
            from: TicketId(from.int("from")?),
        },
        "answered-elsewhere" => Fact::AnsweredElsewhere {
            ticket: TicketId(from.int("on")?),
            time: from.time("time")?,
        },
        "participant-added" => Fact::ParticipantAdded {
            person: person(from),
            role: from.word("role", ParticipantRole::parse)?,
        },
        "participant-removed" => Fact::ParticipantRemoved {
            person: person(from),
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
            offset: offset(from)?,
        },
        "unfounded" => Fact::Unfounded {
            events: from.numbers("events")?,
        },
        "undone" => Fact::Undone {
            events: from.numbers("events")?,
        },
        "voided" => Fact::Voided {
            reason: from.text("reason")?,
        },
        "gate-passed" => Fact::GatePassed {
            gate: from.word("gate", Gate::parse)?,
            reason: from.text("reason")?,
        },
        RESTRICTED => Fact::Restricted {
            to: agents(from, people)?,
            reason: from.maybe_text("reason"),
        },
        "restriction-lifted" => Fact::RestrictionLifted {
            reason: from.text("reason")?,
        },
        "contact-logged" => Fact::ContactLogged(match from.name("contact")? {
            "no-response-yet" => LoggedContact::NoResponseYet,
            "first-response" => LoggedContact::FirstResponse(from.time("time")?),
            "last-message" => LoggedContact::LastMessage(from.time("time")?),
            other => {
                let unknown = format!("'{other}' is not a logged contact");
                return Err(StoreError::damaged(unknown));
            }
        }),
        "erased" => Fact::Erased(erasure(from)?),
        "attached" => Fact::Attached(Attachment {
            number: from.int("number")?,
            event: maybe_number(from, "event")?,
            name: from.text("file")?,
            media_type: from.text("media_type")?,
            size: from.int("size")?,
            digest: from.text(DIGEST)?,
        }),
        "import-undone" => Fact::ImportUndone {
            kept: from.int("kept")?,
        },
        "imported" => Fact::Imported {
            source: from.name("source")?.to_owned(),
            number: from.text("number")?,
            last_row_at: from.time("upto")?,
            row_digests: row_digests(from),
            extra_fields: from
                .words("facts")
                .map(str::to_owned)
                .zip(from.texts("facts"))
                .collect(),
        },
        "tagged" => Fact::Tagged {
            added: tags(from, "added"),
            removed: tags(from, "removed"),
        },
        "fields-set" => Fact::FieldsSet {
            values: field_values(from)?,
            cleared: from.words("cleared").map(str::to_owned).collect(),
        },
        "checklist-added" => Fact::ChecklistAdded {
            first: from.int("first")?,
            items: from.texts("items"),
        },
        "checklist-marked" => Fact::ChecklistMarked {
            items: from.numbers("items")?,
            mark: from.word("mark", ChecklistMark::parse)?,
        },
        _ => {
            let fact = breach::read(kind, from)?;
            let unknown = || StoreError::damaged(format!("'{kind}' is not an event kind"));
            Fact::Breach(fact.ok_or_else(unknown)?)
        }
    })
}
