//! The rules of retention: erased by the sweep, batch by batch, and counted for
//! whoever wants to know before.

use std::collections::HashSet;

use super::Desk;
use super::erasure::{erase, preview};
use crate::domain::Timestamp;
use crate::domain::event::{Event, TicketId};
use crate::domain::people::Actor;
use crate::domain::policy::Policy;
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::privacy::decide::{Beside, Holds, erase_by_rule};
use crate::domain::privacy::erasure::Erasure;
use crate::domain::privacy::read_models::RetentionDue;
use crate::domain::privacy::retention::RetentionRule;
use crate::domain::privacy::spelling::{normalized, normalized_contact};
use crate::domain::read_models::TicketUpdate;
use crate::domain::text::ERASED;
use crate::error::Error;
use crate::store::{RetentionCursor, Transaction};

/// The number of tickets in one transaction: few enough that agents who write at
/// the same time do not wait long.
const AT_ONCE: u32 = 200;

/// The history of a ticket that a rule reaches, and what is erased of it.
type DueTicket = (Vec<Event>, Erasure);

impl Desk<'_> {
    /// Erases what the rules of retention say, and passes each ticket to `take`
    /// after its commit.
    ///
    /// # Errors
    /// Errors of the store, or what `take` returns.
    pub(super) fn sweep_retention(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut output = Ok(());
        let policies = self.policies()?;
        for rule in &policies.current.retention {
            let mut cursor = RetentionCursor::start();
            while self.is_any_due(rule, cursor)? {
                let (done, next) = self.write_everything(self.writer()?, |mut txn| {
                    let (now, policies) = (self.now(), self.policies_in(txn.as_ref())?);
                    let (batch, next) = self.batch(txn.as_ref(), rule, now, cursor)?;
                    let mut done = Vec::with_capacity(batch.len());
                    for (history, erasure) in batch {
                        let update =
                            erase(txn.as_mut(), history, erasure, Actor::Desk, now, &policies)?;
                        done.push(update);
                    }
                    if !done.is_empty() {
                        self.commit(txn)?;
                    }
                    Ok((done, next))
                })?;
                cursor = next;
                // If the output fails, the remaining texts are still erased.
                output = output.and_then(|()| done.iter().try_for_each(&mut *take));
            }
        }
        output
    }

    /// Passes what [`Self::sweep_retention`] would do to `take`.
    ///
    /// # Errors
    /// As there.
    pub(super) fn preview_retention(
        &self,
        take: &mut dyn FnMut(&TicketUpdate) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let policies = self.policies()?;
        // What one rule reaches, a later one finds as it was.
        let mut seen = HashSet::new();
        for rule in &policies.current.retention {
            let mut cursor = RetentionCursor::start();
            while self.is_any_due(rule, cursor)? {
                let updates = {
                    let Some(txn) = self.read_everything()? else {
                        break;
                    };
                    let now = self.now();
                    let (batch, next) = self.batch(txn.as_ref(), rule, now, cursor)?;
                    cursor = next;
                    let mut updates = Vec::new();
                    for (history, erasure) in batch {
                        let update = preview(history, erasure, Actor::Desk, now, &policies)?;
                        if seen.insert(update.after.id) {
                            updates.push(update);
                        }
                    }
                    updates
                };
                updates.iter().try_for_each(&mut *take)?;
            }
        }
        Ok(())
    }

    /// Counts the tickets that the rules of a policy reach now; by default of the
    /// one in force.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn retention_due(
        &self,
        policy: Option<&Policy>,
    ) -> Result<Vec<RetentionDue>, Error> {
        let policies: std::rc::Rc<PolicyHistory> = self.policies_if_any()?;
        let rules = &policy.unwrap_or(&policies.current).retention;
        let mut all = Vec::new();
        for rule in rules {
            let mut due = RetentionDue {
                rule: rule.clone(),
                tickets: 0,
                persons: 0,
                held: 0,
            };
            let mut persons = HashSet::new();
            let mut cursor = RetentionCursor::start();
            while self.provider.exists()
                && let Some(txn) = self.read_everything()?
            {
                let Some(closed_by) = rule.closed_for.latest_start(self.now()) else {
                    break;
                };
                let (ids, next) = txn.due_for_retention(rule, closed_by, cursor, AT_ONCE)?;
                if ids.is_empty() {
                    break;
                }
                cursor = next;
                self.add_to_count(txn.as_ref(), &ids, &mut due, &mut persons)?;
            }
            due.persons = persons.len() as u64;
            all.push(due);
        }
        Ok(all)
    }

    /// Adds some tickets to a count.
    fn add_to_count(
        &self,
        txn: &dyn Transaction,
        ids: &[TicketId],
        due: &mut RetentionDue,
        persons: &mut HashSet<String>,
    ) -> Result<(), Error> {
        let holds = txn.holds()?;
        let holds = Holds::in_force(&holds);
        for row in txn.summaries(ids)? {
            let held = if holds.any_person() {
                holds.of_history(row.id, &txn.history(row.id)?).is_some()
            } else {
                holds.of_ticket(row.id).is_some()
            };
            if held {
                due.held += 1;
                continue;
            }
            due.tickets += 1;
            let contact = row.requester.contact.as_deref().map(normalized_contact);
            let name = row.requester.name.as_deref().map(normalized);
            persons.extend(contact.or(name).filter(|person| person != ERASED));
        }
        Ok(())
    }

    /// Whether a rule reaches any ticket after the cursor, without the write lock.
    fn is_any_due(&self, rule: &RetentionRule, from: RetentionCursor) -> Result<bool, Error> {
        let Some(closed_by) = rule.closed_for.latest_start(self.now()) else {
            return Ok(false);
        };
        match self.read_everything()? {
            Some(txn) => Ok(!txn
                .due_for_retention(rule, closed_by, from, 1)?
                .0
                .is_empty()),
            None => Ok(false),
        }
    }

    /// The next tickets that a rule reaches and no hold keeps, with what is erased
    /// of each.
    fn batch(
        &self,
        txn: &dyn Transaction,
        rule: &RetentionRule,
        now: Timestamp,
        from: RetentionCursor,
    ) -> Result<(Vec<DueTicket>, RetentionCursor), Error> {
        let Some(closed_by) = rule.closed_for.latest_start(now) else {
            return Ok((Vec::new(), from));
        };
        let (ids, next) = txn.due_for_retention(rule, closed_by, from, AT_ONCE)?;
        let holds = txn.holds()?;
        let holds = Holds::in_force(&holds);
        let mut batch = Vec::with_capacity(ids.len());
        for id in ids {
            let history = txn.history(id)?;
            if holds.of_history(id, &history).is_none() {
                let beside = Beside {
                    alarms: !txn.alarm_texts(id, None)?.is_empty(),
                    mails: txn.mails_of(id)?.iter().any(|mail| !mail.erased),
                };
                let erasure = erase_by_rule(&history, beside, rule);
                batch.push((history, erasure));
            }
        }
        Ok((batch, next))
    }
}
