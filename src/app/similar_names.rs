//! Names that are new, and so close to a known one that they may be a mistake in
//! typing it.

use super::Desk;
use crate::domain::category::Category;
use crate::domain::did_you_mean::{similar_addresses, similar_names, similar_paths};
use crate::domain::people::Agent;
use crate::domain::tag::Tag;
use crate::error::Error;
use crate::store::{AccessMode, Transaction, UsedNames};

/// A name that somebody typed for a ticket.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TypedName<'a> {
    Agent(&'a Agent),
    Category(&'a Category),
    Tag(&'a Tag),
    /// The mail address of a requester.
    Contact(&'a str),
}

impl Desk<'_> {
    /// Returns the known names that a new one may stand for: none if it is known,
    /// or if the policy lists all such names, because then it accepts no others.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn similar_names(&self, typed: TypedName<'_>) -> Result<Vec<String>, Error> {
        if !self.provider.exists() {
            return Ok(Vec::new());
        }
        // The store is written to next, so that it is not opened twice.
        let mut txn = self.writer()?.begin(AccessMode::Read)?;
        let view = self.view(txn.as_ref())?;
        txn.set_view(view);
        let policies = self.policies_in(txn.as_ref())?;
        let txn = txn.as_ref();
        match typed {
            TypedName::Agent(_) if !policies.agents.is_empty() => Ok(Vec::new()),
            // Whoever acts for the first time is not known yet.
            TypedName::Agent(agent) if self.agent().is_ok_and(|me| me == *agent) => Ok(Vec::new()),
            TypedName::Category(_) if !policies.categories.is_empty() => Ok(Vec::new()),
            TypedName::Agent(agent) => similar(txn, UsedNames::Agents, agent.as_str()),
            TypedName::Category(path) => similar(txn, UsedNames::Categories, path.as_str()),
            TypedName::Tag(tag) => similar(txn, UsedNames::Tags, tag.as_str()),
            TypedName::Contact(contact) => similar(txn, UsedNames::Contacts, contact),
        }
    }
}

/// Which names somebody may be about to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KnownNames {
    Agents,
    Categories,
    /// The contacts of requesters.
    Contacts,
}

impl Desk<'_> {
    /// Returns the names that the policy lists, or else those in use, sorted.
    ///
    /// # Errors
    /// Any error of the store.
    pub(crate) fn known_names(&self, which: KnownNames) -> Result<Vec<String>, Error> {
        if !self.provider.exists() {
            return Ok(Vec::new());
        }
        // As for similar names, the store is written to next.
        let mut txn = self.writer()?.begin(AccessMode::Read)?;
        let view = self.view(txn.as_ref())?;
        txn.set_view(view);
        let policies = self.policies_in(txn.as_ref())?;
        let (listed, used): (Vec<String>, _) = match which {
            KnownNames::Agents => {
                let agents = policies.agents.iter();
                let names = agents.map(|entry| entry.agent.to_string());
                (names.collect(), UsedNames::Agents)
            }
            KnownNames::Categories => {
                let nodes = policies.categories.iter();
                let paths = nodes.map(|node| node.path.to_string());
                (paths.collect(), UsedNames::Categories)
            }
            KnownNames::Contacts => (Vec::new(), UsedNames::Contacts),
        };
        if !listed.is_empty() {
            return Ok(listed);
        }
        let mut names = txn.used_names(used)?;
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}

fn similar(txn: &dyn Transaction, which: UsedNames, typed: &str) -> Result<Vec<String>, Error> {
    let mut known = txn.used_names(which)?;
    // Names that are equally similar are offered in the same order by every store.
    known.sort_unstable();
    if known.iter().any(|name| name == typed) {
        return Ok(Vec::new());
    }
    let known = known.iter().map(String::as_str);
    let similar = match which {
        UsedNames::Agents | UsedNames::Tags => similar_names(typed, known),
        UsedNames::Categories => similar_paths(typed, known),
        UsedNames::Contacts => similar_addresses(typed, known),
    };
    // Only then is it worth reading every ticket for it.
    if similar.is_empty() || txn.is_used(which, typed)? {
        return Ok(Vec::new());
    }
    Ok(similar.into_iter().map(str::to_owned).collect())
}
