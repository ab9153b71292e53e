//! Use cases of the policy: setting one, reading its versions, and applying it to
//! open tickets.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::Desk;
use super::policy_versions::put_in_force;
use super::recording::record_silently;
use super::ticket_commands::load;
use crate::domain::decide;
use crate::domain::event::TicketId;
use crate::domain::people::Actor;
use crate::domain::policy::versions::{PolicyHistory, PolicyVersion};
use crate::domain::policy::{Diagnostic, Policy};
use crate::domain::query::{Query, SortKey};
use crate::domain::read_models::{PolicySet, SlaChange};
use crate::domain::rejection::Rejection;
use crate::domain::summary::Summary;
use crate::error::Error;
use crate::policy_file;
use crate::policy_file::ParsedPolicy;
use crate::store::{AccessMode, Transaction};

/// The number of tickets that get new targets in one transaction.
const AT_ONCE: usize = 100;

/// The result of applying a policy.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) changes: Vec<SlaChange>,
    pub(crate) refused: Vec<(TicketId, Error)>,
}

impl Desk<'_> {
    /// Returns all versions of the policy that were set, in order.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn policy_versions(&self) -> Result<Vec<PolicyVersion>, Error> {
        match self.read()? {
            Some(txn) => Ok(txn.policy_versions()?),
            None => Ok(Vec::new()),
        }
    }

    /// Puts a document in force as the next version, unless it equals the
    /// current one. `based_on` is the version that the editor started from.
    ///
    /// # Errors
    /// If another version was set in the meantime, or an error of the store.
    pub(crate) fn set_policy(
        &self,
        text: &str,
        document: &ParsedPolicy,
        based_on: Option<u32>,
    ) -> Result<PolicySet, Error> {
        // A command without an actor must not create a store.
        self.agent()?;
        self.write_everything(self.writer()?, |mut txn| {
            let now = self.instant();
            let at = self.at.unwrap_or(now);
            let version = txn.policy_version()?;
            if based_on.is_some_and(|based_on| based_on != version) {
                return Err(Error::usage(
                    format!("version {version} of the policy was set in the meantime"),
                    "look at it with: desk policy diff; then edit again",
                ));
            }
            let in_force = self.policies_in(txn.as_ref())?;
            let author = self.acting(&in_force)?;
            let last = txn.policy_versions()?.pop();
            Rejection::check_not_in_the_future(at, now)?;
            self.check_policy_time(txn.as_ref())?;
            let mut notes = document.notes.clone();
            let same = last.is_some_and(|last| last.text == text && last.files == document.files);
            if same {
                return Ok(PolicySet {
                    version,
                    changed: false,
                    notes,
                });
            }
            notes.extend(self.removals(txn.as_ref(), &document.policy)?);
            let policy_version = PolicyVersion {
                version: version + 1,
                at,
                recorded: now,
                author,
                personal: policy_file::personal_parts(text),
                text: text.to_owned(),
                files: document.files.clone(),
            };
            put_in_force(txn.as_mut(), &policy_version)?;
            self.commit(txn)?;
            Ok(PolicySet {
                version: version + 1,
                changed: true,
                notes,
            })
        })
    }

    /// Returns a note for each name that open tickets use and the policy does not
    /// list. Such names are allowed.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn unlisted_names(&self, policy: &Policy) -> Result<Vec<Diagnostic>, Error> {
        match self.read()? {
            Some(txn) => self.removals(txn.as_ref(), policy),
            None => Ok(Vec::new()),
        }
    }

    /// Refuses a time before the last version of the policy was set.
    fn check_policy_time(&self, txn: &dyn Transaction) -> Result<(), Error> {
        let Some(at) = self.at else {
            return Ok(());
        };
        match txn.policy_versions()?.last() {
            Some(last) if at < last.at => Err(Rejection::BeforePolicy {
                version: last.version,
                at,
                set: last.at,
            }
            .into()),
            Some(_) | None => Ok(()),
        }
    }

    fn removals(&self, txn: &dyn Transaction, policy: &Policy) -> Result<Vec<Diagnostic>, Error> {
        let mut unlisted: BTreeMap<(&str, String), u64> = BTreeMap::new();
        let every = Query {
            sort: SortKey::Id,
            ..Query::open()
        };
        txn.each(&every, self.now(), &mut |row| {
            let agent = row.assignee.filter(|agent| !policy.has_agent(agent));
            let category = row.category.filter(|path| !policy.has_category(path));
            let tier = Some(row.tier).filter(|tier| !policy.tiers.contains(tier));
            let mut count = |what, name: String| *unlisted.entry((what, name)).or_default() += 1;
            if let Some(agent) = agent {
                count("agents", agent.to_string());
            }
            if let Some(category) = category {
                count("categories", category.as_str().to_owned());
            }
            if let Some(tier) = tier {
                count("tiers", tier.to_string());
            }
            ControlFlow::Continue(())
        })?;
        let remark = |((what, name), count): ((&str, String), u64)| Diagnostic {
            line: 1,
            key: what.to_owned(),
            message: if count == 1 {
                format!("'{name}' is not listed, but one open ticket has it")
            } else {
                format!("'{name}' is not listed, but {count} open tickets have it")
            },
        };
        let mut notes: Vec<Diagnostic> = unlisted.into_iter().map(remark).collect();
        notes.extend(unmarked(txn, policy)?);
        Ok(notes)
    }

    /// Sets the SLA targets of the policy in force on every open ticket.
    /// Returns the clocks that change, and the tickets on which this was
    /// refused.
    ///
    /// # Errors
    /// Errors of the store. Earlier batches are committed.
    pub(crate) fn apply_policy(&self) -> Result<Applied, Error> {
        self.agent()?;
        let Some(store) = self.reader()? else {
            return Ok(Applied::default());
        };
        let ids = store.begin(AccessMode::Read)?.open_ids()?;
        let mut applied = Applied::default();
        for some in ids.chunks(AT_ONCE) {
            // As the desk does it, on every ticket; only what is shown depends on
            // the agent.
            let part = self.write_everything(self.writer()?, |mut txn| {
                let mut part = Applied::default();
                let view = self.view(txn.as_ref())?;
                self.check_policy_time(txn.as_ref())?;
                let policies = self.policies_in(txn.as_ref())?;
                let ctx = self.ctx(&policies)?;
                for id in some {
                    let ticket = load(txn.as_ref(), *id)?;
                    let events = match decide::apply_policy(&ticket, &ctx) {
                        Ok(events) if events.is_empty() => continue,
                        Ok(events) => events,
                        Err(refusal) => {
                            part.refused.push((*id, refusal.into()));
                            continue;
                        }
                    };
                    let done = record_silently(txn.as_mut(), ticket, events, &policies)?;
                    part.changes.extend(done.before.map(|before| SlaChange {
                        before: view.shown(before),
                        after: view.shown(done.after),
                    }));
                }
                self.commit(txn)?;
                Ok(part)
            })?;
            applied.refused.extend(part.refused);
            applied.changes.extend(part.changes);
        }
        Ok(applied)
    }

    /// Returns how a policy, by default the one in force, would change the SLA
    /// targets of every open ticket. Changes nothing.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn preview_policy(&self, policy: Option<Policy>) -> Result<Applied, Error> {
        let Some(txn) = self.read_everything()? else {
            return Ok(Applied::default());
        };
        let view = self.view(txn.as_ref())?;
        if policy.is_none() {
            self.check_policy_time(txn.as_ref())?;
        }
        let today = self.policies_in(txn.as_ref())?;
        let then = match policy {
            Some(policy) => today.with_next(policy),
            None => PolicyHistory::clone(&today),
        };
        let ctx = self.dated(self.ctx_now(&then, Actor::Desk));
        let mut applied = Applied::default();
        for id in txn.open_ids()? {
            let mut ticket = load(txn.as_ref(), id)?;
            let before = Summary::new(&ticket, &today);
            match decide::apply_policy(&ticket, &ctx) {
                Ok(events) if events.is_empty() => {}
                Ok(events) => {
                    for event in &events {
                        ticket.apply(event);
                    }
                    let after = view.shown(Summary::new(&ticket, &then));
                    let before = view.shown(before);
                    applied.changes.push(SlaChange { before, after });
                }
                Err(refusal) => applied.refused.push((id, refusal.into())),
            }
        }
        Ok(applied)
    }
}

/// Findings that name a ticket which is not marked as a known error.
fn unmarked(txn: &dyn Transaction, policy: &Policy) -> Result<Vec<Diagnostic>, Error> {
    let findings = policy.categories.iter().flat_map(|branch| {
        let findings = branch.findings.iter();
        findings.map(|finding| (&branch.path, finding.advice.known_error))
    });
    let mut notes = Vec::new();
    for (path, id) in findings {
        let Some(id) = id else { continue };
        let row = txn.summary(id)?;
        if row.as_ref().is_none_or(|row| !row.is_known_error) {
            notes.push(Diagnostic {
                line: 1,
                key: format!("categories.{path:?}.findings", path = path.as_str()),
                message: match row {
                    Some(_) => format!(
                        "{id} is not marked as a known error; mark it with: desk known-errors add {}",
                        id.0
                    ),
                    None => format!("there is no ticket {id}"),
                },
            });
        }
    }
    Ok(notes)
}
