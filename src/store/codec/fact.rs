//! Every fact as an event's kind and body. Names of tiers and categories,
//! words, times and numbers are in the body, agents by number; free and
//! personal texts are stored beside it.

use super::body::Draft;
use super::breach;
use super::canonical::Json;
use crate::domain::event::{Advice, Fact, QuestionnaireResult, TicketId};
use crate::domain::people::Agent;
use crate::domain::privacy::erasure::Erasure;

/// The entry for the agent whom a fact is about.
pub(super) const AGENT: &str = "agent";
/// The entry for the display name of an agent who is named.
pub(super) const AGENT_NAME: &str = "agent_name";
/// The entry for the paths of erased texts, by event.
pub(super) const ERASED_FIELDS: &str = "fields";
/// The same entries of a fact that is about several agents.
pub(super) const AGENTS: &str = "agents";
pub(super) const AGENT_NAMES: &str = "agent_names";
/// The kinds of the facts that have them.
pub(super) const ASSIGNED: &str = "assigned";
pub(super) const RESTRICTED: &str = "restricted";

/// Drafts the body of a fact; its kind is [`Fact::kind`], its texts are
/// [`Fact::texts`], and `agents` are the numbers of [`Fact::agents`].
pub(crate) fn draft(fact: &Fact, agents: &[i64]) -> Draft {
    draft_entries(fact, agents.iter().copied().map(Json::Int).collect())
}

/// Drafts the body with the agents by name: for exports, and as versions before
/// 0.3 stored it.
pub(crate) fn draft_with_names(fact: &Fact) -> Draft {
    let agents = fact.agents();
    let name = |agent: &Agent| Json::from(agent.as_str());
    let mut to = draft_entries(fact, agents.iter().map(name).collect());
    if is_about_several(fact) {
        let display = |agent: &Agent| agent.display_name().unwrap_or(agent.as_str()).into();
        let differ = agents.iter().any(|agent| agent.display_name().is_some());
        let names = || Json::List(agents.iter().map(display).collect());
        to.put(AGENT_NAMES, differ.then(names));
    } else {
        let display = agents.first().and_then(Agent::display_name);
        to.put(AGENT_NAME, display.map(Json::from));
    }
    to
}

/// Whether a fact lists its agents, even if there is only one.
const fn is_about_several(fact: &Fact) -> bool {
    matches!(fact, Fact::Restricted { .. })
}

