//! What whoever edits a ticket has seen, and what somebody else changed since.

use crate::domain::category::Category;
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::Kind;

/// A field that can be edited as one text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// All tags, by name.
    Tags,
    /// A field that the policy defines or has defined, by its name.
    Carried(String),
}

impl EditedField {
    /// Those that every ticket has.
    pub(crate) const ALL: [Self; 12] = [
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
        Self::Tags,
    ];

    /// The name in the form and in messages.
    pub(crate) fn as_str(&self) -> &str {
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
            Self::Tags => "tags",
            Self::Carried(name) => name,
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
            field: seen.field.clone(),
            seen: seen.before.clone(),
            theirs: seen.before.clone(),
            mine: seen.after.clone(),
        }
    }
}

/// Returns the value of a field; empty if there is none.
pub(crate) fn seen(ticket: &Ticket, field: &EditedField) -> String {
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
        EditedField::Tags => tags_line(&ticket.tags),
        EditedField::Carried(name) => text(ticket.field(name).map(|field| field.value.as_str())),
    }
}

/// Returns tags as a line of a form has them.
pub(crate) fn tags_line(tags: &[Tag]) -> String {
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    tags.join(", ")
}

/// Checks that nobody else changed the fields since they were seen, unless to the same.
///
/// # Errors
/// [`Rejection::EditConflict`] for those that changed.
pub(super) fn check(ticket: &Ticket, fields: &[Seen]) -> Result<(), Rejection> {
    let conflicts = fields.iter().filter_map(|field| {
        let theirs = seen(ticket, &field.field);
        let differs = theirs != field.before && theirs != field.after;
        differs.then(|| EditConflict {
            field: field.field.clone(),
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
