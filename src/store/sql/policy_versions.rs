//! Policy versions as events of the desk itself. Does not parse them.

use std::ops::ControlFlow;

use super::super::StoreError;
use super::super::codec::{self, StoredEvent};
use super::append::{ChainWriter, Circumstances};
use super::driver::Executor;
use super::history::each_event;
use super::people::People;
use super::statements;
use crate::domain::policy::versions::{PolicyHistory, PolicyParser, PolicyVersion};

/// The kind of the event that a policy version is.
pub(crate) const KIND: &str = "policy";

/// The number of the version in force.
pub(crate) fn current_version(db: &Executor<'_>) -> Result<u32, StoreError> {
    let version = db.first(statements::POLICY_VERSION, &[], |row| row.number("version"))?;
    Ok(version.unwrap_or(1))
}

/// Every version, in order.
pub(crate) fn all(db: &Executor<'_>, people: &People) -> Result<Vec<PolicyVersion>, StoreError> {
    let mut stored = Vec::new();
    each_event(db, statements::POLICIES, &[], &mut |_, event| {
        stored.push(event);
        Ok(ControlFlow::Continue(()))
    })?;
    let version = |event| policy_version(db, people, event);
    stored.into_iter().map(version).collect()
}

/// The policy in force and all versions before it.
///
/// # Errors
/// [`StoreError::Damaged`] if the version in force cannot be read.
pub(crate) fn history(
    db: &Executor<'_>,
    people: &People,
    parse: PolicyParser,
) -> Result<PolicyHistory, StoreError> {
    PolicyHistory::from_versions(all(db, people)?, parse)
        .map_err(|version| StoreError::damaged(format!("policy version {version} cannot be read")))
}

fn policy_version(
    db: &Executor<'_>,
    people: &People,
    event: StoredEvent,
) -> Result<PolicyVersion, StoreError> {
    let (text, personal, files) = codec::read_policy(&event.body, &event.texts)?;
    Ok(PolicyVersion {
        version: u32::try_from(event.n)
            .map_err(|_| StoreError::damaged("the number of a policy version is out of range"))?,
        at: codec::timestamp(event.at_ms)?,
        recorded: codec::timestamp(event.recorded_ms)?,
        author: codec::read_actor(event.actor, &|number| people.find(db, number))?,
        text,
        personal,
        files,
    })
}

/// Appends a version to the chain.
pub(crate) fn add(
    db: &Executor<'_>,
    people: &People,
    version: &PolicyVersion,
) -> Result<(), StoreError> {
    let last = current_version(db)?;
    if version.version != last + 1 {
        return Err(StoreError::Failed {
            detail: format!("policy version {} does not follow {last}", version.version),
        });
    }
    let circumstances = Circumstances {
        ticket: None,
        n: version.version.into(),
        at_ms: version.at.timestamp_millis(),
        recorded_ms: version.recorded.timestamp_millis(),
    };
    let mut chain = ChainWriter::new(db, people)?;
    let author = chain.actor_number(&version.author, circumstances.recorded_ms)?;
    let draft = codec::draft_policy(&version.text, &version.personal, &version.files);
    chain.append_last(circumstances, author, KIND, draft)
}
