//! The use case of explaining: the reckoning of a ticket's clocks.

use super::Desk;
use crate::domain::event::TicketId;
use crate::domain::read_models::SlaExplanation;
use crate::domain::sla::explanation::ClockExplanation;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;

impl Desk<'_> {
    /// The reckoning of these clocks of a ticket, as of the moment asked
    /// about; clocks without a promise are left out.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a ticket not yet opened then.
    pub(crate) fn explain(
        &self,
        id: TicketId,
        clocks: &[ClockName],
    ) -> Result<SlaExplanation, Error> {
        let page = self.page(id)?;
        let policies = self.policies()?;
        let ledger = |name: &ClockName| {
            ClockExplanation::new(*name, &page.ticket, &page.history, self.now(), &policies)
        };
        Ok(SlaExplanation {
            clocks: clocks.iter().filter_map(ledger).collect(),
            summary: page.summary,
        })
    }
}
