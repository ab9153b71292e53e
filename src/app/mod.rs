//! Use cases: begin, load, decide, save, commit. No rules are decided here and
//! nothing is printed.

mod alarms;
mod attachments;
mod automation;
mod breaches;
mod calendar_feed;
mod doctor;
mod erasure;
mod events;
mod explain;
mod export_import;
mod holds;
mod hook_admin;
mod hooks;
mod import;
mod import_runs;
mod inbox;
mod known_errors;
mod listing;
mod mail_in;
mod mail_preview;
mod metrics;
mod outbox;
mod person;
mod person_data;
mod person_folder;
mod policy;
mod policy_versions;
mod recording;
mod report;
mod retention;
mod search;
mod sending;
mod similar_names;
mod start_page;
mod store_admin;
mod team;
mod ticket_commands;
mod ticket_details;
mod undo;
mod validate_filter;
mod view;
mod writing;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use chrono::SubsecRound;

pub(crate) use attachments::{ContentSink, NewFile};
pub(crate) use automation::ClockJump;
pub(crate) use hooks::{DeliveryRound, Hooks};
pub(crate) use listing::Counted;
pub(crate) use mail_in::MailOutcome;
pub(crate) use person::TextSelection;
pub(crate) use person_data::PersonFound;
pub(crate) use policy::Applied;
pub(crate) use policy_versions::{parse_policy, policy_history};
pub(crate) use similar_names::{KnownNames, TypedName};
pub(crate) use view::view_of;

use crate::domain::Timestamp;
use crate::domain::decide::Ctx;
use crate::domain::event::TicketId;
use crate::domain::mail::handover::MakeTransport;
use crate::domain::mail::notices::Circumstances;
use crate::domain::people::{Actor, Agent, Login};
use crate::domain::policy::versions::PolicyHistory;
use crate::domain::rejection::Rejection;
use crate::domain::time::zone::Zone;
use crate::error::Error;
use crate::store::{AccessMode, Store, StoreError, StoreProvider, Transaction};

