//! The events of a transaction that are not appended to the chain yet. They are at
//! the commit, or before something reads them: the end of the chain is locked as
//! shortly as possible, and written with few statements.

use super::super::StoreError;
use super::append::ChainWriter;
use super::attachments;
use super::driver::Executor;
use super::transaction::SqlTransaction;
use crate::domain::event::Event;

/// So many queued events are appended to the chain at a time.
const MOST_QUEUED: usize = 256;

impl<'a> SqlTransaction<'a> {
    /// Runs statements on everything that was written.
    pub(super) fn db(&self) -> Result<&Executor<'a>, StoreError> {
        self.flush()?;
        Ok(&self.executor)
    }

    /// Runs statements that read neither events nor their texts nor people.
    pub(super) const fn beside_chain(&self) -> &Executor<'a> {
        &self.executor
    }

    /// As [`Self::db`], for what appends to the chain by itself.
    pub(super) fn db_to_append(&self) -> Result<&Executor<'a>, StoreError> {
        let db = self.db()?;
        self.chain_end.take();
        Ok(db)
    }

    /// Queues the events of a ticket, and notes which files they are about.
    pub(super) fn queue_events(&self, events: &[Event]) -> Result<(), StoreError> {
        for event in events {
            attachments::add_event(&self.executor, event)?;
        }
        let mut queued = self.queued.borrow_mut();
        queued.extend_from_slice(events);
        let many = queued.len() >= MOST_QUEUED;
        drop(queued);
        if many { self.flush() } else { Ok(()) }
    }

    /// Appends the queued events to the chain.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        let events = self.queued.take();
        if events.is_empty() {
            return Ok(());
        }
        let end = self.chain_end.take();
        let mut chain = ChainWriter::resume(&self.executor, &self.people, end, &events)?;
        events.iter().try_for_each(|event| chain.add_event(event))?;
        let end = chain.finish()?;
        *self.chain_end.borrow_mut() = Some(end);
        Ok(())
    }
}
