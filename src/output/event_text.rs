//! Each event in a few words, for confirmations and timelines; its longer texts
//! are separate ([`texts`]).

mod parts;

use std::collections::BTreeMap;

use chrono::TimeDelta;

pub(super) use parts::field_values;
use parts::{erased, fields_set, imported};

use super::attachments;
use super::breach_text;
use super::correction_text;
use super::options::RenderOptions;
use super::style::{humanize, untrusted};
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact};
use crate::domain::external_record::LoggedContact;
use crate::domain::people::{Requester, Tier};
use crate::domain::policy::BREACH;
use crate::domain::priority::{Priority, Rating};
use crate::domain::read_models::TicketDetails;
use crate::domain::sla::level::{Offset, Side};
use crate::domain::tag::Tag;
use crate::domain::ticket::{self, TimelineMark};
use crate::domain::vocabulary::{ClockName, Occurrence, ParticipantRole};

/// The state before an event, as far as its text depends on it.
#[derive(Debug, Clone, Default)]
pub(super) struct EventContext {
    pub(super) tier: Option<Tier>,
    pub(super) priority: Option<Priority>,
    /// The values of the fields that the policy defines, by name.
    pub(super) fields: BTreeMap<String, String>,
    /// The due times that had passed when an event set a longer target, by the
    /// number of the event.
    pub(super) relaxed: BTreeMap<u32, Timestamp>,
    /// What the events were that were taken back, by number.
    pub(super) undone: BTreeMap<u32, &'static str>,
}

impl EventContext {
    /// The context of a whole timeline.
    pub(super) fn of_timeline(page: &TicketDetails) -> Self {
        let relaxed = |name: &ClockName| {
            let due = page.summary.clocks.get(*name)?.relaxed?;
            let sets = |event: &&Event| {
                let is_set = matches!(event.fact, Fact::TargetSet { clock, .. } if clock == *name);
                is_set && event.at > due
            };
            page.history.iter().find(sets).map(|event| (event.n, due))
        };
        let undone = ticket::undone(&page.history);
        let taken_back = page.history.iter();
        let taken_back = taken_back.filter(|event| undone.contains(&event.n));
        Self {
            relaxed: ClockName::ALL.iter().filter_map(relaxed).collect(),
            undone: taken_back
                .filter(|event| !matches!(event.fact, Fact::TargetSet { .. }))
                .map(|event| (event.n, event.fact.kind()))
                .collect(),
            ..Self::default()
        }
    }

    /// `took back: resolved and replied`.
    fn undone(&self, events: &[u32]) -> String {
        let mut kinds: Vec<String> = Vec::new();
        for kind in events.iter().filter_map(|n| self.undone.get(n)) {
            let kind = kind.replace('-', " ");
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        match kinds.is_empty() {
            true => "took back the last step".to_owned(),
            false => format!("took back: {}", humanize::list(&kinds)),
        }
    }

    /// Applies an event.
    pub(super) fn update(&mut self, fact: &Fact) {
        if let Fact::Opened(submission) = fact {
            self.tier = Some(submission.tier.clone());
        } else if let Fact::Escalated { to, .. } = fact {
            self.tier = Some(to.clone());
        } else if let Fact::Prioritized(rating) = fact {
            self.priority = Some(rating.priority);
        } else if let Fact::FieldsSet { values, cleared } = fact {
            self.fields.retain(|name, _| !cleared.contains(name));
            self.fields.extend(field_values(values));
        }
    }
}

/// Describes an event in a few words, with times formatted by `time`; `None`
/// for events that only follow from others. Says under which account it was
/// recorded, if the policy gives the agent another one.
pub(super) fn headline(
    event: &Event,
    mark: Option<TimelineMark>,
    before: &EventContext,
    time: &dyn Fn(Timestamp) -> String,
    options: &RenderOptions<'_>,
) -> Option<String> {
    let text = fact_headline(event, before, time, options)?;
    let text = match options.policy.unexpected_login(&event.actor) {
        Some(login) => format!("{text} (login {})", untrusted::line(&login.to_string())),
        None => text,
    };
    Some(match mark {
        Some(mark) => format!("{text} ({})", described(mark)),
        None => text,
    })
}

const fn described(mark: TimelineMark) -> &'static str {
    match mark {
        TimelineMark::Unfounded => "unfounded",
        TimelineMark::Undone => "undone",
        TimelineMark::ClockAhead => "by a clock that was ahead",
        TimelineMark::AfterClockAhead => "after one by a clock that was ahead",
    }
}

