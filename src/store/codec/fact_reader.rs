//! Reads every fact back from an event's kind and body, in every form that a
//! released version wrote.

use super::super::StoreError;
use super::PeopleByNumber;
use super::agents::{agent, agents};
use super::body::Body;
use super::breach;
use super::canonical::Json;
use super::diagnosis::{answers, questionnaire};
use super::fact::{ASSIGNED, RESTRICTED};
use crate::domain::category::Category;
use crate::domain::custom_field::FieldValue;
use crate::domain::event::{
    Attachment, BroughtAlong, Correction, DIGEST, Fact, Note, ROWS, Submission, TicketId,
};
use crate::domain::external_record::LoggedContact;
use crate::domain::people::{Requester, Tier};
use crate::domain::priority::{Level, Priority, RatedLevels, Rating};
use crate::domain::privacy::erasure::Erasure;
use crate::domain::sla::level::Offset;
use crate::domain::sla::target::SlaTarget;
use crate::domain::tag::Tag;
use crate::domain::text::ERASED;
use crate::domain::vocabulary::{
    CallAnswer, Channel, ChecklistMark, ClockName, ClosureCode, ErasureCause, FieldType, Gate,
    Kind, Medium, Occurrence, ParticipantRole, PauseReason, Relation, RetentionScope,
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
            name: from.maybe_text("name"),
            contact: from.maybe_text("contact"),
            language: from.maybe_text("language"),
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

/// A person; absent parts stay absent.
fn person(from: &Body) -> Requester {
    Requester {
        name: from.maybe_text("name"),
        contact: from.maybe_text("contact"),
        language: from.maybe_text("language"),
    }
}

/// Tags; one whose text was erased is read as that.
fn tags(from: &Body, path: &str) -> Vec<Tag> {
    let texts = from.texts(path);
    texts.iter().map(|text| Tag::from_stored(text)).collect()
}

/// The values of fields.
fn field_values(from: &Body) -> Result<Vec<FieldValue>, StoreError> {
    let named = from.words("names").zip(from.words("types"));
    let value = |((name, kind), value): ((&str, &str), String)| {
        Ok(FieldValue {
            name: name.to_owned(),
            kind: super::word(kind, FieldType::parse)?,
            value,
        })
    };
    named.zip(from.texts("values")).map(value).collect()
}

/// The numbers of tickets, which only some bodies have.
fn tickets(from: &Body, key: &str) -> impl Iterator<Item = TicketId> {
    let numbers = from.entry(key).and_then(Json::as_list).unwrap_or_default();
    numbers.iter().filter_map(Json::as_int).map(TicketId)
}

/// The links that a merged ticket brought along.
fn moved_links(from: &Body) -> Result<Vec<(Relation, TicketId)>, StoreError> {
    let relations = from.words("relations").map(|typed| {
        Relation::parse(typed).map_err(|fault| StoreError::damaged(fault.to_string()))
    });
    let links = relations.zip(tickets(from, "others"));
    links
        .map(|(relation, other)| Ok((relation?, other)))
        .collect()
}

/// A number that only some bodies have.
fn maybe_number<N: TryFrom<i64>>(from: &Body, key: &str) -> Result<Option<N>, StoreError> {
    from.entry(key).map(|_| from.int(key)).transpose()
}

/// The person whom a fact names, if it names one.
fn named_person(from: &Body) -> Option<Requester> {
    Some(person(from)).filter(|person| *person != Requester::default())
}

/// The levels of a rating; none if only its priority was given.
fn levels(from: &Body) -> Result<Option<RatedLevels>, StoreError> {
    if ["users", "business", "urgency"]
        .iter()
        .all(|name| from.entry(name).is_none())
    {
        return Ok(None);
    }
    Ok(Some(RatedLevels {
        users: Level::from_stored(from.name("users")?),
        business: Level::from_stored(from.name("business")?),
        urgency: Level::from_stored(from.name("urgency")?),
    }))
}

fn erasure(from: &Body) -> Result<Erasure, StoreError> {
    let scopes = from.words("scopes");
    let scopes = scopes.map(|scope| super::word(scope, RetentionScope::parse));
    Ok(Erasure {
        cause: from.word("by", ErasureCause::parse)?,
        fields: from.erased_fields()?,
        scopes: scopes.collect::<Result<_, _>>()?,
        cancels_owed: from.maybe_bool("cancels"),
        cancels_merged: tickets(from, "cancels_merged").collect(),
        reason: from.text("reason")?,
    })
}

/// The level of a warning that is no percentage.
fn offset(from: &Body) -> Result<Option<Offset>, StoreError> {
    if from.entry("offset").is_none() {
        return Ok(None);
    }
    let read = Offset::parse(from.name("offset")?);
    read.map(Some)
        .map_err(|fault| StoreError::damaged(fault.to_string()))
}

/// The digests of imported rows. Earlier versions kept them in the body.
fn row_digests(from: &Body) -> Vec<String> {
    match from.maybe_text(ROWS) {
        Some(text) if text == ERASED => Vec::new(),
        Some(text) => text.split_whitespace().map(str::to_owned).collect(),
        None => from.words(ROWS).map(str::to_owned).collect(),
    }
}
