//! The output of writing commands: a confirmation per ticket, and similar past
//! tickets on request.

use super::Output;
use super::columns::Column;
use super::confirmation::confirmation;
use super::printer::Printer;
use super::published::ticket_update as published;
use super::similar;
use crate::domain::read_models::TicketUpdate;
use crate::domain::search::similar::SimilarTickets;
use crate::error::Error;

/// The results of a write, one per ticket.
pub(crate) struct TicketUpdates(pub(crate) Vec<TicketUpdate>);

/// The result of a write on a ticket, and similar past tickets.
pub(crate) struct UpdateWithSimilar {
    pub(crate) update: TicketUpdate,
    pub(crate) similar: SimilarTickets,
}

impl Output for TicketUpdates {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        confirmations(&self.0, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let options = to.options;
        let all = self.0.iter();
        to.one_or_list(all.map(|one| published::TicketUpdate::new(one, None, options)))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        csv(&self.0, to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids(self.0.iter().map(|one| one.after.id))
    }

    fn updates(&self) -> &[TicketUpdate] {
        &self.0
    }
}

impl Output for UpdateWithSimilar {
    fn table(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        confirmations(self.updates(), to)?;
        similar::below_confirmation(&self.similar, to)
    }

    fn json(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        let similar = Some(&self.similar);
        let options = to.options;
        to.object(&published::TicketUpdate::new(
            &self.update,
            similar,
            options,
        ))
    }

    fn csv(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        csv(self.updates(), to)
    }

    fn ids(&self, to: &mut Printer<'_>) -> Result<(), Error> {
        to.ids([self.update.after.id])
    }

    fn updates(&self) -> &[TicketUpdate] {
        std::slice::from_ref(&self.update)
    }
}

fn confirmations(updates: &[TicketUpdate], to: &mut Printer<'_>) -> Result<(), Error> {
    if to.options.quiet {
        return Ok(());
    }
    let options = to.options;
    let mut all = updates.iter();
    all.try_for_each(|one| to.text(&format!("{}\n", confirmation(one, options))))
}

fn csv(updates: &[TicketUpdate], to: &mut Printer<'_>) -> Result<(), Error> {
    let columns: Vec<Column> = (Column::ALL.iter().copied())
        .filter(|column| *column != Column::Id)
        .collect();
    let options = to.options;
    let mut csv = to.csv();
    let mut headings = ["id", "changed", "opened", "did"]
        .map(str::to_owned)
        .to_vec();
    headings.extend(columns.iter().flat_map(|column| column.csv_headings()));
    csv.row(headings)?;
    for update in updates {
        let update = published::TicketUpdate::new(update, None, options);
        let mut cells = Vec::with_capacity(columns.len() + 4);
        Column::Id.csv_values(&update.ticket, &mut cells);
        cells.extend([update.changed.to_string(), update.opened.to_string()]);
        cells.push(update.did.join(" "));
        for column in &columns {
            column.csv_values(&update.ticket, &mut cells);
        }
        csv.row(cells)?;
    }
    csv.end()
}
