//! Use case: explain how the clocks of a ticket were calculated.

use super::Desk;
use crate::domain::event::TicketId;
use crate::domain::read_models::{NotificationExplanation, SlaExplanation};
use crate::domain::sla::explanation::ClockExplanation;
use crate::domain::vocabulary::ClockName;
use crate::error::Error;

impl Desk<'_> {
    /// Explains clocks of a ticket as of now, or of the time given with `--at`.
    /// Clocks that the ticket does not have are left out; those of the notifications
    /// of a breach come along if they are wanted.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a ticket not yet opened then.
    pub(crate) fn explain(
        &self,
        id: TicketId,
        clocks: &[ClockName],
        notifications: bool,
    ) -> Result<SlaExplanation, Error> {
        let page = self.whole_details(id)?;
        let policies = self.policies()?;
        let explanation = |name: &ClockName| {
            ClockExplanation::new(*name, &page.ticket, &page.history, self.now(), &policies)
        };
        let breach = page.ticket.breach.as_ref().filter(|_| notifications);
        let notifications =
            breach.map(|breach| NotificationExplanation::all(breach, self.now(), &policies));
        Ok(SlaExplanation {
            notifications: notifications.unwrap_or_default(),
            clocks: clocks.iter().filter_map(explanation).collect(),
            summary: page.summary,
        })
    }
}
