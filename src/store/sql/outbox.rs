//! The part of the transaction for mail that is sent, on any engine.

use super::super::StoreError;
use super::super::chain;
use super::super::port::Outbox;
use super::transaction::SqlTransaction;
use crate::domain::Timestamp;
use crate::domain::event::TicketId;

impl Outbox for SqlTransaction<'_> {
    fn mail_token(&mut self, ticket: TicketId, now: Timestamp) -> Result<String, StoreError> {
        Ok(chain::mail_token(self.own_key(now)?, ticket.0))
    }

    fn mail_store_id(&mut self, now: Timestamp) -> Result<String, StoreError> {
        let store = super::erasure::store_id(&self.db)?;
        Ok(chain::mail_store_id(self.own_key(now)?, &store))
    }

    fn random_token(&self) -> Result<String, StoreError> {
        let mut random = [0; chain::LENGTH];
        chain::fill_random(&mut random)?;
        Ok(chain::base32(&random, 16))
    }
}
