//! The fields of the filter language.

use super::parse::{FilterError, fault};
use super::{OptionalField, TimeField};
use crate::domain::custom_field::FieldDefinition;
use crate::domain::did_you_mean::nearest;

/// A field of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Title,
    Requester,
    Status,
    Is,
    Kind,
    Onset,
    Channel,
    Tier,
    Assignee,
    Category,
    Priority,
    Satisfaction,
    Spent,
    Id,
    Key,
    Source,
    Number,
    Code,
    Reason,
    Tag,
    Checklist,
    Time(TimeField),
}

/// A field as it is typed and explained.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FieldHelp {
    pub(crate) name: &'static str,
    /// A shorter name, if there is one.
    pub(crate) short: Option<&'static str>,
    pub(crate) values: &'static str,
    pub(super) field: Field,
}

const fn field(
    name: &'static str,
    short: Option<&'static str>,
    field: Field,
    values: &'static str,
) -> FieldHelp {
    FieldHelp {
        name,
        short,
        values,
        field,
    }
}

const TIME: &str = "<2h, >3d, today, monday, last-week, 2026-11, >=2026-11-24, A..B";

/// Every field, in the order of the help.
pub(crate) const FIELDS: &[FieldHelp] = &[
    field(
        "text",
        None,
        Field::Text,
        "part of the title or the requester; `text:` can be left out",
    ),
    field("title", None, Field::Title, "part of the title"),
    field(
        "requester",
        Some("r"),
        Field::Requester,
        "part of the name or contact, or none",
    ),
    field(
        "status",
        Some("s"),
        Field::Status,
        "new, active, paused, resolved, closed, open, void",
    ),
    field("is", None, Field::Is, IS),
    field("kind", Some("k"), Field::Kind, "incident, request, none"),
    field("onset", None, Field::Onset, "occurred, anticipated"),
    field(
        "channel",
        None,
        Field::Channel,
        "phone, walk-in, email, chat, portal, monitoring, other",
    ),
    field(
        "tier",
        Some("t"),
        Field::Tier,
        "a tier of the policy, such as L1",
    ),
    field(
        "assignee",
        Some("a"),
        Field::Assignee,
        "an agent, @me, none",
    ),
    field(
        "category",
        Some("c"),
        Field::Category,
        "a category with everything below it, or none",
    ),
    field(
        "priority",
        Some("p"),
        Field::Priority,
        "P1, P1..P2, <=P2, none",
    ),
    field(
        "satisfaction",
        None,
        Field::Satisfaction,
        "1 to 5, >=4, none",
    ),
    field(
        "spent",
        None,
        Field::Spent,
        "time of all agents together: >2h, 15m..1h30m, none",
    ),
    field("id", None, Field::Id, "42, 40..45, >100"),
    field(
        "key",
        None,
        Field::Key,
        "the whole key of `open --key`, or none",
    ),
    field(
        "source",
        None,
        Field::Source,
        "the system it was imported from, or none",
    ),
    field(
        "number",
        None,
        Field::Number,
        "its whole number in that system",
    ),
    field("code", None, Field::Code, "the closing code, or none"),
    field(
        "reason",
        None,
        Field::Reason,
        "what a pause waits for, or none",
    ),
    field("tag", None, Field::Tag, "a tag, or none"),
    field("checklist", None, Field::Checklist, "open, done, none"),
    field("opened", None, Field::Time(TimeField::Opened), TIME),
    field("updated", Some("u"), Field::Time(TimeField::Updated), TIME),
    field("resolved", None, Field::Time(TimeField::Resolved), TIME),
    field("closed", None, Field::Time(TimeField::Closed), TIME),
    field(
        "due",
        Some("d"),
        Field::Time(TimeField::Due),
        "as times; 2h is within two hours from now",
    ),
    field(
        "unanswered",
        None,
        Field::Time(TimeField::Unanswered),
        "as times: since when somebody waits for an answer; none, any",
    ),
];

