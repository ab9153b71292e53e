//! Corrections of what was typed, which say what stood there before.

mod conflicts;

use super::decision::Decision;
use super::{Ratings, classify, fields, notes, tags};
use crate::domain::category::Category;
use crate::domain::custom_field::TypedField;
use crate::domain::did_you_mean::nearest;
use crate::domain::event::{Correction, Fact, Note, Replaced};
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{ClearedField, Kind, Occurrence, UnknownWord};
pub(crate) use conflicts::{EditConflict, EditedField, Seen, seen, tags_line};

/// Corrections of a ticket; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Edit {
    pub(crate) correction: Correction,
    pub(crate) requester: Option<NewRequester>,
    /// Symptoms that are added, and what else is affected.
    pub(crate) added: Note,
    pub(crate) kind: Option<Kind>,
    pub(crate) onset: Option<Occurrence>,
    pub(crate) category: Option<Category>,
    pub(crate) ratings: Ratings,
    /// Tags that are put on it, and those that are removed.
    pub(crate) tags: Vec<Tag>,
    pub(crate) no_tags: Vec<Tag>,
    /// Values of fields that the policy defines.
    pub(crate) fields: Vec<TypedField>,
    /// What whoever edits has seen, of the fields that they changed. Empty if
    /// they have seen nothing.
    pub(crate) seen: Vec<Seen>,
}

impl Edit {
    /// Leaves out what somebody else changed meanwhile.
    pub(crate) fn leave_out(&mut self, conflicts: &[EditConflict]) {
        for conflict in conflicts {
            self.seen.retain(|seen| seen.field != conflict.field);
            let correction = &mut self.correction;
            match &conflict.field {
                EditedField::Title => correction.title = None,
                EditedField::Description => {
                    correction.description = None;
                    correction
                        .cleared
                        .retain(|field| *field != ClearedField::Description);
                }
                EditedField::Requester => self.requester = None,
                EditedField::Language => {
                    correction.language = None;
                    correction
                        .cleared
                        .retain(|field| *field != ClearedField::Language);
                }
                EditedField::Channel => correction.channel = None,
                EditedField::Kind => self.kind = None,
                EditedField::Onset => self.onset = None,
                EditedField::Category => self.category = None,
                EditedField::Users => self.ratings.users = None,
                EditedField::Business => self.ratings.business = None,
                EditedField::Urgency => self.ratings.urgency = None,
                EditedField::Tags => {
                    self.tags.clear();
                    self.no_tags.clear();
                }
                EditedField::Carried(name) => self.fields.retain(|field| field.name != *name),
            }
        }
    }
}

/// Who the requester really is, with name and contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewRequester {
    pub(crate) person: Requester,
    /// Whether that is all there is, so that what is absent is removed. Otherwise
    /// the contact of somebody whose name is only spelled anew stays.
    pub(crate) is_complete: bool,
}

/// Records corrections: all of them, or none if somebody else changed one of the
/// fields since they were seen.
///
/// # Errors
/// [`Rejection::EditConflict`] for fields that changed meanwhile; an unknown
/// category, level, symptom or affected item; what [`fields::set`] and
/// [`tags::tag`] refuse.
pub(super) fn edit(decision: &mut Decision<'_>, edit: Edit) -> Result<(), Rejection> {
    let Edit {
        mut correction,
        requester,
        mut added,
        kind,
        onset,
        category,
        ratings,
        tags,
        no_tags,
        fields,
        seen,
    } = edit;
    conflicts::check(&decision.ticket, &seen)?;
    let ticket = &decision.ticket;
    check_known("symptom", &correction.no_symptoms, &ticket.symptoms)?;
    check_known("affected item", &correction.no_affected, &ticket.affected)?;
    added.symptoms.retain(|new| !ticket.symptoms.contains(new));
    added.affected.retain(|new| !ticket.affected.contains(new));
    if let Some(requester) = requester {
        replace_requester(&mut correction, requester, &ticket.requester);
    }
    let new_channel = correction.channel.filter(|new| *new != ticket.channel);
    correction.channel = new_channel;
    notes::log(decision, added, correction)?;
    leave_conversation(decision);
    match (kind.or(decision.ticket.kind), onset) {
        (Some(known), _) if kind.is_some() || onset.is_some() => {
            classify::identify(decision, known, onset);
        }
        (None, Some(_)) => {
            return Err(Rejection::NotIdentified {
                id: decision.ticket.id,
            });
        }
        (Some(_) | None, _) => {}
    }
    if let Some(category) = category {
        classify::categorize(decision, category)?;
    }
    if ratings != Ratings::default() {
        classify::prioritize(decision, &ratings)?;
    }
    fields::set(decision, fields)?;
    tags::tag(decision, tags, no_tags)?;
    // A response that was given at once, it seemed, kept the target of that time.
    if new_channel.is_some() && decision.ticket.clock_events.has_targets() {
        decision.set_targets();
    }
    Ok(())
}

