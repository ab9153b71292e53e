//! Use cases of hooks: events are queued for them in the transaction that records
//! the events, and programs run after its commit. Each step is on disk before what
//! it says can become untrue: a delivery that was claimed by a process that is gone
//! waits again.

use std::collections::BTreeMap;

use super::Desk;
use super::ticket_commands::replay;
use super::validate_filter::type_of_field_in;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;
use crate::domain::filter::Condition;
use crate::domain::filter::parse::{self, FilterContext, FilterError};
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::views;
use crate::domain::hooks::{
    AfterDelivery, DeliveryState, GRACE, Hook, HookCall, HookDelivery, HookOutcome, HookOwner,
    HookRule, HookRules, HookRunner, HookTicket, KEPT, meets,
};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::FieldType;
use crate::error::Error;
use crate::store::Transaction;

/// The hooks of this process.
#[derive(Clone, Copy)]
pub(crate) struct Hooks<'a> {
    pub(crate) all: &'a [Hook],
    /// Saved filters of the user.
    pub(crate) views: &'a BTreeMap<String, String>,
    /// The names of the hooks whose program this process is part of: they are not
    /// told of what it does, or that would never end.
    pub(crate) within: &'a [String],
    pub(crate) runner: &'a dyn HookRunner,
}

/// Who runs programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeliveryRound {
    /// A process that follows a command.
    AfterCommand,
    /// Somebody asked for it, or a timer.
    Requested,
}

