//! The stored policy versions: parsed, and put in force.

use crate::domain::automation;
use crate::domain::policy::Policy;
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::ticket::Ticket;
use crate::policy_file;
use crate::store::{StoreError, Transaction};

/// How many timers are set at once.
const PAGE: usize = 500;

/// Parses a policy version; `None` if it can no longer be parsed.
pub(crate) fn parse_policy(version: &PolicyVersion) -> Option<Policy> {
    Some(policy_file::parse_version(version).ok()?.policy)
}

/// The policy in force and all versions before it.
///
/// # Errors
/// [`StoreError::Damaged`] if the version in force cannot be parsed.
pub(crate) fn policy_history(txn: &dyn Transaction) -> Result<PolicyHistory, StoreError> {
    let versions = txn.policy_versions()?;
    PolicyHistory::from_versions(versions, parse_policy)
        .map_err(|version| StoreError::damaged(format!("policy version {version} cannot be read")))
}

/// Puts a policy version in force, and updates when desk must next act on each
/// open ticket.
///
/// # Errors
/// Any error of the store.
pub(super) fn put_in_force(
    txn: &mut dyn Transaction,
    version: &PolicyVersion,
) -> Result<(), StoreError> {
    txn.add_policy_version(version)?;
    let policies = policy_history(txn)?;
    for page in txn.open_ids()?.chunks(PAGE) {
        let mut timers = Vec::with_capacity(page.len());
        for id in page {
            let ticket = Ticket::replay(&txn.history(*id)?);
            let due = ticket.and_then(|ticket| automation::next_timer(&ticket, &policies));
            timers.push((*id, due.map(|due| due.actionable_at)));
        }
        txn.set_timers(&timers)?;
    }
    Ok(())
}
