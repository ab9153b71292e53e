//! A copy of the whole store.

use super::Output;
use super::printer::Printer;
use super::published::store as published;
use super::style::{humanize, untrusted};
use crate::domain::store_copy::CopyReport;
use crate::error::Error;

/// A copy of the whole store that was finished.
pub(crate) struct StoreCopy {
    pub(crate) from: String,
    pub(crate) report: CopyReport,
}

impl StoreCopy {
    fn published(&self) -> published::StoreCopy<'_> {
        let Self { from, report } = self;
        published::StoreCopy {
            done: match report.resumed {
                true => "finished",
                false => "copied",
            },
            from,
            to: &report.to,
            store: &report.store_id,
            events: report.events,
            tickets: report.tickets,
            head: &report.head,
            moved: report.kind.moves(),
            held_mails: report.held_mails,
        }
    }
}

impl Output for StoreCopy {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if to.options.quiet {
            return Ok(());
        }
        let Self { from, report } = self;
        let (from, target) = (untrusted::line(from), untrusted::line(&report.to));
        let events = humanize::plural(report.events, "event");
        let tickets = humanize::plural(report.tickets, "ticket");
        let done = match report.resumed {
            true => "finished the copy at",
            false => "copied to",
        };
        to.text(&format!(
            "{done} {target}: {events}, {tickets}, verified\n  head {}\n",
            report.head
        ))?;
        if report.kind.moves() {
            return to.text(&format!(
                "  {from} was moved: it can be read, and refuses changes\n"
            ));
        }
        to.text(&format!(
            "  {from} goes on; both have the id {}, and changes of one do not reach the other\n",
            report.store_id
        ))?;
        let held = match report.held_mails {
            0 => String::new(),
            mails => format!(": {} now", humanize::plural(mails, "mail")),
        };
        to.text(&format!("  the copy holds its mail{held}\n"))
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.object(&self.published())
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.csv_list([self.published()])
    }
}
