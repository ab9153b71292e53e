//! What writing commands print: a confirmation per ticket, and on request
//! similar past tickets.

use super::Output;
use super::columns::{Column, csv_cells, csv_headings};
use super::confirmation::confirmation;
use super::printer::Printer;
use super::published::ticket_update as published;
use super::similar;
use crate::domain::read_models::TicketUpdate;
use crate::domain::search::similar::SimilarTickets;
use crate::error::Error;

/// What a write did, per ticket.
pub(crate) struct TicketUpdates {
    updates: Vec<TicketUpdate>,
    /// Similar past tickets, to print with a single update.
    similar: Option<SimilarTickets>,
}

impl TicketUpdates {
    pub(crate) const fn new(updates: Vec<TicketUpdate>) -> Self {
        Self {
            updates,
            similar: None,
        }
    }

    pub(crate) fn with_similar(update: TicketUpdate, similar: SimilarTickets) -> Self {
        Self {
            updates: vec![update],
            similar: Some(similar),
        }
    }
}

impl Output for TicketUpdates {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        if !to.options.quiet {
            for update in &self.updates {
                to.text(&format!("{}\n", confirmation(update, to.options)))?;
            }
        }
        match &self.similar {
            Some(similar) => similar::below_confirmation(similar, to),
            None => Ok(()),
        }
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let (similar, options) = (self.similar.as_ref(), to.options);
        let all = self.updates.iter();
        to.one_or_list(all.map(|one| published::TicketUpdate::new(one, similar, options)))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        csv(&self.updates, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.updates.iter().map(|one| one.after.id))
    }

    fn updates(&self) -> &[TicketUpdate] {
        &self.updates
    }
}

fn csv(updates: &[TicketUpdate], to: &mut Printer<'_>) -> Result<(), Error> {
    let columns = Column::CSV.iter().filter(|column| **column != Column::Id);
    let columns: Vec<Column> = columns.cloned().collect();
    let options = to.options;
    let mut csv = to.csv();
    let mut headings = ["id", "changed", "opened", "did"]
        .map(str::to_owned)
        .to_vec();
    headings.extend(csv_headings(&columns));
    csv.row(headings)?;
    for update in updates {
        let update = published::TicketUpdate::new(update, None, options);
        let mut cells = csv_cells(&[Column::Id], &update.ticket);
        cells.extend([update.changed.to_string(), update.opened.to_string()]);
        cells.push(update.did.join(" "));
        cells.extend(csv_cells(&columns, &update.ticket));
        csv.row(cells)?;
    }
    csv.end()
}
