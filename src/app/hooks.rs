//! Use cases of hooks: events are queued for them in the transaction that records
//! the events, and programs run after its commit. Each step is on disk before what
//! it says can become untrue: a delivery that was claimed by a process that is gone
//! waits again.

use std::collections::BTreeMap;

use super::Desk;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::filter::Condition;
use crate::domain::filter::parse::{self, FilterContext, FilterError};
use crate::domain::filter::time_span::Clock;
use crate::domain::filter::views;
use crate::domain::hooks::{
    AfterDelivery, DeliveryState, GRACE, Hook, HookCall, HookDelivery, HookOutcome, HookOwner,
    HookRule, HookRules, HookRunner, HookState, HookTicket, KEPT, meets,
};
use crate::domain::people::{Agent, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

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
                    self.hook_conditions(hook, &policies, self.instant()).ok()
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

    /// What the filter of a hook says.
    fn hook_conditions(
        &self,
        hook: &Hook,
        policies: &PolicyHistory,
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
    fn deliver(
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
        match self.hook_conditions(hook, &policies, recorded) {
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
            Err(Error::Store(StoreError::Restricted(_))) => self.shown_row(delivery.ticket),
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

    /// The hooks of this process, each with how far it is.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn hook_states(&self) -> Result<Vec<HookState>, Error> {
        let deliveries = self.hook_deliveries(true)?;
        let all = self.hooks.map_or(&[][..], |hooks| hooks.all);
        let state = |hook: &Hook| {
            let own = |one: &&HookDelivery| one.owner == hook.owner && one.hook == hook.name;
            let count = |wanted: fn(DeliveryState) -> bool| {
                deliveries
                    .iter()
                    .filter(own)
                    .filter(|one| wanted(one.state))
                    .count() as u64
            };
            let is_waiting = |state: DeliveryState| !state.is_over();
            let delivered = deliveries.iter().filter(own);
            let delivered = delivered.filter(|one| one.state == DeliveryState::Delivered);
            HookState {
                waiting: count(is_waiting),
                failed: count(|state| state == DeliveryState::Failed),
                last: delivered.filter_map(|one| one.done).max(),
                hook: hook.clone(),
            }
        };
        Ok(all.iter().map(state).collect())
    }

    /// The deliveries that are not over, or all of the last days.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn hook_deliveries(&self, finished: bool) -> Result<Vec<HookDelivery>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.hook_deliveries(finished)?),
            None => Ok(Vec::new()),
        }
    }

    /// Makes a delivery wait again, whatever became of it, and tries it at once if
    /// its hook is one of this process.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such delivery, or it is tried at this moment.
    pub(crate) fn retry_delivery(&self, number: i64) -> Result<HookDelivery, Error> {
        let waits = self.move_delivery(number, DeliveryState::Waiting)?;
        let found = self.hooks.and_then(|hooks| {
            let is_its = |hook: &&Hook| hook.owner == waits.owner && hook.name == waits.hook;
            Some((hooks.all.iter().find(is_its)?, hooks.runner))
        });
        let Some((hook, runner)) = found else {
            return Ok(waits);
        };
        let lease = self.instant() + hook.timeout + GRACE;
        let claimed = self.write_everything(self.writer()?, |mut txn| {
            let claimed = match txn.holds_mail()? {
                true => None,
                false => txn.claim_delivery(number, &runner.claimant(), lease)?,
            };
            self.commit(txn)?;
            Ok(claimed)
        })?;
        match claimed {
            Some(claimed) => self.deliver(hook, claimed, runner),
            None => Ok(waits),
        }
    }

    /// Gives a delivery up.
    ///
    /// # Errors
    /// As [`Self::retry_delivery`].
    pub(crate) fn drop_delivery(&self, number: i64) -> Result<HookDelivery, Error> {
        self.move_delivery(number, DeliveryState::Dropped)
    }

    fn move_delivery(&self, number: i64, to: DeliveryState) -> Result<HookDelivery, Error> {
        // Names who does it, as every write.
        self.agent()?;
        let now = self.instant();
        self.write(self.writer()?, |mut txn, _| {
            let found = txn.hook_delivery(number)?;
            let delivery = found.ok_or_else(|| no_delivery(number))?;
            let is_tried = delivery.state == DeliveryState::Running
                && self.hooks.is_none_or(|hooks| {
                    let claimed = txn.claimed_deliveries(&delivery.owner, &delivery.hook);
                    let claimed = claimed.unwrap_or_default();
                    claimed.iter().any(|(id, by, until)| {
                        *id == number && *until >= now && !hooks.runner.is_gone(by)
                    })
                });
            if is_tried {
                return Err(Error::usage(
                    format!("delivery {number} is tried at this moment"),
                    "see what becomes of it: desk hooks",
                ));
            }
            let after = AfterDelivery {
                state: to,
                not_before: now,
                failures: 0,
                error: None,
            };
            if !txn.move_delivery(&delivery, &after, now)? {
                return Err(no_delivery(number));
            }
            self.commit(txn)?;
            Ok(changed(delivery, after, now))
        })
    }

    /// Runs the program of a hook with a made-up event, and records nothing.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such hook.
    pub(crate) fn test_hook<T>(
        &self,
        name: &str,
        run: impl FnOnce(&Hook, &HookCall<'_>) -> T,
    ) -> Result<(Hook, T), Error> {
        let all = self.hooks.map_or(&[][..], |hooks| hooks.all);
        // A user's own hook goes before one of the machine.
        let mut named = all.iter().filter(|hook| hook.name == name);
        let hook = named.clone().find(|hook| hook.owner != HookOwner::System);
        let hook = hook.or_else(|| named.next());
        let hook = hook.ok_or_else(|| no_hook(name, all))?;
        let policies = self.policies_if_any()?;
        let now = self.instant();
        let event = sample(&policies, now, self.agent().ok());
        let ticket = replay(vec![event.clone()])?;
        let details = TicketDetails {
            summary: Summary::new(&ticket, &policies),
            ticket,
            history: vec![event.clone()],
            merged_messages: Vec::new(),
            alarms: None,
            limit: None,
            undeliverable: None,
            undelivered: Vec::new(),
        };
        let delivery = HookDelivery {
            id: 0,
            owner: hook.owner.clone(),
            hook: hook.name.clone(),
            ticket: event.ticket,
            event: event.n,
            seq: 0,
            kind: event.fact.kind().to_owned(),
            delivery_id: "test".to_owned(),
            state: DeliveryState::Running,
            queued: now,
            attempts: 1,
            failures: 0,
            not_before: now,
            done: None,
            last_error: None,
        };
        let call = HookCall {
            delivery: &delivery,
            ticket: HookTicket::Whole(Box::new(details), Box::new(event)),
            policies: &policies,
            now,
        };
        Ok((hook.clone(), run(hook, &call)))
    }
}

/// The event of a test: the opening of a ticket that nobody has.
fn sample(policies: &PolicyHistory, now: Timestamp, agent: Option<Agent>) -> Event {
    use crate::domain::people::Actor;
    let tier = policies.current.first_tier().clone();
    let actor = match agent {
        Some(name) => Actor::Agent { name, login: None },
        None => Actor::Desk,
    };
    Event {
        ticket: TicketId(0),
        n: 1,
        at: now,
        recorded: now,
        actor,
        fact: Fact::Opened(Submission {
            title: "a test of the hook".to_owned(),
            description: None,
            requester: Requester::default(),
            channel: Channel::Other,
            key: None,
            tier,
        }),
    }
}

fn changed(delivery: HookDelivery, after: AfterDelivery, now: Timestamp) -> HookDelivery {
    HookDelivery {
        state: after.state,
        not_before: after.not_before,
        failures: after.failures,
        last_error: after.error.or(delivery.last_error),
        done: after.state.is_over().then_some(now),
        ..delivery
    }
}

fn no_delivery(number: i64) -> Error {
    Error::usage(
        format!("there is no delivery {number} to a hook"),
        "list them with: desk hooks --all",
    )
}

fn no_hook(name: &str, all: &[Hook]) -> Error {
    let names: Vec<&str> = all.iter().map(|hook| hook.name.as_str()).collect();
    Error::usage(
        format!("there is no hook '{name}'"),
        match names.is_empty() {
            true => "no hooks are set; see desk help hooks-guide".to_owned(),
            false => format!("hooks: {}", names.join(", ")),
        },
    )
}
