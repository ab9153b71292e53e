//! Opening a ticket, together with as many of the first steps as are known.

use super::decision::Decision;
use super::{ClosingOptions, Ctx, Diagnosis, Ratings};
use super::{
    assignment, checklist, classify, close, diagnose, fields, messages, notes, resolve, tags,
};
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::event::{Event, Fact, Note, Submission, TicketId};
use crate::domain::people::{Agent, Requester};
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{Channel, ClosureCode, Kind, Occurrence};

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
    /// Answers to the questions of the category, and to others.
    pub(crate) diagnosis: Diagnosis,
    /// The tier that it goes to, and why; the first one if absent.
    pub(crate) tier: Option<(String, String)>,
    pub(crate) assignee: Option<Agent>,
    pub(crate) tags: Vec<Tag>,
    /// The values of fields that the policy defines.
    pub(crate) fields: Vec<TypedField>,
    /// The items of its checklist.
    pub(crate) checklist: Vec<String>,
    /// How it was solved, if that is known already.
    pub(crate) resolution: Option<NewResolution>,
}

/// The end of a ticket that was solved by the time it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewResolution {
    pub(crate) text: String,
    /// `fulfilled` for a request and `solved` otherwise if absent.
    pub(crate) code: Option<ClosureCode>,
    pub(crate) closing: ClosingOptions,
    /// Whether it is closed as well.
    pub(crate) close: bool,
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
            diagnosis: Diagnosis::default(),
            tier: None,
            assignee: None,
            tags: Vec::new(),
            fields: Vec::new(),
            checklist: Vec::new(),
            resolution: None,
        }
    }
}

/// Decides the first events of a ticket.
///
/// # Errors
/// A time in the future, an unknown name or level, incomplete ratings, or
/// [`Rejection::NewGate`] if it cannot be resolved at once.
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
        diagnosis,
        tier,
        assignee,
        tags,
        fields: typed_fields,
        checklist: items,
        resolution,
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
    if diagnosis != Diagnosis::default() {
        diagnose::diagnose(&mut decision, diagnosis)?;
    }
    if let Some((tier, reason)) = tier
        && *ctx.policy.find_tier(&tier)? != decision.ticket.tier
    {
        assignment::escalate(&mut decision, Some(&tier), reason, None)?;
    }
    if let Some(agent) = assignee {
        assignment::assign(&mut decision, agent)?;
    }
    if let Some(resolution) = resolution {
        end(&mut decision, resolution).map_err(Rejection::of_new_ticket)?;
    }
    Ok(decision.finish())
}

/// Resolves the new ticket, and closes it if that is wanted. Whoever called or
/// stands at the desk hears how it was solved.
fn end(decision: &mut Decision<'_>, resolution: NewResolution) -> Result<(), Rejection> {
    let NewResolution {
        text,
        code,
        closing,
        close,
    } = resolution;
    let force = closing.force.clone();
    let told = text.clone();
    resolve::resolve(decision, text, code, closing)?;
    let channel = decision.ticket.channel;
    if channel.is_live() && !decision.ticket.is_requester_informed() {
        messages::reply(decision, told, Some(channel));
    }
    if close {
        let ready = decision.ticket.is_requester_informed()
            && resolve::restored_by(&decision.ticket).is_some();
        let closing = ClosingOptions {
            // Its reason is not noted again where it passes nothing.
            force: force.filter(|_| !ready),
            ..ClosingOptions::default()
        };
        close::close(decision, None, None, closing)?;
    }
    Ok(())
}
