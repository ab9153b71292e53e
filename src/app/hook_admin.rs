//! Use cases of those who look after hooks: what is on its way, trying it again,
//! giving it up, and running a program for a test.

use super::Desk;
use super::hooks::changed;
use super::ticket_commands::replay;
use crate::domain::Timestamp;
use crate::domain::event::{Event, Fact, Submission, TicketId};
use crate::domain::hooks::{
    AfterDelivery, DeliveryState, GRACE, Hook, HookCall, HookDelivery, HookOwner, HookState,
    HookTicket,
};
use crate::domain::people::{Actor, Agent, Requester};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::read_models::TicketDetails;
use crate::domain::summary::Summary;
use crate::domain::vocabulary::Channel;
use crate::error::Error;

impl Desk<'_> {
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
            merged_events: Vec::new(),
            merged_time: Vec::new(),
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
