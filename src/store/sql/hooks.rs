//! The part of the transaction for hooks, on any engine.

use super::super::StoreError;
use super::super::port::{HookQueue, Outbox};
use super::driver::{Row, Value};
use super::outbox::TOKEN_LENGTH;
use super::transaction::SqlTransaction;
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::hooks::{
    AfterDelivery, DeliveryCounts, DeliveryState, HookDelivery, HookOwner, HookRules,
};
use crate::domain::summary::Summary;

const ADD: &str = "INSERT INTO hook_delivery (owner, hook, ticket, event, delivery_id, state, \
     queued_ms, not_before) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $6)";

/// A delivery with its event.
macro_rules! select {
    ($condition:literal) => {
        concat!(
            "SELECT d.id, d.owner, d.hook, d.ticket, d.event, d.delivery_id, d.state, \
             d.queued_ms, d.attempts, d.failures, d.not_before, d.done_ms, d.last_error, \
             event.seq, event.kind FROM hook_delivery d LEFT JOIN event \
             ON event.ticket = d.ticket AND event.n = d.event WHERE ",
            $condition,
            " ORDER BY d.id"
        )
    };
}

const OPEN: &str = select!("d.state IN ('waiting', 'running', 'failed')");
const ALL: &str = select!("0 = 0");
const ONE: &str = select!("d.id = $1");

/// Every delivery with the time at which its event was recorded.
pub(crate) const WITH_EVENTS: &str = "SELECT d.id, d.owner, d.hook, d.ticket, d.event, \
     d.delivery_id, d.state, d.queued_ms, event.recorded_ms, d.attempts, d.failures, d.done_ms, \
     d.claimed_by, d.lease_until FROM hook_delivery d LEFT JOIN event \
     ON event.ticket = d.ticket AND event.n = d.event ORDER BY d.id";

/// The length of the random ids of deliveries.
pub(crate) const DELIVERY_ID_LENGTH: usize = TOKEN_LENGTH;

const NEXT: &str = "SELECT id FROM hook_delivery WHERE owner = $1 AND hook = $2 \
     AND state = 'waiting' AND not_before <= $3 ORDER BY id LIMIT 1";

const CLAIMED: &str = "SELECT id, claimed_by, lease_until FROM hook_delivery \
     WHERE owner = $1 AND hook = $2 AND state = 'running'";

const RELEASE: &str = "UPDATE hook_delivery SET state = 'waiting', claimed_by = NULL, \
     lease_until = NULL WHERE id = $1 AND state = 'running' AND claimed_by = $2 RETURNING id";

const CLAIM: &str = "UPDATE hook_delivery SET state = 'running', claimed_by = $2, \
     lease_until = $3, attempts = attempts + 1 WHERE id = $1 AND state = 'waiting' RETURNING id";

const END: &str = "UPDATE hook_delivery SET state = $3, not_before = $4, failures = $5, \
     last_error = $6, done_ms = $7, claimed_by = NULL, lease_until = NULL \
     WHERE id = $1 AND state = 'running' AND claimed_by = $2 RETURNING id";

const MOVE: &str = "UPDATE hook_delivery SET state = $3, not_before = $4, failures = $5, \
     last_error = coalesce($6, last_error), done_ms = $7, claimed_by = NULL, \
     lease_until = NULL WHERE id = $1 AND state = $2 RETURNING id";

const REMOVE: &str =
    "DELETE FROM hook_delivery WHERE state IN ('delivered', 'dropped') AND done_ms < $1";

const COUNTS: &str = "SELECT count(CASE WHEN state = 'failed' THEN 1 END) AS failed, \
     count(CASE WHEN state <> 'failed' THEN 1 END) AS waiting, \
     min(CASE WHEN state <> 'failed' THEN queued_ms END) AS oldest \
     FROM hook_delivery WHERE state IN ('waiting', 'running', 'failed')";

fn delivery(row: &Row<'_>) -> Result<HookDelivery, StoreError> {
    let state = DeliveryState::parse(row.str("state")?);
    let damaged = || StoreError::damaged("a delivery to a hook has an unknown state");
    Ok(HookDelivery {
        id: row.int("id")?,
        owner: HookOwner::parse(row.str("owner")?),
        hook: row.text("hook")?,
        ticket: TicketId(row.int("ticket")?),
        event: row.number("event")?,
        delivery_id: row.text("delivery_id")?,
        state: state.ok_or_else(damaged)?,
        queued: row.timestamp("queued_ms")?,
        attempts: row.number("attempts")?,
        failures: row.number("failures")?,
        not_before: row.timestamp("not_before")?,
        done: row.maybe_timestamp("done_ms")?,
        last_error: row.maybe_text("last_error")?,
        seq: row.maybe_int("seq")?.unwrap_or(0),
        kind: row.maybe_text("kind")?.unwrap_or_default(),
    })
}

