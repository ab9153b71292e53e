//! Mails as somebody will read them, and what became of those that were sent as a
//! test.

use super::Output;
use super::printer::Printer;
use super::published::outbox as published;
use super::style::page_writer::PageWriter;
use super::style::palette::Style;
use super::style::table_layout::{Cell, TableLayout};
use super::style::untrusted;
use crate::domain::mail::outgoing::{Attempt, OutgoingMail};
use crate::error::Error;

/// Mails that would be sent.
pub(crate) struct MailPreviews(pub(crate) Vec<OutgoingMail>);

/// Mails that were sent as a test.
pub(crate) struct TestMails(pub(crate) Vec<(OutgoingMail, Option<Attempt>)>);

impl Output for MailPreviews {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return to.note("no mail would be sent");
        }
        to.paragraphs(self.0.iter().map(|mail| {
            let mut page = PageWriter::new(to.options);
            page.hanging("", &untrusted::line(&mail.subject), Style::Bold);
            page.field("to", Some(&mail.recipient));
            page.field("language", Some(mail.language.as_str()));
            page.quote(2, &mail.body);
            page.text
        }))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(
            self.0
                .iter()
                .map(|mail| published::MailPreview::new(mail, None)),
        )
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(
            self.0
                .iter()
                .map(|mail| published::MailPreview::new(mail, None)),
        )
    }
}

impl TestMails {
    fn published(&self) -> impl Iterator<Item = published::MailPreview<'_>> {
        let mails = self.0.iter();
        mails.map(|(mail, attempt)| published::MailPreview::new(mail, attempt.as_ref()))
    }
}

impl Output for TestMails {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let row = |(mail, attempt): &(OutgoingMail, Option<Attempt>)| {
            let (state, reason) = attempt.as_ref().map_or(("", None), published::outcome);
            vec![
                Cell::plain(mail.language.as_str()),
                Cell::plain(mail.kind.as_str()),
                Cell::plain(state),
                Cell::untrusted(reason.unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        to.rows(
            TableLayout::new(["LANGUAGE", "ABOUT", "STATE", "WHY"]),
            &rows,
        )
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.list(self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list(self.published())
    }
}
