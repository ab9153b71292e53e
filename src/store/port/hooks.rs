//! The part of the port for hooks: which events a transaction queues for them, and
//! the deliveries on their way.

use super::super::StoreError;
use crate::domain::Timestamp;
use crate::domain::hooks::{AfterDelivery, DeliveryCounts, HookDelivery, HookOwner, HookRules};

/// Reads and writes of deliveries to hooks, within a transaction.
pub(crate) trait HookQueue {
    /// Queues the events that are saved from now on for these hooks. At first there
    /// are none.
    fn set_hooks(&mut self, rules: HookRules);

    /// Whether the transaction has queued anything for a hook.
    fn has_queued_hooks(&self) -> bool;

    /// The deliveries in the order in which they were queued, those that are over
    /// only if asked for. Those of hidden tickets are left out.
    fn hook_deliveries(&self, finished: bool) -> Result<Vec<HookDelivery>, StoreError>;

    /// One delivery, unless the view hides its ticket.
    fn hook_delivery(&self, id: i64) -> Result<Option<HookDelivery>, StoreError>;

    /// The oldest delivery of a hook that is to be tried by now.
    fn next_delivery(
        &self,
        owner: &HookOwner,
        hook: &str,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError>;

    /// The deliveries of a hook that somebody has claimed: number, claimant, and
    /// until when the claimant is taken to be alive.
    fn claimed_deliveries(
        &self,
        owner: &HookOwner,
        hook: &str,
    ) -> Result<Vec<(i64, String, Timestamp)>, StoreError>;

    /// Makes a claimed delivery wait again, because its claimant is gone. The
    /// attempt does not count as a failure.
    fn release_delivery(&mut self, id: i64, claimant: &str) -> Result<bool, StoreError>;

    /// Claims a delivery that waits. `None` if it does not wait any more.
    fn claim_delivery(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<Option<HookDelivery>, StoreError>;

    /// Notes how an attempt ended. `false` if somebody else has the delivery by now.
    fn end_delivery(
        &mut self,
        id: i64,
        claimant: &str,
        after: &AfterDelivery,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Changes a delivery that is in this state. `false` if it is in another one by
    /// now.
    fn move_delivery(
        &mut self,
        delivery: &HookDelivery,
        after: &AfterDelivery,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Removes the deliveries that were over by then, except those that failed.
    fn remove_deliveries(&mut self, before: Timestamp) -> Result<(), StoreError>;

    /// How many wait and how many failed, of all hooks.
    fn delivery_counts(&self) -> Result<DeliveryCounts, StoreError>;
}
