//! What the acting agent sees of the store.

use super::Desk;
use crate::domain::people::Agent;
use crate::domain::privacy::person_register::PersonRegister;
use crate::domain::privacy::view::View;
use crate::error::Error;
use crate::store::{StoreError, Transaction};

/// Returns what a reader sees, who is only asked for where something is
/// restricted.
///
/// # Errors
/// Any error of the store.
pub(crate) fn view_of(
    txn: &dyn Transaction,
    reader: impl FnOnce() -> Option<Agent>,
) -> Result<View, StoreError> {
    if !txn.may_hide_anything()? {
        return Ok(View::default());
    }
    let restricted = txn.restrictions()?;
    let limited = PersonRegister::from_events(txn.person_events()?).limited();
    let reader = if restricted.is_empty() {
        None
    } else {
        reader()
    };
    Ok(View::new(restricted, reader.as_ref(), limited))
}

impl Desk<'_> {
    /// Returns what the acting agent sees.
    pub(super) fn view(&self, txn: &dyn Transaction) -> Result<View, Error> {
        let mut fault = None;
        let reader = || {
            if self.reads_for_all.get() {
                return None;
            }
            match self.policies_in(txn).map(|policy| self.acting(&policy)) {
                // Whoever may not act under a name sees nothing by it either.
                Ok(acting) => acting.ok()?.agent().cloned(),
                Err(reason) => {
                    fault = Some(reason);
                    None
                }
            }
        };
        let view = view_of(txn, reader)?;
        if let Some(fault) = fault {
            return Err(fault);
        }
        Ok(if self.shows_limited_data.get() {
            view.with_limited_data()
        } else {
            view
        })
    }
}