impl Desk<'_> {
    /// Which events of a transaction are queued for which hooks.
    pub(super) fn hook_rules(&self, txn: &dyn Transaction) -> Result<HookRules, Error> {
        let Some(hooks) = self.hooks else {
            return Ok(HookRules::default());
        };
        let told = hooks.all.iter();
        let told = told.filter(|hook| !hooks.within.contains(&hook.name));
        let rule = |hook: &Hook| -> Result<HookRule, Error> {
            let conditions = match &hook.filter {
                None => Some(Vec::new()),
                Some(_) => {
                    let policies = self.policies_in(txn)?;
                    let retired = |name: &str| type_of_field_in(txn, name);
                    let now = self.instant();
                    self.hook_conditions(hook, &policies, &retired, now).ok()
                }
            };
            Ok(HookRule {
                owner: hook.owner.clone(),
                hook: hook.name.clone(),
                on: hook.on.clone(),
                conditions,
            })
        };
        told.map(rule).collect()
    }

    /// What the filter of a hook says; `retired` knows the types of fields that the
    /// policy does not define any more.
    fn hook_conditions(
        &self,
        hook: &Hook,
        policies: &PolicyHistory,
        retired: &dyn Fn(&str) -> Option<FieldType>,
        now: Timestamp,
    ) -> Result<Vec<Condition>, FilterError> {
        let Some(text) = &hook.filter else {
            return Ok(Vec::new());
        };
        let policy = &policies.current;
        let own = match (&hook.owner, self.hooks) {
            (HookOwner::User(_), Some(hooks)) => Some(hooks.views),
            (HookOwner::User(_) | HookOwner::System, _) => None,
        };
        let find = |name: &str| {
            let own = own.and_then(|own| own.get(name));
            own.or_else(|| policy.views.get(name)).cloned()
        };
        let known = || policy.views.keys().cloned().collect();
        let words = views::expand(&parse::split(text)?, &find, &known)?;
        let me = || match hook.owner {
            HookOwner::User(_) => self.agent().ok(),
            HookOwner::System => None,
        };
        let filter = FilterContext {
            clock: Clock {
                now,
                zone: self.zone,
            },
            me: &me,
            tiers: &policy.tiers,
            lowest_priority: policy.matrix.lowest_rank(),
            fields: &policy.fields,
            retired,
        };
        parse::parse(&words, &filter)
    }

    /// Whether this process has queued something for a hook that it has not tried
    /// to deliver.
    pub(crate) fn has_queued_hooks(&self) -> bool {
        self.hooks_queued.get()
    }

    /// Tells the hooks of this process of everything that is due, and returns the
    /// deliveries after their attempts. A hook whose program fails is set aside for
    /// the rest of the round.
    ///
    /// # Errors
    /// Any error of the store. What was delivered before is on record.
    pub(crate) fn deliver_hooks(&self, round: DeliveryRound) -> Result<Vec<HookDelivery>, Error> {
        self.hooks_queued.set(false);
        let mut tried = Vec::new();
        let Some(hooks) = self.hooks else {
            return Ok(tried);
        };
        for hook in hooks.all {
            if hook.only_sweep && round == DeliveryRound::AfterCommand {
                continue;
            }
            while let Some(claimed) = self.claim_next(hook, hooks.runner)? {
                let ended = self.deliver(hook, claimed, hooks.runner)?;
                let goes_on = ended.failures == 0 || ended.state != DeliveryState::Waiting;
                let goes_on = goes_on && ended.state != DeliveryState::Failed;
                tried.push(ended);
                if !goes_on {
                    break;
                }
            }
        }
        if !tried.is_empty() {
            let before = self.instant() - KEPT;
            self.write_everything(self.writer()?, |mut txn| {
                txn.remove_deliveries(before)?;
                self.commit(txn)
            })?;
        }
        Ok(tried)
    }

    /// Claims the oldest delivery of a hook that is due, unless a process that is
    /// alive tells it of something else: a hook is told of one event at a time.
    fn claim_next(
        &self,
        hook: &Hook,
        runner: &dyn HookRunner,
    ) -> Result<Option<HookDelivery>, Error> {
        let now = self.instant();
        let is_gone = |claimant: &str, until: Timestamp| until < now || runner.is_gone(claimant);
        // Looks first without the lock that keeps others from writing.
        let Some(txn) = self.read_everything()? else {
            return Ok(None);
        };
        if txn.holds_mail()? {
            return Ok(None);
        }
        let is_due = txn.next_delivery(&hook.owner, &hook.name, now)?.is_some();
        let claimed = txn.claimed_deliveries(&hook.owner, &hook.name)?;
        drop(txn);
        let gone = |(_, by, until): &(i64, String, Timestamp)| is_gone(by, *until);
        if !is_due && !claimed.iter().any(gone) {
            return Ok(None);
        }
        let lease = now + hook.timeout + GRACE;
        self.write_everything(self.writer()?, |mut txn| {
            for (id, by, until) in txn.claimed_deliveries(&hook.owner, &hook.name)? {
                if !is_gone(&by, until) {
                    return Ok(None);
                }
                txn.release_delivery(id, &by)?;
            }
            let next = txn.next_delivery(&hook.owner, &hook.name, now)?;
            let claimed = match next {
                Some(id) => txn.claim_delivery(id, &runner.claimant(), lease)?,
                None => None,
            };
            self.commit(txn)?;
            Ok(claimed)
        })
    }

    /// Runs the program of a hook once for a delivery that was claimed, and returns
    /// the delivery as it is afterwards.
    pub(super) fn deliver(
        &self,
        hook: &Hook,
        delivery: HookDelivery,
        runner: &dyn HookRunner,
    ) -> Result<HookDelivery, Error> {
        let outcome = self.run_hook(hook, &delivery, runner)?;
        let claimant = runner.claimant();
        let now = self.instant();
        let after = delivery.after(outcome, hook.attempts, now);
        let has_ended = self.write_everything(self.writer()?, |mut txn| {
            let has_ended = txn.end_delivery(delivery.id, &claimant, &after, now)?;
            self.commit(txn)?;
            Ok(has_ended)
        })?;
        Ok(match has_ended {
            true => changed(delivery, after, now),
            false => delivery,
        })
    }

    fn run_hook(
        &self,
        hook: &Hook,
        delivery: &HookDelivery,
        runner: &dyn HookRunner,
    ) -> Result<HookOutcome, Error> {
        let policies = self.policies()?;
        let told = match self.told_of(hook, delivery) {
            Ok(told) => told,
            Err(Error::NotFound(_)) => {
                return Ok(HookOutcome::Failed("the ticket is not there".to_owned()));
            }
            Err(fault) => return Err(fault),
        };
        let Some((ticket, row)) = told else {
            // It is about a ticket that is restricted to others.
            return Ok(HookOutcome::LeftOut("the event is not to be seen"));
        };
        let recorded = match &ticket {
            HookTicket::Whole(_, event) => event.recorded,
            HookTicket::NumberOnly(row) => row.updated,
        };
        let retired = |name: &str| {
            // What a field is does not depend on who sees its values.
            let txn = self.read_everything().ok()??;
            type_of_field_in(txn.as_ref(), name)
        };
        match self.hook_conditions(hook, &policies, &retired, recorded) {
            Err(fault) => return Ok(HookOutcome::Failed(fault.to_string())),
            Ok(conditions) if !meets(&conditions, &row, recorded) => {
                return Ok(HookOutcome::LeftOut("the filter leaves it out"));
            }
            Ok(_) => {}
        }
        let call = HookCall {
            delivery,
            ticket,
            policies: &policies,
            now: self.instant(),
        };
        Ok(runner.run(hook, &call))
    }

    /// What a hook is told of the ticket of a delivery, and the row of the ticket
    /// as it was after the event. A hook of the machine is told what somebody sees
    /// whom no ticket is restricted to.
    fn told_of(
        &self,
        hook: &Hook,
        delivery: &HookDelivery,
    ) -> Result<Option<(HookTicket, Summary)>, Error> {
        let before = self.reads_for_all.replace(hook.owner == HookOwner::System);
        let found = self.details(delivery.ticket);
        let row = match &found {
            Err(Error::Rejected(Rejection::Restricted { .. })) => self.shown_row(delivery.ticket),
            Ok(_) | Err(_) => Ok(None),
        };
        self.reads_for_all.set(before);
        if let Some(row) = row? {
            return Ok(Some((HookTicket::NumberOnly(Box::new(row.clone())), row)));
        }
        let page = found?;
        let Some(at) = page.history.iter().position(|one| one.n == delivery.event) else {
            return Ok(None);
        };
        let policies = self.policies()?;
        let event = page.history[at].clone();
        // As it was after all that the command did: a ticket is opened with its
        // priority.
        let after = page.history[at..].iter();
        let together = after.take_while(|one| one.is_together_with(&event)).count();
        let until = at + together.max(1);
        let row = Summary::new(&replay(page.history[..until].to_vec())?, &policies);
        let ticket = HookTicket::Whole(Box::new(page), Box::new(event));
        Ok(Some((ticket, row)))
    }

    fn shown_row(&self, id: TicketId) -> Result<Option<Summary>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.summary(id)?.map(|row| row.at(self.now()))),
            None => Ok(None),
        }
    }
}

/// A delivery after a change.
pub(super) fn changed(
    delivery: HookDelivery,
    after: AfterDelivery,
    now: Timestamp,
) -> HookDelivery {
    HookDelivery {
        state: after.state,
        not_before: after.not_before,
        failures: after.failures,
        last_error: after.error.or(delivery.last_error),
        done: after.state.is_over().then_some(now),
        ..delivery
    }
}
