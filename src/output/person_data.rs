//! What the desk holds about a person: as text, as JSON, and as a page to read
//! and to print.

mod page;

use super::Output;
use super::printer::Printer;
use super::published::person_data as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::{humanize, untrusted};
use crate::domain::privacy::person_data::{EntryAuthor, PersonData, PersonEntry, PersonTicket};
use crate::domain::privacy::person_files::FolderIndex;
use crate::error::Error;

/// What the desk holds about a person.
pub(crate) struct PersonPage(pub(crate) PersonData);

impl Output for PersonPage {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let data = &self.0;
        let mut page = PageWriter::new(to.options);
        page.hanging("", &untrusted::line(&data.label), Style::Bold);
        let known: Vec<&str> = data.keys.iter().map(|key| key.as_str()).collect();
        page.field("known as", Some(&known.join(", ")));
        for limit in &data.limits {
            let since = page.time(limit.since);
            page.field("limited", Some(&format!("{since}: {}", limit.reason)));
        }
        for (heading, tickets) in sections(data) {
            page.heading(heading);
            if tickets.is_empty() {
                page.line("  nothing");
            }
            tickets
                .iter()
                .for_each(|ticket| write_ticket(ticket, &mut page));
        }
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PersonData::from(&self.0))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(published::PersonRow::all(&self.0))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let tickets = self.0.certain.iter().chain(&self.0.possible);
        let mut ids: Vec<_> = tickets.map(|ticket| ticket.id).collect();
        ids.sort();
        ids.dedup();
        to.ids(ids)
    }

    fn html(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let page = page::person_page(&self.0, to.options);
        to.text(&page)
    }
}

/// The index of a folder that is handed to a person, as JSON.
pub(crate) struct PersonFolderIndex<'a>(pub(crate) FolderIndex<'a>);

impl Output for PersonFolderIndex<'_> {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.json(to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::PersonFolder::from(&self.0))
    }
}

const CERTAIN: &str = "Certainly about this person";
const POSSIBLE: &str = "Perhaps about this person: the same name, but nothing else says so";

/// The tickets under the heading of how certain they are.
fn sections(data: &PersonData) -> [(&'static str, &[PersonTicket]); 2] {
    [(CERTAIN, &data.certain), (POSSIBLE, &data.possible)]
}

fn write_ticket(ticket: &PersonTicket, page: &mut PageWriter<'_, '_>) {
    page.line(&format!("  {}", title(ticket, page.options)));
    for entry in &ticket.entries {
        let at = page.time(entry.at);
        page.line(&format!("    {at}  {}", happened(entry)));
        for (field, text) in &entry.texts {
            page.line(&format!("      {}", untrusted::line(field)));
            page.quote(6, text);
        }
    }
}

/// `#3 requester, opened 2 March 09:00, closed`.
fn title(ticket: &PersonTicket, options: &super::RenderOptions<'_>) -> String {
    let opened = humanize::full_time(ticket.opened, options.zone);
    format!(
        "{} {}, opened {opened}, {}",
        ticket.id,
        ticket.role.as_str(),
        ticket.state
    )
}

/// `logged by an agent`.
fn happened(entry: &PersonEntry) -> String {
    let by = match entry.by {
        EntryAuthor::Agent => "an agent",
        EntryAuthor::Desk => "desk itself",
    };
    format!("{} by {by}", entry.kind)
}
