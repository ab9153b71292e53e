//! The use cases: begin, load, decide, save, commit. No rule is made here,
//! and nothing is printed.

mod automation;
mod explain;
mod export_import;
mod import;
mod known_errors;
mod policy;
mod policy_versions;
mod queries;
mod report;
mod search;
mod store_admin;
mod ticket_commands;
mod validate_filter;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use chrono::SubsecRound;

pub(crate) use policy::Applied;
pub(crate) use policy_versions::policy_history;

use crate::domain::Timestamp;
use crate::domain::decide::Ctx;
use crate::domain::event::TicketId;
use crate::domain::people::{Actor, Agent};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::store::{AccessMode, Store, StoreError, StoreProvider, Transaction};

/// The desk as a command finds it.
pub(crate) struct Desk<'a> {
    pub(crate) zone: &'a Zone,
    /// The moment to act as of, where one was given.
    pub(crate) at: Option<Timestamp>,
    /// Who acts, or why nobody does.
    pub(crate) actor: &'a dyn Fn() -> Result<Agent, Error>,
    clock: fn() -> Timestamp,
    keeper: &'a dyn StoreProvider,
    reader: OnceCell<Option<Box<dyn Store>>>,
    writer: OnceCell<Box<dyn Store>>,
    policies: RefCell<Option<Rc<PolicyHistory>>>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        zone: &'a Zone,
        at: Option<Timestamp>,
        actor: &'a dyn Fn() -> Result<Agent, Error>,
        clock: fn() -> Timestamp,
        keeper: &'a dyn StoreProvider,
    ) -> Self {
        Self {
            zone,
            at,
            actor,
            clock,
            keeper,
            reader: OnceCell::new(),
            writer: OnceCell::new(),
            policies: RefCell::new(None),
        }
    }

    /// The policy in force and all before it.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn policies(&self) -> Result<Rc<PolicyHistory>, Error> {
        if let Some(known) = self.policies.borrow().as_ref() {
            return Ok(Rc::clone(known));
        }
        match self.reader()? {
            Some(store) => self.policies_in(store.begin(AccessMode::Read)?.as_ref()),
            None => Ok(self.policies.borrow_mut().insert(Rc::default()).clone()),
        }
    }

    /// As [`Self::policies`], or those of a fresh desk where there is no
    /// store: for questions that need none.
    ///
    /// # Errors
    /// Any other of the store's.
    pub(crate) fn policies_if_any(&self) -> Result<Rc<PolicyHistory>, Error> {
        if self.keeper.exists() {
            self.policies()
        } else {
            Ok(Rc::default())
        }
    }

    /// The policy as a transaction sees it: somebody may have set another one
    /// since it was read.
    fn policies_in(&self, txn: &dyn Transaction) -> Result<Rc<PolicyHistory>, Error> {
        let version = txn.policy_version()?;
        let mut known = self.policies.borrow_mut();
        if let Some(known) = known.as_ref().filter(|known| known.version == version) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(policy_history(txn)?);
        Ok(known.insert(read).clone())
    }

    /// The policy as far as it was asked for: commands that need no store do
    /// not open one to learn it.
    pub(crate) fn known_policies(&self) -> Rc<PolicyHistory> {
        self.policies.borrow().clone().unwrap_or_default()
    }

    /// The moment that reading is about.
    pub(crate) fn now(&self) -> Timestamp {
        self.at.unwrap_or_else(|| self.instant())
    }

    /// What the machine's clock says, in whole milliseconds.
    fn instant(&self) -> Timestamp {
        (self.clock)().trunc_subsecs(3)
    }

    /// The store to read from, opened at the first need.
    fn reader(&self) -> Result<Option<&dyn Store>, Error> {
        if let Some(store) = self.writer.get() {
            return Ok(Some(store.as_ref()));
        }
        if self.reader.get().is_none() {
            let store = self.keeper.open(AccessMode::Read)?;
            self.reader.get_or_init(|| store);
        }
        Ok(self.reader.get().and_then(Option::as_deref))
    }

    /// The store to write to, opened at the first need.
    fn writer(&self) -> Result<&dyn Store, Error> {
        if self.writer.get().is_none() {
            let store = self
                .keeper
                .open(AccessMode::Write)?
                .ok_or(StoreError::Failed {
                    detail: "a store to write to is always made".to_owned(),
                })?;
            self.writer.get_or_init(|| store);
        }
        let store = self.writer.get().expect("it was set just now");
        Ok(store.as_ref())
    }

    /// The store that holds a ticket. One that does not exist holds none, and
    /// is not made by looking for it.
    fn holder(&self, id: TicketId) -> Result<&dyn Store, Error> {
        if self.keeper.exists() {
            self.writer()
        } else {
            self.reader()?.ok_or(Error::NotFound(id))
        }
    }

    /// The circumstances of a write. The clock is read under the write lock,
    /// so that of two agents the later one is never before the earlier.
    fn ctx<'p>(&self, policy: &'p PolicyHistory) -> Result<Ctx<'p>, Error> {
        let ctx = self.acting(policy, Actor::Agent((self.actor)()?));
        Ok(Ctx {
            at: self.at.unwrap_or(ctx.now),
            backdated: self.at.is_some(),
            ..ctx
        })
    }

    /// The circumstances of a step that nobody backdates.
    fn acting<'p>(&self, policy: &'p PolicyHistory, actor: Actor) -> Ctx<'p> {
        let now = self.instant();
        Ctx {
            at: now,
            backdated: false,
            now,
            actor,
            policy,
        }
    }
}

#[cfg(test)]
mod tests;
