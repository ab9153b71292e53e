//! Checking the names in a filter.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::Desk;
use crate::domain::Timestamp;
use crate::domain::category::Category;
use crate::domain::did_you_mean::similar_names;
use crate::domain::filter::{Condition, MentionedNames, Test};
use crate::domain::people::Agent;
use crate::domain::query::{Query, SortKey};
use crate::domain::rejection::Rejection;
use crate::domain::tag::Tag;
use crate::domain::vocabulary::{FieldType, UnknownWord};
use crate::error::Error;
use crate::store::{NameKind, Transaction, UsedNames};

impl Desk<'_> {
    /// Refuses a category or an agent that is not listed and that no ticket has, so
    /// that a typing error does not give an empty list.
    ///
    /// # Errors
    /// [`UnknownWord`] with the names in use.
    pub(crate) fn check_names(&self, query: &Query) -> Result<(), Error> {
        let mut names = MentionedNames::of(&query.conditions);
        names.categories.extend(query.categories.iter().cloned());
        names.assignees.extend(query.assignees.iter().cloned());
        if names.categories.is_empty() && names.assignees.is_empty() && names.tags.is_empty() {
            return Ok(());
        }
        let Some(txn) = self.read()? else {
            return Ok(());
        };
        // One ticket is enough; all names are read only to suggest one.
        let policies = self.policies_in(txn.as_ref())?;
        let listed = |root: &Category| {
            let tree = &policies.categories;
            !tree.is_empty() && tree.iter().any(|branch| branch.path.is_within(root))
        };
        for root in names.categories.iter().filter(|root| !listed(root)) {
            let below = Query {
                categories: vec![root.clone()],
                ..Query::all()
            };
            if !any(txn.as_ref(), below)? {
                let known = with_parents(txn.names(NameKind::Categories)?);
                return Err(unknown("category", "category", root.as_str(), known));
            }
        }
        if !names.tags.is_empty() {
            let known = txn.used_names(UsedNames::Tags)?;
            let mut tags = names.tags.iter().map(Tag::as_str);
            // A tag that nobody has used yet may stand in a saved view.
            let is_slip = |tag: &&str| {
                let names = || known.iter().map(String::as_str);
                !names().any(|one| one == *tag) && !similar_names(tag, names()).is_empty()
            };
            if let Some(tag) = tags.find(is_slip) {
                return Err(unknown("tag", "tags", tag, known));
            }
        }
        let me = self.agent().ok();
        let works_here = |agent: &Agent| policies.agents.iter().any(|one| one.agent == *agent);
        for agent in names.assignees.iter().filter(|one| !works_here(one)) {
            let theirs = Query {
                assignees: vec![agent.clone()],
                ..Query::all()
            };
            let is_me = me.as_ref() == Some(agent);
            if !is_me && !any(txn.as_ref(), theirs)? && !txn.is_known_agent(agent)? {
                let known = txn.names(NameKind::Agents)?;
                return Err(unknown("agent", "assignee", agent.as_str(), known));
            }
        }
        Ok(())
    }

    /// Returns the type of the values that tickets have of a field which the policy
    /// does not define; `None` if there are none, or the store cannot be read.
    pub(crate) fn type_of_field(&self, name: &str) -> Option<FieldType> {
        type_of_field_in(self.read().ok()??.as_ref(), name)
    }

    /// Returns whether the policy lists an agent, or the agent ever did anything
    /// or was assigned a ticket.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn is_known_agent(&self, agent: &Agent) -> Result<bool, Error> {
        let policy = &self.policies_if_any()?.current;
        if policy.agents.iter().any(|entry| entry.agent == *agent) {
            return Ok(true);
        }
        match self.read()? {
            Some(txn) => Ok(txn.is_known_agent(agent)?),
            None => Ok(false),
        }
    }

    /// Finds an agent by the name that the policy or another system writes.
    ///
    /// # Errors
    /// [`Error::Usage`] if several agents have it, and any error of the store.
    pub(crate) fn agent_by_display_name(&self, typed: &str) -> Result<Option<Agent>, Error> {
        let wanted = typed.trim().to_lowercase();
        let mut found = BTreeSet::new();
        for entry in &self.policies_if_any()?.current.agents {
            if entry
                .name
                .as_ref()
                .is_some_and(|name| name.to_lowercase() == wanted)
            {
                found.insert(entry.agent.clone());
            }
        }
        let foreign = match self.read()? {
            Some(txn) => txn.foreign_agents()?,
            None => Vec::new(),
        };
        let named = |agent: &Agent| {
            let name = agent.display_name();
            name.is_some_and(|name| name.to_lowercase() == wanted)
        };
        found.extend(foreign.into_iter().filter(named));
        let names: Vec<&str> = found.iter().map(Agent::as_str).collect();
        if names.len() > 1 {
            return Err(Error::usage(
                format!("several agents are called '{typed}'"),
                format!("use {}", names.join(" or ")),
            ));
        }
        Ok(found.pop_first())
    }
}

/// Returns the type of the values that the tickets which a transaction sees have of a
/// field; `None` if there are none, or they cannot be read.
pub(super) fn type_of_field_in(txn: &dyn Transaction, name: &str) -> Option<FieldType> {
    let condition = Condition {
        negated: false,
        tests: vec![Test::HasField(name.to_owned())],
    };
    let with_value = Query {
        conditions: vec![condition],
        sort: SortKey::Id,
        limit: Some(1),
        ..Query::all()
    };
    let mut found = None;
    let read = txn.each(&with_value, Timestamp::UNIX_EPOCH, &mut |row| {
        found = row.field(name).map(|field| field.kind);
        ControlFlow::Break(())
    });
    read.ok()?;
    found
}

/// Returns whether any ticket matches the query.
fn any(txn: &dyn Transaction, query: Query) -> Result<bool, Error> {
    let first = Query {
        sort: SortKey::Id,
        limit: Some(1),
        ..query
    };
    let mut found = false;
    txn.each(&first, Timestamp::UNIX_EPOCH, &mut |_| {
        found = true;
        ControlFlow::Break(())
    })?;
    Ok(found)
}

/// Returns category paths and their ancestors, sorted, without duplicates.
fn with_parents(paths: Vec<String>) -> Vec<String> {
    let mut all = BTreeSet::new();
    for path in paths {
        for (end, _) in path.match_indices('/') {
            all.insert(path[..end].to_owned());
        }
        all.insert(path);
    }
    all.into_iter().collect()
}

/// Creates the error for an unknown name; `column` is the column of such names.
fn unknown(what: &'static str, column: &str, typed: &str, known: Vec<String>) -> Error {
    if known.is_empty() {
        return Error::usage(
            format!("unknown {what} '{typed}'"),
            format!("see what there is with: desk list --all --columns id,{column}"),
        );
    }
    Rejection::from(UnknownWord::new(what, typed, known)).into()
}
