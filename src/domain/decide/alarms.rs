//! Opening a ticket under a key that another one has: an alarm that is given
//! again.

use chrono::SecondsFormat;

use super::{Command, Ctx, NewTicket, Ratings, decide};
use crate::domain::alarms::AlarmCount;
use crate::domain::custom_field::TypedField;
use crate::domain::event::{Event, Note};
use crate::domain::people::Actor;
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{Channel, State};

/// What an alarm does to the ticket that has its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RepeatedAlarm {
    /// It is the same call again, which changes nothing.
    Retry,
    /// It is counted.
    Count,
    /// It is counted, and the ticket is reopened.
    Reopen,
    /// A new ticket takes the key.
    FollowUp,
}

/// Decides what an alarm does to the ticket that has its key, or to the one that
/// this was merged into. `same_text` is how often it was given in the same words.
pub(crate) fn repeat_alarm(
    row: &Summary,
    same_text: Option<AlarmCount>,
    ctx: &Ctx<'_>,
) -> RepeatedAlarm {
    match (row.state, row.closed) {
        (State::New | State::Active | State::Paused, _) => {
            if same_text.is_some_and(|known| known.is_retried(ctx.at)) {
                RepeatedAlarm::Retry
            } else {
                RepeatedAlarm::Count
            }
        }
        (State::Resolved, _) => RepeatedAlarm::Reopen,
        (State::Closed, _) if row.is_void => RepeatedAlarm::FollowUp,
        (State::Closed, Some(closed)) if ctx.policy.messages.reopens(closed, ctx.at) => {
            RepeatedAlarm::Reopen
        }
        (State::Closed, _) => RepeatedAlarm::FollowUp,
    }
}

/// Decides the events of a ticket that an alarm reopens. It is the desk that
/// reopens it, by its rule.
///
/// # Errors
/// As [`decide`].
pub(crate) fn reopen_for_alarm(
    ticket: &Ticket,
    key: &str,
    ctx: &Ctx<'_>,
) -> Result<Vec<Event>, Rejection> {
    let reason = format!("the alarm '{key}' was raised again");
    let by_desk = Ctx {
        actor: Actor::Desk,
        ..ctx.clone()
    };
    decide(ticket, Command::Reopen { reason }, &by_desk)
}

impl NewTicket {
    /// Returns everything that was typed to open the ticket, besides its key: the
    /// title, the description, and the other details a line each.
    pub(crate) fn alarm_text(&self) -> String {
        let Self {
            title,
            description,
            requester,
            channel,
            key: _,
            kind,
            onset,
            note,
            category,
            ratings,
            diagnosis,
            tier,
            assignee,
            // An alarm is not resolved at once.
            resolution: _,
            tags,
            fields,
            checklist,
        } = self;
        let Note {
            text,
            symptoms,
            affected,
            began,
        } = note;
        let Ratings {
            users,
            business,
            urgency,
        } = ratings;
        let mut lines = vec![title.clone()];
        lines.extend(description.clone());
        lines.extend(text.clone());
        let mut add = |name: &str, value: Option<String>| {
            lines.extend(value.map(|value| format!("{name}: {value}")));
        };
        for symptom in symptoms {
            add("symptom", Some(symptom.clone()));
        }
        for element in affected {
            add("affected", Some(element.clone()));
        }
        add(
            "began",
            began.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        );
        add("requester", requester.name.clone());
        add("contact", requester.contact.clone());
        add("language", requester.language.clone());
        let given = Some(*channel).filter(|channel| *channel != Channel::Other);
        add("channel", given.map(|channel| channel.to_string()));
        add("kind", kind.map(|kind| kind.to_string()));
        add("onset", onset.map(|onset| onset.to_string()));
        add("category", category.as_ref().map(ToString::to_string));
        add("impact on users", users.clone());
        add("impact on business", business.clone());
        add("urgency", urgency.clone());
        for given in &diagnosis.answers {
            add(&given.key, Some(given.answer.clone()));
        }
        add("tier", tier.as_ref().map(|(tier, _)| tier.clone()));
        add("assignee", assignee.as_ref().map(ToString::to_string));
        for tag in tags {
            add("tag", Some(tag.to_string()));
        }
        for TypedField { name, value } in fields {
            add(name, Some(value.clone()));
        }
        for item in checklist {
            add("to do", Some(item.clone()));
        }
        lines.join("\n")
    }
}
