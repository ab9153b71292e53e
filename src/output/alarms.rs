//! Repeated alarms on the page of a ticket: how often it was opened under its
//! key, and in which words.

use super::Output;
use super::printer::Printer;
use super::style::humanize;
use super::style::page_writer::PageWriter;
use super::ticket_page::{TicketPages, render};
use crate::domain::Timestamp;
use crate::domain::alarms::{AlarmCount, AlarmText};
use crate::domain::read_models::TicketDetails;
use crate::error::Error;

/// The pages of tickets with every text of repeated alarms, and of messages what
/// they quote; in other formats the same as their pages.
pub(crate) struct FullTicketPages(pub(crate) TicketPages);

impl Output for FullTicketPages {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let pages = self.0.0.iter();
        to.paragraphs(pages.map(|page| render(page, PageTexts::Full, to.options)))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.json(to)
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.csv(to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        self.0.ids(to)
    }
}

/// How much of the texts a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageTexts {
    /// The last text of repeated alarms, and of messages what is new.
    Short,
    Full,
}

/// `seen 14 times, last 10:42`.
pub(super) fn seen(total: AlarmCount, time: &dyn Fn(Timestamp) -> String) -> String {
    let times = humanize::plural(total.count, "time");
    format!("seen {times}, last {}", time(total.last))
}

/// Writes how often the ticket was opened under its key, unless it was only once
/// and always in the same words.
pub(super) fn section(page: &TicketDetails, shown: PageTexts, to: &mut PageWriter<'_, '_>) {
    let Some(alarms) = page.alarms.as_ref().filter(|all| all.total.count > 1) else {
        return;
    };
    to.heading("Repeated");
    let time = |at| humanize::time(at, to.options.now, to.options.zone);
    let line = format!("  {}", seen(alarms.total, &time));
    to.line(&line);
    match shown {
        PageTexts::Short => {
            let (texts, last) = (alarms.texts.len(), alarms.last_text());
            let known = alarms.texts.first().map(|text| text.times.count);
            // One text for all of them is that of the ticket.
            if texts > 1 || known != Some(alarms.total.count) {
                last.iter().for_each(|last| to.quote(4, &last.text));
            }
            if texts > 1 {
                to.line(&format!(
                    "    all {} texts: desk show {} --full",
                    humanize::number(texts as u64),
                    page.ticket.id.0
                ));
            }
        }
        PageTexts::Full => {
            for AlarmText { text, times } in &alarms.texts {
                let time = |at| humanize::time(at, to.options.now, to.options.zone);
                let since = match times.count {
                    1 => String::new(),
                    2.. | 0 => format!(", first {}", time(times.first)),
                };
                let line = format!("  {}{since}", seen(*times, &time));
                to.line(&line);
                to.quote(4, text);
            }
        }
    }
}
