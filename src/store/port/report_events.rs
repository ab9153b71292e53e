//! The events that reports count, besides the rows of tickets.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::super::StoreError;
use crate::domain::event::TicketId;
use crate::domain::report::{Credit, SpentTime, TierTransfer};

/// The events that were taken back, by ticket and number. They count nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct UndoneEvents(pub(in crate::store) BTreeSet<(TicketId, u32)>);

/// Reading what reports count.
pub(crate) trait ReportEvents {
    /// The events that were taken back: a report reads them once.
    fn undone_events(&self) -> Result<UndoneEvents, StoreError>;

    /// Every event that somebody may get the credit for, by ticket and in order.
    fn credits(&self, undone: &UndoneEvents) -> Result<Vec<Credit>, StoreError>;

    /// Calls `take` with every change of tier, by ticket and in order.
    fn tier_transfers(
        &self,
        undone: &UndoneEvents,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The time that agents spent, by ticket and in order.
    fn spent_times(&self, undone: &UndoneEvents) -> Result<Vec<SpentTime>, StoreError>;
}