pub(super) const IS: &str = "open, closed, new, active, paused, resolved, void, overdue, at-risk, mine, \
     unassigned, unanswered, known-error, merged, reopened, escalated, restricted, promised, imported";

/// The words that `is` takes.
pub(crate) fn states() -> impl Iterator<Item = &'static str> {
    IS.split(", ")
}

/// Whether a word, without a sign before it, begins with the name of a field, or
/// with what may be the name of one that a policy defines.
pub(crate) fn names_field(word: &str) -> bool {
    let name = word.split_once(':').map(|(name, _)| name);
    name.is_some_and(|name| full_name(name).is_some() || looks_like_name(name))
}

/// Whether a text can be the name of a field: more than one letter.
pub(super) fn looks_like_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphabetic() || c == '-' || c == '_';
    name.len() > 1 && name.chars().all(fits)
}

/// The name of a field that was typed in full or by its short name.
pub(crate) fn full_name(typed: &str) -> Option<&'static str> {
    named(&typed.to_ascii_lowercase()).map(|field| field.name)
}

fn named(name: &str) -> Option<&'static FieldHelp> {
    let is = |field: &&FieldHelp| field.name == name || field.short == Some(name);
    FIELDS.iter().find(is)
}

/// The field of a name, of its short name, or of the beginning of one name only.
pub(super) fn find_field(
    word: &str,
    name: &str,
    custom: &[FieldDefinition],
) -> Result<&'static FieldHelp, FilterError> {
    let name = name.to_ascii_lowercase();
    if let Some(field) = named(&name) {
        return Ok(field);
    }
    let begins = FIELDS.iter().filter(|field| field.name.starts_with(&name));
    let begins: Vec<&FieldHelp> = begins.collect();
    let list = |fields: &[&FieldHelp]| {
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        names.join(", ")
    };
    match begins.as_slice() {
        [field] => Ok(field),
        [] => {
            let names = FIELDS.iter().map(|field| field.name);
            let names = names.chain(custom.iter().map(|field| field.name.as_str()));
            let hint = match nearest(&name, names).first() {
                Some(meant) => format!("did you mean '{meant}:'? desk help filters lists all"),
                None => {
                    "desk help filters lists the fields; for a text with a colon: text:…".into()
                }
            };
            Err(fault(word, format!("there is no field '{name}'"), hint))
        }
        several => Err(fault(
            word,
            format!("'{name}' can be {}", list(several)),
            "write the whole name of the field",
        )),
    }
}

/// What `none` and `any` ask of a field, if it can be absent.
pub(super) const fn optional(field: Field) -> Option<OptionalField> {
    Some(match field {
        Field::Requester => OptionalField::Requester,
        Field::Kind => OptionalField::Kind,
        Field::Assignee => OptionalField::Assignee,
        Field::Category => OptionalField::Category,
        Field::Priority => OptionalField::Priority,
        Field::Satisfaction => OptionalField::Satisfaction,
        Field::Spent => OptionalField::Spent,
        Field::Key => OptionalField::Key,
        Field::Source | Field::Number => OptionalField::Source,
        Field::Code => OptionalField::Code,
        Field::Reason => OptionalField::PauseReason,
        Field::Tag => OptionalField::Tag,
        Field::Checklist => OptionalField::Checklist,
        Field::Time(TimeField::Resolved) => OptionalField::Resolved,
        Field::Time(TimeField::Closed) => OptionalField::Closed,
        Field::Time(TimeField::Due) => OptionalField::Due,
        Field::Time(TimeField::Unanswered) => OptionalField::Unanswered,
        Field::Text
        | Field::Title
        | Field::Status
        | Field::Is
        | Field::Onset
        | Field::Channel
        | Field::Tier
        | Field::Id
        | Field::Time(TimeField::Opened | TimeField::Updated) => return None,
    })
}
