//! What the desk holds about a person, and what was recorded about them.

use serde::Serialize;

use super::ticket_page::ProcessingLimit;
use super::value::{At, CsvRecord, CsvValue, State};
use crate::domain::privacy::person_data;
use crate::domain::privacy::person_files;
use crate::domain::privacy::person_query::PersonKey;
use crate::domain::read_models;
use crate::output::published::store::one_word;

published! {
    /// What was recorded about a person.
    PersonChange<'a> from change: read_models::PersonChange => {
        /// `joined`, `separated`, `limited`, `limit-lifted`, or `unchanged` if it was
        /// so already.
        done: String = one_word(change.done),
        people: &'a [String] = &change.people,
    }
}

csv_columns!(PersonChange<'_>: done, people);

published! {
    /// Everything that is held about a person.
    PersonData<'a> from data: person_data::PersonData => {
        /// Name and contact as written on a ticket.
        person: &'a str = &data.label,
        /// The contacts and names that are certainly this person, in one spelling.
        known_as: Vec<&'a str> = data.keys.iter().map(PersonKey::as_str).collect(),
        /// Whether, and since when, the use of the data is limited to storing them.
        processing_limits: Vec<ProcessingLimit<'a>> = data.limits.iter().map(Into::into).collect(),
        /// Tickets with data that are certainly about the person.
        certain: Vec<PersonTicket<'a>> = data.certain.iter().map(Into::into).collect(),
        /// Tickets with data that may be about somebody else of the same name.
        possible: Vec<PersonTicket<'a>> = data.possible.iter().map(Into::into).collect(),
        /// How many tickets were not searched, as they are restricted to others.
        not_searched: u64 = data.not_searched,
    }
}

published! {
    /// The index of a folder that is handed to a person: everything that is held
    /// about them, and the files beside it.
    PersonFolder<'a> from folder: person_files::FolderIndex<'_> => {
        #[serde(flatten)]
        data: PersonData<'a> = folder.data.into(),
        /// The files and mails in the folder.
        files: Vec<FolderEntry<'a>> = folder.entries.iter().map(Into::into).collect(),
        /// What is held and not in the folder, because it concerns others or is gone.
        left_out: Vec<LeftOut<'a>> = folder.left_out.iter().map(Into::into).collect(),
    }
}

published! {
    FolderEntry<'a> from entry: person_files::FolderEntry => {
        /// Its path within the folder.
        path: &'a str = &entry.path,
        /// Absent for a mail that went to no ticket.
        #[serde(skip_serializing_if = "Option::is_none")]
        ticket: Option<i64> = entry.ticket.map(|id| id.0),
        /// `from-person` or `to-person`.
        direction: &'static str = entry.direction.as_str(),
        /// The name of a file as it was sent; the subject of a mail.
        name: &'a str = &entry.name,
        media_type: &'a str = &entry.media_type,
        /// In bytes.
        size: u64 = entry.size,
    }
}

published! {
    LeftOut<'a> from left: person_files::LeftOut => {
        ticket: i64 = left.ticket.0,
        what: &'a str = &left.what,
        reason: &'static str = left.reason,
    }
}

published! {
    /// What a ticket holds about a person.
    PersonTicket<'a> from ticket: person_data::PersonTicket => {
        id: i64 = ticket.id.0,
        /// `requester`, `participant` or `mentioned`.
        role: &'static str = ticket.role.as_str(),
        opened_at: At = At(ticket.opened),
        status: State = ticket.state.into(),
        entries: Vec<PersonEntry<'a>> = ticket.entries.iter().map(Into::into).collect(),
    }
}

published! {
    /// An event, as far as it is about the person.
    PersonEntry<'a> from entry: person_data::PersonEntry => {
        at: At = At(entry.at),
        /// The kind of the event, as in the timeline of a ticket.
        kind: &'static str = entry.kind,
        /// `agent`, or `desk` for a rule of the policy.
        by: &'static str = entry.by.as_str(),
        /// What was written, with the data of others covered.
        texts: Vec<PersonText<'a>> = entry.texts.iter().map(Into::into).collect(),
    }
}

published! {
    PersonText<'a> from text: (String, String) => {
        /// What it is, such as `title` or `contact`.
        field: &'a str = &text.0,
        text: &'a str = &text.1,
    }
}

/// A text about a person as a row.
#[derive(Debug)]
pub(crate) struct PersonRow<'a> {
    pub(crate) certain: bool,
    pub(crate) ticket: i64,
    pub(crate) role: &'static str,
    pub(crate) at: At,
    pub(crate) kind: &'static str,
    pub(crate) field: &'a str,
    pub(crate) text: &'a str,
}

csv_columns!(PersonRow<'_>: certain, ticket, role, at, kind, field, text);

impl<'a> PersonRow<'a> {
    /// Every text about a person, first those that certainly are.
    pub(crate) fn all(data: &'a person_data::PersonData) -> impl Iterator<Item = Self> {
        let tickets = data.certain.iter().map(|ticket| (true, ticket));
        let tickets = tickets.chain(data.possible.iter().map(|ticket| (false, ticket)));
        tickets.flat_map(|(certain, ticket)| {
            let entries = ticket.entries.iter();
            entries.flat_map(move |entry| {
                entry.texts.iter().map(move |(field, text)| Self {
                    certain,
                    ticket: ticket.id.0,
                    role: ticket.role.as_str(),
                    at: At(entry.at),
                    kind: entry.kind,
                    field,
                    text,
                })
            })
        })
    }
}