/// When a delivery is over, if that is its state.
fn done(state: DeliveryState, now: Timestamp) -> Value {
    state.is_over().then_some(now).into()
}

impl SqlTransaction<'_> {
    /// Queues the events of a ticket for the hooks that are told of them.
    pub(super) fn queue_hooks(&self, events: &[Event], row: &Summary) -> Result<(), StoreError> {
        for event in events {
            for rule in self.hooks.iter().filter(|rule| rule.wants(event, row)) {
                let values: [Value; 6] = [
                    rule.owner.to_string().into(),
                    rule.hook.as_str().into(),
                    event.ticket.0.into(),
                    event.n.into(),
                    self.random_token()?.into(),
                    event.recorded.into(),
                ];
                self.beside_chain().execute(ADD, &values)?;
                self.has_queued_hooks.set(true);
            }
        }
        Ok(())
    }

    fn deliveries(&self, sql: &str, values: &[Value]) -> Result<Vec<HookDelivery>, StoreError> {
        let mut found = self.db()?.all(sql, values, delivery)?;
        found.retain(|one| self.view.hides(one.ticket).is_none());
        Ok(found)
    }

    fn changes_delivery(&self, sql: &str, values: &[Value]) -> Result<bool, StoreError> {
        let changed = self.beside_chain().first(sql, values, |_| Ok(()))?;
        Ok(changed.is_some())
    }
}

impl HookQueue for SqlTransaction<'_> {
    fn set_hooks(&mut self, rules: HookRules) {
        self.hooks = rules;
    }

    fn has_queued_hooks(&self) -> bool {
        self.has_queued_hooks.get()
    }

    fn hook_deliveries(&self, finished: bool) -> Result<Vec<HookDelivery>, StoreError> {
        self.deliveries(if finished { ALL } else { OPEN }, &[])
    }

    fn hook_delivery(&self, id: i64) -> Result<Option<HookDelivery>, StoreError> {
        Ok(self.deliveries(ONE, &[id.into()])?.pop())
    }

    fn next_delivery(
        &self,
        owner: &HookOwner,
        hook: &str,
        now: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let values = [owner.to_string().into(), hook.into(), now.into()];
        self.beside_chain()
            .first(NEXT, &values, |row| row.int("id"))
    }

    fn claimed_deliveries(
        &self,
        owner: &HookOwner,
        hook: &str,
    ) -> Result<Vec<(i64, String, Timestamp)>, StoreError> {
        let values = [owner.to_string().into(), hook.into()];
        self.beside_chain().all(CLAIMED, &values, |row| {
            Ok((
                row.int("id")?,
                row.text("claimed_by")?,
                row.timestamp("lease_until")?,
            ))
        })
    }

    fn release_delivery(&mut self, id: i64, claimant: &str) -> Result<bool, StoreError> {
        self.changes_delivery(RELEASE, &[id.into(), claimant.into()])
    }

    fn claim_delivery(
        &mut self,
        id: i64,
        claimant: &str,
        lease_until: Timestamp,
    ) -> Result<Option<HookDelivery>, StoreError> {
        let values = [id.into(), claimant.into(), lease_until.into()];
        match self.changes_delivery(CLAIM, &values)? {
            true => self.hook_delivery(id),
            false => Ok(None),
        }
    }

    fn end_delivery(
        &mut self,
        id: i64,
        claimant: &str,
        after: &AfterDelivery,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [
            id.into(),
            claimant.into(),
            after.state.as_str().into(),
            after.not_before.into(),
            after.failures.into(),
            after.error.as_deref().into(),
            done(after.state, now),
        ];
        self.changes_delivery(END, &values)
    }

    fn move_delivery(
        &mut self,
        delivery: &HookDelivery,
        after: &AfterDelivery,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let values = [
            delivery.id.into(),
            delivery.state.as_str().into(),
            after.state.as_str().into(),
            after.not_before.into(),
            after.failures.into(),
            after.error.as_deref().into(),
            done(after.state, now),
        ];
        self.changes_delivery(MOVE, &values)
    }

    fn remove_deliveries(&mut self, before: Timestamp) -> Result<(), StoreError> {
        self.beside_chain().execute(REMOVE, &[before.into()])
    }

    fn delivery_counts(&self) -> Result<DeliveryCounts, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(DeliveryCounts {
                waiting: row.number("waiting")?,
                failed: row.number("failed")?,
                oldest: row.maybe_timestamp("oldest")?,
            })
        };
        let counts = self.beside_chain().first(COUNTS, &[], read)?;
        Ok(counts.unwrap_or_default())
    }
}
