//! Transactions that write. Where several writers work side by side, the store may
//! refuse one because another got in its way; it is then tried again from the
//! beginning, with what is there now.

use super::Desk;
use crate::domain::decide::Command;
use crate::domain::privacy::view::View;
use crate::error::Error;
use crate::store::{AccessMode, Store, StoreError, Transaction};

/// How often a transaction is tried.
const TRIES: u32 = 5;

impl Desk<'_> {
    /// Runs a use case of the agent in a transaction that excludes all other
    /// writers. What is restricted to others is refused; the view is also what is
    /// shown of the result. `attempt` commits, and is called again if the store
    /// says so and nothing was committed.
    ///
    /// # Errors
    /// What `attempt` returns, and [`StoreError::Contended`] after five tries.
    pub(super) fn write<T>(
        &self,
        store: &dyn Store,
        attempt: impl FnMut(Box<dyn Transaction + '_>, View) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_as(store, AccessMode::Write, attempt)
    }

    /// As [`Self::write`], beside others who write to other tickets: for use cases
    /// that decide from the histories of tickets and the policy alone.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(super) fn write_tickets<T>(
        &self,
        store: &dyn Store,
        attempt: impl FnMut(Box<dyn Transaction + '_>, View) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_as(store, AccessMode::WriteTickets, attempt)
    }

    /// As [`Self::write`], whatever the agent may see: for what the desk does by
    /// itself.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(super) fn write_everything<T>(
        &self,
        store: &dyn Store,
        mut attempt: impl FnMut(Box<dyn Transaction + '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.retrying(store, || attempt(store.begin(AccessMode::Write)?))
    }

    fn write_as<T>(
        &self,
        store: &dyn Store,
        mode: AccessMode,
        mut attempt: impl FnMut(Box<dyn Transaction + '_>, View) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.retrying(store, || {
            let mut txn = store.begin(mode)?;
            let view = self.view(txn.as_ref())?;
            // What is limited stays a ticket that is worked on.
            txn.set_view(view.with_limited_data());
            attempt(txn, view)
        })
    }

    fn retrying<T>(
        &self,
        store: &dyn Store,
        mut attempt: impl FnMut() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let before = self.commits.get();
        let mut tries = 1;
        loop {
            match attempt() {
                Err(Error::Store(StoreError::Contended))
                    if tries < TRIES && self.commits.get() == before =>
                {
                    // It may have been set by what was rolled back.
                    self.policies.replace(None);
                    store.wait_before(tries + 1);
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

/// Whether a command is decided from the history of its ticket and the policy, and
/// changes no other ticket.
pub(super) fn concerns_one_ticket(command: &Command) -> bool {
    match command {
        Command::Identify { .. }
        | Command::Log { .. }
        | Command::Categorize { .. }
        | Command::Prioritize(_)
        | Command::Assign { .. }
        | Command::Take { .. }
        | Command::Unassign { .. }
        | Command::Escalate { .. }
        | Command::InformManager { .. }
        | Command::ProposeHypothesis { .. }
        | Command::JudgeHypothesis { .. }
        | Command::ArrangeCall { .. }
        | Command::MoveCall { .. }
        | Command::AnswerCall { .. }
        | Command::EndCall { .. }
        | Command::Pause(_)
        | Command::Resume { .. }
        | Command::Reply { .. }
        | Command::AddParticipant { .. }
        | Command::RemoveParticipant { .. }
        | Command::Resolve { .. }
        | Command::ConfirmRestored { .. }
        | Command::Close { .. }
        | Command::MarkKnownError(_)
        | Command::WithdrawKnownError { .. }
        | Command::Tag { .. }
        | Command::SetFields { .. }
        | Command::AddToChecklist { .. }
        | Command::MarkChecklist { .. }
        | Command::Breach(_) => true,
        Command::TagAnd { command, .. } => concerns_one_ticket(command),
        // It reads the known errors that the findings name.
        Command::Diagnose(_)
        // It may be recorded on another ticket, if need be a new one.
        | Command::RecordMessage { .. }
        // It may undo a merge.
        | Command::Reopen { .. }
        // Nobody may read the ticket meanwhile in order to write.
        | Command::Restrict { .. }
        | Command::LiftRestriction { .. } => false,
    }
}
