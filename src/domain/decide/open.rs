//! Opening a ticket, together with as many of the first steps as are known.

use super::decision::Decision;
use super::{Ctx, Ratings, assignment, checklist, classify, fields, notes, tags};
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::event::{Event, Fact, Note, Submission, TicketId};
use crate::domain::people::{Agent, Requester};
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, Kind, Occurrence};

/// A ticket to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewTicket {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) requester: Requester,
    pub(crate) channel: Channel,
    /// A name that a script gives the ticket, so that it is opened only once.
    pub(crate) key: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Option<Occurrence>,
    pub(crate) note: Note,
    pub(crate) category: Option<Category>,
    pub(crate) ratings: Ratings,
    pub(crate) assignee: Option<Agent>,
    pub(crate) tags: Vec<Tag>,
    /// The values of fields that the policy defines.
    pub(crate) fields: Vec<TypedField>,
    /// The items of its checklist.
    pub(crate) checklist: Vec<String>,
}

impl NewTicket {
    /// Returns a ticket of which nothing but the title is known.
    pub(crate) fn titled(title: String) -> Self {
        Self {
            title,
            description: None,
            requester: Requester::default(),
            channel: Channel::Other,
            key: None,
            kind: None,
            onset: None,
            note: Note::default(),
            category: None,
            ratings: Ratings::default(),
            assignee: None,
            tags: Vec::new(),
            fields: Vec::new(),
            checklist: Vec::new(),
        }
    }
}

/// Decides the first events of a ticket.
///
/// # Errors
/// A time in the future, an unknown name or level, or incomplete ratings.
pub(crate) fn open(id: TicketId, new: NewTicket, ctx: &Ctx<'_>) -> Result<Vec<Event>, Rejection> {
    ctx.check_actor()?;
    let NewTicket {
        title,
        description,
        requester,
        channel,
        key,
        kind,
        onset,
        note,
        category,
        ratings,
        assignee,
        tags,
        fields: typed_fields,
        checklist: items,
    } = new;
    let opened = Event {
        ticket: id,
        n: 1,
        at: ctx.at,
        recorded: ctx.now,
        actor: ctx.actor.clone(),
        fact: Fact::Opened(Submission {
            title,
            description,
            requester,
            channel,
            key,
            tier: ctx.policy.first_tier().clone(),
        }),
    };
    let mut decision = Decision::open(opened, ctx)?;
    // A warning sign is handled like the disruption it announces.
    let kind = kind.or(onset.map(|_| Kind::Incident));
    if let Some(kind) = kind {
        classify::identify(&mut decision, kind, onset);
    }
    notes::add_note(&mut decision, note)?;
    if let Some(category) = category {
        classify::categorize(&mut decision, category)?;
    }
    tags::tag(&mut decision, tags, Vec::new())?;
    fields::set(&mut decision, typed_fields)?;
    checklist::add(&mut decision, items)?;
    if ratings == Ratings::default() {
        decision.set_targets();
    } else {
        classify::prioritize(&mut decision, &ratings)?;
    }
    if let Some(agent) = assignee {
        assignment::assign(&mut decision, agent)?;
    }
    Ok(decision.finish())
}
