//! The events that reports count, besides the rows of tickets.

use std::ops::ControlFlow;

use super::super::StoreError;
use crate::domain::report::{Credit, SpentTime, TierTransfer};

/// Reading what reports count.
pub(crate) trait ReportEvents {
    /// Every event that somebody may get the credit for, by ticket and in order.
    fn credits(&self) -> Result<Vec<Credit>, StoreError>;

    /// Calls `take` with every change of tier, by ticket and in order.
    fn tier_transfers(
        &self,
        take: &mut dyn FnMut(TierTransfer) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The time that agents spent, by ticket and in order.
    fn spent_times(&self) -> Result<Vec<SpentTime>, StoreError>;
}