#[expect(clippy::too_many_lines, reason = "one arm for each fact")]
fn fact_headline(
    event: &Event,
    before: &EventContext,
    time: &dyn Fn(Timestamp) -> String,
    options: &RenderOptions<'_>,
) -> Option<String> {
    let safe = |text: &str| untrusted::line(text).into_owned();
    Some(match &event.fact {
        Fact::TargetSet { clock, target } => {
            let due = time(*before.relaxed.get(&event.n)?);
            let target = humanize::target(target);
            format!("{clock} target is now {target}; it was due {due} and stays missed")
        }
        Fact::Opened(submission) => format!("opened{}", humanize::by_channel(submission.channel)),
        Fact::Identified { kind, onset } => match onset {
            Occurrence::Occurred => format!("identified as {kind}"),
            Occurrence::Anticipated => format!("identified as {kind}, anticipated"),
        },
        Fact::Logged(note) => {
            let mut parts = vec!["logged".to_owned()];
            let all = |items: &[String]| safe(&items.join(", "));
            if !note.symptoms.is_empty() {
                parts.push(format!("symptoms: {}", all(&note.symptoms)));
            }
            if !note.affected.is_empty() {
                parts.push(format!("affected: {}", all(&note.affected)));
            }
            if let Some(began) = note.began {
                parts.push(format!("began {}", time(began)));
            }
            parts.join("; ")
        }
        Fact::Corrected(correction) => correction_text::headline(correction),
        Fact::Categorized { category } => format!("categorized as {}", safe(category.as_str())),
        Fact::Prioritized(rating) => prioritized(rating, before, options),
        Fact::DuePromised { clock, due, .. } => {
            format!("promised {clock} by {}", time(*due))
        }
        Fact::PromiseWithdrawn { clock, .. } => format!("promise of {clock} withdrawn"),
        Fact::TimeSpent { time: spent, .. } if *spent < TimeDelta::zero() => {
            format!("took back {} spent", humanize::exact_duration(*spent))
        }
        Fact::TimeSpent { time: spent, .. } => {
            format!("spent {}", humanize::exact_duration(*spent))
        }
        Fact::Diagnosed {
            answers,
            affected,
            questionnaire: result,
            ..
        } => {
            let count = |n: usize, one| humanize::plural(n as u64, one);
            let mut parts = vec!["diagnosed".to_owned()];
            if !answers.is_empty() {
                parts.push(count(answers.len(), "answer"));
            }
            if !affected.is_empty() {
                parts.push(format!("affected: {}", safe(&affected.join(", "))));
            }
            if let Some(result) = result
                && !result.obsolete.is_empty()
            {
                parts.push(format!(
                    "no longer applies: {}",
                    safe(&result.obsolete.join(", "))
                ));
            }
            parts.join("; ")
        }
        Fact::Assigned { agent } if event.actor.agent() == Some(agent) => {
            format!("taken by {}", safe(agent.as_str()))
        }
        Fact::Assigned { agent } => format!("assigned to {}", safe(agent.as_str())),
        Fact::Unassigned { .. } => "unassigned".to_owned(),
        Fact::Escalated { to, up, .. } => {
            let verb = if *up { "escalated" } else { "handed back" };
            let to = safe(to.as_str());
            match &before.tier {
                Some(from) => format!("{verb} {} -> {to}", safe(from.as_str())),
                None => format!("{verb} to {to}"),
            }
        }
        Fact::ManagerInformed { manager, .. } => format!("manager {} informed", safe(manager)),
        Fact::Proposed { hypothesis, .. } => format!("hypothesis {hypothesis} proposed"),
        Fact::Confirmed { hypothesis, .. } => format!("hypothesis {hypothesis} confirmed"),
        Fact::Refuted { hypothesis, .. } => format!("hypothesis {hypothesis} refuted"),
        Fact::CallArranged {
            call, medium, when, ..
        } => {
            format!("{medium} call {call} arranged for {}", time(*when))
        }
        Fact::CallMoved { call, from, to, .. } => {
            format!("call {call} moved from {} to {}", time(*from), time(*to))
        }
        Fact::CallAnswered {
            call,
            when,
            answer,
            person: who,
            ..
        } => {
            let who = who.as_ref().map_or("requester".to_owned(), person);
            format!("call {call} at {}: {answer} by {who}", time(*when))
        }
        Fact::CallHeld { call, .. } => format!("call {call} held"),
        Fact::CallCancelled { call, .. } => format!("call {call} cancelled"),
        Fact::Paused { reason, until, .. } => match until {
            Some(until) => format!("paused, waiting for {reason} until {}", time(*until)),
            None => format!("paused, waiting for {reason}"),
        },
        Fact::Resumed { .. } => "resumed".to_owned(),
        Fact::WorkStarted => "work started".to_owned(),
        Fact::Erased(erasure) => erased(erasure),
        Fact::Breach(fact) => breach_text::headline(fact, time),
        Fact::ImportUndone { kept: 0 } => "import undone".to_owned(),
        Fact::ImportUndone { kept } => format!("import undone, back to event {kept}"),
        Fact::Replied { via, also, .. } => {
            let also: Vec<String> = also.iter().map(ToString::to_string).collect();
            let also = if also.is_empty() {
                String::new()
            } else {
                format!(" and those of {}", humanize::list(&also))
            };
            format!("public -> requester{also}{}", humanize::by_channel(*via))
        }
        Fact::MessageReceived {
            via,
            thanks,
            sender,
            ..
        } => {
            let thanks = if *thanks { ", thanks" } else { "" };
            let sender = sender.as_ref().map_or("requester".to_owned(), person);
            format!("public <- {sender}{}{thanks}", humanize::by_channel(*via))
        }
        Fact::Resolved { code, .. } => format!("resolved ({code})"),
        Fact::KnownErrorMarked { .. } => "marked as known error".to_owned(),
        Fact::KnownErrorWithdrawn { .. } => "no longer a known error".to_owned(),
        Fact::Restored { by } => format!("restoration confirmed by {}", safe(by)),
        Fact::Closed { satisfaction, .. } => match satisfaction {
            Some(grade) => format!("closed, satisfaction {grade}"),
            None => "closed".to_owned(),
        },
        Fact::Reopened { .. } => "reopened".to_owned(),
        Fact::Merged { into, .. } => format!("merged into {into}"),
        Fact::MergedFrom { from, .. } => format!("merged {from} into this"),
        Fact::Unmerged { from } => format!("separated {from} from this"),
        Fact::AnsweredElsewhere { ticket, time: at } => {
            format!("the requester was answered on {ticket}, {}", time(*at))
        }
        Fact::ParticipantAdded { person: who, role } => {
            let role = match role {
                ParticipantRole::InCopy => "",
                ParticipantRole::Requester => " as a requester",
            };
            format!("added {} to the conversation{role}", person(who))
        }
        Fact::ParticipantRemoved { person: who } => {
            format!("removed {} from the conversation", person(who))
        }
        Fact::Linked { relation, other } => format!("linked to {other} ({relation})"),
        Fact::Unlinked { relation, other } => format!("unlinked from {other} ({relation})"),
        Fact::Warned {
            clock,
            percent,
            offset,
        } => match offset {
            Some(Offset {
                span,
                side: Side::Before,
            }) => format!("{clock} is due in {span}"),
            Some(Offset {
                span,
                side: Side::After,
            }) => format!("{clock} has been overdue for {span}"),
            None if *percent == BREACH => format!("{clock} is overdue"),
            None => format!("{clock} has used {percent} % of its time"),
        },
        Fact::Unfounded { events } => match events.len() {
            1 => "an act of the desk proved unfounded".to_owned(),
            count => format!("{count} acts of the desk proved unfounded"),
        },
        Fact::Undone { events } => before.undone(events),
        Fact::Voided { .. } => "void: a mistake".to_owned(),
        Fact::GatePassed { gate, .. } => format!("gate {gate} passed by force"),
        Fact::Restricted { to, .. } => {
            let names: Vec<String> = to.iter().map(|agent| safe(agent.as_str())).collect();
            format!("restricted to {}", humanize::list(&names))
        }
        Fact::RestrictionLifted { .. } => "no longer restricted".to_owned(),
        Fact::Tagged { added, removed } => {
            let signed = |sign: &str, tags: &[Tag]| -> Vec<String> {
                let tags = tags.iter();
                tags.map(|tag| format!("{sign}{}", safe(tag.as_str())))
                    .collect()
            };
            let tags = [signed("+", added), signed("-", removed)].concat();
            format!("tags {}", tags.join(" "))
        }
        Fact::FieldsSet { values, cleared } => fields_set(values, cleared, before),
        Fact::ChecklistAdded { items, .. } => {
            let items = humanize::plural(items.len() as u64, "item");
            format!("{items} added to the checklist")
        }
        Fact::ChecklistMarked { items, mark } => {
            let numbers: Vec<String> = items.iter().map(ToString::to_string).collect();
            let what = if items.len() == 1 { "item" } else { "items" };
            format!("{what} {} {mark}", numbers.join(", "))
        }
        Fact::Attached(file) => attachments::attached(file),
        Fact::ContactLogged(contact) => match contact {
            LoggedContact::NoResponseYet => "no first response yet, says the log".to_owned(),
            LoggedContact::FirstResponse(at) => format!("first response at {}", time(*at)),
            LoggedContact::LastMessage(at) => format!("last message at {}", time(*at)),
        },
        Fact::Imported {
            source,
            number,
            row_digests,
            extra_fields,
            ..
        } => imported(source, number, row_digests.len(), extra_fields),
    })
}

fn prioritized(rating: &Rating, before: &EventContext, options: &RenderOptions<'_>) -> String {
    let priority = rating.priority;
    let moved = match before.priority {
        None => format!("prioritized {priority}"),
        Some(old) if old == priority => format!("still {priority}"),
        Some(old) => format!("{old} -> {priority}"),
    };
    let Some(levels) = &rating.levels else {
        return format!("{moved} (given from outside)");
    };
    let impact = untrusted::line(options.policy.matrix.effective_impact(levels).as_str());
    let urgency = untrusted::line(levels.urgency.as_str());
    format!("{moved} (impact {impact}, urgency {urgency})")
}

/// A person with name and contact, safe to print.
pub(super) fn person(person: &Requester) -> String {
    untrusted::line(&person.written()).into_owned()
}

/// Whether a fact is a public message.
pub(super) const fn is_public(fact: &Fact) -> bool {
    matches!(fact, Fact::Replied { .. } | Fact::MessageReceived { .. })
}
