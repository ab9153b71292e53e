//! Corrections of what was typed, which say what stood there before.

use super::decision::Decision;
use super::{Ratings, classify, notes};
use crate::domain::category::Category;
use crate::domain::did_you_mean::nearest;
use crate::domain::event::{Correction, Fact, Note, Replaced};
use crate::domain::people::Requester;
use crate::domain::rejection::Rejection;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::{ClearedField, Kind, Occurrence, UnknownWord};

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
            match conflict.field {
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

/// A field that can be edited as one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EditedField {
    Title,
    Description,
    /// The name and contact of the requester.
    Requester,
    Language,
    Channel,
    Kind,
    Onset,
    Category,
    Users,
    Business,
    Urgency,
}

impl EditedField {
    pub(crate) const ALL: [Self; 11] = [
        Self::Title,
        Self::Description,
        Self::Requester,
        Self::Language,
        Self::Channel,
        Self::Kind,
        Self::Onset,
        Self::Category,
        Self::Users,
        Self::Business,
        Self::Urgency,
    ];

    /// The name in the form and in messages.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::Requester => "requester",
            Self::Language => "language",
            Self::Channel => "channel",
            Self::Kind => "kind",
            Self::Onset => "onset",
            Self::Category => "category",
            Self::Users => "users",
            Self::Business => "business",
            Self::Urgency => "urgency",
        }
    }
}

/// The value of a field as somebody saw it, and as they changed it; empty if
/// there was or is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) field: EditedField,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// A field that somebody else changed meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditConflict {
    pub(crate) field: EditedField,
    /// As the one who edits saw it.
    pub(crate) seen: String,
    /// As it is now.
    pub(crate) theirs: String,
    /// As it was to be.
    pub(crate) mine: String,
}

impl EditConflict {
    /// What a draft says about a field that its writer has perhaps not seen as it is.
    pub(crate) fn with_draft(seen: &Seen) -> Self {
        Self {
            field: seen.field,
            seen: seen.before.clone(),
            theirs: seen.before.clone(),
            mine: seen.after.clone(),
        }
    }
}

/// Returns the value of a field; empty if there is none.
pub(crate) fn seen(ticket: &Ticket, field: EditedField) -> String {
    let levels = ticket.rating.as_ref();
    let levels = levels.and_then(|rating| rating.levels.as_ref());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match field {
        EditedField::Title => ticket.title.clone(),
        EditedField::Description => text(ticket.description.as_deref()),
        EditedField::Requester => ticket.requester.written(),
        EditedField::Language => text(ticket.requester.language.as_deref()),
        EditedField::Channel => ticket.channel.to_string(),
        EditedField::Kind => text(ticket.kind.map(Kind::as_str)),
        EditedField::Onset => ticket.onset.to_string(),
        EditedField::Category => text(ticket.category.as_ref().map(Category::as_str)),
        EditedField::Users => text(levels.map(|levels| levels.users.as_str())),
        EditedField::Business => text(levels.map(|levels| levels.business.as_str())),
        EditedField::Urgency => text(levels.map(|levels| levels.urgency.as_str())),
    }
}

/// Records corrections: all of them, or none if somebody else changed one of the
/// fields since they were seen.
///
/// # Errors
/// [`Rejection::EditConflict`] for fields that changed meanwhile; an unknown
/// category, level, symptom or affected item.
pub(super) fn edit(decision: &mut Decision<'_>, edit: Edit) -> Result<(), Rejection> {
    let Edit {
        mut correction,
        requester,
        mut added,
        kind,
        onset,
        category,
        ratings,
        seen: fields,
    } = edit;
    check_conflicts(&decision.ticket, &fields)?;
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

fn check_conflicts(ticket: &Ticket, fields: &[Seen]) -> Result<(), Rejection> {
    let conflicts = fields.iter().filter_map(|field| {
        let theirs = seen(ticket, field.field);
        let differs = theirs != field.before && theirs != field.after;
        differs.then(|| EditConflict {
            field: field.field,
            seen: field.before.clone(),
            theirs,
            mine: field.after.clone(),
        })
    });
    let conflicts: Vec<EditConflict> = conflicts.collect();
    match conflicts.is_empty() {
        true => Ok(()),
        false => Err(Rejection::EditConflict {
            id: ticket.id,
            conflicts,
        }),
    }
}

/// Refuses to remove what is not there.
fn check_known(what: &'static str, removed: &[String], known: &[String]) -> Result<(), Rejection> {
    match removed.iter().find(|one| !known.contains(one)) {
        Some(missing) => Err(UnknownWord::new(what, missing, known.iter().cloned()).into()),
        None => Ok(()),
    }
}