#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
fn draft_entries(fact: &Fact, mut agents: Vec<Json>) -> Draft {
    let mut to = Draft::default();
    if is_about_several(fact) {
        to.put(AGENTS, Json::List(agents));
    } else {
        to.put(AGENT, agents.pop());
    }
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
            if let Some(levels) = &rating.levels {
                to.put("users", levels.users.as_str());
                to.put("business", levels.business.as_str());
                to.put("urgency", levels.urgency.as_str());
            }
            to.put("priority", i64::from(rating.priority.rank()));
        }
        Fact::TargetSet { clock, target } => {
            to.put("clock", clock.as_str());
            to.span("target", Some(target.span));
            to.put("days", target.days.map(i64::from));
            to.span("cadence", target.cadence);
            to.put("cadence_days", target.cadence_days.map(i64::from));
            to.put("end_of_day", target.end_of_day.then_some(Json::Bool(true)));
            to.put("calendar", target.calendar.as_str());
            to.put("policy", i64::from(target.policy_version));
        }
        Fact::DuePromised { clock, due, .. } => {
            to.put("clock", clock.as_str());
            to.time("due", Some(*due));
        }
        Fact::PromiseWithdrawn { clock, .. } => to.put("clock", clock.as_str()),
        Fact::TimeSpent { time, .. } => to.span("spent", Some(*time)),
        Fact::Diagnosed {
            answers,
            questionnaire,
            ..
        } => {
            to.words("answers", answers.iter().map(|a| a.key.as_str()));
            put_questionnaire(&mut to, questionnaire.as_ref());
        }
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
        Fact::CallMoved {
            call,
            from,
            to: when,
            ..
        } => {
            to.put("call", i64::from(*call));
            to.time("from", Some(*from));
            to.time("when", Some(*when));
        }
        Fact::CallAnswered {
            call,
            version,
            when,
            answer,
            ..
        } => {
            to.put("call", i64::from(*call));
            to.put("version", i64::from(*version));
            to.time("when", Some(*when));
            to.put("answer", answer.as_str());
        }
        Fact::CallHeld { call, .. } | Fact::CallCancelled { call, .. } => {
            to.put("call", i64::from(*call));
        }
        Fact::Paused { reason, until, .. } => {
            to.put("awaited", reason.as_str());
            to.time("until", *until);
        }
        Fact::Replied { via, also, .. } => {
            to.put("via", via.as_str());
            put_tickets(&mut to, "also", also);
        }
        Fact::MessageReceived { via, thanks, .. } => {
            to.put("via", via.as_str());
            to.put("thanks", thanks.then_some(Json::Bool(true)));
        }
        Fact::Resolved { code, .. } => to.put("code", code.as_str()),
        Fact::Closed { satisfaction, .. } => {
            to.put("satisfaction", satisfaction.map(i64::from));
        }
        Fact::Merged { into, moved } => {
            to.put("into", into.0);
            to.put("moved", moved.then_some(Json::Bool(true)));
        }
        Fact::MergedFrom { from, brought } => {
            to.put("from", from.0);
            to.time("owed", brought.owed_since);
            to.words(
                "relations",
                brought.links.iter().map(|(relation, _)| relation.as_str()),
            );
            let others: Vec<TicketId> = brought.links.iter().map(|(_, other)| *other).collect();
            put_tickets(&mut to, "others", &others);
            to.put(
                "known_error",
                brought.known_error.then_some(Json::Bool(true)),
            );
            for (key, numbers) in [("carried", &brought.carried), ("items", &brought.items)] {
                if !numbers.is_empty() {
                    to.numbers(key, numbers);
                }
            }
        }
        Fact::Unmerged { from } => to.put("from", from.0),
        Fact::AnsweredElsewhere { ticket, time } => {
            to.put("on", ticket.0);
            to.time("time", Some(*time));
        }
        Fact::ParticipantAdded { role, .. } => {
            to.put("role", role.as_str());
        }
        Fact::Linked { relation, other } | Fact::Unlinked { relation, other } => {
            to.put("relation", relation.as_str());
            to.put("other", other.0);
        }
        Fact::Warned {
            clock,
            percent,
            offset,
        } => {
            to.put("clock", clock.as_str());
            to.put("percent", i64::from(*percent));
            to.put(
                "offset",
                offset.map(|offset| Json::Text(offset.to_string())),
            );
        }
        Fact::Unfounded { events } | Fact::Undone { events } => to.numbers("events", events),
        Fact::GatePassed { gate, .. } => to.put("gate", gate.as_str()),
        Fact::Attached(file) => {
            to.put("number", i64::from(file.number));
            to.put("event", file.event.map(i64::from));
            to.put("size", i64::try_from(file.size).unwrap_or(i64::MAX));
        }
        Fact::ContactLogged(contact) => {
            to.put("contact", contact.as_str());
            to.time("time", contact.at());
        }
        Fact::FieldsSet { values, cleared } => {
            to.words("names", values.iter().map(|field| field.name.as_str()));
            to.words("types", values.iter().map(|field| field.kind.as_str()));
            to.words("cleared", cleared.iter().map(String::as_str));
        }
        Fact::ChecklistAdded { first, .. } => to.put("first", i64::from(*first)),
        Fact::ChecklistMarked { items, mark } => {
            to.numbers("items", items);
            to.put("mark", mark.as_str());
        }
        Fact::Breach(fact) => breach::draft(fact, &mut to),
        Fact::ImportUndone { kept } => to.put("kept", i64::from(*kept)),
        Fact::Erased(erasure) => put_erasure(&mut to, erasure),
        Fact::Imported {
            source,
            last_row_at,
            row_digests: _,
            extra_fields,
            number: _,
        } => {
            to.put("source", source.as_str());
            to.time("upto", Some(*last_row_at));
            to.words(
                "facts",
                extra_fields.iter().map(|(label, _)| label.as_str()),
            );
        }
        Fact::Corrected(correction) => {
            to.put(
                "channel",
                correction.channel.map(|new| Json::from(new.as_str())),
            );
            let old = correction.replaced.channel;
            to.put("old_channel", old.map(|old| Json::from(old.as_str())));
            let cleared = correction.cleared.iter();
            to.words("cleared", cleared.map(|field| field.as_str()));
        }
        Fact::Voided { .. }
        | Fact::Tagged { .. }
        | Fact::Assigned { .. }
        | Fact::Unassigned { .. }
        | Fact::ManagerInformed { .. }
        | Fact::Resumed { .. }
        | Fact::ParticipantRemoved { .. }
        | Fact::WorkStarted
        | Fact::KnownErrorMarked { .. }
        | Fact::KnownErrorWithdrawn { .. }
        | Fact::Restored { .. }
        | Fact::Restricted { .. }
        | Fact::RestrictionLifted { .. }
        | Fact::Reopened { .. } => {}
    }
    for (path, text) in fact.texts() {
        to.text(path, &text);
    }
    to
}

/// Writes what was erased: positions and paths, no text.
fn put_erasure(to: &mut Draft, erasure: &Erasure) {
    let fields = erasure.fields.iter().map(|(n, paths)| {
        let paths = paths.iter().map(|path| Json::from(path.as_str()));
        (n.to_string(), Json::List(paths.collect()))
    });
    to.put(ERASED_FIELDS, Json::Map(fields.collect()));
    to.put("by", erasure.cause.as_str());
    to.words("scopes", erasure.scopes.iter().map(|scope| scope.as_str()));
    to.put("cancels", erasure.cancels_owed.then_some(Json::Bool(true)));
    put_tickets(to, "cancels_merged", &erasure.cancels_merged);
}

/// Writes the numbers of tickets, if there are any.
fn put_tickets(to: &mut Draft, key: &str, tickets: &[TicketId]) {
    let numbers = || Json::List(tickets.iter().map(|id| Json::Int(id.0)).collect());
    to.put(key, (!tickets.is_empty()).then(numbers));
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
