//! Mails on their way out.

use super::Output;
use super::printer::Printer;
use super::published::outbox as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout};
use super::style::untrusted;
use crate::domain::mail::outgoing::OutboxEntry;
use crate::domain::read_models::TicketDetails;
use crate::domain::vocabulary::OutboxState;
use crate::error::Error;

/// Mails of the outbox, and what to say if there are none.
pub(crate) struct OutboxList {
    pub(crate) entries: Vec<OutboxEntry>,
    pub(crate) nothing: &'static str,
}

/// One mail of the outbox, with what it says.
pub(crate) struct OutboxPage(pub(crate) OutboxEntry);

fn published(entries: &[OutboxEntry]) -> impl Iterator<Item = published::OutboxMail<'_>> {
    entries.iter().map(published::OutboxMail::from)
}

/// How far a mail is, with what went wrong.
fn state(entry: &OutboxEntry) -> Cell {
    match (&entry.bounced, entry.state) {
        (Some(_), _) => Cell::new("bounced", Style::Error),
        (None, OutboxState::Failed | OutboxState::Unknown | OutboxState::Held) => {
            Cell::new(entry.state.as_str(), Style::Error)
        }
        (
            None,
            OutboxState::Queued
            | OutboxState::Claimed
            | OutboxState::Handing
            | OutboxState::Sent
            | OutboxState::Cancelled,
        ) => Cell::plain(entry.state.as_str()),
    }
}

fn trouble(entry: &OutboxEntry) -> &str {
    let bounced = entry.bounced.as_deref().filter(|text| !text.is_empty());
    bounced.or(entry.last_error.as_deref()).unwrap_or_default()
}

impl Output for OutboxList {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.entries.is_empty() {
            return to.note(self.nothing);
        }
        let row = |entry: &OutboxEntry| {
            vec![
                Cell::plain(entry.id.to_string()),
                Cell::plain(entry.mail.ticket.to_string()),
                Cell::plain(entry.mail.kind.as_str()),
                Cell::untrusted(&entry.mail.recipient),
                state(entry),
                Cell::untrusted(trouble(entry)),
            ]
        };
        let rows: Vec<_> = self.entries.iter().map(row).collect();
        let layout = TableLayout::new(["MAIL", "TICKET", "ABOUT", "TO", "STATE", "WHY"]);
        to.rows(layout.right([0, 1]), &rows)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(published(&self.entries))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(published(&self.entries))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let mut all = self.entries.iter();
        all.try_for_each(|entry| to.text(&format!("{}\n", entry.id)))
    }
}

impl Output for OutboxPage {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let entry = &self.0;
        let mut page = PageWriter::new(to.options);
        let title = format!("mail {}", entry.id);
        page.hanging(
            "",
            &format!("{title}: {}", untrusted::line(&entry.mail.subject)),
            Style::Bold,
        );
        page.field("state", Some(entry.state.as_str()));
        page.field("ticket", Some(&entry.mail.ticket.to_string()));
        page.field("about", Some(entry.mail.kind.as_str()));
        page.field("to", Some(&entry.mail.recipient));
        let envelope = entry.mail.bounce_to.as_deref().unwrap_or("<>");
        page.field("bounces to", Some(envelope));
        let queued = page.time(entry.queued);
        page.field("queued", Some(&queued));
        if entry.state == OutboxState::Queued {
            let next = page.time(entry.not_before);
            page.field("next try", Some(&next));
        }
        let sent = entry.sent.map(|at| page.time(at));
        page.field("sent", sent.as_deref());
        page.field("tries", Some(&entry.attempts.to_string()));
        page.field("why", entry.last_error.as_deref());
        page.field("bounced", entry.bounced.as_deref());
        page.heading("Headers");
        for (name, value) in &entry.mail.headers {
            page.line(&format!(
                "  {}: {}",
                untrusted::line(name),
                untrusted::line(value)
            ));
        }
        page.heading("Text");
        page.quote(2, &entry.mail.body);
        to.text(&page.text)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&published::OutboxPage::from(&self.0))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(std::iter::once(published::OutboxMail::from(&self.0)))
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.text(&format!("{}\n", self.0.id))
    }
}

/// Writes the section of the mails that did not arrive, if there are any.
pub(super) fn section(page: &TicketDetails, to: &mut PageWriter<'_, '_>) {
    if page.undelivered.is_empty() {
        return;
    }
    to.heading("Not delivered");
    for entry in &page.undelivered {
        let state = if entry.bounced.is_some() {
            "bounced"
        } else {
            entry.state.as_str()
        };
        let (kind, recipient) = (entry.mail.kind, &entry.mail.recipient);
        let why = trouble(entry);
        let text = format!("{kind} to {recipient}, {state}: {why}");
        let text = text.trim_end_matches([':', ' ']);
        to.field(&format!("mail {}", entry.id), Some(text));
    }
}