/// Records a correction, as far as it says something new, with what it replaces.
pub(super) fn correct(decision: &mut Decision<'_>, mut correction: Correction) {
    let ticket = &decision.ticket;
    let known = &ticket.requester;
    let mut old = Replaced::default();
    let replace = |new: &mut Option<String>, known: Option<&String>, cleared: bool| {
        if new.as_ref() == known {
            *new = None;
        }
        known.filter(|_| new.is_some() || cleared).cloned()
    };
    let cleared = |field| correction.cleared.contains(&field);
    let (no_text, no_name) = (
        cleared(ClearedField::Description),
        cleared(ClearedField::Name),
    );
    let (no_contact, no_language) = (
        cleared(ClearedField::Contact),
        cleared(ClearedField::Language),
    );
    old.title = replace(&mut correction.title, Some(&ticket.title), false);
    old.description = replace(
        &mut correction.description,
        ticket.description.as_ref(),
        no_text,
    );
    old.requester = Requester {
        name: replace(&mut correction.name, known.name.as_ref(), no_name),
        contact: replace(&mut correction.contact, known.contact.as_ref(), no_contact),
        language: replace(
            &mut correction.language,
            known.language.as_ref(),
            no_language,
        ),
    };
    if correction.channel == Some(ticket.channel) {
        correction.channel = None;
    }
    old.channel = correction.channel.map(|_| ticket.channel);
    let is_there = |field: &ClearedField| match field {
        ClearedField::Description => old.description.is_some(),
        ClearedField::Name => old.requester.name.is_some(),
        ClearedField::Contact => old.requester.contact.is_some(),
        ClearedField::Language => old.requester.language.is_some(),
    };
    correction.cleared.retain(is_there);
    if correction != Correction::default() {
        correction.replaced = old;
        decision.record(Fact::Corrected(correction));
    }
}

/// Corrects who the requester is. Nobody keeps the address of somebody else.
fn replace_requester(correction: &mut Correction, new: NewRequester, known: &Requester) {
    let NewRequester {
        person: Requester { name, contact, .. },
        is_complete,
    } = new;
    let respelled = |new: &Option<String>, known: &Option<String>| match (new, known) {
        (Some(new), Some(known)) => new == known || !nearest(new, [known.as_str()]).is_empty(),
        (Some(_) | None, None) | (None, Some(_)) => false,
    };
    if contact.is_none() && (is_complete || !respelled(&name, &known.name)) {
        correction.cleared.push(ClearedField::Contact);
    }
    if name.is_none() && (is_complete || contact != known.contact) {
        correction.cleared.push(ClearedField::Name);
    }
    correction.name = name;
    correction.contact = contact;
}

/// Whoever is the requester takes part as that, and not in copy too.
fn leave_conversation(decision: &mut Decision<'_>) {
    let requester = decision.ticket.requester.clone();
    let mut others = decision.ticket.participants.iter();
    if others.any(|one| one.person == requester) {
        decision.record(Fact::ParticipantRemoved { person: requester });
    }
}

/// Refuses to remove what is not there.
fn check_known(what: &'static str, removed: &[String], known: &[String]) -> Result<(), Rejection> {
    match removed.iter().find(|one| !known.contains(one)) {
        Some(missing) => Err(UnknownWord::new(what, missing, known.iter().cloned()).into()),
        None => Ok(()),
    }
}