/// The desk: its store, its policy, and the context of a command.
pub(crate) struct Desk<'a> {
    pub(crate) zone: &'a Zone,
    /// The time given with `--at`.
    pub(crate) at: Option<Timestamp>,
    /// Returns who acts, or why nobody does.
    actor: &'a dyn Fn() -> Result<Agent, Error>,
    /// Whether somebody said who acts, rather than the system.
    pub(crate) names_agent: bool,
    /// Returns the account of the operating system, if it is known.
    login: &'a dyn Fn() -> Option<Login>,
    clock: fn() -> Timestamp,
    provider: &'a dyn StoreProvider,
    reader: OnceCell<Option<Box<dyn Store>>>,
    writer: OnceCell<Box<dyn Store>>,
    policies: RefCell<Option<Rc<PolicyHistory>>>,
    /// How many transactions were committed.
    commits: Cell<u64>,
    /// Whether data of people whose processing is limited are shown, for a reason
    /// that was recorded.
    shows_limited_data: Cell<bool>,
    /// How mail is handed over, if that is set up.
    pub(crate) transport: Option<&'a MakeTransport<'a>>,
    /// What is known about the command besides its events.
    pub(crate) circumstances: Cell<Circumstances>,
    /// The programs that are told of events, if there are any.
    pub(crate) hooks: Option<Hooks<'a>>,
    /// Whether something was queued for them.
    hooks_queued: Cell<bool>,
    /// Whether reads show what everybody may see, rather than the agent.
    reads_for_all: Cell<bool>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        zone: &'a Zone,
        at: Option<Timestamp>,
        actor: &'a dyn Fn() -> Result<Agent, Error>,
        login: &'a dyn Fn() -> Option<Login>,
        clock: fn() -> Timestamp,
        provider: &'a dyn StoreProvider,
    ) -> Self {
        Self {
            zone,
            at,
            actor,
            names_agent: false,
            login,
            clock,
            provider,
            reader: OnceCell::new(),
            writer: OnceCell::new(),
            policies: RefCell::new(None),
            commits: Cell::new(0),
            shows_limited_data: Cell::new(false),
            transport: None,
            circumstances: Cell::default(),
            hooks: None,
            hooks_queued: Cell::new(false),
            reads_for_all: Cell::new(false),
        }
    }

    /// Returns the policy in force and all earlier versions.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn policies(&self) -> Result<Rc<PolicyHistory>, Error> {
        if let Some(known) = self.policies.borrow().as_ref() {
            return Ok(Rc::clone(known));
        }
        // A policy is the same for everybody.
        match self.read_everything()? {
            Some(txn) => self.policies_in(txn.as_ref()),
            None => Ok(self.policies.borrow_mut().insert(Rc::default()).clone()),
        }
    }

    /// Returns the policy as [`Self::policies`] does, or the built-in one if there
    /// is no store: for commands that need none.
    ///
    /// # Errors
    /// Any other error of the store.
    pub(crate) fn policies_if_any(&self) -> Result<Rc<PolicyHistory>, Error> {
        if !self.provider.exists() {
            return Ok(Rc::default());
        }
        match self.policies() {
            // Whether a server has a store is known once it is opened.
            Err(Error::Store(StoreError::Missing { .. })) => Ok(Rc::default()),
            read => read,
        }
    }

    /// Returns the policy as [`Self::policies_if_any`] does, for a command that
    /// writes next, so that the store is not opened twice.
    ///
    /// # Errors
    /// As [`Self::policies_if_any`], and if the store cannot be written.
    pub(crate) fn policies_before_writing(&self) -> Result<Rc<PolicyHistory>, Error> {
        if self.provider.exists() {
            self.writer()?;
        }
        self.policies_if_any()
    }

    /// Returns the policy as a transaction sees it, because a new one may have been
    /// set since it was read.
    fn policies_in(&self, txn: &dyn Transaction) -> Result<Rc<PolicyHistory>, Error> {
        let version = txn.policy_version()?;
        let mut known = self.policies.borrow_mut();
        if let Some(known) = known.as_ref().filter(|known| known.version == version) {
            return Ok(Rc::clone(known));
        }
        let read = Rc::new(policy_history(txn)?);
        Ok(known.insert(read).clone())
    }

    /// Returns the policy as it was read first, or as a transaction sees it.
    fn policies_once(&self, txn: &dyn Transaction) -> Result<Rc<PolicyHistory>, Error> {
        let known = self.policies.borrow().clone();
        known.map_or_else(|| self.policies_in(txn), Ok)
    }

    /// Returns the policy if it was read already, or else the built-in one, so
    /// that no store is opened only for it.
    pub(crate) fn known_policies(&self) -> Rc<PolicyHistory> {
        self.policies.borrow().clone().unwrap_or_default()
    }

    /// Returns the time that reads refer to.
    pub(crate) fn now(&self) -> Timestamp {
        self.at.unwrap_or_else(|| self.instant())
    }

    /// Returns the time given with `--at`, if it is in the past.
    fn past(&self) -> Option<Timestamp> {
        self.at.filter(|at| *at < self.instant())
    }

    /// Returns the time of the machine's clock, in whole milliseconds.
    fn instant(&self) -> Timestamp {
        (self.clock)().trunc_subsecs(3)
    }

    /// Refuses a clock that was never set: its times would stay in the history.
    fn require_clock(&self) -> Result<(), Error> {
        let now = self.instant();
        if now < Timestamp::UNIX_EPOCH {
            return Err(Rejection::ClockUnset { now }.into());
        }
        Ok(())
    }

    /// Begins to read what the agent may see from the store, if there is one.
    fn read(&self) -> Result<Option<Box<dyn Transaction + '_>>, Error> {
        let Some(mut txn) = self.read_everything()? else {
            return Ok(None);
        };
        let view = self.view(txn.as_ref())?;
        txn.set_view(view);
        Ok(Some(txn))
    }

    /// As [`Self::read`], as a command of the agent would: what is limited stays a
    /// ticket that is worked on.
    fn read_to_act(&self) -> Result<Option<Box<dyn Transaction + '_>>, Error> {
        let Some(mut txn) = self.read_everything()? else {
            return Ok(None);
        };
        let view = self.view(txn.as_ref())?;
        txn.set_view(view.with_limited_data());
        Ok(Some(txn))
    }

    /// As [`Self::read`], whatever the agent may see: for what the desk does by
    /// itself.
    fn read_everything(&self) -> Result<Option<Box<dyn Transaction + '_>>, Error> {
        let store = self.reader()?;
        Ok(store.map(|s| s.begin(AccessMode::Read)).transpose()?)
    }

    /// Returns the store to read from, and opens it first if necessary.
    fn reader(&self) -> Result<Option<&dyn Store>, Error> {
        if let Some(store) = self.writer.get() {
            return Ok(Some(store.as_ref()));
        }
        if self.reader.get().is_none() {
            let store = self.provider.open(AccessMode::Read)?;
            self.reader.get_or_init(|| store);
        }
        Ok(self.reader.get().and_then(Option::as_deref))
    }

    /// Returns the store to write to, and opens it first if necessary.
    fn writer(&self) -> Result<&dyn Store, Error> {
        self.require_clock()?;
        if self.writer.get().is_none() {
            let store = self
                .provider
                .open(AccessMode::Write)?
                .ok_or(StoreError::Failed {
                    detail: "a store for writing was not created".to_owned(),
                })?;
            self.writer.get_or_init(|| store);
        }
        let store = self.writer.get().expect("it was set just now");
        Ok(store.as_ref())
    }

    /// Commits a transaction.
    fn commit(&self, txn: Box<dyn Transaction + '_>) -> Result<(), Error> {
        let has_queued = txn.has_queued_hooks();
        txn.commit()?;
        self.count_commit();
        if has_queued {
            self.hooks_queued.set(true);
        }
        Ok(())
    }

    fn count_commit(&self) {
        self.commits.set(self.commits.get() + 1);
    }

    /// Whether this command has changed anything that is on disk now.
    pub(crate) fn has_committed(&self) -> bool {
        self.commits.get() > 0
    }

    /// Returns the store for writing to a ticket. A missing store is not created,
    /// because it has no tickets.
    fn store_of(&self, id: TicketId) -> Result<&dyn Store, Error> {
        if self.provider.exists() {
            self.writer()
        } else {
            self.reader()?.ok_or(Error::NotFound(id))
        }
    }

    /// Returns the context of a command. The clock is read under the write
    /// lock, so that events of two agents are never recorded out of order.
    fn ctx<'p>(&self, policy: &'p PolicyHistory) -> Result<Ctx<'p>, Error> {
        Ok(self.dated(self.ctx_now(policy, self.acting(policy)?)))
    }

    /// Returns a context at the time given with `--at`, if there is one.
    fn dated<'p>(&self, ctx: Ctx<'p>) -> Ctx<'p> {
        Ctx {
            at: self.at.unwrap_or(ctx.now),
            backdated: self.at.is_some(),
            ..ctx
        }
    }

    /// Returns who acts, and under which account.
    ///
    /// # Errors
    /// If nobody acts, or the policy gives the agent another account.
    fn acting(&self, policy: &PolicyHistory) -> Result<Actor, Error> {
        let name = self.agent()?;
        let login = match self.database_login()? {
            Some(login) => {
                if !login.acts_for_others {
                    policy.check_login(&name, Some(&login.login))?;
                }
                Some(login.login.clone())
            }
            None => {
                let login = (self.login)();
                policy.check_login(&name, login.as_ref())?;
                login
            }
        };
        Ok(Actor::Agent { name, login })
    }

    /// Returns the context of a command that is not backdated.
    fn ctx_now<'p>(&self, policy: &'p PolicyHistory, actor: Actor) -> Ctx<'p> {
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
